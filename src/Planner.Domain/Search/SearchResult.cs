using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>What a search found.</summary>
/// <param name="EngineVersion">Version of the formulas.</param>
/// <param name="Plans">The cheapest plans that keep to everything, the cheapest first; of those that differ only in engine, precision, layout, region, sizing and purchase the cheapest.</param>
/// <param name="CostLatency">Plans than which none is both cheaper and faster, the cheapest first; APIs whose latency nobody knows are not among them.</param>
/// <param name="CostRisk">Plans than which none is both cheaper and cheaper where the replicas deliver what only one measurement in ten is below, the cheapest first.</param>
/// <param name="NearMisses">Cheaper plans that one constraint alone excludes, the cheapest of each, the largest saving first; where no plan keeps to everything, the cheapest way to give up one constraint.</param>
/// <param name="Sentence">The finding in one sentence; where everything is excluded, which constraint is the tightest.</param>
/// <param name="Considered">Plans that were evaluated or proven not to matter.</param>
/// <param name="Evaluated">Plans whose cost was worked out.</param>
public sealed record SearchResult(
    string EngineVersion, IReadOnlyList<Plan> Plans, IReadOnlyList<Plan> CostLatency, IReadOnlyList<Plan> CostRisk, IReadOnlyList<NearMiss> NearMisses, string Sentence,
    long Considered, long Evaluated)
{
    /// <summary>Where nobody knows whether the cheapest plan keeps the latency targets (<see cref="Plan.IsLatencyUnknown"/>), the cheapest that is known to; null where none is, and where the cheapest is.</summary>
    public Plan? Known { get; init; }

    internal static SearchResult Of(PlanRanking ranking, Scenario scenario, CatalogSnapshot catalog, long considered, long evaluated)
    {
        var plans = new Dictionary<Candidate, Plan>(ReferenceEqualityComparer.Instance);
        Plan Of(Candidate candidate)
        {
            if (!plans.TryGetValue(candidate, out var plan))
                plans.Add(candidate, plan = Plan.Of(candidate, scenario, catalog));
            return plan;
        }

        List<Plan> Plans(List<Candidate> candidates) => candidates.ConvertAll(Of);
        var misses = ranking.NearMisses
            .Where(miss => ranking.Best is not { } best || miss.Value.Usd < best.Usd)
            .OrderBy(miss => miss.Value.Usd)
            .Select(miss => new NearMiss(miss.Key, Of(miss.Value), ranking.Best is { } best ? (decimal)(best.Usd - miss.Value.Usd) : null)).ToList();
        var found = ranking.Best is { } cheapest ? Of(cheapest) : null;
        var known = found is { IsLatencyUnknown: true } && ranking.Known is { } sure ? Of(sure) : null;
        return new SearchResult(
            Engine.Version, Plans(ranking.Ranked()), Plans(ranking.CostLatency()), Plans(ranking.CostRisk()), misses, SearchWriter.Write(scenario, found, known, misses), considered, evaluated)
        {
            Known = known,
        };
    }
}

/// <summary>A way to serve the workload that the catalog has.</summary>
/// <param name="Options">What a scenario needs for it: the plan's own option last, before it the API and the fleet of a mix. Ids are unique among themselves only.</param>
/// <param name="Result">The plan's own option evaluated, with its ledger.</param>
/// <param name="TtftSeconds">Time to first token at the targets' percentile, replicas as full as the targets let them be; null for an API.</param>
/// <param name="TpotSeconds">Time per output token, likewise.</param>
/// <param name="LatencySeconds">Time of a mean request: time to first token + output tokens × time per token; null for an API.</param>
/// <param name="LowThroughputUsd">Its month where the replicas deliver what only one measurement in ten is below, USD; null where it then could not serve.</param>
public sealed record Plan(IReadOnlyList<Option> Options, OptionResult Result, double? TtftSeconds, double? TpotSeconds, double? LatencySeconds, decimal? LowThroughputUsd)
{
    /// <summary>True where the workload has latency targets and requests go to an API whose latency nobody knows: it is taken to keep them.</summary>
    public bool IsLatencyUnknown { get; init; }

    internal static Plan Of(Candidate candidate, Scenario scenario, CatalogSnapshot catalog)
    {
        // What the plan breaks is told beside it; its cost is that of serving all the same.
        var typed = scenario.Workload;
        var served = candidate.Broken.AreNone ? typed : typed with { Requirements = new Requirements(), Slo = candidate.Broken.Only == SearchConstraint.Slo ? new ServiceLevel { Percentile = typed.Slo.Percentile } : typed.Slo };
        var alone = scenario with { Options = candidate.Options, Ranges = [], Evidence = [], BaselineOptionId = null, Workload = served };
        var figures = candidate.Figures;
        return new Plan(
            candidate.Options, Engine.Evaluate(alone, catalog).Options[^1], figures?.TtftSeconds, figures?.TpotSeconds, figures?.SecondsOf(LeverEffect.Of(scenario.Workload).Workload),
            double.IsFinite(candidate.LowUsd) ? (decimal)candidate.LowUsd : null)
        {
            IsLatencyUnknown = typed.Slo is not { TtftMs: null, TpotMs: null } && !candidate.AsksNoApi,
        };
    }
}

/// <summary>A plan that one constraint excludes.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="Plan">The cheapest plan that breaks it and no other.</param>
/// <param name="SavingUsd">What it would save against the best plan, USD a month; null where there is none.</param>
public sealed record NearMiss(SearchConstraint Constraint, Plan Plan, decimal? SavingUsd);
