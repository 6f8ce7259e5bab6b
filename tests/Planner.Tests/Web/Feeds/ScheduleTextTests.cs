using System.Globalization;
using Planner.Web.Components.Feeds;
using Xunit;

namespace Planner.Tests.Web.Feeds;

public class ScheduleTextTests
{
    [Theory]
    [InlineData("0 37 4 * * ?", "every day at 04:37 UTC")]
    [InlineData("0 5 * * * ?", "every hour at minute 5")]
    [InlineData("0 5 0/6 * * ?", "every 6 hours at minute 5")]
    [InlineData("0 5 */6 * * ?", "every 6 hours at minute 5")]
    [InlineData("0 22 5 ? * MON", "every Monday at 05:22 UTC")]
    [InlineData("0 13 3 ? * SUN", "every Sunday at 03:13 UTC")]
    [InlineData("0 0 7 ? * MON-FRI", "Monday–Friday at 07:00 UTC")]
    [InlineData("0 0 7 ? * mon,THU", "Monday, Thursday at 07:00 UTC")]
    [InlineData("0 30 23 1 * ?", "on day 1 of each month at 23:30 UTC")]
    [InlineData("0 0 7 L * ?", "by the cron expression 0 0 7 L * ?, UTC")]
    [InlineData("0 0/15 * * * ?", "by the cron expression 0 0/15 * * * ?, UTC")]
    [InlineData("nonsense", "by the cron expression nonsense, UTC")]
    public void A_schedule_is_said_in_words_or_as_it_is_written(string cron, string expected) => Assert.Equal(expected, ScheduleText.Of(cron));

    [Theory]
    [InlineData("0 37 4 * * ?", "jeden Tag um 04:37 UTC")]
    [InlineData("0 5 0/6 * * ?", "alle 6 Stunden zur Minute 5")]
    [InlineData("0 22 5 ? * MON", "jeden Montag um 05:22 UTC")]
    [InlineData("0 30 23 1 * ?", "am 1. jedes Monats um 23:30 UTC")]
    [InlineData("nonsense", "nach dem Cron-Ausdruck nonsense, UTC")]
    public void A_schedule_is_said_in_the_readers_language(string cron, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            Assert.Equal(expected, ScheduleText.Of(cron));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
