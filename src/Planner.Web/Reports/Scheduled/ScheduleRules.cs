using Planner.Data.Reports;
using Planner.Domain;
using Quartz;

namespace Planner.Web.Reports.Scheduled;

/// <summary>What a schedule has to be like.</summary>
public static class ScheduleRules
{
    /// <summary>Most addresses of a schedule.</summary>
    public const int MostRecipients = 20;

    public const int LongestCron = 120;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromHours(1);

    /// <summary>Forms of a report that can be sent.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["pdf", "xlsx", "csv"];

    /// <summary>A draft without what has no meaning for it: days of a cron expression, repeated addresses, spaces around them.</summary>
    public static ReportScheduleDraft Tidy(ReportScheduleDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var isCron = draft.Every == ReportPeriods.Cron;
        return draft with
        {
            Hour = isCron ? null : draft.Hour,
            Weekday = draft.Every == ReportPeriods.Week ? draft.Weekday?.Trim().ToLowerInvariant() : null,
            Day = draft.Every == ReportPeriods.Month ? draft.Day : null,
            Cron = isCron ? draft.Cron?.Trim() : null,
            Formats = [.. Formats.Where(draft.Formats.Contains), .. draft.Formats.Where(format => !Formats.Contains(format))],
            Paper = draft.Formats.Contains("pdf") ? draft.Paper : null,
            Recipients = [.. draft.Recipients.Select(recipient => recipient?.Trim() ?? "").DistinctBy(recipient => recipient.ToUpperInvariant())],
        };
    }

    /// <summary>What is wrong with a tidy draft, by field; empty where it may be stored.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="options">Where reports can go.</param>
    /// <param name="nowUtc">From when on it is to run.</param>
    public static IReadOnlyList<Problem> Check(ReportScheduleDraft draft, DeliveryOptions options, DateTime nowUtc)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(options);
        List<Problem> problems = [.. OfTime(draft, nowUtc)];
        if (draft.Formats.Count == 0 || draft.Formats.Any(format => !Formats.Contains(format)))
            problems.Add(new("formats", DeliveryTexts.FormatsForm.With(string.Join(", ", Formats))));
        if (draft.Paper is not null && PaperSizes.Parse(draft.Paper) is null)
            problems.Add(new("paper", DeliveryTexts.PaperForm.With(string.Join(", ", Enum.GetValues<PaperSize>().Select(size => size.Word)))));
        if (draft.ToFolder && options.Folder is null)
            problems.Add(new("toFolder", DeliveryTexts.NoFolder));
        problems.AddRange(OfRecipients(draft, options));
        return problems;
    }

    private static IEnumerable<Problem> OfTime(ReportScheduleDraft draft, DateTime nowUtc)
    {
        if (!ReportPeriods.All.Contains(draft.Every))
        {
            yield return new("every", DeliveryTexts.EveryForm.With(string.Join(", ", ReportPeriods.All)));
            yield break;
        }

        if (draft.Every == ReportPeriods.Cron)
        {
            if (draft.Cron is not { Length: > 0 and <= LongestCron } text || !CronExpression.TryParse(text, out var cron))
                yield return new("cron", DeliveryTexts.CronForm);
            else if (ReportTimes.NextUtc(draft, nowUtc) is null)
                yield return new("cron", DeliveryTexts.CronNever);
            else if (ReportTimes.ShortestPause(cron, nowUtc) < ShortestPause)
                yield return new("cron", DeliveryTexts.CronOften);
            yield break;
        }

        if (draft.Hour is not (>= 0 and <= 23))
            yield return new("hour", DeliveryTexts.HourForm);
        if (draft.Every == ReportPeriods.Week && !ReportTimes.Weekdays.Contains(draft.Weekday))
            yield return new("weekday", DeliveryTexts.WeekdayForm.With(string.Join(", ", ReportTimes.Weekdays)));
        if (draft.Every == ReportPeriods.Month && draft.Day is not (>= 1 and <= 31))
            yield return new("day", DeliveryTexts.DayForm);
    }

    private static IEnumerable<Problem> OfRecipients(ReportScheduleDraft draft, DeliveryOptions options)
    {
        if (draft is { ToFolder: false, Recipients.Count: 0 } || draft.Recipients.Count > MostRecipients)
        {
            yield return new("recipients", draft.Recipients.Count == 0 ? DeliveryTexts.Nowhere : DeliveryTexts.ManyRecipients.With(MostRecipients));
            yield break;
        }

        if (draft.Recipients.Count > 0 && options.Mail is null)
        {
            yield return new("recipients", DeliveryTexts.NoMail);
            yield break;
        }

        for (var i = 0; i < draft.Recipients.Count; i++)
        {
            if (!Recipients.IsAddress(draft.Recipients[i]))
                yield return new($"recipients[{i}]", DeliveryTexts.RecipientForm);
            else if (!options.Mail!.Allows(draft.Recipients[i]))
                yield return new($"recipients[{i}]", DeliveryTexts.RecipientOutside.With(draft.Recipients[i]));
        }
    }
}
