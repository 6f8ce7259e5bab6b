using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Advice;

public class RightSizingTests
{
    private static readonly HashSet<string> Keep = ["aws:g5.12xlarge:us-east-1"];

    /// <summary>Only the machine of the fleet, so that every figure can be worked out by hand.</summary>
    private static readonly CatalogSnapshot OneMachine = RuleCases.Catalog with { Instances = RuleCases.Catalog.Instances.Where(row => Keep.Contains(row.Key)).ToDictionary() };

    /// <summary>4 machines for 500,000 requests of 500 tokens in 720 hours, 96.5 tokens/s; a replica serves 125.</summary>
    private static readonly SelfHostOption Large = Documents.Fleet(FleetSizings.Fixed, 4) with { Model = null };

    [Fact]
    public void A_fleet_of_four_where_one_would_do_saves_three()
    {
        var sizing = Size(Large);

        // 4 × 5.672 × 720 = 16,335.36; one of them 4,083.84.
        Assert.Equal(16_335.36m, sizing.MonthlyUsd);
        var fewer = Variant(sizing, SizingChanges.Replicas);
        Assert.Equal((4_083.84m, 12_251.52m), (fewer.MonthlyUsd, fewer.SavingUsd));
        Assert.Equal(FleetSizings.WeeklyPeak, fewer.Option.Fleet.Sizing);
    }

    [Fact]
    public void The_cheapest_way_of_buying_that_the_instance_has_is_found()
    {
        // Reserved for three years, all four run all month: 4 × 2.4503 × 720 = 7,056.86; on spot, at most 70 %, 4 × 720 × (0.7 × 2.137 + 0.3 × 5.672) = 9,208.76.
        var bought = Variant(Size(Large), SizingChanges.Purchase);
        Assert.Equal(7_056.864m, bought.MonthlyUsd);
        Assert.Equal(PurchaseMixes.Cheapest, bought.Option.PurchaseMix);
    }

    [Fact]
    public void Variants_come_by_rising_cost_and_none_is_dearer_than_the_fleet()
    {
        var sizing = Size(Large);
        Assert.Equal(sizing.Variants.Select(variant => variant.MonthlyUsd).Order(), sizing.Variants.Select(variant => variant.MonthlyUsd));
        Assert.All(sizing.Variants, variant => Assert.True(variant.SavingUsd > 0));
    }

    [Fact]
    public void A_fleet_that_cannot_serve_is_offered_one_that_can_though_it_costs_more()
    {
        // 10 M requests need 1,929 tokens/s: 16 machines, $65,341.44, where 4 cost $16,335.36.
        var scenario = Documents.Chat(Large);
        var sizing = RightSizing.Of(scenario, Large, OneMachine);

        Assert.False(sizing.Feasible);
        var larger = Variant(sizing, SizingChanges.Replicas);
        Assert.Equal((65_341.44m, -49_006.08m), (larger.MonthlyUsd, larger.SavingUsd));
    }

    [Fact]
    public void Another_precision_changes_nothing_else()
    {
        var fleet = RuleCases.Modelled with { Precision = "bf16", InstanceUsdPerHour = 30, Purchase = [new PurchaseShare()], Fleet = new Fleet { SpareReplicas = 1 } };
        var variant = Variant(Busy(fleet), SizingChanges.Precision);

        Assert.Equal(fleet with { Precision = variant.Option.Precision }, variant.Option);
    }

    [Fact]
    public void Another_instance_keeps_the_purchase_and_the_sizing_and_says_that_the_price_does_not_hold()
    {
        var fleet = RuleCases.Modelled with { InstanceUsdPerHour = 900, Fleet = new Fleet { SpareReplicas = 1 } };
        var variant = Variant(Busy(fleet), SizingChanges.Instance);

        Assert.NotEqual(fleet.InstanceKey, variant.Option.InstanceKey);
        Assert.Equal(
            fleet with { InstanceKey = variant.Option.InstanceKey, InstanceUsdPerHour = null, TensorParallel = variant.Option.TensorParallel, PipelineParallel = variant.Option.PipelineParallel, Purchase = variant.Option.Purchase },
            variant.Option);
        Assert.Equal(fleet.Purchase, variant.Option.Purchase);
        Assert.EndsWith("your own price does not hold there, the list price is taken", variant.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_throughput_that_is_given_changes_by_the_models_ratio()
    {
        var modelled = RuleCases.Modelled with { Precision = "bf16" };
        double Tokens(SelfHostOption fleet) => RightSizing.Evaluate(Heavy(fleet), fleet, RuleCases.Catalog).Estimate!.TokensPerSecond;
        var given = modelled with { Throughput = new Throughput { Kind = ThroughputKinds.Measured, TokensPerSecond = 1000 } };

        var variant = Variant(Busy(given), SizingChanges.Precision);

        var ratio = Tokens(modelled with { Precision = variant.Option.Precision }) / Tokens(modelled);
        Assert.Equal(ThroughputKinds.Stated, variant.Option.Throughput.Kind);
        Assert.Equal(1000 * ratio, (double)variant.Option.Throughput.TokensPerSecond!.Value, 0.1);
        Assert.Contains("by the model's ratio", variant.Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<string, SelfHostOption> Fleets => new()
    {
        { "as modelled", RuleCases.Modelled with { Precision = "bf16" } },
        { "at a price of one's own", RuleCases.Modelled with { Precision = "bf16", InstanceUsdPerHour = 1 } },
        { "as measured", RuleCases.Modelled with { Precision = "bf16", Throughput = new Throughput { Kind = ThroughputKinds.Measured, TokensPerSecond = 9000 } } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Fleets))]
    public void All_changes_together_cost_no_more_than_any_of_them(string which, SelfHostOption fleet)
    {
        var sizing = Busy(fleet);

        var all = Variant(sizing, SizingChanges.All);
        Assert.True(sizing.Variants.Count > 1, which);
        Assert.DoesNotContain(sizing.Variants, variant => variant.Sentence.Contains(" 1 GPUs", StringComparison.Ordinal) || variant.Sentence.Contains(" 1 instances", StringComparison.Ordinal));
        Assert.All(sizing.Variants, single => Assert.True(all.MonthlyUsd <= single.MonthlyUsd + 0.01m, $"{which}: {single.Sentence} at {single.MonthlyUsd}, all together at {all.MonthlyUsd}"));
    }

    [Fact]
    public void Three_years_are_a_way_of_buying_for_all_changes_together_too()
    {
        // All run all month, so that nothing is cheaper than the longest term, at half the price.
        var catalog = RuleCases.Catalog with { Instances = RuleCases.Catalog.Instances.Values.Select(row => row with { Prices = new HourlyPrices(10, null, 8, 5) }).ToDictionary(row => row.Key) };
        var fleet = RuleCases.Modelled;
        var sizing = RightSizing.Of(Heavy(fleet), fleet, catalog);

        var all = Variant(sizing, SizingChanges.All);
        Assert.Contains(all.Option.Purchase, share => share.Kind == PurchaseKinds.Reserved3Y);
        Assert.True(all.MonthlyUsd <= Variant(sizing, SizingChanges.Purchase).MonthlyUsd);
    }

    private static Scenario Heavy(SelfHostOption fleet) =>
        Documents.Chat(fleet) with { HoursPerMonth = 730, Workload = Capacity.CapacityEstimatorTests.Chat with { RequestsPerMonth = 1_000_000_000 } };

    private static RightSizing Busy(SelfHostOption fleet) => RightSizing.Of(Heavy(fleet), fleet, RuleCases.Catalog);

    [Theory]
    [InlineData(ShapeKinds.Flat, 0, LoadKinds.Steady)]
    [InlineData(ShapeKinds.BusinessHours, 0, LoadKinds.Bursty)]
    [InlineData(ShapeKinds.Flat, 0.6, LoadKinds.Batch)]
    public void The_profile_follows_the_load(string shape, double batchShare, string profile) =>
        Assert.Equal(profile, LoadKinds.Of(new Workload { Shape = new LoadShape { Kind = shape }, BatchShare = (decimal)batchShare }));

    [Fact]
    public void A_search_that_nobody_waits_for_ends() => Assert.Throws<OperationCanceledException>(
        () => RightSizing.Of(Documents.Chat(Large), Large, OneMachine, new CancellationToken(canceled: true)));

    private static RightSizing Size(SelfHostOption fleet) =>
        RightSizing.Of(Documents.Chat(fleet) with { Workload = Documents.Chat().Workload with { RequestsPerMonth = 500_000 } }, fleet, OneMachine);

    private static SizedVariant Variant(RightSizing sizing, string change) => sizing.Variants.Single(variant => variant.Change == change);
}
