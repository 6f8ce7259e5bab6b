using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>Where a fact comes from. Facts of a chip or of weights do not age as prices do, so there is no badge.</summary>
/// <param name="Name">The source, or "you".</param>
/// <param name="Url">Its address; null where there is none that a link may lead to.</param>
/// <param name="AsOf">Day on which it was read.</param>
public sealed record FactSource(string Name, string? Url, string AsOf)
{
    public static FactSource From(Provenance provenance, bool yours)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        return new(yours ? CatalogTexts.You : provenance.Source, SourceModel.LinkOf(provenance.Url), Format.Day(provenance.AsOf));
    }
}

/// <summary>What every row of these grids has. Numbers stay numbers, so that the grid sorts them; a search looks in the words.</summary>
public abstract record FactRowModel(string Key, string Name, string Words, FactSource Source, IReadOnlyList<Flag> Flags, bool Retired)
{
    /// <summary>True where every word occurs.</summary>
    public bool Matches(string? search) =>
        (search ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).All(word => Words.Contains(word, StringComparison.OrdinalIgnoreCase));

    protected static string WordsOf(CatalogFacts facts, params string?[] more)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return string.Join(' ', [facts.Key, facts.Name, .. facts.Aliases, .. more]);
    }

    protected static FactSource SourceOf<TFacts>(FactEntry<TFacts> entry) where TFacts : CatalogFacts
    {
        ArgumentNullException.ThrowIfNull(entry);
        return FactSource.From(entry.Facts.Provenance, entry.State.UserPrices);
    }
}

/// <summary>A row of the model grid.</summary>
public sealed record ModelRowModel(
    string Key, string Name, string Words, string Kind, decimal ParametersB, decimal ActiveParametersB, int? Layers, int? HiddenSize, int? KvHeads, int? HeadDim,
    int ContextTokens, string License, string? HuggingFaceId, FactSource Source, IReadOnlyList<Flag> Flags, bool Retired)
    : FactRowModel(Key, Name, Words, Source, Flags, Retired)
{
    public static string NotModelled => ModelsTexts.NotModelled;

    public static ModelRowModel From(FactEntry<LanguageModel> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (model, shape) = (entry.Facts, entry.Facts.Architecture);
        IReadOnlyList<Flag> flags = shape is null ? [.. Flag.Of(entry.State, []), new(ModelsTexts.FlagNotModelled, StatusKind.Warning, NotModelled)] : Flag.Of(entry.State, []);
        return new(
            model.Key, model.Name, WordsOf(model, model.HuggingFaceId, model.Kind), model.Kind, model.ParametersB, model.ActiveParametersB, shape?.Layers,
            shape?.HiddenSize, shape?.KvHeads, shape?.HeadDim, model.ContextTokens, model.License, model.HuggingFaceId, SourceOf(entry), flags, entry.State.Retired);
    }
}

/// <summary>A row of the GPU grid.</summary>
public sealed record GpuRowModel(
    string Key, string Name, string Words, string Vendor, decimal MemoryGb, decimal BandwidthGbPerSecond, decimal? Bf16Tflops, decimal? Fp8Tflops,
    decimal? Fp4Tflops, decimal? LinkGbPerSecond, string? LinkType, decimal? PowerWatts, FactSource Source, IReadOnlyList<Flag> Flags, bool Retired)
    : FactRowModel(Key, Name, Words, Source, Flags, Retired)
{
    public static GpuRowModel From(FactEntry<Gpu> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var gpu = entry.Facts;
        return new(
            gpu.Key, gpu.Name, WordsOf(gpu, gpu.Vendor), gpu.Vendor, gpu.MemoryGb, gpu.BandwidthGbPerSecond, gpu.Bf16Tflops, gpu.Fp8Tflops, gpu.Fp4Tflops,
            gpu.LinkGbPerSecond, gpu.LinkType, gpu.PowerWatts, SourceOf(entry), Flag.Of(entry.State, []), entry.State.Retired);
    }
}

/// <summary>A row of the engine grid.</summary>
public sealed record EngineRowModel(
    string Key, string Name, string Words, string Timing, decimal SpeedFactor, int MaxSequences, int ChunkTokens, string Precisions, string License,
    FactSource Source, IReadOnlyList<Flag> Flags, bool Retired) : FactRowModel(Key, Name, Words, Source, Flags, Retired)
{
    public static EngineRowModel From(FactEntry<InferenceEngine> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var engine = entry.Facts;
        return new(
            engine.Key, engine.Name, WordsOf(engine), engine.Timing, engine.SpeedFactor, engine.MaxSequences, engine.ChunkTokens,
            string.Join(", ", engine.Precisions), engine.License, SourceOf(entry), Flag.Of(entry.State, []), entry.State.Retired);
    }
}
