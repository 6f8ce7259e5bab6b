using System.Collections.Concurrent;
using System.Threading.Channels;
using Planner.Data.Accounts;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Domain.Planning;

namespace Planner.Web.Jobs;

/// <summary>What a check of all stored scenarios found.</summary>
/// <param name="Checked">Scenarios compared.</param>
/// <param name="Raised">New alerts.</param>
/// <param name="Closed">Alerts that ended, since the answer is back or has become another one.</param>
/// <param name="Failed">Scenarios that could not be evaluated; each has an alert that says why.</param>
public sealed record DecisionCheck(int Checked, int Raised, int Closed, int Failed);

/// <summary>
/// After each run of a feed that published, compares the answer of every stored scenario with today's prices. One check at a time, off the threads of
/// requests; a run that publishes meanwhile leads to one more. One check begins with the app, so that none is lost with the process. A scenario that is saved is
/// compared by itself right after. Thread-safe.
/// </summary>
public sealed partial class DecisionWatch : BackgroundService
{
    private readonly Channel<long> _runs = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<string> _saves = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> _waiting = [];
    private readonly SemaphoreSlim _gate = new(1);
    private readonly FeedImporter _importer;
    private readonly ScenarioStore _scenarios;
    private readonly CatalogStore _catalog;
    private readonly AlertStore _alerts;
    private readonly CurrentReach _reach;
    private readonly IConfiguration _configuration;
    private readonly ILogger<DecisionWatch> _log;

    public DecisionWatch(
        FeedImporter importer, ScenarioStore scenarios, CatalogStore catalog, AlertStore alerts, CurrentReach reach, IConfiguration configuration, ILogger<DecisionWatch> log)
    {
        ArgumentNullException.ThrowIfNull(importer);
        (_importer, _scenarios, _catalog, _alerts, _reach, _configuration, _log) = (importer, scenarios, catalog, alerts, reach, configuration, log);
        _importer.Published += run => _runs.Writer.TryWrite(run.Id);
        // The current version is compared, so that saves which follow one another need one comparison.
        _scenarios.Saved += id => _ = _waiting.TryAdd(id, true) && _saves.Writer.TryWrite(id);
    }

    /// <summary>Raised on any thread when a check has ended; whoever listens returns at once.</summary>
    public event Action<DecisionCheck>? Ended;

    /// <summary>Checks all stored scenarios now, after a check that is under way.</summary>
    /// <param name="feedRunId">The run that gave occasion; null for none.</param>
    /// <param name="cancellationToken">Ends it early; what was found so far is kept.</param>
    public async Task<DecisionCheck> CheckAsync(long? feedRunId, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var check = await Task.Run(() => CheckAllAsync(feedRunId, AlertOptions.From(_configuration), cancellationToken), cancellationToken);
            Tell(check);
            return check;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _gate.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Scenarios of all workspaces.
        using var _ = _reach.AsProgram();
        try
        {
            await Task.WhenAll(FollowRunsAsync(stoppingToken), FollowSavesAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task FollowRunsAsync(CancellationToken stoppingToken)
    {
        await TryAsync(() => CheckAsync(null, stoppingToken), stoppingToken);
        await foreach (var run in _runs.Reader.ReadAllAsync(stoppingToken))
            await TryAsync(() => CheckAsync(run, stoppingToken), stoppingToken);
    }

    /// <summary>Beside a check of all, which may take long.</summary>
    private async Task FollowSavesAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in _saves.Reader.ReadAllAsync(stoppingToken))
        {
            _waiting.TryRemove(id, out _);
            await TryAsync(() => Task.Run(() => CheckSavedAsync(id, stoppingToken), stoppingToken), stoppingToken);
        }
    }

    private async Task CheckSavedAsync(string id, CancellationToken cancellationToken)
    {
        // What changed is kept with the alert and told to the webhook.
        using var language = Language.Stored();
        if (await CheckOneAsync(id, null, AlertOptions.From(_configuration), cancellationToken) is { } check)
            Tell(check);
    }

    private void Tell(DecisionCheck check)
    {
        // Whoever listens is not who checked, and reaches what it may reach itself.
        using (_reach.Enter(Reach.Nothing))
            Ended?.Invoke(check);
    }

    private async Task TryAsync(Func<Task> check, CancellationToken cancellationToken)
    {
        try
        {
            await check();
        }
        // The database may be busy or full: the next run tries again, and the app goes on.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogCheckFailed(exception);
        }
    }

    private async Task<DecisionCheck> CheckAllAsync(long? feedRunId, AlertOptions options, CancellationToken cancellationToken)
    {
        // What changed is kept with the alert and told to the webhook.
        using var language = Language.Stored();
        var check = new DecisionCheck(0, 0, 0, 0);
        foreach (var id in await _scenarios.IdsAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await CheckOneAsync(id, feedRunId, options, cancellationToken) is { } one)
                check = new DecisionCheck(check.Checked + one.Checked, check.Raised + one.Raised, check.Closed + one.Closed, check.Failed + one.Failed);
        }

        LogEnded(check.Checked, check.Raised, check.Closed, check.Failed);
        return check;
    }

    /// <summary>Compares one scenario; null where it was deleted meanwhile.</summary>
    private async Task<DecisionCheck?> CheckOneAsync(string id, long? feedRunId, AlertOptions options, CancellationToken cancellationToken)
    {
        if (await CompareAsync(id, options.ThresholdShare, cancellationToken) is not { } compared)
            return null;
        var (version, change) = compared;
        var outcome = await _alerts.NoteAsync(id, version, change, feedRunId, options.ThresholdShare, cancellationToken);
        return new DecisionCheck(1, outcome.Raised ? 1 : 0, outcome.Closed, change?.After.Fault is null ? 0 : 1);
    }

    /// <summary>The current version, and what today's prices make of it where that counts; null where the scenario was deleted meanwhile.</summary>
    private async Task<(int Version, DecisionChange? Change)?> CompareAsync(string id, double thresholdShare, CancellationToken cancellationToken)
    {
        try
        {
            if (await _scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
                return null;
            return (stored.Version, await CompareAsync(stored, thresholdShare, cancellationToken));
        }
        // What is stored may be of another program; the others are still compared.
        catch (InvalidDataException exception)
        {
            LogUnreadable(exception, id);
            return await _scenarios.CurrentVersionAsync(id, cancellationToken) is { } current ? (current, NoAnswer(Texts.ScenarioUnreadablePage)) : null;
        }
    }

    private async Task<DecisionChange?> CompareAsync(StoredScenario stored, double thresholdShare, CancellationToken cancellationToken)
    {
        var today = await _catalog.SnapshotAsync(stored.Scenario, cancellationToken);
        try
        {
            var change = DecisionComparison.Compare(stored.Scenario, stored.Snapshot, stored.Result, today, thresholdShare);
            return change.Reasons.Count == 0 ? null : change;
        }
        // A scenario that the engine fails on must not keep the others from being compared.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotEvaluated(exception, stored.Id);
            return NoAnswer(Texts.AlertNotEvaluated);
        }
    }

    private static DecisionChange NoAnswer(string fault) =>
        new(new DecisionAnswer(null, null, null, null), new DecisionAnswer(null, null, null, null, fault), [DecisionReasons.NoAnswer], []);

    [LoggerMessage(Level = LogLevel.Information, Message = "Decisions: {Checked} scenarios compared with today's prices, {Raised} alerts raised, {Closed} closed, {Failed} could not be evaluated")]
    private partial void LogEnded(int @checked, int raised, int closed, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scenario {Scenario} cannot be read")]
    private partial void LogUnreadable(Exception exception, string scenario);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scenario {Scenario} could not be evaluated at today's prices")]
    private partial void LogNotEvaluated(Exception exception, string scenario);

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored scenarios could not be compared with today's prices")]
    private partial void LogCheckFailed(Exception exception);
}
