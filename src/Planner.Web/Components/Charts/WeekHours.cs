using System.Globalization;

namespace Planner.Web.Components.Charts;

/// <summary>The 168 hours of a week; hour 0 begins on Monday at 00:00.</summary>
public static class WeekHours
{
    public const int PerDay = 24;
    public const int Days = 7;
    public const int Count = Days * PerDay;

    /// <summary>The days from Monday on, in the reader's language.</summary>
    public static IReadOnlyList<string> DayNames => [.. Enumerable.Range(0, Days).Select(day => Words.GetDayName(On(day)))];

    /// <returns>Such as "Mon".</returns>
    public static string Short(int day) => Words.GetAbbreviatedDayName(On(day));

    /// <returns>Such as "14:00".</returns>
    public static string Clock(int hour) => $"{hour % PerDay:00}:00";

    /// <returns>Such as "Tuesday 14:00".</returns>
    public static string Name(int hour) => $"{Words.GetDayName(On(hour / PerDay))} {Clock(hour)}";

    private static DateTimeFormatInfo Words => CultureInfo.CurrentUICulture.DateTimeFormat;

    private static DayOfWeek On(int day) => (DayOfWeek)((day + 1) % Days);
}
