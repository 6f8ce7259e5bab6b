namespace Planner.Domain.Catalogs;

/// <summary>The catalog rows that an evaluation may use, by key. A snapshot: it never changes once made, and it is stored with the scenario.</summary>
public sealed record CatalogSnapshot
{
    /// <summary>A snapshot without rows.</summary>
    public static CatalogSnapshot Empty { get; } = new();

    /// <summary>Price sheets by key.</summary>
    public IReadOnlyDictionary<string, PriceSheet> Prices { get; init; } = new Dictionary<string, PriceSheet>();

    /// <summary>Instances by key.</summary>
    public IReadOnlyDictionary<string, Instance> Instances { get; init; } = new Dictionary<string, Instance>();

    /// <summary>Models by key.</summary>
    public IReadOnlyDictionary<string, LanguageModel> Models { get; init; } = new Dictionary<string, LanguageModel>();

    /// <summary>GPUs by key.</summary>
    public IReadOnlyDictionary<string, Gpu> Gpus { get; init; } = new Dictionary<string, Gpu>();

    /// <summary>Inference engines by key.</summary>
    public IReadOnlyDictionary<string, InferenceEngine> Engines { get; init; } = new Dictionary<string, InferenceEngine>();

    /// <summary>What the user's own measurements of the models say about modelled figures.</summary>
    public IReadOnlyList<Capacity.Correction> Corrections { get; init; } = [];

    /// <summary>The rows of this one, and those of another that are missing here.</summary>
    public CatalogSnapshot Over(CatalogSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new CatalogSnapshot
        {
            Prices = Over(Prices, other.Prices),
            Instances = Over(Instances, other.Instances),
            Models = Over(Models, other.Models),
            Gpus = Over(Gpus, other.Gpus),
            Engines = Over(Engines, other.Engines),
            Corrections = [.. Corrections.UnionBy(other.Corrections, correction => correction.Deployment)],
        };
    }

    private static Dictionary<string, T> Over<T>(IReadOnlyDictionary<string, T> first, IReadOnlyDictionary<string, T> second)
    {
        var rows = new Dictionary<string, T>(second);
        foreach (var (key, row) in first)
            rows[key] = row;
        return rows;
    }
}
