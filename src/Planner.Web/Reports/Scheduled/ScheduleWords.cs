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
        return $"{When(plan)}: {What(plan)} to {Where(plan)}";
    }

    /// <summary>"Every Monday at 08:00 UTC".</summary>
    public static string When(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var at = $"at {plan.Hour ?? 0:00}:00 UTC";
        return plan.Every switch
        {
            ReportPeriods.Week => $"Every {Named(plan.Weekday ?? "")} {at}",
            ReportPeriods.Month => $"Every month on day {plan.Day}{(plan.Day > 28 ? " or its last" : "")} {at}",
            ReportPeriods.Cron => $"By {plan.Cron} (UTC)",
            _ => $"Every day {at}",
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
        var mailed = plan.Recipients switch { [] => null, [var one] => one, var many => $"{many.Count} addresses" };
        return Listed(new[] { plan.ToFolder ? "the server's folder" : null, mailed }.OfType<string>());
    }

    /// <summary>A form: "workbook".</summary>
    public static string Form(string format) => format switch { "pdf" => "PDF", "xlsx" => "workbook", "csv" => "CSV", _ => format };

    /// <summary>A day of the week: "Monday".</summary>
    public static string Named(string weekday)
    {
        ArgumentNullException.ThrowIfNull(weekday);
        return weekday.Length == 0 ? weekday : char.ToUpperInvariant(weekday[0]) + weekday[1..];
    }

    /// <summary>The state in a word.</summary>
    public static string StatusOf(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch { { IsUnsure: true } => "not confirmed", { Fault: not null } => "failed", { LastUtc: null, Outcome: null } => "not run yet", { LastUtc: null } => "not run since its change", _ => "done" };
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
            { IsUnsure: true } => $"last run {Format.Moment(state.LastUtc)}, not confirmed since {Format.Moment(state.FaultSinceUtc)}: {state.Fault}",
            { Fault: { } fault } => $"last run {Format.Moment(state.LastUtc)}, failing since {Format.Moment(state.FaultSinceUtc)}: {fault}",
            { LastUtc: { } last } => $"last run {Format.Moment(last)}. {state.Outcome}",
            _ => state.Outcome ?? "",
        };
    }

    /// <summary>The next run.</summary>
    public static string Next(ReportScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            { NextUtc: null } => "It does not run again.",
            { Attempts: > 0 } => $"It is tried again {Format.Moment(state.NextUtc)}.",
            _ => $"Next run {Format.Moment(state.NextUtc)}.",
        };
    }

    /// <summary>"a, b and c".</summary>
    internal static string Listed(IEnumerable<string> items) => items.ToList() switch
    {
        [] => "",
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };
}
