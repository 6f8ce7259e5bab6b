using Planner.Domain.Finance;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class StraightLineDepreciationTests
{
    private readonly StraightLineDepreciation _server = new(250_000, 40_000, 48);

    // From a spreadsheet: =SLN(250000;40000;48).
    [Fact]
    public void Monthly_amount_is_that_of_a_spreadsheet() => Assert.Equal(4375, _server.MonthlyAmount);

    [Theory]
    [InlineData(0, 250_000)]
    [InlineData(1, 245_625)]
    [InlineData(24, 145_000)]
    [InlineData(47, 44_375)]
    [InlineData(48, 40_000)]
    [InlineData(60, 40_000)]
    public void Book_value_falls_to_the_residual_and_stays(int monthsUsed, double expected) => Assert.Equal(expected, _server.BookValueAfter(monthsUsed));

    [Fact]
    public void Asset_that_keeps_its_value_loses_nothing() => Assert.Equal(0, new StraightLineDepreciation(500, 500, 12).MonthlyAmount);

    [Theory]
    [InlineData(-1, 0, 12)]
    [InlineData(double.NaN, 0, 12)]
    [InlineData(100, -1, 12)]
    [InlineData(100, 101, 12)]
    [InlineData(100, 0, 0)]
    public void Asset_outside_its_range_is_refused(double cost, double residual, int lifeMonths) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StraightLineDepreciation(cost, residual, lifeMonths));

    [Fact]
    public void Months_before_the_purchase_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => _server.BookValueAfter(-1));
}
