using System.Globalization;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

/// <summary>The month in which a plan begins, as it is written.</summary>
public class FirstDayTests
{
    [Fact]
    public void Every_month_that_can_be_planned_from_is_read_as_the_framework_reads_it()
    {
        for (var year = 1990; year < 3010; year++)
        {
            for (var month = 0; month < 14; month++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
                DateOnly? expected = year is >= 2000 and <= 2999 && DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
                Assert.Equal(expected, new Scenario { StartMonth = text }.FirstDay);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-1")]
    [InlineData("2026-1 ")]
    [InlineData("2026- 1")]
    [InlineData("2026-+1")]
    [InlineData("2026/01")]
    [InlineData("2026-01-01")]
    [InlineData(" 2026-01")]
    [InlineData("2026-1\0")]
    [InlineData("２０２６-01")]
    [InlineData("-026-01")]
    public void What_is_no_month_is_none(string text) => Assert.Null(new Scenario { StartMonth = text }.FirstDay);
}
