namespace Planner.Web.Components.Charts;

/// <summary>The 168 hours of a week; hour 0 begins on Monday at 00:00.</summary>
public static class WeekHours
{
    public const int PerDay = 24;
    public const int Days = 7;
    public const int Count = Days * PerDay;

    public static IReadOnlyList<string> DayNames { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <returns>Such as "Mon".</returns>
    public static string Short(int day) => DayNames[day][..3];

    /// <returns>Such as "14:00".</returns>
    public static string Clock(int hour) => $"{hour % PerDay:00}:00";

    /// <returns>Such as "Tuesday 14:00".</returns>
    public static string Name(int hour) => $"{DayNames[hour / PerDay]} {Clock(hour)}";
}
