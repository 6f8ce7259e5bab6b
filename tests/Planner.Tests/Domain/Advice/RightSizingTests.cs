using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Scenarios;
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

    [Theory]
    [InlineData(ShapeKinds.Flat, 0, LoadProfiles.Steady)]
    [InlineData(ShapeKinds.BusinessHours, 0, LoadProfiles.Bursty)]
    [InlineData(ShapeKinds.Flat, 0.6, LoadProfiles.Batch)]
    public void The_profile_follows_the_load(string shape, double batchShare, string profile) =>
        Assert.Equal(profile, LoadProfiles.Of(new Workload { Shape = new LoadShape { Kind = shape }, BatchShare = (decimal)batchShare }));

    [Fact]
    public void A_search_that_nobody_waits_for_ends() => Assert.Throws<OperationCanceledException>(
        () => RightSizing.Of(Documents.Chat(Large), Large, OneMachine, new CancellationToken(canceled: true)));

    private static RightSizing Size(SelfHostOption fleet) =>
        RightSizing.Of(Documents.Chat(fleet) with { Workload = Documents.Chat().Workload with { RequestsPerMonth = 500_000 } }, fleet, OneMachine);

    private static SizedVariant Variant(RightSizing sizing, string change) => sizing.Variants.Single(variant => variant.Change == change);
}
