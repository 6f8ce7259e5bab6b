using System.Globalization;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Web.Jobs;

namespace Planner.Web.Reports.Scheduled;

/// <summary>Writes the reports that are due, and saves and sends them. A schedule runs once at a time, a few of them side by side, so that none waits long for one that fails. Thread-safe.</summary>
public sealed partial class ReportDispatch(
    ReportScheduleStore schedules, ScenarioStore scenarios, CatalogStore catalog, PdfPrinter printer, ReportFolder folder, ReportMail mail, AccountStore accounts, Gates gates, CurrentReach reach,
    IConfiguration configuration, TimeProvider time, ILogger<ReportDispatch> log) : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    // Between runs by hand, so that a button or a script floods nobody.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _due = new(1);
    private DateOnly? _swept;
    private DateTime? _mended;

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
            await MendAsync(cancellationToken);
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

    /// <summary>Runs a schedule now, for whoever calls; when it runs by itself stays as it is. Whom it reaches while a run that failed waits to be tried again counts as reached by that too.</summary>
    /// <returns>The schedule after it; or why it did not run to its end, as a sentence.</returns>
    /// <exception cref="AccessRefusedException">The caller may not edit.</exception>
    public async Task<(ReportSchedule? After, string? Refusal)> RunNowAsync(string scenarioId, long id, CancellationToken cancellationToken = default)
    {
        if (!reach.Value.MayEdit)
            throw new AccessRefusedException();
        if (await schedules.FindAsync(scenarioId, id, cancellationToken) is null)
            return (null, DeliveryTexts.ScheduleGone);
        await using var gate = await gates.TryEnterAsync(Gates.OfReport(id), cancellationToken);
        if (gate is null)
            return (null, DeliveryTexts.ScheduleRunning);
        // Taken while no other run can end: what that notes is not overwritten.
        if (await schedules.TakeAsync(scenarioId, id, cancellationToken) is not { } due)
            return (null, DeliveryTexts.ScheduleGone);
        if (await schedules.BeginNowAsync(due, ShortestPause, cancellationToken) is not { } began)
            return (null, DeliveryTexts.ScheduleSoon);
        return await RunAsync(due, began, byHand: true, cancellationToken) ? (await schedules.FindAsync(scenarioId, id, cancellationToken), null) : (null, DeliveryTexts.ScheduleChanged);
    }

    /// <inheritdoc/>
    public void Dispose() => _due.Dispose();

    /// <summary>Once an hour, and when the clock says another one: a schedule whose time was reckoned from a clock that was put back does not wait until that comes again.</summary>
    private async Task MendAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var hour = now.Date.AddHours(now.Hour);
        if (_mended == hour)
            return;
        foreach (var due in await schedules.WaitingAsync(cancellationToken))
        {
            if (ReportTimes.MendedUtc(due.Schedule.Plan, due.Schedule.State.NextUtc, now) is { } next && next != due.Schedule.State.NextUtc)
                await schedules.MoveAsync(due, next, cancellationToken);
        }

        _mended = hour;
    }

    private async Task TryRunAsync(DueReport due, CancellationToken cancellationToken)
    {
        try
        {
            await using var gate = await gates.TryEnterAsync(Gates.OfReport(due.Schedule.Id), cancellationToken);
            if (gate is null)
                return;
            var (state, now) = (due.Schedule.State, time.GetUtcNow().UtcDateTime);
            // Where nothing can be noted nothing is sent: it would be sent again each minute. Who changed or removed the schedule while it waited is heeded too.
            if (await schedules.BeginAsync(due, now + Pauses[Math.Min(state.Attempts, Pauses.Count - 1)], cancellationToken))
                await RunAsync(due, due.RunUtc ?? state.NextUtc ?? now, byHand: false, cancellationToken);
        }
        // The database may be busy for a moment; the other schedules are run, and this one by the next call.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotNoted(due.Schedule.Id, exception);
        }
    }

    /// <summary>False where the schedule was changed or removed meanwhile.</summary>
    private async Task<bool> RunAsync(DueReport due, DateTime run, bool byHand, CancellationToken cancellationToken)
    {
        using var scope = log.BeginScope(new LogScope(("ScenarioId", due.Schedule.ScenarioId), ("ReportScheduleId", due.Schedule.Id)));
        // The texts are English, so their figures are too, whatever the culture of the machine or of the caller is.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var done = await DeliverAsync(due, run, byHand, cancellationToken);
        // What was done is noted also while the app ends.
        var (isNoted, before) = await schedules.NoteAsync(due, After(due, byHand, done, time.GetUtcNow().UtcDateTime), CancellationToken.None);
        // A fault is said once when it begins and once when it ends; what lies between stands with the schedule.
        if (before is null && done.Fault is { } fault)
            LogFaultBegan(due.Schedule.Id, due.Schedule.ScenarioId, done.IsUnsure ? "was not confirmed" : "failed", fault);
        else if (before is not null && done.Fault is null)
            LogFaultEnded(due.Schedule.Id, due.Schedule.ScenarioId);
        return isNoted;
    }

    /// <summary>What follows a run.</summary>
    private static ReportRun After(DueReport due, bool byHand, Delivery done, DateTime now)
    {
        var (plan, state) = (due.Schedule.Plan, due.Schedule.State);
        // A clock that was put back meanwhile does not make the same time come twice.
        var next = ReportTimes.NextUtc(plan, state.NextUtc > now ? state.NextUtc.Value : now);
        if (byHand)
            return done.Fault is not null || state.Attempts == 0 ? new(done.Outcome, done.Fault, done.IsUnsure, state.Attempts, state.NextUtc) : new(done.Outcome, null, false, 0, next);
        if (done.Fault is null || state.Attempts >= Pauses.Count || now + Pauses[state.Attempts] is var again && next <= again)
            return new(done.Outcome, done.Fault, done.IsUnsure, 0, next);
        return new(null, done.Fault, done.IsUnsure, state.Attempts + 1, again);
    }

    private async Task<Delivery> DeliverAsync(DueReport due, DateTime run, bool byHand, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await scenarios.GetAsync(due.Schedule.ScenarioId, cancellationToken: either.Token) is not { } stored)
                return new(null, DeliveryTexts.ScenarioGone);
            var files = await WriteAsync(stored, due.Schedule.Plan, either.Token);
            return await DeliverAsync(due, run, byHand, stored, files, either.Token);
        }
        catch (Exception exception) when (exception is DeliveryException or PdfUnavailableException or TimeoutException)
        {
            return new(null, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, DeliveryTexts.RunTimeout.With(LongestRun.TotalMinutes));
        }
        catch (InvalidDataException)
        {
            return new(null, Texts.ScenarioUnreadablePage);
        }
        // Whatever is wrong with one of them, the others are sent.
#pragma warning disable CA1031
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(due.Schedule.Id, exception);
            return new(null, DeliveryTexts.RunFailed);
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

    private async Task<Delivery> DeliverAsync(DueReport due, DateTime run, bool byHand, StoredScenario stored, IReadOnlyList<ReportFile> files, CancellationToken cancellationToken)
    {
        var plan = due.Schedule.Plan;
        var (reached, faults) = (due.Reached.ToHashSet(StringComparer.OrdinalIgnoreCase), new List<DeliveryException>());
        // A run by hand counts for nothing but itself, unless one that failed waits to be tried again.
        var counts = !byHand || due.Schedule.State.Attempts > 0;
        string? saved = null;
        if (plan.ToFolder && (byHand || !reached.Contains(FolderPlace)))
        {
            await AskAgainAsync(due, byHand, cancellationToken);
            try
            {
                var names = string.Join(", ", await folder.SaveAsync(stored, files, cancellationToken));
                saved = DeliveryTexts.Saved.With(names);
                await NoteAsync(FolderPlace, AuditActions.ReportSaved, DeliveryTexts.AuditSaved.With(stored.Scenario.Name, stored.Version, names));
            }
            catch (DeliveryException exception)
            {
                faults.Add(exception);
            }
        }

        var letter = plan.Recipients.Count == 0 ? null : ReportLetter.Of(stored, await TodayAsync(stored, cancellationToken), files);
        // What is sent again is the same message as long as it holds the same.
        var name = string.Create(CultureInfo.InvariantCulture, $"{stored.Id} {stored.Version} {due.Schedule.Id} {due.Schedule.Version} {(byHand ? "now" : "due")} {run:O}");
        foreach (var recipient in plan.Recipients.Where(recipient => byHand || !reached.Contains(recipient)))
        {
            await AskAgainAsync(due, byHand, cancellationToken);
            try
            {
                await mail.SendAsync(recipient, letter!, files, name, cancellationToken);
                await NoteAsync(recipient, AuditActions.ReportSent, DeliveryTexts.AuditSent.With(stored.Scenario.Name, stored.Version, recipient));
            }
            catch (DeliveryException exception)
            {
                faults.Add(exception);
                if (exception.IsUnsure)
                    await schedules.NoteReachedAsync(due, null, AuditActions.ReportSent, DeliveryTexts.AuditUnsure.With(stored.Scenario.Name, stored.Version, recipient), CancellationToken.None);
                if (exception.IsForAll)
                    break;
            }
        }

        if (faults.Count > 0)
            return new(null, string.Join(' ', faults.Select(fault => fault.Message)), faults.TrueForAll(fault => fault.IsUnsure));
        var sent = plan.Recipients.Count == 0 ? null : (plan.Recipients.Count == 1 ? DeliveryTexts.SentToOne : DeliveryTexts.SentToMany).With(stored.Version, plan.Recipients.Count);
        return new(string.Join(' ', new[] { saved, sent }.OfType<string>()), null);

        Task NoteAsync(string place, string action, string detail)
        {
            reached.Add(place);
            return schedules.NoteReachedAsync(due, counts ? [.. reached] : null, action, detail, CancellationToken.None);
        }
    }

    /// <summary>Asks, before each delivery, whether it is still wanted and allowed: sending to twenty addresses may take hours.</summary>
    private async Task AskAgainAsync(DueReport due, bool byHand, CancellationToken cancellationToken)
    {
        if (!await schedules.IsSameAsync(due, cancellationToken))
            throw new DeliveryException(DeliveryTexts.ScheduleChanged);
        // A schedule is of its workspace, whoever made it; a run by hand is of who runs it.
        if (byHand && reach.Value is { IsUnbounded: false, By.UserId: { } user, WorkspaceId: var workspace }
            && (await accounts.CallerAsync(user, workspace, strict: true, cancellationToken))?.Current is not { Role: >= Role.Editor })
            throw new DeliveryException(DeliveryTexts.RightLost);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Report schedule {Schedule} of scenario {Scenario} {How}: {Fault}")]
    private partial void LogFaultBegan(long schedule, string scenario, string how, string fault);

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

    /// <summary>What a run did: a sentence, or a fault.</summary>
    private sealed record Delivery(string? Outcome, string? Fault, bool IsUnsure = false);
}
