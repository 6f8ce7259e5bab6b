using Microsoft.AspNetCore.Components;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Shared;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;

namespace Planner.Web.Components.Reports;

/// <summary>The schedules of a scenario's reports: their state, and the form for one.</summary>
public sealed partial class SchedulePanel : ActionComponent
{
    private ScheduleForm? _draft;
    private ReportSchedule? _editing;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter, EditorRequired]
    public required string ScenarioId { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ReportSchedule> Schedules { get; set; }

    /// <summary>Raised once a schedule was added, changed, removed or run.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    [Inject]
    public required ReportScheduleStore Store { get; init; }

    [Inject]
    public required ReportDispatch Dispatch { get; init; }

    [Inject]
    public required DeliveryOptions Options { get; init; }

    [Inject]
    public required PdfPrinter Printer { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    private static IReadOnlyList<SelectOption> Periods =>
        [new(ReportPeriods.Day, ReportsTexts.EveryDay), new(ReportPeriods.Week, ReportsTexts.EveryWeek), new(ReportPeriods.Month, ReportsTexts.EveryMonth), new(ReportPeriods.Cron, ReportsTexts.ByCron)];

    private static IReadOnlyList<SelectOption> Weekdays => [.. ReportTimes.Weekdays.Select(day => new SelectOption(day, ScheduleWords.Named(day)))];

    private static IReadOnlyList<SelectOption> Papers { get; } = [.. Enum.GetValues<PaperSize>().Select(paper => new SelectOption(paper.Word, paper.ToString()))];

    /// <summary>True where a report could go nowhere.</summary>
    private bool Impossible => Options is { Folder: null, Mail: null };

    private string? RecipientHint => Options.Mail is { } mail ? ReportsTexts.Allowed.With(string.Join(", ", mail.Allowed)) : DeliveryTexts.NoMail;

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private void Begin() => Open(null, ScheduleForm.New(Printer.Paper, Printer.Unavailable is null, Options));

    private void Open(ReportSchedule? schedule, ScheduleForm? draft) => (_editing, _draft, _problems, Refusal) = (schedule, draft, [], null);

    private void Change(ScheduleForm draft) => (_draft, Refusal) = (draft, null);

    private string? ErrorAt(string path) => _problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private string? ErrorBelow(string path) => _problems.FirstOrDefault(problem => problem.Path.StartsWith(path, StringComparison.Ordinal))?.Message;

    private Task SaveAsync() => DoAsync(ReportsTexts.Saving, async () =>
    {
        var draft = ScheduleRules.Tidy(_draft!.Read());
        _problems = ScheduleRules.Check(draft, Options, Now);
        if (_problems.Count > 0)
            return;
        var (next, words) = (ReportTimes.NextUtc(draft, Now), ScheduleWords.Noted(draft));
        if (await StoreAsync(draft, next, words) is { } refusal)
        {
            Refusal = refusal;
            await OnChanged.InvokeAsync();
            return;
        }

        Toasts.Done(ReportsTexts.SavedNext.With(Format.Moment(next)));
        Open(null, null);
        await OnChanged.InvokeAsync();
    });

    /// <summary>Why it is not stored; null where it is.</summary>
    private async Task<string?> StoreAsync(ReportScheduleDraft draft, DateTime? next, string words)
    {
        if (_editing is not { } known)
        {
            return await Store.AddAsync(ScenarioId, draft, next, words, Leaving) switch
            {
                { Added: not null } => null,
                { IsFull: true } => DeliveryTexts.SchedulesFull.With(ReportScheduleStore.MostSchedules),
                _ => DeliveryTexts.ScenarioGone,
            };
        }

        switch (await Store.UpdateAsync(ScenarioId, known.Id, known.Version, draft, next, words, Leaving))
        {
            case SaveOutcome.Saved:
                return null;
            case SaveOutcome.Conflict conflict:
                // Whoever saves once more has read that there is another one.
                _editing = known with { Version = conflict.CurrentVersion };
                return DeliveryTexts.ScheduleStale;
            default:
                return DeliveryTexts.ScheduleGone;
        }
    }

    private async Task RemoveAsync(ReportSchedule schedule)
    {
        if (!await Confirmations.AskAsync(ReportsTexts.RemoveQuestion, ReportsTexts.RemoveConsequence.With(ScheduleWords.Of(schedule.Plan)), ReportsTexts.Remove, danger: true))
            return;
        await DoAsync(ReportsTexts.Removing, async () =>
        {
            if (await Store.DeleteAsync(ScenarioId, schedule.Id, schedule.Version, ScheduleWords.Noted(schedule.Plan), Leaving) is SaveOutcome.Conflict)
            {
                Toasts.Warn(DeliveryTexts.ScheduleStaleRemoval);
            }
            else
            {
                Toasts.Done(ReportsTexts.Removed);
                Open(null, null);
            }

            await OnChanged.InvokeAsync();
        });
    }

    private Task RunAsync(ReportSchedule schedule) => DoAsync(ReportsTexts.Making, async () =>
    {
        // Whoever leaves the page meanwhile gets the report all the same.
        var (after, refusal) = await Dispatch.RunNowAsync(ScenarioId, schedule.Id, CancellationToken.None);
        if ((refusal ?? (after?.State is { IsUnsure: true, Fault: var unsure } ? unsure : null)) is { } warning)
            Toasts.Warn(warning);
        else if (after?.State.Fault is { } fault)
            Toasts.Failed(fault);
        else
            Toasts.Done(after?.State.Outcome ?? DeliveryTexts.ScheduleGone);
        if (!Leaving.IsCancellationRequested)
            await OnChanged.InvokeAsync();
    });

    /// <summary>In the form where it is open, which stays as it is.</summary>
    protected override void Refuse(string why)
    {
        if (_draft is null)
            base.Refuse(why);
        else
            Refusal = why;
    }
}
