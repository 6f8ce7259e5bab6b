using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class HorizonTests
{
    private static Scenario Api(int months = 12) => Horizons.Of(months, 10_000_000, Documents.Api()); // 5,000 M tokens × 1.5 = 7,500 USD

    [Fact]
    public void Growth_compounds_month_by_month()
    {
        var months = Horizons.First(Api() with { Workload = Api().Workload with { GrowthPerMonth = 0.1m } }).Months;
        Assert.Equal([7_500m, 8_250, 9_075], months.Take(3).Select(month => month.CostUsd));
        Assert.Equal(12_100_000, months[2].Requests, 1e-6);
        Assert.Equal((12, "2026-12", "2027-11"), (months.Count, months[0].Date, months[11].Date));
    }

    [Fact]
    public void Season_goes_by_the_calendar_month()
    {
        decimal[] factors = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5m];
        var costs = Horizons.Costs(Api(24) with { Workload = Api().Workload with { Seasonality = factors } });
        Assert.Equal([3_750m, 15_000, 7_500], costs[..3]); // December, January, February
        Assert.Equal([3_750m, 15_000], costs[12..14]);
    }

    [Fact]
    public void Api_prices_drift_by_the_year_and_compound_by_the_month()
    {
        var costs = Horizons.Costs(Api(36) with { Horizon = new Horizon { Months = 36, ApiPriceDriftPerYear = -0.19m } });
        Assert.Equal(7_500, costs[0]);
        Assert.Equal(6_750, costs[6], 5); // √0.81 = 0.9
        Assert.Equal(6_075, costs[12], 5);
        Assert.Equal(4_920.75m, costs[24], 5);
    }

    [Fact]
    public void Rents_drift_every_month_and_reservations_when_their_term_ends()
    {
        Scenario Drifting(string kind) => Horizons.Of(60, 1_000, Horizons.Sized(kind, 10)) with { Horizon = new Horizon { Months = 60, InstancePriceDriftPerYear = -0.19m } };
        var hourly = Horizons.Costs(Drifting(PurchaseKinds.OnDemand));
        Assert.Equal([7_200m, 6_480, 5_832], [hourly[0], decimal.Round(hourly[6], 4), decimal.Round(hourly[12], 4)]);

        var year = Horizons.Costs(Drifting(PurchaseKinds.Reserved1Y));
        Assert.All(year[..12], month => Assert.Equal(7_200, month));
        Assert.All(year[12..24], month => Assert.Equal(5_832, month, 4));

        var threeYears = Horizons.Costs(Drifting(PurchaseKinds.Reserved3Y));
        Assert.All(threeYears[..36], month => Assert.Equal(7_200, month));
        Assert.All(threeYears[36..], month => Assert.Equal(3_826.3752m, month, 4)); // × 0.81³
    }

    [Fact]
    public void Reservations_that_a_busy_month_needs_are_paid_until_the_term_ends()
    {
        var scenario = Horizons.Of(24, Horizons.Full, Horizons.Sized(PurchaseKinds.Reserved1Y, 10));
        var costs = Horizons.Costs(scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } });
        Assert.Equal(7_200, costs[0]);
        Assert.All(costs[1..12], month => Assert.Equal(14_400, month));
        Assert.Equal([7_200m, 14_400, 14_400], costs[12..15]);
    }

    [Fact]
    public void Reservations_kept_from_a_busy_month_stand_in_for_instances_by_the_hour()
    {
        var fleet = Horizons.Sized(PurchaseKinds.Reserved1Y, 10) with
        {
            Purchase = [new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, UsdPerHour = 10, Share = 0.5m }, new PurchaseShare { UsdPerHour = 20, Share = 0.5m }],
        };
        var scenario = Horizons.Of(12, 2 * Horizons.Full, fleet);
        var costs = Horizons.Costs(scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } });
        // One of each; then two of each; then the two reserved carry everything.
        Assert.Equal([21_600m, 43_200, 14_400], costs[..3]);
    }

    [Fact]
    public void Terms_paid_ahead_move_cash_and_what_lies_beyond_the_horizon_counts_back()
    {
        var scenario = Horizons.Of(18, 1_000, Horizons.Sized(PurchaseKinds.Reserved1Y, 10, 0.5m));
        var cash = Horizons.Cash(scenario);
        Assert.All(Horizons.Costs(scenario), month => Assert.Equal(7_200, month));
        Assert.Equal([46_800m, 3_600], cash[..2]); // 12 × 3,600 ahead
        Assert.Equal([46_800m, 3_600], cash[12..14]);
        Assert.Equal(3_600 - (6 * 3_600), cash[17]);
        Assert.Equal(18 * 7_200, cash.Sum());
    }

    [Fact]
    public void Machines_are_cash_when_bought_and_depreciation_every_month()
    {
        var scenario = Horizons.Of(12, 1_000, Horizons.Sized(PurchaseKinds.Owned));
        var option = Horizons.First(scenario);
        Assert.All(option.Months, month => Assert.Equal(972, month.CostUsd)); // 36,000 × 0.9 ÷ 36 + 72
        Assert.Equal([36_072m, 72], option.Months.Take(2).Select(month => month.CashUsd));
        Assert.Equal((72 - 25_200, -25_200), (option.Months[11].CashUsd, option.Months[11].CapitalUsd)); // book value after a year
        Assert.Equal(12 * 972, option.Totals!.HorizonCashUsd);
        Assert.Equal(36_072 + (10 * 72) + 72 - 25_200, option.Totals.HorizonCashUsd);
    }

    [Fact]
    public void Machines_are_sold_and_replaced_at_the_end_of_their_life()
    {
        var scenario = Horizons.Of(24, 1_000, Horizons.Sized(PurchaseKinds.Owned) with { Owned = Horizons.Machine(12) });
        var cash = Horizons.Cash(scenario);
        Assert.Equal(72 + 36_000 - 3_600, cash[12]);
        Assert.Equal(72 - 3_600, cash[23]);
        Assert.All(Horizons.Costs(scenario), month => Assert.Equal(2_772, month));
    }

    [Fact]
    public void Machines_bought_for_a_busy_month_stay()
    {
        var scenario = Horizons.Of(12, Horizons.Full, Horizons.Sized(PurchaseKinds.Owned));
        var busy = scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } };
        Assert.Equal([972m, 1_944, 1_944], Horizons.Costs(busy)[..3]);
        Assert.Equal([36_072m, 36_144, 144], Horizons.Cash(busy)[..3]);
    }

    [Fact]
    public void Cost_of_capital_is_no_cash()
    {
        var option = Horizons.First(Horizons.Of(12, 1_000, Horizons.Sized(PurchaseKinds.Owned) with { Owned = Horizons.Machine() with { CostOfCapitalPerYear = 0.1m } }));
        // Mean book value 19,800 × 0.1 ÷ 12 = 165.
        Assert.Equal(972 + 165, option.Months[3].CostUsd);
        Assert.Equal(72, option.Months[3].CashUsd);
        Assert.Equal(12 * 165, option.Totals!.HorizonUsd - option.Totals.HorizonCashUsd);
    }

    [Fact]
    public void People_who_join_later_are_paid_from_their_month_on()
    {
        var fleet = Horizons.Fleet with { People = new PeopleCost { HoursPerMonth = 10, UsdPerHour = 100 }, Hiring = [new HiringStep { FromMonth = 6, HoursPerMonth = 160, UsdPerHour = 95 }] };
        var costs = Horizons.Costs(Horizons.Of(12, 1_000, fleet));
        Assert.All(costs[..6], month => Assert.Equal(4_600, month));
        Assert.All(costs[6..], month => Assert.Equal(19_800, month));
    }

    [Fact]
    public void Retraining_comes_again_and_is_no_part_of_the_ongoing_month()
    {
        var fleet = Horizons.Fleet with { OneOff = [new OneOffCost { Name = "Training", Usd = 900, EveryMonths = 5 }, new OneOffCost { Name = "Migration", Usd = 100 }] };
        var scenario = Horizons.Of(12, 1_000, fleet);
        var option = Horizons.First(scenario);
        Assert.Equal([1_000m, 0, 0, 0, 0, 900, 0, 0, 0, 0, 900, 0], option.Months.Select(month => month.OneOffUsd));
        Assert.Equal((4_600m, 3_600m, (12 * 3_600) + 2_800), (option.Totals!.FirstMonthUsd, option.Totals.OngoingMonthlyUsd, option.Totals.YearOneUsd));
        Assert.Contains(Engine.Evaluate(scenario, Documents.Catalog).Checks, check => check is { Id: "comes-again", Severity: "info" } && check.Message.Contains("every 5 months", StringComparison.Ordinal));
    }

    [Fact]
    public void Stated_fleet_that_a_month_exceeds_cannot_serve_from_that_month_on()
    {
        var scenario = Horizons.Of(12, 500_000, Horizons.Fleet);
        var option = Horizons.First(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.1m } });
        Assert.False(option.Feasible);
        Assert.Equal("From month 3 (2027-03) on it cannot carry the load: 665,500 requests in that month, and it carries 648,000.", Assert.Single(option.Reasons));
        Assert.Equal(3_600, option.Months[11].CostUsd);
    }

    [Fact]
    public void Fleet_that_a_month_fills_exactly_is_full_and_not_over()
    {
        var scenario = Horizons.Of(12, Horizons.Full / 2, Horizons.Fleet);
        Assert.True(Horizons.First(scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } }).Feasible);
    }

    [Fact]
    public void Fleet_of_unknown_throughput_has_a_cost_and_serves_nothing_for_certain()
    {
        var option = Horizons.First(Horizons.Of(12, 1_000, Horizons.Fleet with { Throughput = new Throughput() }));
        Assert.False(option.Feasible);
        Assert.Equal(43_200, option.Totals!.HorizonUsd);
    }

    [Fact]
    public void Option_without_a_price_has_no_months_and_a_reason()
    {
        var option = Horizons.First(Horizons.Of(12, 1_000, new ApiOption { Id = "half", Name = "Half", PriceKey = "half:known" }));
        Assert.Empty(option.Months);
        Assert.Null(option.Totals);
        Assert.NotEmpty(option.Reasons);
    }

    [Fact]
    public void Amounts_beyond_all_money_are_refused_with_a_reason()
    {
        var api = Documents.Api(1e6m, 1e6m) with { TokenFactor = 10 };
        var scenario = Horizons.Of(60, 1e12m, api);
        var option = Horizons.First(scenario with
        {
            Workload = scenario.Workload with { InputTokens = 1e7m, OutputTokens = 1e7m, ReasoningTokens = 1e7m },
            Horizon = new Horizon { Months = 60, ApiPriceDriftPerYear = 10 },
        });
        Assert.Null(option.Totals);
        Assert.Equal("Its cost within the horizon is beyond what can be counted.", Assert.Single(option.Reasons));
    }

    [Theory]
    [InlineData(PurchaseKinds.OnDemand, FleetSizings.WeeklyPeak)]
    [InlineData(PurchaseKinds.Reserved1Y, FleetSizings.Hourly)]
    [InlineData(PurchaseKinds.Reserved3Y, FleetSizings.Fixed)]
    [InlineData(PurchaseKinds.Owned, FleetSizings.Hourly)]
    public void Without_growth_and_drift_every_month_is_the_ongoing_month(string kind, string sizing)
    {
        var fleet = Horizons.Sized(kind, 7, kind is PurchaseKinds.Reserved1Y or PurchaseKinds.Reserved3Y ? 0.3m : 0) with
        {
            Fleet = new Fleet { Sizing = sizing, Instances = 20, SpareReplicas = 1 },
            OverheadShare = 0.2m,
            OneOff = [new OneOffCost { Name = "Work", Usd = 5_000 }],
        };
        var scenario = Horizons.Of(36, 5_000_000, fleet);
        scenario = scenario with { Workload = scenario.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } } };

        var (option, month) = (Horizons.First(scenario), Documents.Evaluate(scenario, "self"));

        Assert.Equal(month.FirstMonthUsd!.Value, option.Totals!.FirstMonthUsd, 4);
        Assert.Equal(month.CashDueFirstMonthUsd!.Value, option.Months[0].CashUsd, 4);
        Assert.All(option.Months.Skip(1), later => Assert.Equal(month.OngoingMonthlyUsd!.Value, later.CostUsd, 4));
    }

    [Theory]
    [InlineData(PurchaseKinds.OnDemand, 0.07)]
    [InlineData(PurchaseKinds.Reserved1Y, 0.07)]
    [InlineData(PurchaseKinds.Reserved3Y, -0.05)]
    [InlineData(PurchaseKinds.Owned, 0.07)]
    [InlineData(PurchaseKinds.Owned, -0.05)]
    public void Cash_and_cost_of_a_whole_horizon_are_the_same(string kind, double growth)
    {
        var fleet = Horizons.Sized(kind, 7, kind is PurchaseKinds.Reserved1Y or PurchaseKinds.Reserved3Y ? 0.6m : 0) with { OneOff = [new OneOffCost { Name = "Work", Usd = 5_000, EveryMonths = 7 }] };
        if (kind == PurchaseKinds.Owned)
            fleet = fleet with { Owned = Horizons.Machine(13) };
        var scenario = Horizons.Of(50, 5_000_000, fleet);
        var totals = Horizons.First(scenario with
        {
            Workload = scenario.Workload with { GrowthPerMonth = (decimal)growth, Seasonality = [2, 1, 1, 0.5m, 1, 3, 1, 1, 1, 0, 1, 1.5m] },
            Horizon = new Horizon { Months = 50, DiscountRatePerYear = 0.1m, InstancePriceDriftPerYear = -0.15m },
        }).Totals!;
        Assert.True(totals.HorizonUsd > 100_000);
        Assert.Equal(totals.HorizonUsd, totals.HorizonCashUsd, 3);
    }

    [Fact]
    public void Present_cost_at_no_discount_is_the_sum()
    {
        var scenario = Horizons.Of(30, 1_000, Horizons.Sized(PurchaseKinds.Owned));
        var totals = Horizons.First(scenario).Totals!;
        Assert.Equal(totals.HorizonCashUsd, totals.PresentCostUsd, 5);
        Assert.True(Horizons.First(scenario with { Horizon = scenario.Horizon with { DiscountRatePerYear = 0.2m } }).Totals!.PresentCostUsd > totals.PresentCostUsd); // cash goes first, and its worth comes back late
    }

    [Fact]
    public void Kernel_gives_the_same_present_costs_and_allocates_nothing()
    {
        var owned = Horizons.Sized(PurchaseKinds.Owned);
        var scenario = Horizons.Of(36, 5_000_000, Documents.Api(), owned, Horizons.Fleet with { Id = "fixed" });
        scenario = scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.02m }, Horizon = new Horizon { ApiPriceDriftPerYear = -0.2m } };
        List<OptionCost> costs = [new ApiCost(Documents.Api(), "options[0]", scenario, Documents.Catalog), .. scenario.Options.Skip(1).Select((option, i) => new FleetCost((SelfHostOption)option, $"options[{i + 1}]", scenario, Documents.Catalog))];
        var (series, present) = (new HorizonSeries(), new double[3]);
        series.Set(scenario);
        HorizonKernel.PresentCosts(costs, series, present);
        var fleets = costs.Skip(1).ToList();
        HorizonKernel.PresentCosts(fleets, series, present.AsSpan(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        series.Set(scenario);
        HorizonKernel.PresentCosts(fleets, series, present.AsSpan(1));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        var options = Engine.Horizon(scenario, Documents.Catalog).Options;
        Assert.Equal((double)options[0].Totals!.PresentCostUsd, present[0], 1e-5);
        Assert.Equal((double)options[1].Totals!.PresentCostUsd, present[1], 1e-5);
        Assert.True(double.IsNaN(present[2]));
        Assert.False(options[2].Feasible);
    }
}
