using System.Collections.Concurrent;
using System.Globalization;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Web.Jobs;

namespace Planner.Web.Reports.Scheduled;

/// <summary>Writes the reports that are due, and saves and sends them. A schedule runs once at a time, a few of them side by side, so that none waits long for one that fails. Thread-safe.</summary>
public sealed partial class ReportDispatch(
    ReportScheduleStore schedules, ScenarioStore scenarios, CatalogStore catalog, PdfPrinter printer, ReportFolder folder, ReportMail mail, CurrentReach reach, IConfiguration configuration, TimeProvider time,
    ILogger<ReportDispatch> log) : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _due = new(1);
    private readonly ConcurrentDictionary<long, bool> _running = new();
    private DateOnly? _swept;

    /// <summary>Where a run is noted as having reached the folder.</summary>
    internal const string FolderPlace = "folder";

    /// <summary>Pauses before a run that failed is tried again; after the last one it waits for its next time.</summary>
    internal static IReadOnlyList<TimeSpan> Pauses { get; } = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(45)];

    /// <summary>Runs the schedules whose time has come; while that is under way another call does nothing.</summary>
    /// <param name="cancellationToken">Ends it early; what was not sent is sent by the next call.</param>
    public async Task RunDueAsync(CancellationToken cancellationToken = default)
    {
        if (!await _due.WaitAsync(0, cancellationToken))
            return;
        try
        {
            await Parallel.ForEachAsync(await schedules.DueAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (due, cancel) =>
            {
                // No further than whoever edits the scenario: not even by mistake does a report hold what is of another workspace.
                using var _ = reach.Enter(new Reach(due.WorkspaceId, Role.Editor, By: Actor.Program));
                await TryRunAsync(due, cancel);
            });
            Sweep();
        }
        finally
        {
            _due.Release();
        }
    }

    /// <summary>Runs a schedule now, for whoever calls; when it runs by itself stays as it is.</summary>
    /// <returns>The schedule after it; null where there is none, or it runs already.</returns>
    /// <exception cref="AccessRefusedException">The caller may not edit.</exception>
    public async Task<ReportSchedule?> RunNowAsync(string scenarioId, long id, CancellationToken cancellationToken = default)
    {
        if (!reach.Value.MayEdit)
            throw new AccessRefusedException();
        return await schedules.TakeAsync(scenarioId, id, cancellationToken) is { } due && await RunAsync(due, byHand: true, cancellationToken)
            ? await schedules.FindAsync(scenarioId, id, cancellationToken)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _due.Dispose();

    private async Task TryRunAsync(DueReport due, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(due, byHand: false, cancellationToken);
        }
        // The database may be busy for a moment; the other schedules are run, and this one by the next call.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotNoted(due.Schedule.Id, exception);
        }
    }

    /// <summary>False where the schedule runs already.</summary>
    private async Task<bool> RunAsync(DueReport due, bool byHand, CancellationToken cancellationToken)
    {
        if (!_running.TryAdd(due.Schedule.Id, true))
            return false;
        try
        {
            // The texts are English, so their figures are too, whatever the culture of the machine or of the caller is.
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            // Where nothing can be noted nothing is sent: it would be sent again each minute. Who changed or removed the schedule while it waited is heeded too.
            if (!byHand && !await schedules.BeginAsync(due, time.GetUtcNow().UtcDateTime + Pauses[Math.Min(due.Schedule.State.Attempts, Pauses.Count - 1)], cancellationToken))
                return false;
            var (outcome, fault) = await DeliverAsync(due, byHand, cancellationToken);
            var before = await schedules.NoteAsync(due, After(due, byHand, outcome, fault, time.GetUtcNow().UtcDateTime), cancellationToken);
            // A fault is said once when it begins and once when it ends; what lies between stands with the schedule.
            if (before is null && fault is not null)
                LogFaultBegan(due.Schedule.Id, due.Schedule.ScenarioId, fault);
            else if (before is not null && fault is null)
                LogFaultEnded(due.Schedule.Id, due.Schedule.ScenarioId);
            return true;
        }
        finally
        {
            _running.TryRemove(due.Schedule.Id, out _);
        }
    }

    /// <summary>What follows a run.</summary>
    internal static ReportRun After(DueReport due, bool byHand, string? outcome, string? fault, DateTime now)
    {
        var (plan, state) = (due.Schedule.Plan, due.Schedule.State);
        // A clock that was put back meanwhile does not make the same time come twice.
        var next = ReportTimes.NextUtc(plan, state.NextUtc > now ? state.NextUtc.Value : now);
        if (byHand)
            return fault is not null || state.Attempts == 0 ? new(outcome, fault, state.Attempts, state.NextUtc) : new(outcome, null, 0, next);
        if (fault is null || state.Attempts >= Pauses.Count || now + Pauses[state.Attempts] is var again && next <= again)
            return new(outcome, fault, 0, next);
        return new(null, fault, state.Attempts + 1, again);
    }

    private async Task<(string? Outcome, string? Fault)> DeliverAsync(DueReport due, bool byHand, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await scenarios.GetAsync(due.Schedule.ScenarioId, cancellationToken: either.Token) is not { } stored)
                return (null, DeliveryTexts.ScenarioGone);
            var files = await WriteAsync(stored, due.Schedule.Plan, either.Token);
            return await DeliverAsync(due, byHand, stored, files, either.Token);
        }
        catch (Exception exception) when (exception is DeliveryException or PdfUnavailableException or TimeoutException)
        {
            return (null, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Wording.Say(DeliveryTexts.RunTimeout, LongestRun.TotalMinutes));
        }
        catch (InvalidDataException)
        {
            return (null, Texts.ScenarioUnreadablePage);
        }
        // Whatever is wrong with one of them, the others are sent.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(due.Schedule.Id, exception);
            return (null, DeliveryTexts.RunFailed);
        }
    }

    private async Task<IReadOnlyList<ReportFile>> WriteAsync(StoredScenario stored, ReportScheduleDraft plan, CancellationToken cancellationToken)
    {
        var files = new List<ReportFile>();
        foreach (var format in plan.Formats)
        {
            files.Add(format switch
            {
                "xlsx" => ReportFile.Workbook(stored),
                "csv" => ReportFile.Table(stored),
                _ => ReportFile.Pdf(stored, await printer.PrintAsync(PrintJob.Of(stored, new PrintChoices(PaperSizes.Parse(plan.Paper))), cancellationToken)),
            });
        }

        return files;
    }

    private async Task<(string? Outcome, string? Fault)> DeliverAsync(DueReport due, bool byHand, StoredScenario stored, IReadOnlyList<ReportFile> files, CancellationToken cancellationToken)
    {
        var plan = due.Schedule.Plan;
        var (reached, faults) = (due.Reached.ToHashSet(StringComparer.OrdinalIgnoreCase), new List<string>());
        string? saved = null;
        if (plan.ToFolder && (byHand || !reached.Contains(FolderPlace)))
        {
            try
            {
                var names = string.Join(", ", await folder.SaveAsync(stored, files, cancellationToken));
                saved = Wording.Say(DeliveryTexts.Saved, names);
                reached.Add(FolderPlace);
                await schedules.NoteReachedAsync(due, byHand ? null : [.. reached], AuditActions.ReportSaved, Wording.Say(DeliveryTexts.AuditSaved, stored.Scenario.Name, stored.Version, names), CancellationToken.None);
            }
            catch (DeliveryException exception)
            {
                faults.Add(exception.Message);
            }
        }

        var letter = plan.Recipients.Count == 0 ? null : ReportLetter.Of(stored, await TodayAsync(stored, cancellationToken), files);
        foreach (var recipient in plan.Recipients.Where(recipient => byHand || !reached.Contains(recipient)))
        {
            try
            {
                await mail.SendAsync(recipient, letter!, files, cancellationToken);
                reached.Add(recipient);
                await schedules.NoteReachedAsync(due, byHand ? null : [.. reached], AuditActions.ReportSent, Wording.Say(DeliveryTexts.AuditSent, stored.Scenario.Name, stored.Version, recipient), CancellationToken.None);
            }
            catch (DeliveryException exception)
            {
                faults.Add(exception.Message);
                if (exception.IsForAll)
                    break;
            }
        }

        if (faults.Count > 0)
            return (null, string.Join(' ', faults));
        var sent = plan.Recipients.Count == 0 ? null : Wording.Say(plan.Recipients.Count == 1 ? DeliveryTexts.SentToOne : DeliveryTexts.SentToMany, stored.Version, plan.Recipients.Count);
        return (string.Join(' ', new[] { saved, sent }.OfType<string>()), null);
    }

    private async Task<DecisionChange?> TodayAsync(StoredScenario stored, CancellationToken cancellationToken)
    {
        try
        {
            var today = await catalog.SnapshotAsync(stored.Scenario, cancellationToken);
            return DecisionComparison.Compare(stored.Scenario, stored.Snapshot, stored.Result, today, AlertOptions.From(configuration).ThresholdShare);
        }
        // The report stands without it; the letter says that it is not known.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotCompared(stored.Id, exception);
            return null;
        }
    }

    private void Sweep()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_swept == today)
            return;
        try
        {
            if (folder.Sweep() is > 0 and var removed)
                LogSwept(removed);
            _swept = today;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _swept = today;
            LogNotSwept(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Report schedule {Schedule} of scenario {Scenario} failed: {Fault}")]
    private partial void LogFaultBegan(long schedule, string scenario, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Report schedule {Schedule} of scenario {Scenario} is well again")]
    private partial void LogFaultEnded(long schedule, string scenario);

    [LoggerMessage(Level = LogLevel.Error, Message = "Report schedule {Schedule} failed in a way that nobody thought of")]
    private partial void LogFailed(long schedule, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a run of report schedule {Schedule} did could not be stored")]
    private partial void LogNotNoted(long schedule, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Scenario {Scenario} could not be compared with today's prices for its report")]
    private partial void LogNotCompared(string scenario, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Removed} reports older than Reports:KeepDays were removed from the folder")]
    private partial void LogSwept(int removed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old reports could not be removed from the folder")]
    private partial void LogNotSwept(Exception exception);
}
