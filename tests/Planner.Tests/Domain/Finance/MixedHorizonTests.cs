using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Finance;

public class MixedHorizonTests
{
    private static readonly HybridOption Tasks = new()
    {
        Id = "mix",
        Name = "Mix",
        Mode = HybridModes.Tasks,
        Routes = [new TaskRoute { Task = "Chat", Share = 0.75m, OptionId = "self" }, new TaskRoute { Task = "Code", Share = 0.25m, OptionId = "api" }],
    };

    private static OptionHorizon Mix(Scenario scenario) => Engine.Horizon(scenario, Documents.Catalog).Options.Single(option => option.Id == "mix");

    [Fact]
    public void Credits_pay_the_first_bills_and_lower_cash_only()
    {
        var option = Horizons.First(Horizons.Of(12, 10_000_000, Documents.Api() with { CreditsUsd = 10_000 }));
        Assert.Equal([0m, 5_000, 7_500, 7_500], option.Months.Take(4).Select(month => month.CashUsd));
        Assert.All(option.Months, month => Assert.Equal(7_500, month.CostUsd));
        Assert.Equal(80_000, option.Totals!.HorizonCashUsd);
    }

    [Fact]
    public void Announced_prices_hold_from_their_month_on()
    {
        var api = Documents.Api() with { PriceChanges = [new AnnouncedPrice { From = "2027-03", Price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 3 } }] };
        Assert.Equal([7_500m, 7_500, 7_500, 15_000, 15_000], Horizons.Costs(Horizons.Of(12, 10_000_000, api))[..5]);
    }

    [Fact]
    public void Rate_limit_that_growth_reaches_ends_an_api()
    {
        // 100 requests a minute × 60 × 720 h = 4,320,000 a month; 3 M × 1.2² = 4,320,000 fits, × 1.2³ does not.
        var scenario = Horizons.Of(12, 3_000_000, Documents.Api() with { Limits = new RateLimits { RequestsPerMinute = 100 } });
        var option = Horizons.First(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.2m } });
        Assert.False(option.Feasible);
        Assert.Contains("month 3 (2027-03)", Assert.Single(option.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_a_mix_keep_machines_and_credits_of_their_own()
    {
        var fleet = Horizons.Sized(PurchaseKinds.Owned) with { OneOff = [new OneOffCost { Name = "Work", Usd = 1_000 }], LeadMonths = 3 };
        var scenario = Horizons.Of(12, 864_000, Documents.Api() with { CreditsUsd = 100 }, fleet, Tasks);
        var mix = Mix(scenario);
        // 648,000 requests fill one machine; 216,000 × 500 tokens × 1.5 USD/M = 162 USD.
        Assert.Equal([1_000 + 972 + 162m, 972 + 162], mix.Months.Take(2).Select(month => month.CostUsd));
        Assert.Equal([1_000 + 36_072 + 62m, 72 + 162], mix.Months.Take(2).Select(month => month.CashUsd));
        Assert.Equal(mix.Totals!.HorizonUsd - 100, mix.Totals.HorizonCashUsd);

        var busy = Mix(scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } });
        Assert.Equal([972 + 324m + 972, (2 * 972) + 162], busy.Months.Skip(1).Take(2).Select(month => month.CostUsd));
        var found = Mix(scenario with { BaselineOptionId = "api" }).Switching!;
        Assert.Equal(3, found.LeadMonths);
        Assert.Equal([true, true, true, false], found.PresentValuesUsd.Take(4).Select(value => value is null));
    }

    [Fact]
    public void Part_that_grows_out_of_its_fleet_ends_the_mix()
    {
        var scenario = Horizons.Of(12, 600_000, Documents.Api(), Horizons.Fleet, Tasks);
        var mix = Mix(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 0.1m } });
        Assert.False(mix.Feasible);
        // 450,000 × 1.1^4 = 658,845.
        Assert.Contains("month 4 (2027-04)", Assert.Single(mix.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PurchaseKinds.OnDemand)]
    [InlineData(PurchaseKinds.Reserved1Y)]
    [InlineData(PurchaseKinds.Owned)]
    public void Overflow_without_growth_repeats_its_month_and_pays_what_it_costs(string kind)
    {
        var fleet = Horizons.Sized(kind, kind == PurchaseKinds.Owned ? null : 1, kind == PurchaseKinds.Reserved1Y ? 0.5m : 0) with { OneOff = [new OneOffCost { Name = "Work", Usd = 1_000 }] };
        var mix = new HybridOption { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };
        var scenario = Horizons.Of(30, 5_000_000, Documents.Api(6, 6), fleet, mix);
        scenario = scenario with { Workload = scenario.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } } };
        var (option, month) = (Mix(scenario), Documents.Evaluate(scenario, "mix"));
        Assert.Equal(month.FirstMonthUsd!.Value, option.Months[0].CostUsd, 3);
        Assert.Equal(month.CashDueFirstMonthUsd!.Value, option.Months[0].CashUsd, 3);
        Assert.All(option.Months.Skip(1), later => Assert.Equal(month.OngoingMonthlyUsd!.Value, later.CostUsd, 3));
        Assert.Equal(option.Totals!.HorizonUsd, option.Totals.HorizonCashUsd, 3);
    }

    [Fact]
    public void Overflow_pays_idle_what_a_busy_month_made_it_buy()
    {
        var mix = new HybridOption { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };
        // At 100 USD/M a machine of 972 a month is cheaper than the API from 1 % of its load on.
        var scenario = Horizons.Of(12, Horizons.Full, Documents.Api(100, 100), Horizons.Sized(PurchaseKinds.Owned), mix);
        var option = Mix(scenario with { Workload = scenario.Workload with { Seasonality = Horizons.BusyJanuary } });
        Assert.Equal([972m, 1_944, 1_944], option.Months.Take(3).Select(month => month.CostUsd));
        Assert.Equal([36_072m, 36_144, 144], option.Months.Take(3).Select(month => month.CashUsd));
    }

    [Fact]
    public void Fleet_of_a_mix_takes_its_one_off_work_once_it_is_needed()
    {
        var fleet = Horizons.Fleet with { Fleet = new Fleet(), OneOff = [new OneOffCost { Name = "Work", Usd = 1_000 }] };
        var mix = new HybridOption { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };
        // One instance costs 3,600; the API 1,620 at first, doubling: 3,240 in month 1, 6,480 in month 2.
        var scenario = Horizons.Of(12, 81_000, Documents.Api(40, 40), fleet, mix);
        var option = Mix(scenario with { Workload = scenario.Workload with { GrowthPerMonth = 1 } });
        Assert.Equal([0m, 0, 1_000, 0], option.Months.Take(4).Select(month => month.OneOffUsd));
        Assert.Equal([1_620m, 3_240, 4_600, 3_600], option.Months.Take(4).Select(month => month.CostUsd));
    }
}
