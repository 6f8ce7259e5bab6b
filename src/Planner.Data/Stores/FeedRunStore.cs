using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A row that a run held back.</summary>
/// <param name="Key">Its key in the feed.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record QuarantinedRow(string Key, string Reason);

/// <summary>A price that a run changed.</summary>
/// <param name="Key">Key of the sheet or the machine.</param>
/// <param name="Field">The price, such as <c>inputUsdPerM</c>, USD per million tokens, or <c>onDemandUsd</c>, USD an hour.</param>
/// <param name="Old">Before, USD; null for unknown.</param>
/// <param name="New">After, USD; null for unknown.</param>
public sealed record PriceChange(string Key, string Field, decimal? Old, decimal? New)
{
    /// <summary>What differs between two states of a row.</summary>
    internal static IReadOnlyList<PriceChange> Between(string key, IEnumerable<NamedPrice> before, IEnumerable<NamedPrice> after) =>
        [.. NamedPrice.Moves(before, after).Select(move => new PriceChange(key, move.Field, move.Old, move.New))];
}

/// <summary>A run of a feed with its details.</summary>
/// <param name="Run">The run.</param>
/// <param name="Quarantined">Rows held back.</param>
/// <param name="Changes">Prices changed.</param>
public sealed record FeedRunDetails(FeedRunRow Run, IReadOnlyList<QuarantinedRow> Quarantined, IReadOnlyList<PriceChange> Changes);

/// <summary>What the feeds did. Safe to share.</summary>
public sealed class FeedRunStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Runs, the latest first; without their lists of rows, which <see cref="GetAsync"/> gives.</summary>
    public async Task<Page<FeedRunRow>> ListAsync(string? feedId = null, int skip = 0, int take = 50, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.FeedRuns.AsNoTracking().Where(run => feedId == null || run.FeedId == feedId);
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(run => run.StartedUtc).ThenByDescending(run => run.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1_000))
            .Select(run => new FeedRunRow
            {
                Id = run.Id,
                FeedId = run.FeedId,
                Trigger = run.Trigger,
                StartedUtc = run.StartedUtc,
                DurationMs = run.DurationMs,
                Status = run.Status,
                Reason = run.Reason,
                RowsRead = run.RowsRead,
                Published = run.Published,
                Added = run.Added,
                Changed = run.Changed,
                Retired = run.Retired,
                Unavailable = run.Unavailable,
                Warnings = run.Warnings,
                Currency = run.Currency,
                SourceAsOf = run.SourceAsOf,
            })
            .ToListAsync(cancellationToken);
        return new Page<FeedRunRow>(page, total);
    }

    /// <summary>Ends the runs of a feed that ended without saying so. Only who has passed the feed's gate may do it.</summary>
    internal async Task EndInterruptedAsync(string feedId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await EndInterruptedAsync(context, feedId, cancellationToken);
    }

    /// <inheritdoc cref="EndInterruptedAsync(string, CancellationToken)"/>
    internal static Task<int> EndInterruptedAsync(PlannerDbContext context, string feedId, CancellationToken cancellationToken)
    {
        var reason = Language.Stored(() => Texts.RunInterrupted);
        return context.FeedRuns.Where(run => run.FeedId == feedId && run.Status == FeedRunStatuses.Running).ExecuteUpdateAsync(
            update => update.SetProperty(run => run.Status, FeedRunStatuses.Failed).SetProperty(run => run.Reason, reason), cancellationToken);
    }

    /// <summary>How many rows each of some runs held back, by id.</summary>
    public async Task<IReadOnlyDictionary<long, int>> HeldBackAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedRuns.Where(run => runIds.Contains(run.Id)).Select(run => new { run.Id, Count = SqlJson.Length(run.QuarantinedJson) })
            .ToDictionaryAsync(run => run.Id, run => run.Count, cancellationToken);
    }

    /// <summary>A run with its details; null where there is none.</summary>
    public async Task<FeedRunDetails?> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellationToken) is { } run
            ? new FeedRunDetails(run, Read<QuarantinedRow>(run.QuarantinedJson), Read<PriceChange>(run.ChangesJson))
            : null;
    }

    /// <summary>The last run that left the catalog as its feed has it: when it began, and whose it was; null where there is none.</summary>
    public async Task<(DateTime StartedUtc, string FeedId)?> LastGoodAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await context.FeedRuns.Where(run => run.Status == FeedRunStatuses.Published || run.Status == FeedRunStatuses.Unchanged)
            .OrderByDescending(run => run.StartedUtc).Select(run => new { run.StartedUtc, run.FeedId }).FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : (last.StartedUtc, last.FeedId);
    }

    /// <summary>Failed and refused runs since the last good one, by feed; feeds without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> FailuresAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedRuns
            .Where(run => (run.Status == FeedRunStatuses.Failed || run.Status == FeedRunStatuses.Refused) && !context.FeedRuns.Any(later =>
                later.FeedId == run.FeedId && later.Id > run.Id && (later.Status == FeedRunStatuses.Published || later.Status == FeedRunStatuses.Unchanged)))
            .GroupBy(run => run.FeedId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    /// <summary>What is known of each feed that ever ran or was scheduled, by id.</summary>
    public async Task<IReadOnlyList<FeedStateRow>> StatesAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedStates.AsNoTracking().OrderBy(state => state.FeedId).ToListAsync(cancellationToken);
    }

    /// <summary>What is known of a feed; null where it neither ran nor was scheduled.</summary>
    public async Task<FeedStateRow?> StateAsync(string feedId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.FeedStates.AsNoTracking().SingleOrDefaultAsync(state => state.FeedId == feedId, cancellationToken);
    }

    /// <summary>Since when the database has a catalog that feeds could refresh: the oldest of the shipped files that it has taken over; null before the first start.</summary>
    public async Task<DateTime?> CatalogSinceAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SeedStates.MinAsync(state => (DateTime?)state.SeededUtc, cancellationToken);
    }

    /// <summary>Records that a run began.</summary>
    public async Task<FeedRunRow> StartAsync(string feedId, string trigger, DateTime startedUtc, CancellationToken cancellationToken = default)
    {
        var run = new FeedRunRow { FeedId = feedId, Trigger = trigger, StartedUtc = startedUtc, Status = FeedRunStatuses.Running, Currency = "USD" };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(run);
        if (trigger is FeedRunTriggers.Manual or FeedRunTriggers.Upload)
            context.Note(time, AuditActions.FeedRun, $"feeds/{feedId}", trigger);
        await context.SaveChangesAsync(cancellationToken);
        return run;
    }

    /// <summary>Records how a run ended that published nothing; <see cref="Feeds.FeedPublisher"/> records the others.</summary>
    public async Task FinishAsync(FeedRunRow run, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Update(run);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A list as <see cref="FeedRunRow.QuarantinedJson"/> and <see cref="FeedRunRow.ChangesJson"/> keep it.</summary>
    public static string Write<T>(IReadOnlyList<T> items) => JsonSerializer.Serialize(items, ScenarioJson.Options);

    internal static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<IReadOnlyList<T>>(json, ScenarioJson.Options)!;
}
