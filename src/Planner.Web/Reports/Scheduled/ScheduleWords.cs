using System.Globalization;
using Planner.Data.Reports;
using Planner.Web.Components.Shared;

namespace Planner.Web.Reports.Scheduled;

/// <summary>Schedules of reports in words.</summary>
public static class ScheduleWords
{
    /// <summary>"Every Monday at 08:00 UTC: PDF and workbook to the folder and 2 addresses".</summary>
    public static string Of(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return ScheduledTexts.PlanInWords.With(When(plan), What(plan), Where(plan));
    }

    /// <summary>The same as the audit log keeps it: in English, whoever writes it.</summary>
    public static string Noted(ReportScheduleDraft plan)
    {
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            return Of(plan);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }
    }

    /// <summary>"Every Monday at 08:00 UTC".</summary>
    public static string When(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var hour = plan.Hour ?? 0;
        return plan.Every switch
        {
            ReportPeriods.Week => ScheduledTexts.EveryWeek.With(Named(plan.Weekday ?? ""), hour),
            ReportPeriods.Month => (plan.Day > 28 ? ScheduledTexts.EveryMonthOrLast : ScheduledTexts.EveryMonth).With(plan.Day, hour),
            ReportPeriods.Cron => ScheduledTexts.ByCron.With(plan.Cron),
            _ => ScheduledTexts.EveryDay.With(hour),
        };
    }

    /// <summary>"PDF (A4) and workbook".</summary>
    public static string What(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Listed(plan.Formats.Select(format => format == "pdf" && PaperSizes.Parse(plan.Paper) is { } paper ? $"PDF ({paper})" : Form(format)));
    }

    /// <summary>"the folder and 2 addresses".</summary>
    public static string Where(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var mailed = plan.Recipients switch { [] => null, [var one] => one, var many => ScheduledTexts.AddressesMany.With(many.Count) };
        return Listed(new[] { plan.ToFolder ? ScheduledTexts.ServersFolder : null, mailed }.OfType<string>());
    }

    /// <summary>A form: ScheduledTexts.FormWorkbook.</summary>
    public static string Form(string format) => format switch { "pdf" => "PDF", "xlsx" => ScheduledTexts.FormWorkbook, "csv" => "CSV", _ => format };

    /// <summary>A day of the week: "Monday".</summary>
    public static string Named(string weekday)
    {
        ArgumentNullException.ThrowIfNull(weekday);
        return Enum.TryParse<DayOfWeek>(weekday, ignoreCase: true, out var day) ? CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day) : weekday;
    }

    /// <summary>The state in a word.</summary>
    public static string StatusOf(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch { { IsUnsure: true } => ScheduledTexts.StatusUnsure, { Fault: not null } => ScheduledTexts.StatusFailed, { LastUtc: null, Outcome: null } => ScheduledTexts.StatusNew, { LastUtc: null } => ScheduledTexts.StatusChanged, _ => ScheduledTexts.StatusDone };
    }

    /// <summary>Its colour.</summary>
    public static StatusKind KindOf(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch { { IsUnsure: true } => StatusKind.Warning, { Fault: not null } => StatusKind.Bad, { LastUtc: null } => StatusKind.Neutral, _ => StatusKind.Good };
    }

    /// <summary>The last run and its outcome.</summary>
    public static string Last(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            { IsUnsure: true } => ScheduledTexts.LastUnsure.With(Format.Moment(state.LastUtc), Format.Moment(state.FaultSinceUtc), state.Fault),
            { Fault: { } fault } => ScheduledTexts.LastFailing.With(Format.Moment(state.LastUtc), Format.Moment(state.FaultSinceUtc), fault),
            { LastUtc: { } last } => ScheduledTexts.LastDone.With(Format.Moment(last), state.Outcome),
            _ => state.Outcome ?? "",
        };
    }

    /// <summary>The next run.</summary>
    public static string Next(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            { NextUtc: null } => ScheduledTexts.NextNever,
            { Attempts: > 0 } => ScheduledTexts.NextRetry.With(Format.Moment(state.NextUtc)),
            _ => ScheduledTexts.NextRun.With(Format.Moment(state.NextUtc)),
        };
    }

    /// <summary>"a, b and c".</summary>
    internal static string Listed(IEnumerable<string> items) => items.ToList() switch
    {
        [] => "",
        [var only] => only,
        [.. var first, var last] => ScheduledTexts.ListEnd.With(string.Join(", ", first), last),
    };
}
