using Planner.Web.Jobs;
using Quartz;
using Xunit;

namespace Planner.Tests.Web.Faults;

/// <summary>What was planned by a clock that was wrong. That each run is made up once, and once only, is in FeedScheduleTests.</summary>
public class ScheduleMenderFaultTests
{
    private const string Daily = "0 37 4 * * ?";
    private const string EachMinute = "0 * * * * ?";

    [Theory]
    // As it should be: planned for tomorrow, having run today.
    [InlineData(Daily, "2026-12-01 04:37", "2026-12-02 04:37", null)]
    [InlineData(EachMinute, "2026-12-01 12:00", "2026-12-01 12:01", null)]
    // Missed, which is made up by the scheduler.
    [InlineData(Daily, "2026-11-20 04:37", "2026-11-21 04:37", null)]
    // The clock was a year ahead when it ran the last time, or when it was planned.
    [InlineData(Daily, "2027-12-01 04:37", "2027-12-02 04:37", "2026-12-01 12:00")]
    [InlineData(Daily, null, "2027-12-02 04:37", "2026-12-01 12:00")]
    [InlineData(EachMinute, "2027-12-01 12:00", "2027-12-01 12:01", "2026-12-01 12:00")]
    // An hour back: it has run at that time already, and does not again.
    [InlineData(Daily, "2026-12-01 12:37", "2026-12-02 12:37", null)]
    [InlineData(EachMinute, "2026-12-01 12:59", "2026-12-01 13:00", null)]
    public void Trigger_is_planned_anew_only_where_the_clock_has_put_it_off(string cron, string? previous, string next, string? from) =>
        Assert.Equal(At(from), ScheduleMender.FromUtc(CronExpression.Parse(cron).WithTimeZone(TimeZoneInfo.Utc), At(previous), At(next)!.Value, At("2026-12-01 12:00")!.Value));

    private static DateTimeOffset? At(string? moment) =>
        moment is null ? null : DateTimeOffset.ParseExact(moment, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
