using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;

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
    /// <returns>What was added; null where there is no such scenario.</returns>
    public async Task<ReportSchedule?> AddAsync(string scenarioId, ReportScheduleDraft draft, DateTime? nextUtc, string words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Scenarios.AnyAsync(row => row.Id == scenarioId && row.DeletedUtc == null, cancellationToken))
            return null;
        var row = new ReportScheduleRow { ScenarioId = scenarioId, Every = "", FormatsJson = "", RecipientsJson = "" };
        Apply(row, draft, nextUtc);
        context.Add(row);
        context.Note(time, AuditActions.ScheduleAdded, SubjectOf(scenarioId), words);
        await context.SaveChangesAsync(cancellationToken);
        return ToSchedule(row);
    }

    /// <summary>Changes one; a run that failed and was to be tried again is given up. Null where there is none.</summary>
    /// <param name="scenarioId">The scenario.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="draft">When, what and where from now on.</param>
    /// <param name="nextUtc">When it runs next; null for never.</param>
    /// <param name="words">It in words, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ReportSchedule?> UpdateAsync(string scenarioId, long id, ReportScheduleDraft draft, DateTime? nextUtc, string words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ReportSchedules.SingleOrDefaultAsync(row => row.Id == id && row.ScenarioId == scenarioId, cancellationToken) is not { } row)
            return null;
        Apply(row, draft, nextUtc);
        (row.Attempts, row.ReachedJson) = (0, null);
        // What was wrong may be what was changed.
        if (row.Fault is not null)
            (row.LastUtc, row.Fault, row.FaultSinceUtc) = (null, null, null);
        row.Version++;
        context.Note(time, AuditActions.ScheduleEdited, SubjectOf(scenarioId), words);
        await context.SaveChangesAsync(cancellationToken);
        return ToSchedule(row);
    }

    /// <summary>Removes one; false where there is none.</summary>
    public async Task<bool> DeleteAsync(string scenarioId, long id, string words, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ReportSchedules.SingleOrDefaultAsync(row => row.Id == id && row.ScenarioId == scenarioId, cancellationToken) is not { } row)
            return false;
        context.Remove(row);
        context.Note(time, AuditActions.ScheduleRemoved, SubjectOf(scenarioId), words);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

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

    /// <summary>Notes that a run begins, before anything is sent.</summary>
    /// <param name="due">The schedule as it was taken.</param>
    /// <param name="againUtc">When it is tried again should this run never end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the schedule was changed or removed meanwhile, or somebody else has begun.</returns>
    public async Task<bool> BeginAsync(DueReport due, DateTime againUtc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ReportSchedules.Where(row => row.Id == due.Schedule.Id && row.Version == due.Version && row.NextUtc == due.Schedule.State.NextUtc)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.NextUtc, againUtc), cancellationToken) == 1;
    }

    /// <summary>Notes whom the present run has reached, and the entry of the audit log that tells it.</summary>
    /// <param name="due">The schedule as it was taken.</param>
    /// <param name="reached">Everybody so far; null for a run by hand, after which the next one begins anew.</param>
    /// <param name="action">What was done, for the audit log.</param>
    /// <param name="detail">With what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task NoteReachedAsync(DueReport due, IReadOnlyList<string>? reached, string action, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (reached is not null && await context.ReportSchedules.SingleOrDefaultAsync(row => row.Id == due.Schedule.Id && row.Version == due.Version, cancellationToken) is { } row)
            row.ReachedJson = JsonSerializer.Serialize(reached);
        // What was sent was sent, also where the schedule is another one by now.
        context.Note(time, action, SubjectOf(due.Schedule.ScenarioId), detail, due.WorkspaceId);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Notes how a run ended.</summary>
    /// <returns>The fault before; null where there was none, or the schedule was changed or removed meanwhile.</returns>
    public async Task<string?> NoteAsync(DueReport due, ReportRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentNullException.ThrowIfNull(run);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ReportSchedules.SingleOrDefaultAsync(row => row.Id == due.Schedule.Id && row.Version == due.Version, cancellationToken) is not { } row)
            return null;
        var before = row.Fault;
        (row.LastUtc, row.Outcome, row.Fault) = (Now, run.Outcome, run.Fault);
        row.FaultSinceUtc = run.Fault is null ? null : row.FaultSinceUtc ?? row.LastUtc;
        (row.Attempts, row.NextUtc) = (run.Attempts, run.NextUtc);
        if (run.Attempts == 0)
            row.ReachedJson = null;
        await context.SaveChangesAsync(cancellationToken);
        return before;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static string SubjectOf(string scenarioId) => $"scenarios/{scenarioId}/report-schedules";

    private static IQueryable<Found> Joined(PlannerDbContext context) => context.ReportSchedules.AsNoTracking()
        .Join(context.Scenarios.Where(scenario => scenario.DeletedUtc == null), row => row.ScenarioId, scenario => scenario.Id, (row, scenario) => new Found { Row = row, WorkspaceId = scenario.WorkspaceId });

    private static void Apply(ReportScheduleRow row, ReportScheduleDraft draft, DateTime? nextUtc)
    {
        (row.Every, row.Hour, row.Weekday, row.Day, row.Cron) = (draft.Every, draft.Hour, draft.Weekday, draft.Day, draft.Cron);
        (row.FormatsJson, row.Paper, row.ToFolder, row.RecipientsJson) = (JsonSerializer.Serialize(draft.Formats), draft.Paper, draft.ToFolder, JsonSerializer.Serialize(draft.Recipients));
        row.NextUtc = nextUtc;
    }

    private static DueReport ToDue(Found found) => new(ToSchedule(found.Row), found.Row.Version, found.WorkspaceId, Texts(found.Row.ReachedJson));

    private static ReportSchedule ToSchedule(ReportScheduleRow row) => new(
        row.Id, row.ScenarioId,
        new ReportScheduleDraft(row.Every, row.Hour, row.Weekday, row.Day, row.Cron, Texts(row.FormatsJson), row.Paper, row.ToFolder, Texts(row.RecipientsJson)),
        new ReportScheduleState(row.NextUtc, row.LastUtc, row.Outcome, row.Fault, row.FaultSinceUtc, row.Attempts));

    private static List<string> Texts(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<string>>(json) ?? [];

    private sealed class Found
    {
        public required ReportScheduleRow Row { get; init; }

        public required long WorkspaceId { get; init; }
    }
}
