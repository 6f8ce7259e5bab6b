using System.Globalization;

namespace Planner.Web.Components.Feeds;

/// <summary>A Quartz cron expression in words. Times are UTC.</summary>
public static class ScheduleText
{
    /// <summary>The common forms in words; another one as it is written.</summary>
    public static string Of(string cron)
    {
        ArgumentNullException.ThrowIfNull(cron);
        if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var second, var minute, var hour, var day, "*", var weekday, ..]
            || Whole(second, 59) != 0 || Whole(minute, 59) is not { } at || Times(hour, at) is not { } times || Days(day, weekday) is not { } days)
        {
            return Written(cron);
        }

        if (days.Length > 0)
            return FeedsTexts.DaysTimes.With(days, times);
        return Whole(hour, 23) is null ? times : FeedsTexts.DaysEvery.With(times);
    }

    private static string Written(string cron) => FeedsTexts.CronOnly.With(cron);

    private static string? Times(string hour, int minute) => hour switch
    {
        "*" => FeedsTexts.TimesHourly.With(minute),
        _ when Whole(hour, 23) is { } at => FeedsTexts.TimesAt.With(at, minute),
        _ when hour.Split('/') is ["*" or "0", var step] && Whole(step, 23) is > 1 and var hours =>
            FeedsTexts.TimesEvery.With(hours, minute),
        _ => null,
    };

    /// <summary>The days in words; empty for every day.</summary>
    private static string? Days(string day, string weekday) => (day, weekday) switch
    {
        ("*" or "?", "*" or "?") => "",
        ("*" or "?", _) when weekday.All(letter => char.IsAsciiLetter(letter) || letter is ',' or '-') =>
            weekday.Contains(',') || weekday.Contains('-') ? string.Join(", ", weekday.Split(',').Select(part => string.Join("–", part.Split('-').Select(Named)))) : FeedsTexts.DaysWeekday.With(Named(weekday)),
        _ when weekday is "*" or "?" && Whole(day, 31) is > 0 and var number => FeedsTexts.DaysOfMonth.With(number),
        _ => null,
    };

    private static string Named(string weekday) => weekday.ToUpperInvariant() switch
    {
        "MON" => Day(DayOfWeek.Monday),
        "TUE" => Day(DayOfWeek.Tuesday),
        "WED" => Day(DayOfWeek.Wednesday),
        "THU" => Day(DayOfWeek.Thursday),
        "FRI" => Day(DayOfWeek.Friday),
        "SAT" => Day(DayOfWeek.Saturday),
        "SUN" => Day(DayOfWeek.Sunday),
        _ => weekday,
    };

    private static string Day(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    private static int? Whole(string text, int largest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest ? number : null;
}
