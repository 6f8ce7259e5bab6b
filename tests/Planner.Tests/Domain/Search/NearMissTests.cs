using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Xunit;

namespace Planner.Tests.Domain.Search;

/// <summary>Constraints, and what each of them costs, against sorting every plan by what it breaks.</summary>
public class NearMissTests
{
    [Fact]
    public void Winner_and_near_misses_are_those_of_every_plan_sorted_by_what_it_breaks()
    {
        var (random, misses, mixes) = (new Random(20261122), 0, 0);
        for (var round = 0; round < 120; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 2, 4, 3);
            var scenario = SearchCatalog.Workload(random, encoders: false);
            scenario = scenario with { Workload = scenario.Workload with { Slo = new ServiceLevel() } };
            var constraints = Constraints(random, catalog);

            var found = PlanSearch.Run(scenario, constraints, catalog);

            var all = EveryPlan.Of(scenario, catalog).Where(plan => plan.Result.Feasible)
                .Select(plan => (Usd: (double)plan.Result.OngoingMonthlyUsd!.Value, Broken: Broken(plan.Options, constraints, catalog, (double)plan.Result.OngoingMonthlyUsd!.Value), plan.Options)).ToList();
            var best = all.Where(plan => plan.Broken.Count == 0).Select(plan => plan.Usd).DefaultIfEmpty(double.PositiveInfinity).Min();
            Assert.Equal(double.IsFinite(best), found.Plans.Count > 0);
            if (double.IsFinite(best))
                Assert.Equal(best, (double)found.Plans[0].Result.OngoingMonthlyUsd!.Value, 0.02 + (1e-9 * best));

            foreach (var group in all.Where(plan => plan.Broken.Count == 1).GroupBy(plan => plan.Broken.Single()))
            {
                var cheapest = group.MinBy(plan => plan.Usd);
                var miss = found.NearMisses.FirstOrDefault(miss => miss.Constraint == group.Key);
                if (cheapest.Usd > best - 0.05)
                    continue;
                misses++;
                mixes += cheapest.Options.Length > 1 ? 1 : 0;
                Assert.True(miss is not null, $"{group.Key} in round {round}");
                Assert.Equal(cheapest.Usd, (double)miss.Plan.Result.OngoingMonthlyUsd!.Value, 0.02 + (1e-9 * cheapest.Usd));
            }
        }

        Assert.True(misses > 100, $"{misses} near misses");
        Assert.True(mixes > 10, $"{mixes} mixes among them");
    }

    private static SearchConstraints Constraints(Random random, CatalogSnapshot catalog)
    {
        IReadOnlyList<string> One(IEnumerable<string> of) => random.Next(3) == 0 ? [of.First()] : [];
        return new SearchConstraints
        {
            Kinds = random.Next(3) switch { 0 => [OptionKinds.Api, OptionKinds.SelfHost], 1 => [OptionKinds.SelfHost], _ => [] },
            Models = One(catalog.Models.Keys),
            Prices = One(catalog.Prices.Keys),
            Engines = One(catalog.Engines.Keys.Where(key => key != "vllm-2024")),
            Clouds = One(catalog.Instances.Values.Select(instance => instance.Cloud)),
            Precisions = One(["bf16"]),
            BudgetMonthlyUsd = random.Next(4) == 0 ? (decimal)Math.Pow(10, 2 + (3 * random.NextDouble())) : null,
        };
    }

    /// <summary>What a plan breaks, a mix what its parts break, each named once.</summary>
    private static HashSet<SearchConstraint> Broken(Option[] options, SearchConstraints constraints, CatalogSnapshot catalog, double usd)
    {
        var broken = new HashSet<SearchConstraint>();
        void Add(SearchConstraint constraint, bool isBroken)
        {
            if (isBroken)
                broken.Add(constraint);
        }

        bool Lacks(IReadOnlyList<string> allowed, string value) => allowed.Count > 0 && !allowed.Contains(value);
        foreach (var option in options)
        {
            if (option is ApiOption api)
                Add(SearchConstraint.Model, Lacks(constraints.Prices, api.PriceKey!));
            if (option is not SelfHostOption fleet)
                continue;
            Add(SearchConstraint.Model, Lacks(constraints.Models, fleet.Model!));
            Add(SearchConstraint.Engine, Lacks(constraints.Engines, fleet.Engine));
            Add(SearchConstraint.Provider, Lacks(constraints.Clouds, catalog.Instances[fleet.InstanceKey!].Cloud));
            Add(SearchConstraint.Precision, Lacks(constraints.Precisions, fleet.Precision is "fp16" ? "bf16" : fleet.Precision));
        }

        Add(SearchConstraint.Kind, Lacks(constraints.Kinds, options[^1].Kind));
        Add(SearchConstraint.Budget, usd > (double?)constraints.BudgetMonthlyUsd);
        return broken;
    }
}
