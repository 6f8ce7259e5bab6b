using System.Globalization;
using Planner.Data.Reports;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>When schedules are due. Weekdays and ends of months are of the calendar: 1 December 2026 is a Tuesday.</summary>
public class ReportTimesTests
{
    [Theory]
    [InlineData("day", 8, null, null, "2026-12-01 07:59", "2026-12-01 08:00")]
    [InlineData("day", 8, null, null, "2026-12-01 08:00", "2026-12-02 08:00")]
    [InlineData("day", 0, null, null, "2026-12-31 23:59", "2027-01-01 00:00")]
    [InlineData("week", 8, "monday", null, "2026-12-01 12:00", "2026-12-07 08:00")]
    [InlineData("week", 13, "tuesday", null, "2026-12-01 12:00", "2026-12-01 13:00")]
    [InlineData("week", 12, "tuesday", null, "2026-12-01 12:00", "2026-12-08 12:00")]
    [InlineData("month", 8, null, 15, "2026-12-15 08:00", "2027-01-15 08:00")]
    [InlineData("month", 8, null, 31, "2027-01-31 08:00", "2027-02-28 08:00")]
    [InlineData("month", 8, null, 30, "2028-01-30 08:00", "2028-02-29 08:00")]
    [InlineData("month", 8, null, 31, "2027-02-28 08:00", "2027-03-31 08:00")]
    [InlineData("month", 8, null, 31, "2027-04-01 00:00", "2027-04-30 08:00")]
    public void Next_time_is_the_first_one_after_the_moment(string every, int hour, string? weekday, int? day, string after, string expected) =>
        Assert.Equal(Utc(expected), ReportTimes.NextUtc(Plan(every) with { Hour = hour, Weekday = weekday, Day = day }, Utc(after)));

    // In much of Europe 2:30 is missing on 28 March 2027 and comes twice on 31 October 2027; UTC knows nothing of it.
    [Theory]
    [InlineData("2027-03-27 03:00", "2027-03-28 02:00")]
    [InlineData("2027-03-28 02:00", "2027-03-29 02:00")]
    [InlineData("2027-10-30 03:00", "2027-10-31 02:00")]
    [InlineData("2027-10-31 02:00", "2027-11-01 02:00")]
    public void Hour_that_clocks_skip_or_repeat_comes_once(string after, string expected)
    {
        Assert.Equal(Utc(expected), ReportTimes.NextUtc(Plan("day") with { Hour = 2 }, Utc(after)));
        Assert.Equal(Utc(expected), ReportTimes.NextUtc(Plan("cron") with { Cron = "0 0 2 * * ?" }, Utc(after)));
    }

    [Theory]
    [InlineData("0 0 8 ? * MON-FRI", "2026-12-04 08:00", "2026-12-07 08:00")]
    [InlineData("0 30 6 L * ?", "2027-02-01 00:00", "2027-02-28 06:30")]
    [InlineData("0 0 8 1 1 ? 2020", "2026-12-01 00:00", null)]
    public void Cron_expression_is_read_in_utc(string cron, string after, string? expected)
    {
        var next = ReportTimes.NextUtc(Plan("cron") with { Cron = cron }, Utc(after));

        Assert.Equal(expected is null ? null : Utc(expected), next);
        Assert.True(next is not { Kind: not DateTimeKind.Utc });
    }

    [Theory]
    // As it is: at the next time, or the one after it where the clock was put back by a little just after a run.
    [InlineData("day", "2026-12-01 13:00", "2026-12-01 13:00")]
    [InlineData("day", "2026-12-02 13:00", "2026-12-02 13:00")]
    // From a clock that was far ahead.
    [InlineData("day", "2026-12-03 13:00", "2026-12-01 13:00")]
    [InlineData("day", "2036-05-01 13:00", "2026-12-01 13:00")]
    // A time that comes once, and one that came minutes ago by the clock before.
    [InlineData("0 0 8 1 1 ? 2030", "2030-01-01 08:00", "2030-01-01 08:00")]
    [InlineData("0 0 8 1 1 ? 2030", null, "2030-01-01 08:00")]
    [InlineData("0 1 12 1 12 ? 2026", null, null)]
    [InlineData("0 0 8 1 1 ? 2020", null, null)]
    public void Time_that_was_reckoned_from_a_clock_far_ahead_is_reckoned_again(string every, string? stored, string? expected)
    {
        var plan = every == "day" ? Plan("day") with { Hour = 13 } : Plan("cron") with { Cron = every };

        Assert.Equal(expected is null ? null : Utc(expected), ReportTimes.MendedUtc(plan, stored is null ? null : Utc(stored), Utc("2026-12-01 12:00")));
    }

    internal static ReportScheduleDraft Plan(string every) => new(every, null, null, null, null, ["csv"], null, true, []);

    internal static DateTime Utc(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
