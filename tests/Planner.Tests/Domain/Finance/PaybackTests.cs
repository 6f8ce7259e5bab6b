using Planner.Domain.Finance;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class PaybackTests
{
    // −100, −70, −30, 20: the last 30 of the 50 that come in over the third month.
    [Fact]
    public void Payback_is_within_the_month_that_brings_the_rest() => Assert.Equal(new PaybackMonth(3, 2.6), Payback.Month([-100, 30, 40, 50]));

    [Fact]
    public void Paid_back_to_the_cent_is_paid_back() => Assert.Equal(new PaybackMonth(2, 2), Payback.Month([-100, 50, 50, 0]));

    // −100, 20, −40, 10: the first time above 0 does not last.
    [Fact]
    public void Payback_that_does_not_last_does_not_count() => Assert.Equal(new PaybackMonth(3, 2.8), Payback.Month([-100, 120, -60, 50]));

    [Fact]
    public void Flows_that_stay_short_never_pay_back() => Assert.Null(Payback.Month([-100, 40, 59]));

    [Fact]
    public void Flows_that_end_short_have_not_paid_back() => Assert.Null(Payback.Month([-100, 150, -60]));

    [Fact]
    public void Spending_that_earlier_savings_cover_is_never_out_of_pocket() => Assert.Equal(new PaybackMonth(0, 0), Payback.Month([50, -20, -30, 10]));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 0, 0 })]
    [InlineData(new double[] { 5, 5 })]
    public void Without_outflow_payback_is_at_once(double[] flows) => Assert.Equal(new PaybackMonth(0, 0), Payback.Month(flows));

    // In doubles the sum is −1.4e-16.
    [Fact]
    public void Sum_that_misses_zero_by_rounding_only_is_zero() =>
        Assert.Equal(10, Payback.Month([-1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])!.Index);

    [Fact]
    public void Flow_that_is_not_finite_is_refused() => Assert.Throws<ArgumentException>(() => Payback.Month([-1, double.PositiveInfinity]));
}
