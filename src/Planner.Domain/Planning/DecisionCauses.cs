using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>Which catalog rows moved an answer: each that differs is put alone into the saved rows and the scenario evaluated.</summary>
internal static class DecisionCauses
{
    private sealed record Candidate(string Kind, string Key, IReadOnlyList<PriceMove> Prices, Provenance? Source, CatalogSnapshot Alone);

    public static IReadOnlyList<DecisionCause> Of(Scenario scenario, CatalogSnapshot saved, Result before, CatalogSnapshot today) =>
    [
        .. Candidates(saved, today).Select(candidate => Weigh(scenario, before, candidate)).OfType<DecisionCause>()
            .OrderByDescending(cause => cause.Flips).ThenByDescending(cause => cause.EffectUsd ?? decimal.MaxValue).ThenBy(cause => cause.Key, StringComparer.Ordinal),
    ];

    private static IEnumerable<Candidate> Candidates(CatalogSnapshot saved, CatalogSnapshot today) =>
    [
        .. CatalogMoves.Of(saved.Prices, today.Prices)
            .Select(row => new Candidate(DecisionCauseKinds.PriceSheet, row.Key, CatalogMoves.Between(saved.Prices.GetValueOrDefault(row.Key)?.Prices, row.Prices), row.Provenance, saved with { Prices = With(saved.Prices, row.Key, row) })),
        .. CatalogMoves.Of(saved.Instances, today.Instances)
            .Select(row => new Candidate(DecisionCauseKinds.Instance, row.Key, CatalogMoves.Between(saved.Instances.GetValueOrDefault(row.Key)?.Prices, row.Prices), row.Provenance, saved with { Instances = With(saved.Instances, row.Key, row) })),
        .. CatalogMoves.Of(saved.Models, today.Models)
            .Select(row => new Candidate(DecisionCauseKinds.Model, row.Key, [], row.Provenance, saved with { Models = With(saved.Models, row.Key, row) })),
        .. CatalogMoves.Of(saved.Gpus, today.Gpus)
            .Select(row => new Candidate(DecisionCauseKinds.Gpu, row.Key, [], row.Provenance, saved with { Gpus = With(saved.Gpus, row.Key, row) })),
        .. CatalogMoves.Of(saved.Engines, today.Engines)
            .Select(row => new Candidate(DecisionCauseKinds.Engine, row.Key, [], row.Provenance, saved with { Engines = With(saved.Engines, row.Key, row) })),
        .. CatalogMoves.IsSame(saved.Corrections, today.Corrections)
            ? Array.Empty<Candidate>()
            : [new Candidate(DecisionCauseKinds.Measurement, "", [], null, saved with { Corrections = new CatalogSnapshot { Corrections = today.Corrections }.Over(saved).Corrections })],
    ];

    private static DecisionCause? Weigh(Scenario scenario, Result before, Candidate candidate)
    {
        var alone = DecisionComparison.Evaluate(scenario, candidate.Alone).Result;
        if (alone is null)
            return new DecisionCause(candidate.Kind, candidate.Key, candidate.Prices, candidate.Source, true, null);
        var flips = alone.Verdict.CheapestOptionId != before.Verdict.CheapestOptionId;
        var effects = before.Options.Zip(alone.Options).Where(pair => pair.First.OngoingMonthlyUsd is not null || pair.Second.OngoingMonthlyUsd is not null)
            .Select(pair => pair.Second.OngoingMonthlyUsd - pair.First.OngoingMonthlyUsd).ToList();
        decimal? effect = effects.Contains(null) ? null : effects.Count == 0 ? 0 : effects.Max(change => Math.Abs(change!.Value));
        return !flips && effect == 0 && DecisionComparison.CrossingsOf(before).SequenceEqual(DecisionComparison.CrossingsOf(alone))
            ? null
            : new DecisionCause(candidate.Kind, candidate.Key, candidate.Prices, candidate.Source, flips, effect);
    }

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> rows, string key, T row) => new(rows) { [key] = row };
}
