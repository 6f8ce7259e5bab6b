using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

public class FleetCostTests
{
    private static OptionResult Fleet(Func<SelfHostOption, SelfHostOption> change, decimal requests = 10_000_000, Func<Workload, Workload>? load = null)
    {
        var scenario = Documents.Chat(change(Documents.Fleet(FleetSizings.WeeklyPeak, null)));
        var workload = scenario.Workload with { RequestsPerMonth = requests };
        return Documents.Evaluate(scenario with { Workload = load?.Invoke(workload) ?? workload }, "self");
    }

    [Fact]
    public void Weekly_peak_buys_16_replicas_for_1929_tokens_per_second()
    {
        // 1,929.01 ÷ 125 = 15.43 → 16; one replica of 4 GPUs an instance of 4 GPUs.
        var fleet = Fleet(option => option);
        Assert.Equal((16L, 16L), (fleet.Replicas, fleet.Instances));
        Assert.Equal(16 * 720 * 5.672m, fleet.OngoingMonthlyUsd);
        Assert.Equal(0.9645, fleet.Utilization!.Value, 4);
        Assert.True(fleet.Feasible);
    }

    [Theory]
    [InlineData(null, 1, 1)]
    [InlineData(null, 0.6, 0.7)]
    [InlineData(0.5, 1, 0.5)]
    public void Cheapest_mix_may_put_on_spot_what_is_stated_and_seven_tenths_at_least(double? most, double stated, double spot)
    {
        // 16 instances for 720 hours, spot at $2.137 and on demand at $5.672.
        var fleet = Fleet(option => option with
        {
            PurchaseMix = PurchaseMixes.Cheapest,
            MaximumSpotShare = (decimal?)most,
            Purchase = [new PurchaseShare { Share = 1 - (decimal)stated }, new PurchaseShare { Kind = PurchaseKinds.Spot, Share = (decimal)stated }],
        });
        Assert.Equal(16 * 720 * ((spot * 2.137) + ((1 - spot) * 5.672)), (double)fleet.OngoingMonthlyUsd!.Value, 1e-3);
    }

    [Theory]
    [InlineData(1_296_000, 2)] // 2 × 125 × 720 × 3,600 ÷ 500: full is not over
    [InlineData(1_296_000.002, 3)] // one token more
    [InlineData(648_000, 1)]
    [InlineData(0, 0)]
    public void Replicas_are_the_ceiling_of_an_exact_quotient(decimal requests, int replicas) =>
        Assert.Equal(replicas, Fleet(option => option, requests).Replicas);

    [Fact]
    public void Load_that_fills_a_third_of_a_token_rate_exactly_buys_no_extra_replica()
    {
        // 0.1 tokens/s × 3 replicas in doubles is 0.30000000000000004.
        var fleet = Fleet(option => option with { Throughput = option.Throughput with { TokensPerSecond = 0.1m } }, 0.3m * 720 * 3600 / 500);
        Assert.Equal(3, fleet.Replicas);
    }

    [Theory]
    [InlineData(1, 16, 4)] // four replicas share an instance
    [InlineData(2, 16, 8)]
    [InlineData(3, 16, 16)] // one of three GPUs: the fourth stays empty
    [InlineData(8, 16, 32)] // a replica spans two instances
    public void Instances_follow_from_gpus(int tensorParallel, int replicas, int instances)
    {
        var fleet = Fleet(option => option with { TensorParallel = tensorParallel });
        Assert.Equal(((long)replicas, (long)instances), (fleet.Replicas, fleet.Instances));
    }

    [Fact]
    public void Peak_to_mean_sizes_the_fleet_and_lowers_utilization()
    {
        // 15.43 × 2.5 = 38.58 → 39.
        var fleet = Fleet(option => option, load: load => load with { Shape = new LoadShape { PeakToMean = 2.5m } });
        Assert.Equal(39, fleet.Replicas);
        Assert.Equal(1_929.01 / (39 * 125), fleet.Utilization!.Value, 4);
    }

    [Fact]
    public void Hourly_weights_give_their_own_peak()
    {
        var weights = Enumerable.Range(0, 168).Select(hour => hour == 10 ? 3m : 1m).ToList();
        // Peak ÷ mean = 3 ÷ (170 ÷ 168) = 2.9647; × 15.43 = 45.75 → 46.
        var fleet = Fleet(option => option, load: load => load with { Shape = new LoadShape { Kind = ShapeKinds.Weights, Weights = weights } });
        Assert.Equal(46, fleet.Replicas);
    }

    [Fact]
    public void Load_factor_defaults_to_four_fifths_of_a_stated_throughput() =>
        Assert.Equal(20, Fleet(option => option with { LoadFactor = null }).Replicas); // 15.43 ÷ 0.8 = 19.29

    [Fact]
    public void Minimum_and_spare_replicas_are_kept()
    {
        Assert.Equal(3, Fleet(option => option with { Fleet = option.Fleet with { MinimumReplicas = 2, SpareReplicas = 1 } }, 1).Replicas);
        Assert.Equal(17, Fleet(option => option with { Fleet = option.Fleet with { MinimumReplicas = 2, SpareReplicas = 1 } }).Replicas);
    }

    [Fact]
    public void Output_basis_counts_output_only() =>
        Assert.Equal(4, Fleet(option => option with { Throughput = option.Throughput with { Basis = ThroughputBases.Output } }).Replicas); // 385.8 ÷ 125 = 3.09

    [Fact]
    public void Running_hours_are_paid_and_carry_the_whole_load()
    {
        var fleet = Fleet(option => option with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1, RunningHoursPerMonth = 211.6m } }, 190_000);
        Assert.Equal(1_200.1952m, fleet.OngoingMonthlyUsd);
        Assert.Equal(95_000_000 / (211.6 * 3600), fleet.Capacity!.RequiredTokensPerSecond, 6);
        Assert.True(fleet.Feasible);
    }

    [Fact]
    public void Reserved_instances_are_paid_whether_used_or_not()
    {
        var fleet = Fleet(option => option with
        {
            Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 10, RunningHoursPerMonth = 100 },
            Purchase = [new PurchaseShare { Kind = PurchaseKinds.Reserved1Y, Share = 0.7m }, new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0.3m }],
        });
        Assert.Equal((7 * 720 * 3.57336m) + (3 * 100 * 2.137m), fleet.OngoingMonthlyUsd);
    }

    [Fact]
    public void Utilization_counts_the_hours_that_reservations_are_paid_while_the_fleet_is_off()
    {
        var fleet = Fleet(option => option with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1, RunningHoursPerMonth = 72 }, Purchase = [new PurchaseShare { Kind = PurchaseKinds.Reserved1Y }] }, 64_800);
        // 32.4 M tokens fill 72 h × 3,600 × 125 exactly: a tenth of the 720 h paid.
        Assert.True(fleet.Feasible);
        Assert.Equal(0.1, fleet.Utilization!.Value, 9);
    }

    [Fact]
    public void Way_of_buying_without_a_price_makes_the_cost_unknown()
    {
        var fleet = Fleet(option => option with { InstanceKey = "aws:p5.48xlarge:us-east-1", TensorParallel = 8, Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 1 }] });
        Assert.Null(fleet.OngoingMonthlyUsd);
        Assert.Contains("Spot", fleet.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Overhead_is_a_line_of_its_own_on_infrastructure_and_people_are_hours_times_rate()
    {
        var fleet = Fleet(option => option with
        {
            Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 },
            OverheadShare = 0.4m,
            Extras = [new ExtraCost { Name = "Storage", UsdPerMonth = 100 }, new ExtraCost { Name = "Egress", UsdPerMillionTokens = 0.01m }],
            People = new PeopleCost { HoursPerMonth = 8, UsdPerHour = 150 },
        });
        var infrastructure = 4_083.84m + 100 + 50;
        Assert.Equal((infrastructure * 1.4m) + 1_200, fleet.OngoingMonthlyUsd);
        Assert.Equal(infrastructure * 0.4m, fleet.Ledger.Single(line => line.Item == "Operations overhead").AmountUsd);
    }

    [Fact]
    public void People_and_overhead_together_are_a_warning()
    {
        var result = Engine.Evaluate(Documents.Chat(Documents.Fleet() with { OverheadShare = 0.4m, People = new PeopleCost { HoursPerMonth = 1, UsdPerHour = 1 } }), Documents.Catalog);
        Assert.Contains(result.Checks, check => check is { Id: "people-and-overhead", Severity: "warning" });
    }

    [Fact]
    public void Fixed_fleet_of_unknown_throughput_has_a_cost_but_is_not_feasible()
    {
        var fleet = Fleet(option => option with { Throughput = new Throughput(), Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 } });
        Assert.Equal(4_083.84m, fleet.OngoingMonthlyUsd);
        Assert.False(fleet.Feasible);
        Assert.Null(fleet.Utilization);
    }

    [Fact]
    public void Sized_fleet_of_unknown_throughput_has_no_cost() => Assert.Null(Fleet(option => option with { Throughput = new Throughput() }).OngoingMonthlyUsd);

    [Fact]
    public void Context_longer_than_the_models_is_infeasible() => Assert.False(Fleet(option => option, load: load => load with { InputTokens = 8_100 }).Feasible);

    [Fact]
    public void Fleet_beyond_any_market_is_refused_with_the_reason() =>
        Assert.Null(Fleet(option => option with { Throughput = option.Throughput with { TokensPerSecond = 0.01m } }, 1_000_000_000_000m, load => load with { InputTokens = 10_000_000 }).OngoingMonthlyUsd);

    [Theory]
    [InlineData(SpotBackups.OnDemand, 0, true)]
    [InlineData(SpotBackups.None, 4, true)]
    [InlineData(SpotBackups.OnDemand, 4, false)]
    [InlineData(SpotBackups.Spare, 4, false)]
    public void Spot_alone_is_warned_of_only_where_nothing_stands_in(string backup, int interruptions, bool warned)
    {
        var spot = new PurchaseShare { Kind = PurchaseKinds.Spot, Backup = backup, InterruptionsPerMonth = interruptions, RestartMinutes = 10 };
        var scenario = Documents.Chat(Documents.Fleet() with { Purchase = [spot] });
        Assert.Equal(warned, Engine.Evaluate(scenario, Documents.Catalog).Checks.Any(check => check.Id == "spot-without-backup"));

        var mixed = Documents.Chat(Documents.Fleet() with { Purchase = [spot with { Share = 0.7m }, new PurchaseShare { Share = 0.3m }] });
        Assert.DoesNotContain(Engine.Evaluate(mixed, Documents.Catalog).Checks, check => check.Id == "spot-without-backup");
    }

    [Fact]
    public void Fleet_is_warned_of_having_no_fallback_only_where_neither_an_API_nor_a_mix_is_there()
    {
        var (one, other) = (Documents.Fleet(FleetSizings.WeeklyPeak, null), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { Id = "other", InstanceUsdPerHour = 9 });
        var mix = new HybridOption { Id = "mix", Name = "Mix", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "All", Share = 1, OptionId = "other" }] };
        bool Warned(params Option[] options) => Engine.Evaluate(Documents.Chat(options), Documents.Catalog).Checks.Any(check => check.Id == "no-fallback");
        Assert.True(Warned(one, other));
        Assert.False(Warned(one, other, mix));
        Assert.False(Warned(one, Documents.Api(90, 90)));
    }
}
