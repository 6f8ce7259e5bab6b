using Microsoft.Extensions.Diagnostics.HealthChecks;
using Planner.Data;

namespace Planner.Web.Hosting;

/// <summary>Unhealthy where the database cannot be written or is not of this program; degraded while somebody else writes to it for long.</summary>
public sealed class DatabaseCheck(DatabaseState database) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => await database.FaultAsync(cancellationToken) switch
    {
        null => HealthCheckResult.Healthy(),
        (var reason, true) => HealthCheckResult.Degraded(reason),
        (var reason, false) => HealthCheckResult.Unhealthy(reason),
    };
}
