using Planner.Web.Security;

namespace Planner.Web.Components.Share;

/// <summary>Sharing by link: what opens links, and what keeps their tokens from leaking.</summary>
public static class Sharing
{
    private static readonly PathString Pages = "/s";

    /// <summary>True for a shared page, and for whatever else lies below its address.</summary>
    internal static bool IsShared(HttpContext context) => context.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase);

    /// <summary>Keeps tokens out of the log: these categories write addresses of pages, or put them into scopes.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddSingleton<SharedScenarios>().AddSingleton<Passcodes>().AddLogging(logging => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Components", LogLevel.Warning));

    /// <summary>Comes before everything that answers, so that also a fault or a refusal on a shared page tells nobody where it happened, and after what says who sends.</summary>
    public static WebApplication UseSharing(this WebApplication app)
    {
        var failures = app.Services.GetRequiredService<ShareFailures>();
        app.UseWhen(IsShared, pages => pages.Use(async (context, next) =>
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
            if (!await failures.RefusesAsync(context))
                await next(context);
        }));
        return app;
    }

    /// <summary>Answers a request for a link that does not work, whatever the reason.</summary>
    internal static void Miss(HttpContext context)
    {
        context.RequestServices.GetRequiredService<ShareFailures>().CountDeadLink(context);
        // Set any earlier, the framework would leave the page out and show the app's own "not found", which leads into the app.
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
