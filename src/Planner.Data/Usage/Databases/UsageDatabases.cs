using Microsoft.Extensions.Configuration;
using Planner.Domain;

namespace Planner.Data.Usage;

/// <summary>
/// The databases of logs that <c>Usage:Databases</c> configures. Each counts by itself, and only sums and distributions leave it. Nothing says where they are or how they are opened.
/// Safe to share.
/// </summary>
public sealed class UsageDatabases(IConfiguration configuration, UsageStore store, TimeProvider time)
{
    /// <summary>Days up to now that are measured where nobody asks for others.</summary>
    public const int DefaultDays = 90;

    /// <summary>The most days of a measurement: what comes back grows with them.</summary>
    public const int MostDays = 366;

    private readonly IReadOnlyList<UsageDatabaseSettings> _settings = UsageDatabaseSettings.All(configuration);

    /// <summary>All of them by name.</summary>
    public IReadOnlyList<UsageDatabase> All => [.. _settings.Select(settings => new UsageDatabase(settings.Name, settings.Kind, settings.Fault))];

    /// <summary>Tells whether a database can be asked.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Null where it can; otherwise why not, a sentence.</returns>
    public async Task<string?> CheckAsync(string name, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        try
        {
            await using var session = await OpenAsync(name, new UsageSpan(now, now, now), cancellationToken);
            await session.RowsAsync($"SELECT {session.Dialect.Whole("count(*)")} FROM {session.Source}", static row => row.Whole(0), cancellationToken);
            return null;
        }
        catch (UsageRefusedException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Has the database of a measured workload count the requests of some time, and stores what it says.</summary>
    /// <param name="setId">The measured workload.</param>
    /// <param name="fromUtc">The first moment of the time; null for <see cref="DefaultDays"/> before its end.</param>
    /// <param name="toUtc">The first moment after it; null for now.</param>
    /// <param name="progress">Told the share of the statements that are done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; nothing is stored then.</param>
    public async Task<UsageMeasurement> MeasureAsync(
        long setId, DateTime? fromUtc = null, DateTime? toUtc = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if ((await store.FindAsync(setId, cancellationToken))?.Database is not { } name)
            return new UsageMeasurement.NoSet();
        var measurement = await CountAsync(name, fromUtc, toUtc, progress, cancellationToken);
        if (measurement is UsageMeasurement.Measured measured)
            await store.SaveProfileAsync(setId, measured.Profile, cancellationToken);
        return measurement;
    }

    /// <summary>Has a database count for a new measured workload, which is added where the database counted anything.</summary>
    /// <param name="name">Name of the measured workload.</param>
    /// <param name="database">Name of the database in the configuration.</param>
    /// <param name="fromUtc">The first moment of the time; null for <see cref="DefaultDays"/> before its end.</param>
    /// <param name="toUtc">The first moment after it; null for now.</param>
    /// <param name="progress">Told the share of the statements that are done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; nothing is stored then.</param>
    /// <returns>The measured workload, null where there is none, and what became of the measurement.</returns>
    public async Task<(long? SetId, UsageMeasurement Measurement)> MeasureNewAsync(
        string? name, string database, DateTime? fromUtc = null, DateTime? toUtc = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (UsageDesk.NameProblem(name) is { } problem)
            return (null, new UsageMeasurement.Refused([problem]));
        var measurement = await CountAsync(database, fromUtc, toUtc, progress, cancellationToken);
        if (measurement is not UsageMeasurement.Measured measured)
            return (null, measurement);
        var id = await store.AddAsync(name!, database, cancellationToken);
        await store.SaveProfileAsync(id, measured.Profile, CancellationToken.None);
        return (id, measurement);
    }

    private async Task<UsageMeasurement> CountAsync(string database, DateTime? fromUtc, DateTime? toUtc, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var to = toUtc is { } until ? new DateTimeOffset(until, TimeSpan.Zero) : now;
        var from = fromUtc is { } since ? new DateTimeOffset(since, TimeSpan.Zero) : to.AddDays(-DefaultDays);
        if (from >= to)
            return Refused("to", UsageTexts.DatabaseTimeEmpty);
        if (to - from > TimeSpan.FromDays(MostDays))
            return Refused("from", UsageTexts.DatabaseTimeLong.With(MostDays));
        try
        {
            await using var session = await OpenAsync(database, new UsageSpan(from, to, now), cancellationToken);
            if (await UsageQueries.ProfileAsync(session, progress, cancellationToken) is not { } profile)
                return Refused("", UsageTexts.DatabaseNoRows.With(from.UtcDateTime, to.UtcDateTime));
            var leftOut = (await session.RowsAsync(session.LeftOutSql, static row => row.Whole(0) ?? 0, cancellationToken))[0];
            return new UsageMeasurement.Measured(profile, leftOut);
        }
        catch (UsageRefusedException exception)
        {
            return Refused("", exception.Message);
        }
    }

    private async Task<IUsageDatabaseSession> OpenAsync(string name, UsageSpan span, CancellationToken cancellationToken)
    {
        var settings = _settings.FirstOrDefault(settings => settings.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new UsageRefusedException(UsageTexts.DatabaseNotConfigured.With(name));
        if (settings.Fault is { } fault)
            throw new UsageRefusedException(fault);
        return settings.Kind == UsageDatabaseKind.LiteLlmPostgres ? await PostgresUsage.OpenAsync(settings, span, cancellationToken) : ClickHouseUsage.Open(settings, span);
    }

    private static UsageMeasurement.Refused Refused(string path, string message) => new([new Problem(path, message)]);
}
