using Planner.Data.Reports;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;

namespace Planner.Web.Components.Reports;

/// <summary>A schedule as its form has it: what belongs to another choice of "how often" is kept while the form is open.</summary>
/// <param name="Every">One of <see cref="ReportPeriods"/>.</param>
/// <param name="Hour">Hour of the day, UTC; null while nothing is typed.</param>
/// <param name="Weekday">Day of the week.</param>
/// <param name="Day">Day of the month; null while nothing is typed.</param>
/// <param name="Cron">The cron expression.</param>
/// <param name="Formats">Forms that are ticked.</param>
/// <param name="Paper">Word of the paper.</param>
/// <param name="ToFolder">Whether the folder is ticked.</param>
/// <param name="Recipients">Addresses, one a line.</param>
public sealed record ScheduleForm(string Every, decimal? Hour, string Weekday, decimal? Day, string? Cron, IReadOnlyList<string> Formats, string Paper, bool ToFolder, string? Recipients)
{
    /// <summary>A new one: Mondays at eight, wherever this server can put it.</summary>
    /// <param name="paper">The configured paper.</param>
    /// <param name="prints">True where there can be PDFs.</param>
    /// <param name="options">Where reports can go.</param>
    public static ScheduleForm New(PaperSize paper, bool prints, DeliveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(ReportPeriods.Week, 8, ReportTimes.Weekdays[0], 1, null, [prints ? "pdf" : "xlsx"], paper.Word, options is { Folder: not null, Mail: null }, null);
    }

    /// <summary>One that is stored.</summary>
    public static ScheduleForm Of(ReportScheduleDraft plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(
            plan.Every, plan.Hour ?? 8, plan.Weekday ?? ReportTimes.Weekdays[0], plan.Day ?? 1, plan.Cron, plan.Formats, plan.Paper ?? PaperSize.A4.Word, plan.ToFolder,
            string.Join('\n', plan.Recipients));
    }

    /// <summary>With a form ticked or not.</summary>
    public ScheduleForm Ticked(string format, bool on) => this with { Formats = [.. Formats.Where(other => other != format), .. on ? [format] : Array.Empty<string>()] };

    /// <summary>What is to be stored.</summary>
    public ReportScheduleDraft Read() => new(
        Every, Whole(Hour), Weekday, Whole(Day), Cron, Formats, Paper, ToFolder,
        (Recipients ?? "").Split(['\n', '\r', ' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Null where nothing whole is typed, which the rules refuse.</summary>
    private static int? Whole(decimal? typed) => typed is { } number && number == decimal.Truncate(number) && Math.Abs(number) <= 1_000 ? (int)number : null;
}
