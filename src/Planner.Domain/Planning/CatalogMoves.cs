using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>Which catalog rows say something else than they did, and what of their prices; where rows come from does not count.</summary>
internal static class CatalogMoves
{
    private static readonly Provenance Nowhere = new("", null, default);

    /// <summary>Later price sheets that are new or say something else.</summary>
    public static IEnumerable<PriceSheet> Of(IReadOnlyDictionary<string, PriceSheet> old, IReadOnlyDictionary<string, PriceSheet> now) =>
        Changed(old, now, sheet => sheet with { Provenance = Nowhere, OtherQuotes = [] });

    /// <summary>Later instances that are new or say something else.</summary>
    public static IEnumerable<Instance> Of(IReadOnlyDictionary<string, Instance> old, IReadOnlyDictionary<string, Instance> now) =>
        Changed(old, now, instance => instance with { Provenance = Nowhere, OtherQuotes = [] });

    /// <summary>Later models that are new or say something else.</summary>
    public static IEnumerable<LanguageModel> Of(IReadOnlyDictionary<string, LanguageModel> old, IReadOnlyDictionary<string, LanguageModel> now) =>
        Changed(old, now, model => model with { Provenance = Nowhere });

    /// <summary>Later GPUs that are new or say something else.</summary>
    public static IEnumerable<Gpu> Of(IReadOnlyDictionary<string, Gpu> old, IReadOnlyDictionary<string, Gpu> now) => Changed(old, now, gpu => gpu with { Provenance = Nowhere });

    /// <summary>Later engines that are new or say something else.</summary>
    public static IEnumerable<InferenceEngine> Of(IReadOnlyDictionary<string, InferenceEngine> old, IReadOnlyDictionary<string, InferenceEngine> now) =>
        Changed(old, now, engine => engine with { Provenance = Nowhere });

    /// <summary>Prices per million tokens that differ.</summary>
    public static IReadOnlyList<PriceMove> Between(TokenPrices? old, TokenPrices? now) => NamedPrice.Moves(old?.Named() ?? [], now?.Named() ?? []);

    /// <summary>Prices an hour that differ.</summary>
    public static IReadOnlyList<PriceMove> Between(HourlyPrices? old, HourlyPrices? now) => NamedPrice.Moves(old?.Named() ?? [], now?.Named() ?? []);

    /// <summary>True where two values are written alike: records with lists in them are equal by reference only.</summary>
    public static bool IsSame<T>(T old, T now) => JsonSerializer.Serialize(old, ScenarioJson.Options) == JsonSerializer.Serialize(now, ScenarioJson.Options);

    private static IEnumerable<T> Changed<T>(IReadOnlyDictionary<string, T> old, IReadOnlyDictionary<string, T> now, Func<T, T> facts) =>
        now.Where(row => !old.TryGetValue(row.Key, out var was) || !IsSame(facts(was), facts(row.Value))).Select(row => row.Value);
}
