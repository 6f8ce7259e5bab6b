using Planner.Domain.Finance;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class InternalRateOfReturnTests
{
    private const string SameSign = "No rate of return: at every rate from −99 % to 1,000 % a month the net present value has the same sign.";

    // From a spreadsheet: =(1+IRR(A1:…))^12-1.
    [Theory]
    [InlineData("level", 0.154489363999254)]
    [InlineData("falling", 0.326158309705423)]
    [InlineData("rising", 1.05508513534225)]
    [InlineData("loss", -0.809224930192831)]
    [InlineData("interrupted", 2.44879554105864)]
    [InlineData("loan", 0.154489363999254)]
    public void Rate_is_that_of_a_spreadsheet(string flows, double expected)
    {
        var rate = InternalRateOfReturn.Of(CashFlows.Named(flows));

        Assert.Null(rate.Reason);
        Assert.Equal(expected, rate.AnnualRate!.Value, 1e-12);
    }

    [Fact]
    public void Ten_percent_more_after_a_year_is_ten_percent() =>
        Assert.Equal(0.1, InternalRateOfReturn.Of([-100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 110]).AnnualRate!.Value, 1e-12);

    [Fact]
    public void Money_back_without_gain_is_no_interest() => Assert.Equal(0, InternalRateOfReturn.Of([-100, 50, 0, 50]).AnnualRate!.Value, 1e-12);

    // (y − 1.1)²·(y − 1.5) = y³ − 3.7y² + 4.51y − 1.815 with y = 1 + monthly rate; 1.5¹² = 129.746337890625.
    [Fact]
    public void Rate_where_the_present_value_only_touches_zero_does_not_count() =>
        Assert.Equal(128.746337890625, InternalRateOfReturn.Of([-1000, 3700, -4510, 1815]).AnnualRate!.Value, 1e-9);

    // (y − 1.1)² alone.
    [Fact]
    public void Touch_alone_is_no_rate() => Assert.Equal(new RateOfReturn(null, SameSign), InternalRateOfReturn.Of([-1, 2.2, -1.21]));

    // (y − 1.1)(y − 1.2)(y − 1.3) = y³ − 3.6y² + 4.31y − 1.716.
    [Fact]
    public void Three_rates_are_found_and_none_is_given()
    {
        double[] flows = [-1000, 3600, -4310, 1716];

        Assert.Equal([0.1, 0.2, 0.3], MonthlyRates(flows), (expected, found) => Math.Abs(expected - found) < 1e-12);
        Assert.Equal(
            new RateOfReturn(null, "No single rate of return: the net present value changes its sign at 3 rates. Decide by the net present value."),
            InternalRateOfReturn.Of(flows));
    }

    // The product of (10y − 11) to (10y − 17), multiplied out in whole numbers.
    [Fact]
    public void Seven_rates_side_by_side_are_told_apart() =>
        Assert.Equal(
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], MonthlyRates(WithRates(11, 12, 13, 14, 15, 16, 17)),
            (expected, found) => Math.Abs(expected - found) < 1e-6);

    // (y − 1.000001)(y − 1.000002): a millionth apart.
    [Fact]
    public void Rates_a_millionth_apart_are_two() => Assert.Equal(2, MonthlyRates([1e12, -2_000_003_000_000, 1_000_003_000_002]).Count);

    [Fact]
    public void Cost_of_clearing_up_brings_a_second_rate() =>
        Assert.Equal(
            "No single rate of return: the net present value changes its sign at 2 rates. Decide by the net present value.",
            InternalRateOfReturn.Of([-20_000, 5000, 4000, -3000, 8000, 9000, 7000, -500]).Reason);

    [Fact]
    public void Saving_in_every_month_has_no_rate() =>
        Assert.Equal(new RateOfReturn(null, "No rate of return: no month, the first included, costs more than it brings."), InternalRateOfReturn.Of([0, 5, 5]));

    [Fact]
    public void Cost_in_every_month_has_no_rate() =>
        Assert.Equal(new RateOfReturn(null, "No rate of return: money only flows out, so nothing comes back."), InternalRateOfReturn.Of([-5, -5, 0]));

    [Fact]
    public void Nothing_at_all_has_no_rate()
    {
        var expected = new RateOfReturn(null, "No rate of return: no money flows in any month.");

        Assert.Equal(expected, InternalRateOfReturn.Of([0, 0]));
        Assert.Equal(expected, InternalRateOfReturn.Of([]));
    }

    [Theory]
    [InlineData(10.9, true)]
    [InlineData(11.1, false)]
    [InlineData(0.011, true)]
    [InlineData(0.009, false)]
    public void Rates_outside_the_range_searched_are_not_given(double back, bool found) =>
        Assert.Equal(found ? null : SameSign, InternalRateOfReturn.Of([-1, back]).Reason);

    [Fact]
    public void Two_hundred_and_forty_months_of_any_size_are_no_trouble()
    {
        double[] flows = [-1e300, .. Enumerable.Repeat(1e298, 240)];

        var annual = InternalRateOfReturn.Of(flows).AnnualRate!.Value;

        // An annuity: 1 − (1 + m)^−240 = 100·m.
        var monthly = Math.Pow(1 + annual, 1.0 / 12) - 1;
        Assert.Equal(100 * monthly, 1 - Math.Pow(1 + monthly, -240), 1e-11);
    }

    [Fact]
    public void Flow_that_is_no_number_is_refused() => Assert.Throws<ArgumentException>(() => InternalRateOfReturn.Of([-1, double.NaN]));

    // Signs on a fine grid can miss a pair of rates, never invent one.
    [Fact]
    public void Every_change_of_sign_on_a_fine_grid_is_found()
    {
        var random = new Random(4711);
        for (var trial = 0; trial < 60; trial++)
        {
            var months = random.Next(2, 61);
            var flows = Enumerable.Range(0, months).Select(_ => Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(1, 5)), 2)).ToArray();
            var grid = GridChanges(flows);

            var found = InternalRateOfReturn.LogRates(flows);

            Assert.Equal(grid.Count, found.Count);
            Assert.All(grid.Zip(found), pair => Assert.InRange(pair.Second, pair.First.Low, pair.First.High));
        }
    }

    private static List<(double Low, double High)> GridChanges(double[] flows)
    {
        const int steps = 5000;
        var changes = new List<(double, double)>();
        var (from, to) = (Math.Log(0.01), Math.Log(11));
        double Log(int step) => from + ((to - from) * step / steps);
        int Sign(double log) => Math.Sign(flows.Select((flow, month) => flow * Math.Exp((flows.Length * Math.Max(0, -log) * -1) - (month * log))).Sum());
        for (var step = 1; step <= steps; step++)
        {
            if (Sign(Log(step - 1)) != Sign(Log(step)))
                changes.Add((Log(step - 1), Log(step)));
        }

        return changes;
    }

    private static List<double> MonthlyRates(double[] flows) => [.. InternalRateOfReturn.LogRates(flows).Select(log => Math.Exp(log) - 1)];

    /// <summary>Flows whose present value is 0 at the growth factors y = tenths ÷ 10.</summary>
    private static double[] WithRates(params int[] tenths)
    {
        long[] product = [1];
        foreach (var tenth in tenths)
        {
            var next = new long[product.Length + 1];
            for (var i = 0; i < product.Length; i++)
            {
                next[i] += 10 * product[i];
                next[i + 1] -= tenth * product[i];
            }

            product = next;
        }

        return [.. product.Select(coefficient => (double)coefficient)];
    }
}
