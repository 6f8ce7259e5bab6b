using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Xunit;

namespace Planner.Tests.Domain.Search;

/// <summary>The search against evaluating everything with the ledger of the scenario page.</summary>
public class PlanSearchTests
{
    [Fact]
    public void Winner_is_that_of_evaluating_every_plan_of_200_random_catalogs()
    {
        var (random, plans) = (new Random(20261121), 0);
        for (var round = 0; round < 200; round++)
        {
            var encoders = round % 10 == 0;
            var large = round % 50 == 25;
            var catalog = SearchCatalog.Random(random, encoders, large ? 5 : 2, large ? 3 : 2, large ? 14 : 4, 3);
            var scenario = SearchCatalog.Workload(random, encoders);

            var found = PlanSearch.Run(scenario, new SearchConstraints(), catalog);
            var all = EveryPlan.Of(scenario, catalog).ToList();
            plans += all.Count;

            var cheapest = all.Where(plan => plan.Result.Feasible).Select(plan => plan.Result.OngoingMonthlyUsd!.Value).DefaultIfEmpty(-1).Min();
            if (cheapest < 0)
                Assert.Empty(found.Plans);
            else
                Assert.Equal((double)cheapest, (double)found.Plans[0].Result.OngoingMonthlyUsd!.Value, 0.02 + (1e-9 * (double)cheapest));
            Assert.True(found.Considered >= found.Evaluated);
        }

        Assert.True(plans > 20_000, $"{plans} plans");
    }

    [Fact]
    public void Plans_come_by_rising_cost_and_no_plan_is_ahead_of_a_frontier()
    {
        var random = new Random(4);
        for (var round = 0; round < 20; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 3, 2, 6, 3);
            var scenario = SearchCatalog.Workload(random, encoders: false);
            var found = PlanSearch.Run(scenario, new SearchConstraints { Top = 100 }, catalog);

            var costs = found.Plans.Select(plan => plan.Result.OngoingMonthlyUsd!.Value).ToList();
            Assert.Equal(costs.Order(), costs);
            foreach (var plan in found.Plans)
            {
                Assert.DoesNotContain(found.CostRisk, point => point.Result.OngoingMonthlyUsd > plan.Result.OngoingMonthlyUsd && point.LowThroughputUsd >= plan.LowThroughputUsd);
                if (plan.LatencySeconds is { } seconds)
                    Assert.Contains(found.CostLatency, point => point.Result.OngoingMonthlyUsd <= plan.Result.OngoingMonthlyUsd + 0.01m && point.LatencySeconds <= seconds * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void Engine_without_a_build_for_a_gpu_and_a_release_that_is_no_longer_made_are_not_searched()
    {
        var random = new Random(8);
        for (var round = 0; round < 10; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 8, 8, 1);
            var scenario = SearchCatalog.Workload(random, encoders: false);
            var found = PlanSearch.Run(scenario, new SearchConstraints { Top = 100, Kinds = [OptionKinds.SelfHost] }, catalog);
            var fleets = found.Plans.Concat(found.CostLatency).Concat(found.CostRisk).Select(plan => (SelfHostOption)plan.Options[^1]).ToList();
            Assert.DoesNotContain(fleets, fleet => fleet.Engine == "vllm-2024");
            Assert.DoesNotContain(fleets, fleet => fleet.Engine is "tensorrt-llm" or "sglang" && catalog.Gpus[catalog.Instances[fleet.InstanceKey!].Gpu].Vendor != "nvidia");
        }
    }

    [Fact]
    public void One_machine_is_not_bought_by_halves()
    {
        var random = new Random(9);
        var several = 0;
        for (var round = 0; round < 20; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 2, 6, 1);
            var found = PlanSearch.Run(SearchCatalog.Workload(random, encoders: false), new SearchConstraints { Top = 100, Kinds = [OptionKinds.SelfHost] }, catalog);
            foreach (var plan in found.Plans)
            {
                var fleet = (SelfHostOption)plan.Options[^1];
                var spot = fleet.LargestSpotShare * plan.Result.Instances!.Value;
                if (fleet.Purchase.Any(share => share.Kind == PurchaseKinds.Spot) && fleet.Purchase.Any(share => share.Kind == PurchaseKinds.OnDemand))
                    Assert.Equal(Math.Round(spot), spot, 9);
                several += plan.Result.Instances > 1 ? 1 : 0;
            }
        }

        Assert.True(several > 5);
    }

    [Fact]
    public void Search_that_is_given_up_ends_at_once()
    {
        using var given = new CancellationTokenSource();
        given.Cancel();
        var random = new Random(5);
        Assert.Throws<OperationCanceledException>(() => PlanSearch.Run(SearchCatalog.Workload(random, false), new SearchConstraints(), SearchCatalog.Random(random, false, 3, 2, 6, 3), null, given.Token));
    }

    [Fact]
    public void Progress_rises_to_the_end_and_names_the_best_plan()
    {
        var random = new Random(6);
        var told = new List<SearchProgress>();
        var found = PlanSearch.Run(SearchCatalog.Workload(random, false), new SearchConstraints(), SearchCatalog.Random(random, false, 3, 2, 6, 3), new Teller(told));

        var shares = told.Select(step => step.Share).OfType<double>().ToList();
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
        Assert.Equal(found.Plans[0].Result.Name, told[^1].Best!.Name);
    }

    private sealed class Teller(List<SearchProgress> told) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => told.Add(value);
    }
}
