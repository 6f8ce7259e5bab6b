using Planner.Domain.Finance;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class PaybackTests
{
    // 60 at the end of the first month, 30 at the end of the second; 24 of the third month's 40 bring the rest.
    [Fact]
    public void Payback_is_within_the_month_that_brings_the_rest() => Assert.Equal(new PaybackMonth(3, 3.6), Payback.Month([-100, 36, 40, 40]));

    // 15,600 at once and 6,000 a month, evenly: 3,600 are left after two months, six tenths of a third.
    [Fact]
    public void What_is_paid_in_advance_is_due_when_its_month_begins() => Assert.Equal(new PaybackMonth(2, 2.6), Payback.Month([-9_600, 6_000, 6_000, 6_000], [15_600, 0, 0, 0]));

    [Fact]
    public void What_comes_back_within_the_first_month_was_out_of_pocket_for_a_part_of_it() => Assert.Equal(new PaybackMonth(0, 0.25), Payback.Month([300, 400], [100, 0]));

    // 400 saved by the end of the first month, 600 spent when the second begins, and 800 saved during it.
    [Fact]
    public void Later_investment_is_paid_back_anew() => Assert.Equal(new PaybackMonth(1, 1.25), Payback.Month([400, 200], [0, 600]));

    [Fact]
    public void Paid_back_to_the_cent_is_paid_back() => Assert.Equal(new PaybackMonth(2, 3), Payback.Month([-100, 50, 50, 0]));

    // −100, 20, −40, 10: the first time above 0 does not last.
    [Fact]
    public void Payback_that_does_not_last_does_not_count() => Assert.Equal(new PaybackMonth(3, 3.8), Payback.Month([-100, 120, -60, 50]));

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
