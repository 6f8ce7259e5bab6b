using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;
using Planner.Tests.Domain.Scenarios;
using Xunit;
using static Planner.Tests.Domain.Uncertainty.Simulations;

namespace Planner.Tests.Domain.Uncertainty;

public class SimulationTests
{
    private static Simulation Run(Scenario scenario) => Engine.Simulate(scenario, Documents.Catalog);

    [Fact]
    public void Percentiles_of_a_cost_that_is_a_line_are_those_of_its_input()
    {
        var api = Run(ApiOrFleet with { BaselineMonthlyUsd = 10_000 }).Month("api");

        // Symmetric from 0 to 20 M: a tenth lies below 20 M × √(0.1 × 0.5) = 4,472,136, and as far from the top.
        Assert.Equal(3_354.1, api.Cost!.P10, 5.0);
        Assert.Equal(7_500, api.Cost.P50, 5.0);
        Assert.Equal(11_645.9, api.Cost.P90, 5.0);
        Assert.Equal(7_500, api.Cost.Mean, 5.0);
        Assert.Equal(-1_645.9, api.Saving!.P10, 5.0);
        Assert.Equal(6_645.9, api.Saving.P90, 5.0);
        // It saves below 13⅓ M: 1 − (6⅔ M)² ÷ (20 M × 10 M).
        Assert.Equal(7.0 / 9, api.SavingShare!.Value, 0.001);
    }

    [Fact]
    public void Cheapest_share_is_the_chance_of_being_on_the_right_side_of_the_break_even()
    {
        var simulation = Run(ApiOrFleet);

        // Below 9.6 M: 9.6² ÷ (20 × 10).
        Assert.Equal(0.4608, simulation.Month("api").CheapestShare, 0.001);
        Assert.Equal(0.5392, simulation.Month("self").CheapestShare, 0.001);
        Assert.Equal(0, simulation.Month().NoneShare);
        Assert.Equal((10_000, 1), (simulation.Samples, simulation.Seed));
    }

    [Fact]
    public void Ties_go_to_the_earlier_option()
    {
        var twins = Documents.Chat(Documents.Api(), Documents.Api() with { Id = "twin" }) with { Ranges = ApiOrFleet.Ranges };

        Assert.Equal((1, 0), (Run(twins).Month("api").CheapestShare, Run(twins).Month("twin").CheapestShare));
    }

    [Fact]
    public void Option_is_cheapest_only_where_it_can_serve()
    {
        // Two replicas of 1,446.76 tokens/s carry 15 M requests of 500 tokens in 720 hours; above lie 5² ÷ (20 × 10) of the samples.
        var scenario = Documents.Chat(Fleet(1446.76m)) with { Ranges = ApiOrFleet.Ranges };
        var simulation = Run(scenario);

        Assert.Equal(0.125, simulation.Month("self").InfeasibleShare, 0.001);
        Assert.Equal(0.875, simulation.Month("self").CheapestShare, 0.001);
        Assert.Equal(0.125, simulation.Month().NoneShare, 0.001);
        Assert.Equal(7_200, simulation.Month("self").Cost!.P90, 1e-6);
        Assert.Null(simulation.Information!.TotalUsdPerMonth);
        Assert.NotNull(simulation.Information.Reason);
        Assert.Equal(15_000_000, simulation.Flips[0].Value!.Value, 100.0);
        Assert.Contains("no option can serve", simulation.Flips[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Option_that_can_never_serve_has_a_reason_and_no_cost()
    {
        var never = Run(Documents.Chat(Documents.Api(), Fleet(10)) with { Ranges = [Volume(9_000_000, 10_000_000, 20_000_000)], BaselineOptionId = "api" }).Month("self");

        Assert.Equal((0, 1), (never.CheapestShare, never.InfeasibleShare));
        Assert.Null(never.Cost);
        Assert.NotNull(never.Reason);
        Assert.NotNull(never.SavingReason);
        Assert.All(never.Bins, count => Assert.Equal(0, count));
    }

    [Fact]
    public void Bins_hold_every_sample_between_common_edges()
    {
        var simulation = Run(ApiOrFleet);
        var month = simulation.Month();

        Assert.Equal(41, month.Edges.Count);
        Assert.All(month.Options, option => Assert.Equal(10_000, option.Bins.Sum()));
        var fleet = Assert.Single(month.Options[1].Bins, count => count > 0);
        Assert.Equal(10_000, fleet);
        Assert.Equal(10_000, Run(ApiOrFleet with { Ranges = [Volume(10_000_000, 10_000_000, 10_000_000)] }).Month("api").Bins.Sum());
    }

    [Fact]
    public void Tornado_gives_the_difference_of_the_two_cheapest_at_each_end_and_begins_with_the_longest()
    {
        var simulation = Run(ApiOrFleet with
        {
            BaselineOptionId = "api",
            Ranges = [Range("options[1].instanceUsdPerHour", 4, 5, 8), Volume(6_000_000, 10_000_000, 20_000_000)],
        });

        Assert.Equal(["workload.requestsPerMonth", "options[1].instanceUsdPerHour"], simulation.Tornado.Select(bar => bar.Path));
        var (volume, price) = (simulation.Tornado[0], simulation.Tornado[1]);
        // At 10 M the API costs 7,500 and the fleet 7,200.
        Assert.Equal(["7500", "7200"], simulation.Likely!.Usd.Select(usd => $"{usd:0}"));
        Assert.Equal(300, simulation.Likely.SavingUsd!.Value, 1e-6);
        Assert.Equal((-2_700, 7_800, 10_500), (volume.DifferenceAtLow!.Value, volume.DifferenceAtHigh!.Value, volume.SwingUsd!.Value), Near);
        Assert.Equal((1_740, -4_020, 5_760), (price.DifferenceAtLow!.Value, price.DifferenceAtHigh!.Value, price.SwingUsd!.Value), Near);
        Assert.Equal("api", volume.AtLow.CheapestOptionId);
        Assert.Equal(0, volume.AtLow.SavingUsd!.Value, 1e-6);
        Assert.Equal("self", volume.AtHigh.CheapestOptionId);
        Assert.Equal(7_800, volume.AtHigh.SavingUsd!.Value, 1e-6);
    }

    [Fact]
    public void Input_at_whose_end_one_of_the_two_cannot_serve_comes_first()
    {
        var simulation = Run(ApiOrFleet with { Ranges = [Volume(6_000_000, 10_000_000, 20_000_000), Range("options[1].throughput.tokensPerSecond", 100, 5_000, 6_000)] });

        Assert.Equal("options[1].throughput.tokensPerSecond", simulation.Tornado[0].Path);
        Assert.Null(simulation.Tornado[0].SwingUsd);
        Assert.Null(simulation.Tornado[0].AtLow.Usd[1]);
        Assert.Equal("api", simulation.Flips[1].ToOptionId);
    }

    [Fact]
    public void Flip_is_the_nearest_value_at_which_another_option_is_the_cheapest()
    {
        var simulation = Run(ApiOrFleet with { Ranges = [Volume(0, 10_000_000, 20_000_000), Range("options[1].instanceUsdPerHour", 4.9m, 5, 5.1m)] });

        Assert.Equal(9_600_000, simulation.Flips[0].Value!.Value, 1.0);
        Assert.Equal("api", simulation.Flips[0].ToOptionId);
        Assert.Equal("If “Workload: requests per month” falls to 9.6 M, API becomes the cheapest in place of Fleet.", simulation.Flips[0].Sentence);
        Assert.Null(simulation.Flips[1].Value);
        Assert.Equal("“Fleet: instance USD per hour” alone changes nothing: from 4.9 to 5.1, Fleet stays the cheapest.", simulation.Flips[1].Sentence);
        // 7,500 ÷ 1,440 instance-hours; at the tie the API, which is the earlier, is the cheapest.
        Assert.Equal(5.208333, Run(ApiOrFleet with { Ranges = [Range("options[1].instanceUsdPerHour", 4, 5, 8)] }).Flips[0].Value!.Value, 1e-6);
    }

    [Fact]
    public void Perfect_information_is_worth_what_the_wrong_choices_cost()
    {
        var simulation = Run(ApiOrFleet);

        // As things stand the fleet is chosen. Below 9.6 M the API would have been cheaper: ∫ (7,200 − 750·v)·v ÷ 100 dv from 0 to 9.6 = 1,105.92.
        Assert.Equal(1_105.92, simulation.Information!.TotalUsdPerMonth!.Value, 2.0);
        var volume = Assert.Single(simulation.Information.Inputs);
        Assert.Equal(1_105.92, volume.UsdPerMonth, 11.0);
        Assert.StartsWith("Measuring “Workload: requests per month” is worth $1,1", volume.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(" a month to this decision.", volume.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Knowing_one_input_is_worth_at_least_nothing_and_at_most_what_knowing_all_is()
    {
        var simulation = Run(ApiOrFleet with
        {
            Ranges =
            [
                Volume(5_000_000, 10_000_000, 16_000_000), Range("workload.outputTokens", 50, 100, 200), Range("options[0].price.outputUsdPerM", 1, 1.5m, 3),
                Range("options[1].instanceUsdPerHour", 4, 5, 7), Range("options[1].overheadShare", 0, 0, 0.5m),
            ],
        });

        var worth = simulation.Information!;
        Assert.True(worth.TotalUsdPerMonth > 0);
        Assert.Equal(5, worth.Inputs.Count);
        Assert.All(worth.Inputs, input => Assert.InRange(input.UsdPerMonth, 0, worth.TotalUsdPerMonth!.Value));
        Assert.Equal(worth.Inputs.OrderByDescending(input => input.UsdPerMonth), worth.Inputs);
        Assert.Equal("workload.requestsPerMonth", worth.Inputs[0].Path);
        Assert.Equal(1, simulation.Month().Options.Sum(option => option.CheapestShare) + simulation.Month().NoneShare, 1e-9);
    }

    [Fact]
    public void Whole_inputs_take_whole_values_only()
    {
        var simulation = Run(ApiOrFleet with { Ranges = [Range("options[1].fleet.instances", 1, 2, 3)] });
        var fleet = simulation.Month("self");

        // One, two or three instances at 3,600 each; rounding gives the ends half a step: 0.5² ÷ 2 each.
        Assert.Equal((3_600, 7_200, 10_800), (fleet.Cost!.P10, fleet.Cost.P50, fleet.Cost.P90), Near);
        Assert.Equal(3, fleet.Bins.Count(count => count > 0));
        Assert.Equal(1_250, fleet.Bins[0], 10.0);
        Assert.Equal(3, simulation.Flips[0].Value);
    }

    [Fact]
    public void Volume_typed_in_tokens_stays_when_lengths_vary()
    {
        var typed = ApiOrFleet with { Ranges = [Range("workload.outputTokens", 50, 100, 200)] };
        var tokens = typed with { Workload = typed.Workload with { Volume = new VolumeEntry { Basis = VolumeBases.TokensPerMonth, Value = 5_000_000_000 } } };

        var api = Run(tokens).Month("api").Cost!;

        Assert.Equal((7_500, 7_500), (api.P10, api.P90), (one, other) => Math.Abs(one.Item1 - other.Item1) < 0.01 && Math.Abs(one.Item2 - other.Item2) < 0.01);
        Assert.NotEqual(7_500, Run(typed).Month("api").Cost!.P90, 100.0);
    }

    [Fact]
    public void Users_may_have_a_range_where_the_volume_counts_by_user()
    {
        var volume = new VolumeEntry { Basis = VolumeBases.RequestsPerUserPerDay, Value = 20, Users = 25_000, DaysPerMonth = 20 };
        var scenario = ApiOrFleet with { Workload = ApiOrFleet.Workload with { Volume = volume }, Ranges = [Range("workload.volume.users", 0.001m, 25_000, 50_000)] };

        Assert.Equal(0.4608, Run(scenario).Month("api").CheapestShare, 0.001);
    }

    [Fact]
    public void Price_of_the_catalog_may_have_a_range()
    {
        var listed = Documents.Chat(new ApiOption { Id = "api", Name = "GPT-4o", PriceKey = "openai:gpt-4o" }) with { Ranges = [Range("options[0].price.inputUsdPerM", 2, 2.5m, 3)] };

        // 400 tokens × 2.5 and 100 × 10, per million, × 10 M requests.
        Assert.Equal(20_000, Run(listed).Likely!.Usd[0]!.Value, 1e-6);
        Assert.Equal(18_000, Run(listed).Tornado[0].AtLow.Usd[0]!.Value, 1e-6);
    }

    [Fact]
    public void Horizon_is_36_months_where_nothing_moves_and_money_keeps_its_worth()
    {
        var horizon = Run(ApiOrFleet with { BaselineMonthlyUsd = 10_000, Horizon = new Horizon { Months = 36, DiscountRatePerYear = 0 } }).Outlooks.Single(outlook => outlook.Metric == OutlookMetrics.Horizon);

        Assert.Equal(36 * 7_500, horizon.Options[0].Cost!.P50, 72.0);
        Assert.Equal(36 * 3_354.1, horizon.Options[0].Cost!.P10, 72.0);
        Assert.Equal(36 * 7_200, horizon.Options[1].Cost!.Mean, 1e-6);
        Assert.Equal(36 * 2_800, horizon.Options[1].Saving!.P50, 1e-6);
        Assert.Equal(0.4608, horizon.Options[0].CheapestShare, 0.001);
    }

    [Fact]
    public void Horizon_of_likely_values_is_the_present_cost_that_the_horizon_view_gives()
    {
        var scenario = Documents.HighVolumeChat with
        {
            Workload = Documents.HighVolumeChat.Workload with { RequestsPerMonth = 1_000_000, GrowthPerMonth = 0.005m },
            Horizon = new Horizon { Months = 24, ApiPriceDriftPerYear = -0.2m, InstancePriceDriftPerYear = -0.1m },
            Ranges = [Range("options[0].discountShare", 0, 0, 0)],
        };

        var expected = Engine.Horizon(scenario, Documents.Catalog).Options;
        var found = Run(scenario).Outlooks.Single(outlook => outlook.Metric == OutlookMetrics.Horizon).Options;

        Assert.All(expected.Zip(found), pair => Assert.Equal((double)pair.First.Totals!.PresentCostUsd, pair.Second.Cost!.Mean, 0.01));
    }

    [Fact]
    public void Same_scenario_gives_the_same_figures()
    {
        var (one, other) = (Run(ApiOrFleet), Run(ApiOrFleet));

        Assert.Equal(one.Month("api").Cost, other.Month("api").Cost);
        Assert.Equal(one.Information!.TotalUsdPerMonth, other.Information!.TotalUsdPerMonth);
    }

    [Fact]
    public void Nothing_uncertain_says_so_and_gives_no_figures()
    {
        var nothing = Run(ApiOrFleet with { Ranges = [] });

        Assert.NotNull(nothing.Reason);
        Assert.Equal(0, nothing.Samples);
        Assert.Empty(nothing.Outlooks);
        Assert.Empty(nothing.Tornado);
        Assert.Null(nothing.Information);
    }

    [Fact]
    public void Saving_needs_a_present_bill()
    {
        var api = Run(ApiOrFleet).Month("api");

        Assert.Null(api.Saving);
        Assert.Null(api.SavingShare);
        Assert.NotNull(api.SavingReason);
        // The present option saves nothing against itself, and that is no gap.
        Assert.Equal((null, null), (Run(ApiOrFleet with { BaselineOptionId = "api" }).Month("api").Saving, Run(ApiOrFleet with { BaselineOptionId = "api" }).Month("api").SavingReason));
    }

    [Fact]
    public void Figures_are_numbers_where_the_input_goes_to_its_limits()
    {
        var wide = Run(Documents.Chat(Documents.Api(), Documents.Fleet(FleetSizings.WeeklyPeak, null)) with { BaselineOptionId = "api", Ranges = [Volume(0, 0, 1_000_000_000_000)] });

        Assert.All(wide.Month().Edges, edge => Assert.True(double.IsFinite(edge)));
        Assert.All(wide.Month().Options, option => Assert.True(double.IsFinite(option.Cost!.Mean)));
        Assert.Equal(0, wide.Likely!.Usd[0]);
    }

    [Fact]
    public void Simulation_ends_early_when_told_to()
    {
        using var told = new CancellationTokenSource();
        told.Cancel();

        Assert.Throws<OperationCanceledException>(() => Engine.Simulate(ApiOrFleet, CatalogSnapshot.Empty with { Instances = Documents.Catalog.Instances, Models = Documents.Catalog.Models }, told.Token));
    }

    private static bool Near((double, double, double) one, (double, double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) < 1e-6 && Math.Abs(one.Item2 - other.Item2) < 1e-6 && Math.Abs(one.Item3 - other.Item3) < 1e-6;
}
