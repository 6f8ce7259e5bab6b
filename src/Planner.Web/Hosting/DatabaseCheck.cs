using Microsoft.Extensions.Diagnostics.HealthChecks;
using Planner.Data;
using Planner.Data.Sqlite;

namespace Planner.Web.Hosting;

/// <summary>
/// Unhealthy where the database cannot be written, is damaged or is not of this program; degraded while somebody else writes to it for long, its disk is nearly full, or the last backup could not be made.
/// </summary>
public sealed class DatabaseCheck(DatabaseState database, DatabaseBackups? backups = null) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => await database.FaultAsync(cancellationToken) switch
    {
        // Its own words name folders.
        null => backups?.Fault is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(HostTexts.BackupFailed),
        (var reason, true) => HealthCheckResult.Degraded(reason),
        (var reason, false) => HealthCheckResult.Unhealthy(reason),
    };
}
