using Planner.Data.Reports;
using Quartz;

namespace Planner.Web.Reports.Scheduled;

/// <summary>When schedules are due. All times are UTC, so no hour is missed or met twice.</summary>
public static class ReportTimes
{
    /// <summary>Days of the week as schedules name them.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    // Enough to see what a day or a week of a cron expression looks like.
    private const int TimesLookedAt = 50;

    // By how much clocks are put back that are set right, not set wrong.
    private static readonly TimeSpan MostPutBack = TimeSpan.FromHours(1);

    /// <summary>The first time after a moment.</summary>
    /// <param name="plan">A schedule without faults.</param>
    /// <param name="afterUtc">The moment; the time is later.</param>
    /// <returns>The time; null where it never comes again.</returns>
    public static DateTime? NextUtc(ReportScheduleDraft plan, DateTime afterUtc)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Every == ReportPeriods.Cron)
            return CronExpression.TryParse(plan.Cron ?? "", out var cron) ? Next(cron, afterUtc) : null;
        // A day is at most a month and a day away.
        for (var day = DateOnly.FromDateTime(afterUtc); ; day = day.AddDays(1))
        {
            var time = day.ToDateTime(new TimeOnly(plan.Hour ?? 0, 0), DateTimeKind.Utc);
            if (time > afterUtc && IsDay(plan, day))
                return time;
        }
    }

    /// <summary>When a waiting schedule is to run: at its stored time, unless that was reckoned from a clock that was put back since. It is then later than the time after the next one, or never.</summary>
    /// <param name="plan">A schedule without faults.</param>
    /// <param name="storedUtc">Its stored time; null for never.</param>
    /// <param name="nowUtc">The moment.</param>
    internal static DateTime? MendedUtc(ReportScheduleDraft plan, DateTime? storedUtc, DateTime nowUtc)
    {
        // One time is let pass: a clock that was put back by minutes makes none come twice.
        if (NextUtc(plan, nowUtc) is not { } next)
            return storedUtc;
        if (storedUtc is not { } stored)
            return next > nowUtc + MostPutBack ? next : null;
        return stored > (NextUtc(plan, next) ?? next) ? next : stored;
    }

    /// <summary>The shortest pause between the next runs of a cron expression; null where it runs once or never.</summary>
    internal static TimeSpan? ShortestPause(CronExpression cron, DateTime afterUtc)
    {
        TimeSpan? shortest = null;
        var last = Next(cron, afterUtc);
        for (var i = 0; i < TimesLookedAt && last is { } from && Next(cron, from) is { } next; i++)
            (shortest, last) = (shortest is { } known && known <= next - from ? known : next - from, next);
        return shortest;
    }

    private static DateTime? Next(CronExpression cron, DateTime afterUtc) => cron.WithTimeZone(TimeZoneInfo.Utc).GetNextValidTimeAfter(new DateTimeOffset(afterUtc, TimeSpan.Zero))?.UtcDateTime;

    private static bool IsDay(ReportScheduleDraft plan, DateOnly day) => plan.Every switch
    {
        ReportPeriods.Week => day.DayOfWeek.ToString().Equals(plan.Weekday, StringComparison.OrdinalIgnoreCase),
        ReportPeriods.Month => day.Day == Math.Min(plan.Day ?? 1, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => true,
    };
}
