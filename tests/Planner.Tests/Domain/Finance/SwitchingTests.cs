using Planner.Domain.Finance;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class SwitchingTests
{
    /// <summary>A bill of 10,000 USD a month against a fleet of 3,600 that takes 20,000 once.</summary>
    private static readonly Scenario Bill = Horizons.Of(12, 1_000, Horizons.Fleet with { OneOff = [new OneOffCost { Name = "Work", Usd = 20_000 }] }) with { BaselineMonthlyUsd = 10_000 };

    private static Switching Switch(Scenario scenario) => Horizons.First(scenario).Switching!;

    private static Scenario With(Scenario scenario, Func<SelfHostOption, SelfHostOption> change) => scenario with { Options = [change((SelfHostOption)scenario.Options[0]), .. scenario.Options.Skip(1)] };

    [Fact]
    public void Switch_that_pays_begins_at_once()
    {
        var found = Switch(Bill);
        Assert.Equal((0, 0), (found.StartMonth, found.BestStartMonth));
        Assert.Equal((56_800m, 56_800m, 56_800m), (found.PresentValueUsd, found.SavingUsd, found.CashSavingUsd)); // 12 × 6,400 − 20,000
        Assert.Equal(new PaybackMonth(3, 3.125), found.Payback); // −20,000, −13,600, −7,200, −800, then 6,400
        Assert.Equal([20_000m, 0, 0], found.Months.Take(3).Select(month => month.UpfrontUsd));
        Assert.Equal([-13_600m, -7_200, -800, 5_600], found.Months.Take(4).Select(month => month.CumulativeCashUsd));
        Assert.Equal([56_800m, 50_400, 44_000], found.PresentValuesUsd.Take(3).Select(value => value!.Value));
    }

    [Fact]
    public void Requests_move_over_the_ramp_and_both_sides_are_paid()
    {
        var found = Switch(Bill with { Horizon = Bill.Horizon with { SwitchMonth = 3, RampMonths = 2 } });
        Assert.Equal((3, 0), (found.StartMonth, found.BestStartMonth));
        Assert.Equal([0, 0, 0, 1 / 3.0, 2 / 3.0, 1, 1], found.Months.Take(7).Select(month => month.Share));
        Assert.Equal([10_000m, 10_000, 10_000, 30_266.666667m, 6_933.333333m, 3_600, 3_600], found.Months.Take(7).Select(month => month.CostUsd));
        Assert.All(found.Months, month => Assert.Equal(10_000, month.StayCostUsd));
    }

    [Fact]
    public void Fleet_of_a_ramp_is_sized_for_its_share()
    {
        var scenario = Horizons.Of(12, 4 * Horizons.Full, Horizons.Sized(PurchaseKinds.OnDemand, 5), Documents.Api()) with { BaselineOptionId = "api", Horizon = new Horizon { Months = 12, SwitchMonth = 0, RampMonths = 3 } };
        // Shares of a quarter, a half, three quarters, all: one instance of 3,600 more each month; the API's bill is 1.5 × 324 M × 4 = 1,944.
        Assert.Equal([3_600 + 1_458m, 7_200 + 972m, 10_800 + 486m, 14_400], Switch(scenario).Months.Take(4).Select(month => month.CostUsd));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData(2, 4)]
    [InlineData(6, 6)]
    public void Nothing_moves_before_the_fleet_can_run(int? stated, int start)
    {
        var found = Switch(With(Bill, fleet => fleet with { LeadMonths = 4 }) with { Horizon = Bill.Horizon with { SwitchMonth = stated } });
        Assert.Equal((start, 4), (found.StartMonth, found.BestStartMonth));
        Assert.Null(found.PresentValuesUsd[3]);
        Assert.Equal(23_600, found.Months[start].CostUsd);
    }

    [Fact]
    public void Fleet_that_comes_after_the_horizon_has_no_switch()
    {
        var option = Horizons.First(With(Bill, fleet => fleet with { LeadMonths = 12 }));
        Assert.Null(option.Switching);
        Assert.Equal("It can run after 12 months only, and the horizon has 12.", option.SwitchingReason);
    }

    [Fact]
    public void Best_month_waits_until_the_bill_has_grown_beyond_the_fleet()
    {
        // 1,000, 1,500, 2,250, 3,375, 5,062.50: above 3,600 from month 4 on.
        var scenario = Horizons.Of(12, 6_000, Horizons.Fleet) with { BaselineMonthlyUsd = 1_000 };
        var found = Switch(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.5m } });
        Assert.Equal((4, 4), (found.StartMonth, found.BestStartMonth));
        Assert.Equal(1_462.5m, found.Months[4].CumulativeUsd);
        Assert.Null(found.Rate.AnnualRate);
        Assert.Equal("No rate of return: no month, the first included, costs more than it brings.", found.Rate.Reason);
        Assert.Equal(new PaybackMonth(0, 0), found.Payback);
    }

    [Fact]
    public void Best_month_is_never_where_every_start_loses()
    {
        var found = Switch(With(Bill, fleet => fleet with { OneOff = [new OneOffCost { Name = "Work", Usd = 100_000 }] }));
        Assert.Null(found.BestStartMonth);
        Assert.Equal((0, -23_200m), (found.StartMonth, found.PresentValueUsd)); // 12 × 6,400 − 100,000 loses least
        Assert.Null(found.Payback);
    }

    [Fact]
    public void Where_no_start_month_pays_the_switch_at_once_is_told()
    {
        // A fleet of 3,600 against a bill of 1,000: 12 × 2,600 lost at once, 2,600 by whoever begins in the last month.
        var found = Switch(Horizons.Of(12, 1_000, Horizons.Fleet) with { BaselineMonthlyUsd = 1_000 });
        Assert.Null(found.BestStartMonth);
        Assert.Equal((0, -31_200m, -2_600m), (found.StartMonth, found.PresentValueUsd, found.PresentValuesUsd[11]));
    }

    [Fact]
    public void One_off_work_that_comes_back_within_the_first_month_is_money_in_advance()
    {
        // 1,600 at once; 6,400 come in over each month.
        var found = Switch(With(Bill, fleet => fleet with { OneOff = [new OneOffCost { Name = "Work", Usd = 1_600 }] }));
        Assert.Equal(new PaybackMonth(0, 0.25), found.Payback);
        Assert.Equal("No rate of return: no month, the first included, costs more than it brings.", found.Rate.Reason);
    }

    [Fact]
    public void Move_that_changes_nothing_moves_no_money()
    {
        // The mix of an API with itself in all but name saves what a double rounds.
        var mix = new HybridOption { Id = "mix", Name = "Mix", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "One", Share = 0.3m, OptionId = "api" }, new TaskRoute { Task = "Two", Share = 0.7m, OptionId = "other" }] };
        var scenario = Horizons.Of(36, 1_234_567, mix, Documents.Api(1.37m, 3.91m), Documents.Api(1.37m, 3.91m) with { Id = "other" }) with
        {
            BaselineOptionId = "api",
            Horizon = new Horizon { Months = 36, SwitchMonth = 35, RampMonths = 35, ApiPriceDriftPerYear = -0.2m },
        };
        var found = Switch(scenario);
        Assert.Equal("No rate of return: no money flows in any month.", found.Rate.Reason);
        Assert.Equal((new PaybackMonth(0, 0), 0m), (found.Payback, found.CashSavingUsd));
    }

    [Fact]
    public void Bill_follows_requests_and_api_prices()
    {
        var found = Switch(Bill with { Workload = Bill.Workload with { Seasonality = Horizons.BusyJanuary }, Horizon = new Horizon { Months = 24, ApiPriceDriftPerYear = -0.5m } });
        Assert.Equal(10_000, found.Months[0].StayCostUsd);
        Assert.Equal(18_877.486254m, found.Months[1].StayCostUsd, 5); // 2 × 0.5^(1/12)
        Assert.Equal(5_000, found.Months[12].StayCostUsd, 5);
    }

    [Fact]
    public void Reservation_that_is_left_early_is_paid_to_its_end()
    {
        var leaving = Horizons.Sized(PurchaseKinds.Reserved1Y, 10) with { Id = "old" };
        var scenario = Horizons.Of(24, 1_000, Horizons.Fleet, leaving) with { BaselineOptionId = "old", Horizon = new Horizon { Months = 24, SwitchMonth = 15, DiscountRatePerYear = 0 } };
        var costs = Switch(scenario).Months.Select(month => month.CostUsd).ToList();
        Assert.All(costs.Take(15), month => Assert.Equal(7_200, month));
        Assert.All(costs.Skip(15), month => Assert.Equal(10_800, month)); // the second term ends with month 23
    }

    [Fact]
    public void Best_month_waits_for_the_end_of_a_term()
    {
        var leaving = Horizons.Sized(PurchaseKinds.Reserved1Y, 10) with { Id = "old" };
        var scenario = Horizons.Of(24, 1_000, Horizons.Fleet with { LeadMonths = 1 }, leaving) with { BaselineOptionId = "old" };
        Assert.Equal(12, Switch(scenario).BestStartMonth);
    }

    [Fact]
    public void Machines_that_are_left_bring_their_book_value()
    {
        var leaving = Horizons.Sized(PurchaseKinds.Owned) with { Id = "old" };
        var scenario = Horizons.Of(24, 1_000, Horizons.Fleet, leaving) with { BaselineOptionId = "old", Horizon = new Horizon { Months = 24, SwitchMonth = 6, DiscountRatePerYear = 0 } };
        var months = Switch(scenario).Months;
        Assert.Equal(72 - (36_000 - (6 * 900)), months[5].CashUsd);
        Assert.Equal(3_600, months[6].CashUsd);
        Assert.Equal(months[23].CumulativeUsd, months[23].CumulativeCashUsd);
    }

    [Fact]
    public void One_off_work_of_what_is_in_place_is_done()
    {
        var scenario = Horizons.Of(12, 1_000, Documents.Api(), Horizons.Fleet with { OneOff = [new OneOffCost { Name = "Work", Usd = 9_000 }] }) with { BaselineOptionId = "self" };
        Assert.Equal(3_600, Switch(scenario).Months[0].StayCostUsd);
    }

    [Fact]
    public void Without_anything_in_place_there_is_nothing_to_switch_from()
    {
        var option = Horizons.First(Bill with { BaselineMonthlyUsd = null });
        Assert.Null(option.Switching);
        Assert.StartsWith("No present bill", option.SwitchingReason, StringComparison.Ordinal);
        Assert.NotNull(option.Totals);
    }

    [Fact]
    public void Option_in_place_has_no_switch_to_itself() =>
        Assert.Equal("This option is in place.", Horizons.First(Bill with { BaselineOptionId = "self" }).SwitchingReason);

    [Fact]
    public void Staying_with_a_fleet_that_will_be_too_small_is_nothing_to_compare_with()
    {
        var scenario = Horizons.Of(12, 500_000, Documents.Api(), Horizons.Fleet) with { BaselineOptionId = "self" };
        var option = Horizons.First(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.1m } });
        Assert.Null(option.Switching);
        Assert.Contains("month 3 (2027-03)", option.SwitchingReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fleet_too_small_for_the_first_months_may_start_later()
    {
        // 1,000,000 falls by a tenth: 656,100 in month 4, 590,490 in month 5.
        var scenario = Horizons.Of(12, 1_000_000, Horizons.Fleet) with { BaselineMonthlyUsd = 50_000 };
        var option = Horizons.First(scenario with { Workload = scenario.Workload with { GrowthPerMonth = -0.1m } });
        Assert.False(option.Feasible);
        Assert.Equal(5, option.Switching!.BestStartMonth);
        Assert.Null(option.Switching.PresentValuesUsd[4]);
    }
}
