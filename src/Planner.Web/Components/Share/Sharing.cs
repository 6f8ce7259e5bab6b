namespace Planner.Web.Components.Share;

/// <summary>Sharing by link: what opens links, and what keeps their tokens from leaking.</summary>
public static class Sharing
{
    private static readonly PathString Pages = "/s";

    /// <summary>Keeps tokens out of the log: these categories write paths of requests, or put them into scopes.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddSingleton<SharedScenarios>().AddLogging(logging => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Components", LogLevel.Warning));

    /// <summary>Comes before everything that answers, so that also a fault on a shared page tells nobody where it happened.</summary>
    public static WebApplication UseSharing(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase), pages => pages.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers["Referrer-Policy"] = "no-referrer";
                headers["X-Robots-Tag"] = "noindex, nofollow";
                // A revoked link must not live on in a cache.
                headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(context);
        }));
        return app;
    }
}
