using Planner.Web.Security;

namespace Planner.Web.Components.Share;

/// <summary>Sharing by link: what opens links, and what keeps their tokens from leaking.</summary>
public static class Sharing
{
    private static readonly PathString Pages = "/s";

    /// <summary>True for a shared page, and for whatever else lies below its address.</summary>
    internal static bool IsShared(HttpContext context) => context.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase);

    // These write addresses of pages, or put them into scopes; the last what a browser asks of a circuit, its address among it.
    private static readonly (string Category, LogLevel Least)[] Loggers =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None), ("Microsoft.AspNetCore.Routing", LogLevel.Warning), ("Microsoft.AspNetCore.Components", LogLevel.Warning),
        ("Microsoft.AspNetCore.SignalR", LogLevel.Warning),
    ];

    /// <summary>Registers what opens links, and keeps their tokens out of the log however much of it is asked for.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) =>
        services.AddSingleton<SharedScenarios>().AddSingleton<Passcodes>().PostConfigure<LoggerFilterOptions>(Quieten);

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

    /// <summary>Adds rules that win: those of one provider go before all others, then the longer category, then the later rule.</summary>
    private static void Quieten(LoggerFilterOptions filter)
    {
        var asked = filter.Rules.ToList();
        foreach (var (category, least) in Loggers)
        {
            foreach (var provider in asked.Select(rule => rule.ProviderName).Append(null).Distinct())
                filter.Rules.Add(new LoggerFilterRule(provider, category, least, null));
            foreach (var rule in asked.Where(rule => rule.CategoryName?.StartsWith(category + ".", StringComparison.OrdinalIgnoreCase) == true && !(rule.LogLevel > least)))
                filter.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, least, null));
        }
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
