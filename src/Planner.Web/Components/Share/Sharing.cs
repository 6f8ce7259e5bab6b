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

    /// <summary>Puts the quiet into every rule: whichever the logger picks for a category, it holds.</summary>
    private static void Quieten(LoggerFilterOptions filter)
    {
        var asked = filter.Rules.ToList();
        filter.Rules.Clear();
        // Where no rule is for a category, the least level is: this one stands for it.
        filter.Rules.Add(Quiet(new LoggerFilterRule(null, null, filter.MinLevel, null)));
        foreach (var rule in asked)
            filter.Rules.Add(Quiet(rule));
    }

    private static LoggerFilterRule Quiet(LoggerFilterRule rule) => new(
        rule.ProviderName, rule.CategoryName, rule.LogLevel,
        (provider, category, level) => level >= LeastOf(category) && (rule.Filter?.Invoke(provider, category, level) ?? true));

    private static LogLevel LeastOf(string? category) =>
        Loggers.FirstOrDefault(logger => category == logger.Category || category?.StartsWith(logger.Category + ".", StringComparison.Ordinal) == true).Least;

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
