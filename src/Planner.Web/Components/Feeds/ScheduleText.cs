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

        return days.Length == 0 && times.StartsWith("at ", StringComparison.Ordinal) ? $"every day {times}" : days + times;
    }

    private static string Written(string cron) => $"by the cron expression {cron}, UTC";

    private static string? Times(string hour, int minute) => hour switch
    {
        "*" => string.Create(CultureInfo.InvariantCulture, $"every hour at minute {minute}"),
        _ when Whole(hour, 23) is { } at => string.Create(CultureInfo.InvariantCulture, $"at {at:00}:{minute:00} UTC"),
        _ when hour.Split('/') is ["*" or "0", var step] && Whole(step, 23) is > 1 and var hours =>
            string.Create(CultureInfo.InvariantCulture, $"every {hours} hours at minute {minute}"),
        _ => null,
    };

    /// <summary>The days in words with a blank behind; empty for every day.</summary>
    private static string? Days(string day, string weekday) => (day, weekday) switch
    {
        ("*" or "?", "*" or "?") => "",
        ("*" or "?", _) when weekday.All(letter => char.IsAsciiLetter(letter) || letter is ',' or '-') =>
            (weekday.Contains(',') || weekday.Contains('-') ? "" : "every ") + string.Join(", ", weekday.Split(',').Select(part => string.Join("–", part.Split('-').Select(Named)))) + " ",
        _ when weekday is "*" or "?" && Whole(day, 31) is > 0 and var number => string.Create(CultureInfo.InvariantCulture, $"on day {number} of each month "),
        _ => null,
    };

    private static string Named(string weekday) => weekday.ToUpperInvariant() switch
    {
        "MON" => "Monday",
        "TUE" => "Tuesday",
        "WED" => "Wednesday",
        "THU" => "Thursday",
        "FRI" => "Friday",
        "SAT" => "Saturday",
        "SUN" => "Sunday",
        _ => weekday,
    };

    private static int? Whole(string text, int largest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest ? number : null;
}
