using System.Text.Json;
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
        .. Changed(saved.Prices, today.Prices, sheet => sheet with { Provenance = Nowhere, OtherQuotes = [] })
            .Select(row => new Candidate(DecisionCauseKinds.PriceSheet, row.Key, Moves(Prices(saved.Prices.GetValueOrDefault(row.Key)?.Prices), Prices(row.Prices)), row.Provenance, saved with { Prices = With(saved.Prices, row.Key, row) })),
        .. Changed(saved.Instances, today.Instances, instance => instance with { Provenance = Nowhere, OtherQuotes = [] })
            .Select(row => new Candidate(DecisionCauseKinds.Instance, row.Key, Moves(Prices(saved.Instances.GetValueOrDefault(row.Key)?.Prices), Prices(row.Prices)), row.Provenance, saved with { Instances = With(saved.Instances, row.Key, row) })),
        .. Changed(saved.Models, today.Models, model => model with { Provenance = Nowhere })
            .Select(row => new Candidate(DecisionCauseKinds.Model, row.Key, [], row.Provenance, saved with { Models = With(saved.Models, row.Key, row) })),
        .. Changed(saved.Gpus, today.Gpus, gpu => gpu with { Provenance = Nowhere })
            .Select(row => new Candidate(DecisionCauseKinds.Gpu, row.Key, [], row.Provenance, saved with { Gpus = With(saved.Gpus, row.Key, row) })),
        .. Changed(saved.Engines, today.Engines, engine => engine with { Provenance = Nowhere })
            .Select(row => new Candidate(DecisionCauseKinds.Engine, row.Key, [], row.Provenance, saved with { Engines = With(saved.Engines, row.Key, row) })),
        .. Json(saved.Corrections) == Json(today.Corrections)
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

    private static readonly Provenance Nowhere = new("", null, default);

    /// <summary>Rows of today that are new or say something else; where they come from does not count.</summary>
    private static IEnumerable<T> Changed<T>(IReadOnlyDictionary<string, T> saved, IReadOnlyDictionary<string, T> today, Func<T, T> facts) =>
        today.Where(row => !saved.TryGetValue(row.Key, out var old) || Json(facts(old)) != Json(facts(row.Value))).Select(row => row.Value);

    // Records with lists in them are equal by reference only.
    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ScenarioJson.Options);

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> rows, string key, T row) => new(rows) { [key] = row };

    private static IReadOnlyList<PriceMove> Moves(Dictionary<string, decimal?> old, Dictionary<string, decimal?> now) =>
        [.. old.Keys.Union(now.Keys).Select(field => new PriceMove(field, old.GetValueOrDefault(field), now.GetValueOrDefault(field))).Where(move => move.Old != move.New)];

    private static Dictionary<string, decimal?> Prices(TokenPrices? prices)
    {
        if (prices is null)
            return [];
        var all = new Dictionary<string, decimal?>
        {
            ["inputUsdPerM"] = prices.InputUsdPerM,
            ["outputUsdPerM"] = prices.OutputUsdPerM,
            ["cacheReadUsdPerM"] = prices.CacheReadUsdPerM,
            ["cacheWriteUsdPerM"] = prices.CacheWriteUsdPerM,
            ["batchInputUsdPerM"] = prices.BatchInputUsdPerM,
            ["batchOutputUsdPerM"] = prices.BatchOutputUsdPerM,
        };
        foreach (var tier in prices.Tiers)
        {
            var place = FormattableString.Invariant($"tiers[{tier.AboveTokens}]");
            all[$"{place}.inputUsdPerM"] = tier.InputUsdPerM;
            all[$"{place}.outputUsdPerM"] = tier.OutputUsdPerM;
            all[$"{place}.cacheReadUsdPerM"] = tier.CacheReadUsdPerM;
        }

        return all;
    }

    private static Dictionary<string, decimal?> Prices(HourlyPrices? prices) => prices is null ? [] : new()
    {
        ["onDemandUsd"] = prices.OnDemandUsd,
        ["spotUsd"] = prices.SpotUsd,
        ["reserved1YUsd"] = prices.Reserved1YUsd,
        ["reserved3YUsd"] = prices.Reserved3YUsd,
    };
}
