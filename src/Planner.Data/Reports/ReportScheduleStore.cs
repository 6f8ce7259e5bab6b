using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Reports;

/// <summary>Reports that are sent or saved regularly. Safe to share; one context a call.</summary>
public sealed class ReportScheduleStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Most schedules of a scenario.</summary>
    public const int MostSchedules = 20;

    /// <summary>A scenario's schedules, the oldest first.</summary>
    public async Task<IReadOnlyList<ReportSchedule>> ListAsync(string scenarioId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.ReportSchedules.AsNoTracking().Where(row => row.ScenarioId == scenarioId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToSchedule)];
    }

    /// <summary>One of a scenario; null where there is none.</summary>
    public async Task<ReportSchedule?> FindAsync(string scenarioId, long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ReportSchedules.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.ScenarioId == scenarioId, cancellationToken) is { } row ? ToSchedule(row) : null;
    }

    /// <summary>Adds one.</summary>
    /// <param name="scenarioId">The scenario.</param>
    /// <param name="draft">When, what and where.</param>
    /// <param name="nextUtc">When it runs first; null for never.</param>
    /// <param name="words">It in words, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was added; null where the scenario is not there, or has as many as it may.</returns>
    public async Task<(ReportSchedule? Added, bool IsFull)> AddAsync(
        string scenarioId, ReportScheduleDraft draft, DateTime? nextUtc, string words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Nobody else adds one between the count and the row.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await context.Scenarios.AnyAsync(row => row.Id == scenarioId && row.DeletedUtc == null, cancellationToken))
            return (null, false);
        if (await context.ReportSchedules.CountAsync(row => row.ScenarioId == scenarioId, cancellationToken) >= MostSchedules)
            return (null, true);
        var row = new ReportScheduleRow { ScenarioId = scenarioId, Every = "", FormatsJson = "", RecipientsJson = "" };
        Apply(row, draft, nextUtc);
        context.Add(row);
        context.Note(time, AuditActions.ScheduleAdded, SubjectOf(scenarioId), words);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (ToSchedule(row), false);
    }

    /// <summary>Changes one; a run that failed and was to be tried again is given up.</summary>
    /// <param name="scenarioId">The scenario.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="expectedVersion">The version that was edited.</param>
    /// <param name="draft">When, what and where from now on.</param>
    /// <param name="nextUtc">When it runs next; null for never.</param>
    /// <param name="words">It in words, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SaveOutcome> UpdateAsync(
        string scenarioId, long id, int expectedVersion, ReportScheduleDraft draft, DateTime? nextUtc, string words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return ChangeAsync(scenarioId, id, expectedVersion, AuditActions.ScheduleEdited, words, (_, row) =>
        {
            Apply(row, draft, nextUtc);
            (row.Attempts, row.ReachedJson, row.RunUtc) = (0, null, null);
            // What was wrong may be what was changed; that it ran before stays told.
            if (row.Fault is { } fault)
                (row.LastUtc, row.Outcome, row.Fault, row.IsUnsure, row.FaultSinceUtc) = (null, Language.Stored(() => Data.Texts.ScheduleChangedSince.With(fault)), null, false, null);
            row.Version++;
        }, cancellationToken);
    }

    /// <summary>Removes one.</summary>
    public Task<SaveOutcome> DeleteAsync(string scenarioId, long id, int expectedVersion, string words, CancellationToken cancellationToken = default) =>
        ChangeAsync(scenarioId, id, expectedVersion, AuditActions.ScheduleRemoved, words, (context, row) => context.Remove(row), cancellationToken);

    /// <summary>Schedules whose time has come, of scenarios that are there, the longest waiting first. However often the time came while nobody looked, a schedule is named once.</summary>
    public async Task<IReadOnlyList<DueReport>> DueAsync(CancellationToken cancellationToken = default)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Joined(context).Where(found => found.Row.NextUtc <= now).OrderBy(found => found.Row.NextUtc).ToListAsync(cancellationToken);
        return [.. found.Select(ToDue)];
    }

    /// <summary>One of them, due or not; null where there is none.</summary>
    public async Task<DueReport?> TakeAsync(string scenarioId, long id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Joined(context).SingleOrDefaultAsync(found => found.Row.Id == id && found.Row.ScenarioId == scenarioId, cancellationToken) is { } found ? ToDue(found) : null;
    }

    /// <summary>Schedules whose time is still to come, or never comes again.</summary>
    public async Task<IReadOnlyList<DueReport>> WaitingAsync(CancellationToken cancellationToken = default)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Joined(context).Where(found => found.Row.NextUtc == null || found.Row.NextUtc > now).ToListAsync(cancellationToken);
        return [.. found.Select(ToDue)];
    }

    /// <summary>Gives one another next time; a run that was to be tried again is given up. Nothing happens where it was changed or has begun meanwhile.</summary>
    public async Task MoveAsync(DueReport due, DateTime? nextUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Same(context, due).Where(row => row.NextUtc == due.Schedule.State.NextUtc).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.NextUtc, nextUtc).SetProperty(row => row.Attempts, 0).SetProperty(row => row.ReachedJson, (string?)null).SetProperty(row => row.RunUtc, (DateTime?)null),
            cancellationToken);
    }

    /// <summary>Notes that a run begins, before anything is sent.</summary>
    /// <param name="due">The schedule as it was taken.</param>
    /// <param name="againUtc">When it is tried again should this run never end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the schedule was changed or removed meanwhile, or somebody else has begun.</returns>
    public async Task<bool> BeginAsync(DueReport due, DateTime againUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        var (now, run) = (Now, due.RunUtc ?? due.Schedule.State.NextUtc);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Same(context, due).Where(row => row.NextUtc == due.Schedule.State.NextUtc).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.NextUtc, againUtc).SetProperty(row => row.RunUtc, run).SetProperty(row => row.BeganUtc, now),
            cancellationToken) == 1;
    }

    /// <summary>Notes that a run by hand begins; when it runs by itself stays as it is.</summary>
    /// <param name="due">The schedule as it was taken.</param>
    /// <param name="pause">Shortest time after the run before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it began; null where that is too soon, or the schedule was changed or removed meanwhile.</returns>
    public async Task<DateTime?> BeginNowAsync(DueReport due, TimeSpan pause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        var now = Now;
        var before = now - pause;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // What began later than now did so before the clock was put back.
        return await Same(context, due).Where(row => row.BeganUtc == null || row.BeganUtc <= before || row.BeganUtc > now)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.BeganUtc, now), cancellationToken) == 1 ? now : null;
    }

    /// <summary>Whether a schedule is still as it was taken, and its scenario is there.</summary>
    public async Task<bool> IsSameAsync(DueReport due, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Joined(context).AnyAsync(found => found.Row.Id == due.Schedule.Id && found.Row.Version == due.Schedule.Version, cancellationToken);
    }

    /// <summary>Notes whom the present run has reached, and the entry of the audit log that tells it.</summary>
    /// <param name="due">The schedule as it was taken.</param>
    /// <param name="reached">Everybody so far; null where it counts for no run but this one.</param>
    /// <param name="action">What was done, for the audit log.</param>
    /// <param name="detail">With what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task NoteReachedAsync(DueReport due, IReadOnlyList<string>? reached, string action, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (reached is not null)
        {
            var json = JsonSerializer.Serialize(reached);
            await Same(context, due).ExecuteUpdateAsync(update => update.SetProperty(row => row.ReachedJson, json), cancellationToken);
        }

        // What was sent was sent, also where the schedule is another one by now.
        context.Note(time, action, SubjectOf(due.Schedule.ScenarioId), detail, due.WorkspaceId);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Notes how a run ended.</summary>
    /// <returns>False, and nothing is noted, where the schedule was changed or removed meanwhile; else the fault before, null where there was none.</returns>
    public async Task<(bool IsNoted, string? FaultBefore)> NoteAsync(DueReport due, ReportRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentNullException.ThrowIfNull(run);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await Same(context, due).SingleOrDefaultAsync(cancellationToken) is not { } row)
            return (false, null);
        var before = row.Fault;
        (row.LastUtc, row.Outcome, row.Fault, row.IsUnsure) = (Now, run.Outcome, run.Fault, run.IsUnsure);
        row.FaultSinceUtc = run.Fault is null ? null : row.FaultSinceUtc ?? row.LastUtc;
        (row.Attempts, row.NextUtc) = (run.Attempts, run.NextUtc);
        if (run.Attempts == 0)
            (row.ReachedJson, row.RunUtc) = (null, null);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (true, before);
    }

    private async Task<SaveOutcome> ChangeAsync(
        string scenarioId, long id, int expectedVersion, string action, string words, Action<PlannerDbContext, ReportScheduleRow> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.ReportSchedules.SingleOrDefaultAsync(row => row.Id == id && row.ScenarioId == scenarioId, cancellationToken) is not { } row)
            return new SaveOutcome.NotFound();
        if (row.Version != expectedVersion)
            return new SaveOutcome.Conflict(row.Version);
        change(context, row);
        context.Note(time, action, SubjectOf(scenarioId), words);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SaveOutcome.Saved(row.Version);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string SubjectOf(string scenarioId) => $"scenarios/{scenarioId}/report-schedules";

    private static IQueryable<ReportScheduleRow> Same(PlannerDbContext context, DueReport due) =>
        context.ReportSchedules.Where(row => row.Id == due.Schedule.Id && row.Version == due.Schedule.Version);

    private static IQueryable<Found> Joined(PlannerDbContext context) => context.ReportSchedules.AsNoTracking()
        .Join(context.Scenarios.Where(scenario => scenario.DeletedUtc == null), row => row.ScenarioId, scenario => scenario.Id, (row, scenario) => new Found { Row = row, WorkspaceId = scenario.WorkspaceId });

    private static void Apply(ReportScheduleRow row, ReportScheduleDraft draft, DateTime? nextUtc)
    {
        (row.Every, row.Hour, row.Weekday, row.Day, row.Cron) = (draft.Every, draft.Hour, draft.Weekday, draft.Day, draft.Cron);
        (row.FormatsJson, row.Paper, row.ToFolder, row.RecipientsJson) = (JsonSerializer.Serialize(draft.Formats), draft.Paper, draft.ToFolder, JsonSerializer.Serialize(draft.Recipients));
        row.NextUtc = nextUtc;
    }

    private static DueReport ToDue(Found found) => new(ToSchedule(found.Row), found.WorkspaceId, found.Row.RunUtc, Texts(found.Row.ReachedJson));

    private static ReportSchedule ToSchedule(ReportScheduleRow row) => new(
        row.Id, row.ScenarioId, row.Version,
        new ReportScheduleDraft(row.Every, row.Hour, row.Weekday, row.Day, row.Cron, Texts(row.FormatsJson), row.Paper, row.ToFolder, Texts(row.RecipientsJson)),
        new ReportScheduleState(row.NextUtc, row.LastUtc, row.Outcome, row.Fault, row.FaultSinceUtc, row.Attempts, row.IsUnsure));

    private static List<string> Texts(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];

    private sealed class Found
    {
        public required ReportScheduleRow Row { get; init; }

        public required long WorkspaceId { get; init; }
    }
}
