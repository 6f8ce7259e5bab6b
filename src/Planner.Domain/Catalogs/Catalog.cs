namespace Planner.Domain.Catalogs;

/// <summary>Where a fact comes from and when it held.</summary>
/// <param name="Source">Name of the source: a feed's id, a vendor's page, or <c>user</c>.</param>
/// <param name="Url">Address of the source; null where there is none.</param>
/// <param name="AsOf">Day on which the fact held.</param>
public sealed record Provenance(string Source, string? Url, DateOnly AsOf);

/// <summary>A price sheet: what one seller asks for one model.</summary>
/// <param name="Key">Key of the sheet: <c>seller:model</c>, with <c>@region</c> where prices differ by region.</param>
/// <param name="Seller">Who sells it, in lower case: <c>openai</c>, <c>anthropic</c>, <c>groq</c>.</param>
/// <param name="Name">Name of the model as sold.</param>
/// <param name="Prices">Prices per million tokens; unknown ones are null.</param>
/// <param name="ContextTokens">Longest prompt, tokens; null where unknown.</param>
/// <param name="DeprecatedFrom">Day from which the vendor no longer serves it; null where none is announced.</param>
/// <param name="Provenance">Source and date of the prices.</param>
public sealed record PriceSheet(
    string Key, string Seller, string Name, Scenarios.TokenPrices Prices, int? ContextTokens, DateOnly? DeprecatedFrom, Provenance Provenance)
{
    /// <summary>Prices that a source says will hold from a later month on, the earliest first; empty where none are announced.</summary>
    public IReadOnlyList<Scenarios.AnnouncedPrice> Announced { get; init; } = [];

    /// <summary>What other sources say of the same offer, where it is not the same; empty where they agree or nobody else lists it.</summary>
    public IReadOnlyList<OtherQuote> OtherQuotes { get; init; } = [];
}

/// <summary>What another source says that a sheet costs.</summary>
/// <param name="Prices">Its prices per million tokens.</param>
/// <param name="Provenance">The source and the day.</param>
public sealed record OtherQuote(Scenarios.TokenPrices Prices, Provenance Provenance);

/// <summary>A machine that can be rented by the hour.</summary>
/// <param name="Key">Key of the instance: <c>cloud:type:region</c>.</param>
/// <param name="Cloud">Who rents it out, in lower case: <c>aws</c>, <c>gcp</c>, <c>azure</c>, <c>lambda</c>, <c>runpod</c>.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region or zone of the price.</param>
/// <param name="Gpu">Key of its GPUs in the catalog.</param>
/// <param name="GpuCount">Number of GPUs, at least 1; of virtual CPUs where <paramref name="Gpu"/> is one.</param>
/// <param name="GpuMemoryGb">Memory of one GPU as sold, GB.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">USD an hour for the whole machine.</param>
/// <param name="Provenance">Source and date of the prices.</param>
public sealed record Instance(
    string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb,
    HourlyPrices Prices, Provenance Provenance)
{
    /// <summary>What other sources say of the same machine on demand or reserved, where it is not the same; empty where they agree or nobody else lists it.</summary>
    public IReadOnlyList<OtherHourlyQuote> OtherQuotes { get; init; } = [];
}

/// <summary>What another source says that an instance costs.</summary>
/// <param name="Prices">Its prices, USD an hour for the whole machine.</param>
/// <param name="Provenance">The source and the day.</param>
public sealed record OtherHourlyQuote(HourlyPrices Prices, Provenance Provenance);

/// <summary>USD an hour for the whole machine by way of buying; null where there is no such offer or it is unknown.</summary>
/// <param name="OnDemandUsd">Paid by the running hour.</param>
/// <param name="SpotUsd">Interruptible.</param>
/// <param name="Reserved1YUsd">Committed for a year, nothing upfront.</param>
/// <param name="Reserved3YUsd">Committed for three years, nothing upfront.</param>
public sealed record HourlyPrices(decimal? OnDemandUsd, decimal? SpotUsd, decimal? Reserved1YUsd, decimal? Reserved3YUsd);

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
