using Planner.Domain.Finance;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class NetPresentValueTests
{
    // From a spreadsheet: =A1+NPV((1+rate)^(1/12)-1;B1:…), the first flow in A1.
    [Theory]
    [InlineData("level", 0.1, 26.0439046397619)]
    [InlineData("falling", 0.07, 16364.9307002173)]
    [InlineData("rising", 0.25, 832530.205189462)]
    [InlineData("loss", 0, -400)]
    [InlineData("interrupted", -0.3, 13934.6576128836)]
    [InlineData("loan", 0.12, -81.1821953204708)]
    public void Present_value_is_that_of_a_spreadsheet(string flows, double annualRate, double expected) =>
        Assert.Equal(expected, NetPresentValue.Of(CashFlows.Named(flows), annualRate), Math.Abs(expected) * 1e-12);

    [Fact]
    public void One_hundred_dollars_a_year_from_now_at_ten_percent_is_worth_90_91() =>
        Assert.Equal(90.9090909090909, NetPresentValue.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100], 0.10), 1e-12);

    [Fact]
    public void First_flow_counts_in_full() => Assert.Equal(-700, NetPresentValue.Of([-700], 0.5));

    [Fact]
    public void Half_a_year_at_44_percent_divides_by_1_2() => Assert.Equal(100, NetPresentValue.Of([0, 0, 0, 0, 0, 0, 120], 0.44), 1e-12);

    [Fact]
    public void No_flow_is_worth_nothing() => Assert.Equal(0, NetPresentValue.Of([], 0.1));

    [Theory]
    [InlineData(-1)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rate_that_leaves_nothing_is_refused(double annualRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NetPresentValue.Of([-1, 2], annualRate));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    public void Flow_without_a_finite_value_is_refused(double flow) =>
        Assert.Throws<ArgumentException>(() => NetPresentValue.Of([flow, flow], 0.1));
}
