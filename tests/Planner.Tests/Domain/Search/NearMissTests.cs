using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
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
        var (random, misses, mixes, kinds) = (new Random(20261122), 0, 0, new Dictionary<SearchConstraint, int>());
        for (var round = 0; round < 260; round++)
        {
            var catalog = SearchCatalog.Random(random, encoders: false, 2, 2, 4, 3);
            var scenario = SearchCatalog.Workload(random, encoders: false);
            // Another constraint now and then; with all at once, nearly every plan would break several.
            var workload = scenario.Workload with { Requirements = Requirements(random, catalog), Slo = random.Next(3) == 0 ? scenario.Workload.Slo : new ServiceLevel() };
            scenario = scenario with { Workload = workload };
            var constraints = Constraints(random, catalog);

            var found = PlanSearch.Run(scenario, constraints, catalog);

            // What keeps the targets serves at them; what cannot serves without.
            var asked = scenario with { Workload = workload with { Requirements = new Requirements() } };
            var kept = EveryPlan.Of(asked, catalog).ToList();
            var all = kept.Zip(workload.Slo is { TtftMs: null, TpotMs: null } ? kept : EveryPlan.Of(asked with { Workload = asked.Workload with { Slo = new ServiceLevel() } }, catalog))
                .Select(pair => (Plan: pair.First.Result.Feasible ? pair.First : pair.Second, Misses: !pair.First.Result.Feasible))
                .Where(pair => pair.Plan.Result.Feasible)
                .Select(pair => (Usd: (double)pair.Plan.Result.OngoingMonthlyUsd!.Value, Broken: Broken(pair.Plan, pair.Misses, workload.Requirements, constraints, catalog), pair.Plan.Options)).ToList();
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
                kinds[group.Key] = kinds.GetValueOrDefault(group.Key) + 1;
                mixes += cheapest.Options.Length > 1 ? 1 : 0;
                Assert.True(miss is not null, $"{group.Key} in round {round}");
                Assert.Equal(cheapest.Usd, (double)miss.Plan.Result.OngoingMonthlyUsd!.Value, 0.02 + (1e-9 * cheapest.Usd));
            }
        }

        Assert.True(misses > 100, $"{misses} near misses");
        Assert.True(mixes > 10, $"{mixes} mixes among {misses} near misses");
        Assert.Equal(Enum.GetValues<SearchConstraint>(), kinds.Keys.Order());
    }

    private static Requirements Requirements(Random random, CatalogSnapshot catalog) => new()
    {
        DataStaysInside = random.Next(6) == 0,
        CustomModel = random.Next(6) == 0,
        Regions = random.Next(6) == 0 ? [catalog.Instances.Values.First().Region] : [],
        MinimumQualityTier = random.Next(6) == 0 ? 2 : null,
    };

    private static SearchConstraints Constraints(Random random, CatalogSnapshot catalog)
    {
        IReadOnlyList<string> One(IEnumerable<string> of) => random.Next(4) == 0 ? [of.First()] : [];
        IReadOnlyList<string> Rarely(Func<string> name) => random.Next(6) == 0 ? [name()] : [];
        return new SearchConstraints
        {
            Kinds = random.Next(3) switch { 0 => [OptionKinds.Api, OptionKinds.SelfHost], 1 => [OptionKinds.SelfHost], _ => [] },
            Models = One(catalog.Models.Keys),
            Prices = One(catalog.Prices.Keys),
            Engines = One(catalog.Engines.Keys.Where(key => key != "vllm-2024")),
            Clouds = One(catalog.Instances.Values.Select(instance => instance.Cloud)),
            Precisions = One(["bf16"]),
            Sellers = Rarely(() => catalog.Prices.Values.Last().Seller),
            Licenses = Rarely(() => catalog.Models.Values.Last().License),
            Instances = Rarely(() => catalog.Instances.Keys.Last()),
            QualityTiers = catalog.Models.Keys.Concat(catalog.Prices.Keys).Where(_ => random.Next(3) > 0).ToDictionary(key => key, _ => random.Next(1, 4)),
            BudgetMonthlyUsd = random.Next(4) == 0 ? (decimal)Math.Pow(10, 2 + (3 * random.NextDouble())) : null,
        };
    }

    /// <summary>What a plan breaks, a mix what its parts break, each named once.</summary>
    private static HashSet<SearchConstraint> Broken((Option[] Options, OptionResult Result) plan, bool missesTargets, Requirements requirements, SearchConstraints constraints, CatalogSnapshot catalog)
    {
        var options = plan.Options;
        var broken = new HashSet<SearchConstraint>();
        void Add(SearchConstraint constraint, bool isBroken)
        {
            if (isBroken)
                broken.Add(constraint);
        }

        bool Lacks(IReadOnlyList<string> allowed, string value) => allowed.Count > 0 && !allowed.Contains(value);
        bool IsBelowTier(string key) => requirements.MinimumQualityTier is { } least && (!constraints.QualityTiers.TryGetValue(key, out var tier) || tier < least);
        foreach (var option in options)
        {
            if (option is ApiOption api)
            {
                Add(SearchConstraint.Privacy, requirements.DataStaysInside);
                Add(SearchConstraint.CustomModel, requirements.CustomModel);
                Add(SearchConstraint.Model, Lacks(constraints.Prices, api.PriceKey!));
                Add(SearchConstraint.Provider, Lacks(constraints.Sellers, catalog.Prices[api.PriceKey!].Seller));
                Add(SearchConstraint.QualityTier, IsBelowTier(api.PriceKey!));
            }

            if (option is not SelfHostOption fleet)
                continue;
            Add(SearchConstraint.Model, Lacks(constraints.Models, fleet.Model!));
            Add(SearchConstraint.Engine, Lacks(constraints.Engines, fleet.Engine));
            var instance = catalog.Instances[fleet.InstanceKey!];
            Add(SearchConstraint.Provider, Lacks(constraints.Clouds, instance.Cloud) || Lacks(constraints.Instances, instance.Key));
            Add(SearchConstraint.Region, Lacks(requirements.Regions, instance.Region));
            Add(SearchConstraint.License, Lacks(constraints.Licenses, catalog.Models[fleet.Model!].License));
            Add(SearchConstraint.QualityTier, IsBelowTier(fleet.Model!));
            Add(SearchConstraint.Precision, Lacks(constraints.Precisions, fleet.Precision is "fp16" ? "bf16" : fleet.Precision));
        }

        Add(SearchConstraint.Kind, Lacks(constraints.Kinds, options[^1].Kind));
        Add(SearchConstraint.Slo, missesTargets);
        Add(SearchConstraint.Budget, plan.Result.OngoingMonthlyUsd > constraints.BudgetMonthlyUsd);
        return broken;
    }
}
