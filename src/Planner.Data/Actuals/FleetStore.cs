using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Actuals;
using Planner.Domain.Scenarios;

namespace Planner.Data.Actuals;

/// <summary>A target that is due.</summary>
/// <param name="Target">The target.</param>
/// <param name="Version">Which edition of it.</param>
internal sealed record DueTarget(FleetTarget Target, int Version);

/// <summary>Hours of a target that have ended and were not looked at for measured throughput.</summary>
/// <param name="Target">The target.</param>
/// <param name="FromUtc">Begin of the first.</param>
/// <param name="ToUtc">End of the last.</param>
internal sealed record EndedHours(FleetTarget Target, DateTime FromUtc, DateTime ToUtc);

/// <summary>What became of a target's fault by a reading.</summary>
/// <param name="Before">The fault before; null for none.</param>
/// <param name="Now">The fault now; null for none.</param>
/// <param name="Since">Since when there was one, or is one.</param>
internal sealed record FaultChange(string? Before, string? Now, DateTime? Since);

/// <summary>Running fleets: where their metrics are, and what they did by hour. Safe to share; one context a call.</summary>
public sealed class FleetStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Months that hours are kept: two years to compare, and the month that is not over.</summary>
    public const int KeptMonths = 25;

    /// <summary>A scenario's targets by name.</summary>
    public async Task<IReadOnlyList<FleetTarget>> ListAsync(string scenarioId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FleetTargets.AsNoTracking().Where(row => row.ScenarioId == scenarioId).OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToTarget)];
    }

    /// <summary>One of them; null where there is none.</summary>
    public async Task<FleetTarget?> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FleetTargets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? ToTarget(row) : null;
    }

    /// <summary>Adds one; null where there is no such scenario.</summary>
    public async Task<FleetTarget?> AddAsync(string scenarioId, FleetTargetDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Scenarios.AnyAsync(row => row.Id == scenarioId && row.DeletedUtc == null, cancellationToken))
            return null;
        var row = new FleetTargetRow { ScenarioId = scenarioId, OptionId = "", Name = "", Kind = "", AddressesJson = "" };
        Apply(row, draft);
        context.Add(row);
        context.Note(time, AuditActions.FleetAdded, SubjectOf(scenarioId), row.Name);
        await context.SaveChangesAsync(cancellationToken);
        return ToTarget(row);
    }

    /// <summary>Changes one; what it did so far stays. A source that is another one is read anew. Null where there is none.</summary>
    public async Task<FleetTarget?> UpdateAsync(long id, FleetTargetDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.FleetTargets.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
            return null;
        var before = (row.Kind, row.AddressesJson, row.Selector);
        Apply(row, draft);
        if (before != (row.Kind, row.AddressesJson, row.Selector))
            (row.TriedUtc, row.ReadUtc, row.Engine, row.Replicas, row.SnapshotJson, row.Fault, row.FaultSinceUtc) = (null, null, null, 0, null, null, null);
        row.Version++;
        context.Note(time, AuditActions.FleetEdited, SubjectOf(row.ScenarioId), row.Name);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ToTarget(row);
    }

    /// <summary>Deletes one with its hours; false where there is none.</summary>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.FleetTargets.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
            return false;
        context.Remove(row);
        context.Note(time, AuditActions.FleetRemoved, SubjectOf(row.ScenarioId), row.Name);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static string SubjectOf(string scenarioId) => $"scenarios/{scenarioId}/fleets";

    /// <summary>What a target's fleet did, by hour; hours that nobody watched are missing.</summary>
    /// <param name="targetId">The target.</param>
    /// <param name="fromUtc">The first hour begins here or later.</param>
    /// <param name="toUtc">The last hour begins before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<FleetHour>> HoursAsync(long targetId, DateTime fromUtc, DateTime toUtc, CancellationToken cancellationToken = default)
    {
        var (from, to) = (HourFrom(fromUtc), HourFrom(toUtc));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FleetHours.AsNoTracking().Where(row => row.TargetId == targetId && row.Hour >= from && row.Hour < to).OrderBy(row => row.Hour).ToListAsync(cancellationToken);
        return [.. rows.Select(ToHour)];
    }

    /// <summary>Targets whose interval is over, of scenarios that are there, the longest waiting first.</summary>
    internal async Task<IReadOnlyList<DueTarget>> DueAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FleetTargets.AsNoTracking()
            .Where(row => context.Scenarios.Any(scenario => scenario.Id == row.ScenarioId && scenario.DeletedUtc == null)).OrderBy(row => row.TriedUtc).ToListAsync(cancellationToken);
        // The schedule looks every minute, some seconds early or late.
        var now = Now.AddSeconds(30);
        return [.. rows.Where(row => row.TriedUtc is not { } tried || tried > now || tried.AddMinutes(row.IntervalMinutes) <= now).Select(row => new DueTarget(ToTarget(row), row.Version))];
    }

    /// <summary>Notes what a target said, and adds it to its hours.</summary>
    /// <param name="due">The target as it was read.</param>
    /// <param name="snapshot">What its replicas said; null where none answered.</param>
    /// <param name="fault">Why it, or a part of it, did not answer; null where all did.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is noted then.</param>
    /// <returns>Its fault before and now; null where the target was changed or deleted meanwhile, so that nothing was noted.</returns>
    internal async Task<FaultChange?> NoteAsync(DueTarget due, FleetSnapshot? snapshot, string? fault, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.FleetTargets.SingleOrDefaultAsync(row => row.Id == due.Target.Id && row.Version == due.Version, cancellationToken) is not { } row)
            return null;
        var now = Now;
        var change = new FaultChange(row.Fault, fault, row.FaultSinceUtc ?? (fault is null ? null : now));
        row.TriedUtc = now;
        (row.Fault, row.FaultSinceUtc) = (fault, fault is null ? null : change.Since);
        if (snapshot is not null)
        {
            if (FleetJson.Read<FleetSnapshot>(row.SnapshotJson) is { } before)
            {
                await AddAsync(context, row.Id, snapshot.Since(before), cancellationToken);
                snapshot = snapshot.With(before);
            }

            var answered = snapshot.Replicas.Values.Where(reading => reading.AtUtc == snapshot.AtUtc).ToList();
            (row.ReadUtc, row.Engine, row.Replicas, row.SnapshotJson) = (snapshot.AtUtc, answered[0].Engine, answered.Count, FleetJson.Write(snapshot));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return change;
    }

    /// <summary>Targets with hours that have ended since they were looked at for measured throughput, of scenarios that are there. Of the first workspace only: what is measured, with the fleet's name, everybody reads.</summary>
    internal async Task<IReadOnlyList<EndedHours>> EndedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.FleetTargets.AsNoTracking()
            .Where(row => row.ReadUtc != null
                && context.Scenarios.Any(scenario => scenario.Id == row.ScenarioId && scenario.DeletedUtc == null && scenario.WorkspaceId == WorkspaceRow.FirstId))
            .ToListAsync(cancellationToken);
        // Until it is read in the next hour, the last quarter of an hour may be missing.
        return [.. rows.Select(row => (Row: row, To: HourOf(row.ReadUtc!.Value))).Where(ended => ended.Row.MeasuredToHour < ended.To)
            .Select(ended => new EndedHours(ToTarget(ended.Row), StartOf(ended.Row.MeasuredToHour), StartOf(ended.To)))];
    }

    /// <summary>Notes that hours were looked at.</summary>
    internal async Task NoteMeasuredAsync(EndedHours ended, CancellationToken cancellationToken)
    {
        var to = HourOf(ended.ToUtc);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.FleetTargets.Where(row => row.Id == ended.Target.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.MeasuredToHour, to), cancellationToken);
    }

    /// <summary>Removes the hours that are too old to compare.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var oldest = HourFrom(Now.AddMonths(-KeptMonths));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FleetHours.Where(row => row.Hour < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The first full hour that begins at a moment or later, as <see cref="FleetHourRow.Hour"/>.</summary>
    internal static long HourFrom(DateTime utc) => HourOf(utc.AddTicks(TimeSpan.TicksPerHour - 1));

    /// <summary>The full hour that holds a moment.</summary>
    private static long HourOf(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerHour;

    private static DateTime StartOf(long hour) => DateTime.UnixEpoch.AddHours(hour);

    private static async Task AddAsync(PlannerDbContext context, long targetId, IReadOnlyList<FleetHour> hours, CancellationToken cancellationToken)
    {
        foreach (var hour in hours)
        {
            var number = HourFrom(hour.StartUtc);
            if (await context.FleetHours.SingleOrDefaultAsync(row => row.TargetId == targetId && row.Hour == number, cancellationToken) is { } row)
                Apply(row, ToHour(row).Plus(hour));
            // What a replica tells late of an hour that nobody watched is no hour.
            else if (hour.Seconds > 0)
                Apply(context.Add(new FleetHourRow { TargetId = targetId, Hour = number }).Entity, hour);
        }
    }

    private static void Apply(FleetTargetRow row, FleetTargetDraft draft)
    {
        (row.OptionId, row.Name, row.Kind, row.Instances, row.IntervalMinutes) = (draft.OptionId, draft.Name.Trim(), draft.Kind, draft.Instances, draft.IntervalMinutes);
        row.Selector = string.IsNullOrWhiteSpace(draft.Selector) ? null : draft.Selector.Trim();
        row.AddressesJson = JsonSerializer.Serialize(draft.Addresses.Select(address => address.AbsoluteUri), ScenarioJson.Options);
    }

    private static void Apply(FleetHourRow row, FleetHour hour)
    {
        (row.Seconds, row.PromptTokens, row.GeneratedTokens, row.Requests) = (hour.Seconds, hour.PromptTokens, hour.GeneratedTokens, hour.Requests);
        (row.RunningSeconds, row.WaitingSeconds, row.KvShareSeconds) = (hour.RunningSeconds, hour.WaitingSeconds, hour.KvShareSeconds);
        (row.PrefixQueries, row.PrefixHits, row.LeastWaiting, row.ReplicaSeconds) = (hour.PrefixQueries, hour.PrefixHits, hour.LeastWaiting, hour.ReplicaSeconds);
        (row.TtftJson, row.ItlJson) = (FleetJson.Write(hour.Ttft), FleetJson.Write(hour.Itl));
    }

    private static FleetHour ToHour(FleetHourRow row) => new()
    {
        StartUtc = StartOf(row.Hour),
        Seconds = row.Seconds,
        PromptTokens = row.PromptTokens,
        GeneratedTokens = row.GeneratedTokens,
        Requests = row.Requests,
        RunningSeconds = row.RunningSeconds,
        WaitingSeconds = row.WaitingSeconds,
        KvShareSeconds = row.KvShareSeconds,
        PrefixQueries = row.PrefixQueries,
        PrefixHits = row.PrefixHits,
        LeastWaiting = row.LeastWaiting,
        ReplicaSeconds = row.ReplicaSeconds,
        Ttft = FleetJson.Read<LatencyBuckets>(row.TtftJson),
        Itl = FleetJson.Read<LatencyBuckets>(row.ItlJson),
    };

    private static FleetTarget ToTarget(FleetTargetRow row) => new(
        row.Id, row.ScenarioId, row.OptionId, row.Name, row.Kind, JsonSerializer.Deserialize<IReadOnlyList<Uri>>(row.AddressesJson, ScenarioJson.Options)!, row.Selector, row.Instances, row.IntervalMinutes,
        new FleetTargetState(row.ReadUtc, row.Engine, row.ReadUtc is null ? null : row.Replicas, row.Fault, row.FaultSinceUtc));

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
