using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
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
    public void Both_frontiers_are_those_of_every_plan()
    {
        var (random, points) = (new Random(20261123), 0);
        for (var round = 0; round < 25; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 2, 5, 3);
            var scenario = SearchCatalog.Workload(random, encoders: false);

            var found = PlanSearch.Run(scenario, new SearchConstraints(), catalog);

            var (latency, risk) = Points(scenario, catalog);
            points += found.CostLatency.Count + found.CostRisk.Count;
            AreSame(latency, [.. found.CostLatency.Select(plan => ((double)plan.Result.OngoingMonthlyUsd!.Value, plan.LatencySeconds!.Value))], 1e-9);
            AreSame(risk, [.. found.CostRisk.Select(plan => ((double)plan.Result.OngoingMonthlyUsd!.Value, plan.LowThroughputUsd is { } low ? (double)low : double.PositiveInfinity))], 0.02);
        }

        Assert.True(points > 50, $"{points} points");
    }

    /// <summary>Every plan's month beside its latency, where that is known, and beside its month at low throughput.</summary>
    private static (List<(double Usd, double Other)> Latency, List<(double Usd, double Other)> Risk) Points(Scenario scenario, CatalogSnapshot catalog)
    {
        var (latency, risk) = (new List<(double, double)>(), new List<(double, double)>());
        var alone = new Dictionary<Option, (double Usd, double Seconds, decimal Low)>(ReferenceEqualityComparer.Instance);
        var apis = new Dictionary<string, double>();
        foreach (var (options, result) in EveryPlan.Of(scenario, catalog).Where(plan => plan.Result.Feasible))
        {
            var usd = (double)result.OngoingMonthlyUsd!.Value;
            if (options is [ApiOption only])
            {
                risk.Add((usd, usd));
                apis.Add(only.PriceKey!, usd);
                continue;
            }

            if (options is [SelfHostOption self])
                alone.Add(self, (usd, result.Estimate!.TtftSeconds!.Value + ((double)scenario.Workload.OutputTokens * (result.Estimate.TpotSeconds ?? 0)), (decimal)result.Estimate.Band!.LowTokensPerSecond));
            var fleet = options.OfType<SelfHostOption>().Single();
            // The cheapest API is every fleet's partner, and a mix that is one of its parts is no plan of its own.
            if (!alone.TryGetValue(fleet, out var of) || (options is [ApiOption { PriceKey: { } key }, ..] && (apis[key] > apis.Values.Min() || usd > Math.Min(of.Usd, apis[key]) - 0.01)))
                continue;
            latency.Add((usd, of.Seconds));
            Option[] slow = [.. options.Select(option => option is SelfHostOption one ? one with { Throughput = new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = of.Low }, LoadFactor = 1 } : option)];
            var low = new OptionResolver(scenario with { Options = slow }, catalog)[slow.Length - 1].Evaluate();
            risk.Add((usd, low.Feasible ? (double)low.OngoingMonthlyUsd!.Value : double.PositiveInfinity));
        }

        return (latency, risk);
    }

    /// <summary>Each point that was found is a plan's, no plan is ahead of it, and no plan is ahead of all points: up to what a double leaves open.</summary>
    private static void AreSame(List<(double Usd, double Other)> all, List<(double Usd, double Other)> found, double within)
    {
        double Slack(double value) => double.IsInfinity(value) ? 0 : within + (1e-9 * value);
        Assert.Equal(all.Count > 0, found.Count > 0);
        foreach (var point in found)
        {
            Assert.Contains(all, plan => Math.Abs(plan.Usd - point.Usd) <= 0.02 + (1e-9 * point.Usd) && (plan.Other == point.Other || Math.Abs(plan.Other - point.Other) <= Slack(point.Other)));
            Assert.DoesNotContain(all, plan => plan.Usd < point.Usd - 0.02 - (1e-9 * point.Usd) && plan.Other < point.Other - Slack(point.Other));
        }

        foreach (var plan in all)
            Assert.True(found.Exists(point => point.Usd <= plan.Usd + 0.02 + (1e-9 * plan.Usd) && point.Other <= plan.Other + Slack(plan.Other)), $"{plan} is ahead of {string.Join(", ", found)}");
    }

    [Fact]
    public void Where_the_cheapest_plan_asks_an_api_the_cheapest_that_is_known_to_keep_the_targets_stands_beside()
    {
        var (random, beside) = (new Random(20261124), 0);
        for (var round = 0; round < 40; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 2, 4, 3);
            var scenario = SearchCatalog.Workload(random, encoders: false);

            var found = PlanSearch.Run(scenario, new SearchConstraints { Top = 1 }, catalog);

            var hasTargets = scenario.Workload.Slo.TtftMs is not null;
            Assert.All(found.Plans, plan => Assert.Equal(hasTargets && plan.Options.Any(option => option is ApiOption), plan.IsLatencyUnknown));
            if (found.Plans is not [{ IsLatencyUnknown: true }])
            {
                Assert.Null(found.Known);
                Assert.DoesNotContain("not known", found.Sentence, StringComparison.Ordinal);
                continue;
            }

            var fleets = EveryPlan.Of(scenario, catalog).Where(plan => plan is { Options: [SelfHostOption], Result.Feasible: true }).Select(plan => (double)plan.Result.OngoingMonthlyUsd!.Value).ToList();
            Assert.Equal(fleets.Count > 0, found.Known is not null);
            if (found.Known is not { } known)
            {
                Assert.Contains("no plan is known to keep the latency targets", found.Sentence, StringComparison.Ordinal);
                continue;
            }

            beside++;
            Assert.Equal(fleets.Min(), (double)known.Result.OngoingMonthlyUsd!.Value, 0.02 + (1e-9 * fleets.Min()));
            Assert.Contains($"known to keep the latency targets is {known.Result.Name}", found.Sentence, StringComparison.Ordinal);
        }

        Assert.True(beside > 5, $"{beside} searches");
    }

    [Theory]
    [InlineData(SearchConstraint.Provider, "the choice of providers")]
    [InlineData(SearchConstraint.Engine, "the choice of engines")]
    [InlineData(SearchConstraint.License, "the choice of licences")]
    [InlineData(SearchConstraint.Budget, "the budget")]
    public void A_sentence_names_the_choice_and_not_what_is_chosen(SearchConstraint constraint, string words) => Assert.Equal(words, SearchWriter.InWords(constraint));

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
