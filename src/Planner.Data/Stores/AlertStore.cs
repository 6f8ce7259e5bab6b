using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A stored scenario whose saved answer no longer holds.</summary>
/// <param name="Id">The alert's id.</param>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="ScenarioName">Its name.</param>
/// <param name="Version">The version whose answer moved: the current one.</param>
/// <param name="FeedRunId">The run after which it was noticed; null for another occasion.</param>
/// <param name="RaisedUtc">When it was noticed.</param>
/// <param name="Before">The answer as saved.</param>
/// <param name="After">The answer at the prices of that moment.</param>
/// <param name="Causes">The catalog rows that moved it, the strongest first.</param>
/// <param name="PutAsideUtc">When somebody put it aside; null while it is open.</param>
/// <param name="Webhook">What the webhook answered; null where none is configured or it has not been told yet.</param>
public sealed record DecisionAlert(
    long Id, string ScenarioId, string ScenarioName, int Version, long? FeedRunId, DateTime RaisedUtc, DecisionAnswer Before, DecisionAnswer After,
    IReadOnlyList<DecisionCause> Causes, DateTime? PutAsideUtc, string? Webhook);

/// <summary>Which alerts a list holds.</summary>
public enum AlertStates
{
    /// <summary>Nobody has put it aside.</summary>
    Open,

    /// <summary>Somebody has, and its answer still does not hold.</summary>
    PutAside,
}

/// <summary>What a comparison changed in the list of alerts.</summary>
/// <param name="Raised">True where an alert is new.</param>
/// <param name="Closed">Alerts whose answer is back, or has become another one.</param>
public sealed record AlertOutcome(bool Raised, int Closed);

/// <summary>Decision alerts. Safe to share; one context a call.</summary>
/// <remarks>A scenario has at most one that counts. It ends by itself: when the answer is back, when it becomes another one, when the scenario is deleted. A version that was saved anew has one once it was compared.</remarks>
public sealed class AlertStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Alerts of current versions, the latest first.</summary>
    public async Task<Page<DecisionAlert>> ListAsync(AlertStates state = AlertStates.Open, int skip = 0, int take = 50, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Standing(context).Where(state == AlertStates.Open ? IsOpen : IsPutAside);
        var total = await rows.CountAsync(cancellationToken);
        return new Page<DecisionAlert>(await ReadAsync(context, rows.OrderByDescending(row => row.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1_000)), cancellationToken), total);
    }

    /// <summary>How many are open.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Standing(context).Where(IsOpen).CountAsync(cancellationToken);
    }

    /// <summary>Open ones that the webhook has not been told of, the earliest first.</summary>
    public async Task<IReadOnlyList<DecisionAlert>> UntoldAsync(int take, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(context, Standing(context).Where(IsOpen).Where(row => row.Webhook == null).OrderBy(row => row.Id).Take(take), cancellationToken);
    }

    /// <summary>Notes what a comparison found of a scenario's version. What is known already, if of an earlier version, is not raised again, also where it was put aside. Nothing is noted of a version that is no longer current.</summary>
    /// <param name="scenarioId">The scenario.</param>
    /// <param name="version">The version that was compared.</param>
    /// <param name="change">What was found; null where the saved answer stands.</param>
    /// <param name="feedRunId">The run after which it was compared; null for another occasion.</param>
    /// <param name="thresholdShare">Share by which a month or a crossing has to differ from the standing alert's to be another answer, at least 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AlertOutcome> NoteAsync(
        string scenarioId, int version, DecisionChange? change, long? feedRunId, double thresholdShare = DecisionComparison.DefaultThresholdShare, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Changes nothing but holds the row: neither a save nor another comparison of the scenario comes between what follows.
        if (await context.Scenarios.Where(row => row.Id == scenarioId && row.CurrentVersion == version).ExecuteUpdateAsync(update => update.SetProperty(row => row.CurrentVersion, version), cancellationToken) == 0)
            return new AlertOutcome(false, 0);
        var standing = await context.Alerts.Where(row => row.ScenarioId == scenarioId && row.ClosedUtc == null).ToListAsync(cancellationToken);
        // The standing alert keeps its answer, so that many small steps add up to a new one.
        var known = change is null ? null : standing.Find(row => row.Version == version && IsSame(row.AfterJson, change.After));
        if (known is null && change is not null && standing.Find(row => row.Version < version && IsSame(row.BeforeJson, change.Before) && IsSame(row.AfterJson, change.After)) is { } carried)
        {
            // Saved anew with prices that still do not hold: the alert goes on with what is saved now.
            (carried.Version, carried.BeforeJson, carried.AfterJson, carried.CausesJson) = (version, Write(change.Before), Write(change.After), Write(change.Causes));
            known = carried;
        }

        var ended = standing.FindAll(row => row != known);
        foreach (var row in ended)
            row.ClosedUtc = Now;
        if (change is not null && known is null)
        {
            context.Add(new AlertRow
            {
                ScenarioId = scenarioId,
                Version = version,
                FeedRunId = feedRunId,
                RaisedUtc = Now,
                BeforeJson = Write(change.Before),
                AfterJson = Write(change.After),
                CausesJson = Write(change.Causes),
            });
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AlertOutcome(change is not null && known is null, ended.Count);

        bool IsSame(string said, DecisionAnswer answer) => DecisionComparison.IsSame(Read<DecisionAnswer>(said), answer, thresholdShare);
    }

    /// <summary>Puts an alert aside, or takes that back.</summary>
    /// <returns>False where there is no such alert, or it has ended.</returns>
    public async Task<bool> PutAsideAsync(long id, bool aside, CancellationToken cancellationToken = default)
    {
        DateTime? seen = aside ? Now : null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var scenarioId = await Standing(context).Where(row => row.Id == id).Select(row => row.ScenarioId).SingleOrDefaultAsync(cancellationToken);
        var found = scenarioId is not null
            && await Standing(context).Where(row => row.Id == id).ExecuteUpdateAsync(update => update.SetProperty(row => row.SeenUtc, seen), cancellationToken) == 1;
        await context.CommitNotedAsync(
            transaction, time, found, aside ? AuditActions.AlertPutAside : AuditActions.AlertTakenUp, ScenarioStore.SubjectOf(scenarioId ?? ""), null, cancellationToken);
        return found;
    }

    /// <summary>Notes what the webhook answered.</summary>
    public async Task NoteWebhookAsync(long id, string answer, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Alerts.Where(row => row.Id == id).ExecuteUpdateAsync(update => update.SetProperty(row => row.Webhook, answer), cancellationToken);
    }

    private static readonly Expression<Func<AlertRow, bool>> IsOpen = row => row.SeenUtc == null;

    private static readonly Expression<Func<AlertRow, bool>> IsPutAside = row => row.SeenUtc != null;

    /// <summary>Those of versions that are still current: one that was saved a moment ago is being compared.</summary>
    private static IQueryable<AlertRow> Standing(PlannerDbContext context) => context.Alerts.Where(
        row => row.ClosedUtc == null && context.Scenarios.Any(scenario => scenario.Id == row.ScenarioId && scenario.CurrentVersion == row.Version && scenario.DeletedUtc == null));

    private static async Task<IReadOnlyList<DecisionAlert>> ReadAsync(PlannerDbContext context, IQueryable<AlertRow> rows, CancellationToken cancellationToken)
    {
        var found = await rows.AsNoTracking().Select(row => new { Row = row, context.Scenarios.First(scenario => scenario.Id == row.ScenarioId).Name }).ToListAsync(cancellationToken);
        return [.. found.Select(item => new DecisionAlert(
            item.Row.Id, item.Row.ScenarioId, item.Name, item.Row.Version, item.Row.FeedRunId, item.Row.RaisedUtc, Read<DecisionAnswer>(item.Row.BeforeJson),
            Read<DecisionAnswer>(item.Row.AfterJson), Read<IReadOnlyList<DecisionCause>>(item.Row.CausesJson), item.Row.SeenUtc, item.Row.Webhook))];
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ScenarioJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ScenarioJson.Options)!;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
