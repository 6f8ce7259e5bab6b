using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>How the app fares, for whoever watches it.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>.</param>
/// <param name="Checks">Each check.</param>
public sealed record HealthAnswer(string Status, IReadOnlyList<HealthCheckAnswer> Checks);

/// <summary>One check.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status">As above.</param>
/// <param name="Reason">What is amiss, in sentences; null for nothing.</param>
public sealed record HealthCheckAnswer(string Name, string Status, string? Reason);

/// <summary>Health checks. A degraded app still serves: the status is 200, the body says what is amiss. One that cannot write its database gets 503.</summary>
public static class HealthApi
{
    public static WebApplication MapHealth(this WebApplication app)
    {
        // No check: that the process answers is all it says.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
        return app;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(report.Status.ToString(), [.. report.Entries.Select(entry => new HealthCheckAnswer(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))]),
        ScenarioJson.Options, context.RequestAborted);
}
