using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;

namespace Planner.Web.Api;

/// <summary>A model of the catalog. What is given can be edited and sent back; id, provenance, shipped facts and state are then left aside.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Name">Name as published.</param>
/// <param name="HuggingFaceId">Repository of the weights; null where there is none.</param>
/// <param name="Kind"><c>dense</c>, <c>moe</c> or <c>encoder</c>.</param>
/// <param name="ParametersB">Parameters, billions, above 0.</param>
/// <param name="ActiveParametersB">Parameters active for one token, billions, above 0.</param>
/// <param name="Layers">Transformer layers; null where the architecture is unknown, like the next three. All four repeat the architecture.</param>
/// <param name="HiddenSize">Width of the residual stream.</param>
/// <param name="KvHeads">Key-value heads a layer.</param>
/// <param name="HeadDim">Size of one head.</param>
/// <param name="ContextTokens">Longest context, tokens, at least 1.</param>
/// <param name="NativePrecision">Precision in which the weights are published; <c>bf16</c> where it is left out.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Architecture">The whole shape; null where it is unknown, and then its throughput cannot be modelled.</param>
/// <param name="Note">Why the user changed it; null for none.</param>
/// <param name="Provenance">Source and date of these facts.</param>
/// <param name="Shipped">The shipped facts; null where the user added the row.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record ModelItem(
    string? Id, string Key, string Name, string? HuggingFaceId, string Kind, decimal ParametersB, decimal ActiveParametersB, int? Layers, int? HiddenSize,
    int? KvHeads, int? HeadDim, int ContextTokens, string? NativePrecision, string License, IReadOnlyList<string>? Aliases, ModelArchitecture? Architecture,
    string? Note, Provenance? Provenance, LanguageModel? Shipped, RowState? State)
{
    public static ModelItem From(FactEntry<LanguageModel> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (model, shape) = (entry.Facts, entry.Facts.Architecture);
        return new(
            model.Key, model.Key, model.Name, model.HuggingFaceId, model.Kind, model.ParametersB, model.ActiveParametersB, shape?.Layers, shape?.HiddenSize,
            shape?.KvHeads, shape?.HeadDim, model.ContextTokens, model.NativePrecision, model.License, model.Aliases, shape, entry.State.UserNote,
            model.Provenance, entry.Shipped, entry.State);
    }

    /// <summary>The facts to store. A null that no fact may have is left to the store's rules, which name its field.</summary>
    public FactEdit<LanguageModel> ToEdit() => new(
        Key ?? "",
        new LanguageModel(Key ?? "", Name, HuggingFaceId, Kind, ParametersB, ActiveParametersB, ContextTokens, License, null!)
        {
            NativePrecision = NativePrecision ?? "bf16",
            Aliases = Aliases ?? [],
            Architecture = Architecture,
        },
        Note);

    /// <summary>Copies of the architecture that say something else than it does.</summary>
    public IReadOnlyList<Problem> ShapeProblems()
    {
        (string Path, int? Copy, int? Value)[] copies =
        [
            ("layers", Layers, Architecture?.Layers), ("hiddenSize", HiddenSize, Architecture?.HiddenSize), ("kvHeads", KvHeads, Architecture?.KvHeads),
            ("headDim", HeadDim, Architecture?.HeadDim),
        ];
        return [.. copies.Where(copy => copy.Copy is not null && copy.Copy != copy.Value).Select(copy => new Problem(copy.Path, ApiTexts.CopyDiffers.With($"architecture.{copy.Path}")))];
    }
}

/// <summary>A GPU of the catalog. What is given can be edited and sent back; id, provenance, shipped facts and state are then left aside.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Name">Name as sold.</param>
/// <param name="Vendor">Maker, in lower case.</param>
/// <param name="MemoryGb">Memory, GB as sold, above 0.</param>
/// <param name="UsableMemoryGib">Memory that programs can use, GiB, where it is less; null for all of it.</param>
/// <param name="BandwidthGbPerSecond">Memory bandwidth, GB/s, above 0.</param>
/// <param name="Bf16Tflops">Dense BF16 peak, TFLOPS; null where unknown.</param>
/// <param name="Fp8Tflops">Dense FP8 peak, TFLOPS; null where it has none.</param>
/// <param name="Int8Tops">Dense INT8 peak, TOPS; null where it has none.</param>
/// <param name="Fp4Tflops">Dense FP4 peak, TFLOPS; null where it has none.</param>
/// <param name="LinkGbPerSecond">Bandwidth to the other GPUs of its machine in one direction, GB/s; null where unknown.</param>
/// <param name="LinkType">Kind of that link; null where unknown.</param>
/// <param name="PowerWatts">Board power, watts; null where unknown.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Note">Why the user changed it; null for none.</param>
/// <param name="Provenance">Source and date of these facts.</param>
/// <param name="Shipped">The shipped facts; null where the user added the row.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record GpuItem(
    string? Id, string Key, string Name, string Vendor, decimal MemoryGb, decimal? UsableMemoryGib, decimal BandwidthGbPerSecond, decimal? Bf16Tflops,
    decimal? Fp8Tflops, decimal? Int8Tops, decimal? Fp4Tflops, decimal? LinkGbPerSecond, string? LinkType, decimal? PowerWatts,
    IReadOnlyList<string>? Aliases, string? Note, Provenance? Provenance, Gpu? Shipped, RowState? State)
{
    public static GpuItem From(FactEntry<Gpu> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var gpu = entry.Facts;
        return new(
            gpu.Key, gpu.Key, gpu.Name, gpu.Vendor, gpu.MemoryGb, gpu.UsableMemoryGib, gpu.BandwidthGbPerSecond, gpu.Bf16Tflops, gpu.Fp8Tflops, gpu.Int8Tops,
            gpu.Fp4Tflops, gpu.LinkGbPerSecond, gpu.LinkType, gpu.PowerWatts, gpu.Aliases, entry.State.UserNote, gpu.Provenance, entry.Shipped, entry.State);
    }

    /// <summary>The facts to store. A null that no fact may have is left to the store's rules, which name its field.</summary>
    public FactEdit<Gpu> ToEdit() => new(
        Key ?? "",
        new Gpu(Key ?? "", Name, Vendor, MemoryGb, BandwidthGbPerSecond, Bf16Tflops, Fp8Tflops, PowerWatts, null!)
        {
            UsableMemoryGib = UsableMemoryGib,
            Int8Tops = Int8Tops,
            Fp4Tflops = Fp4Tflops,
            LinkGbPerSecond = LinkGbPerSecond,
            LinkType = LinkType,
            Aliases = Aliases ?? [],
        },
        Note);
}

/// <summary>An inference engine of the catalog. What is given can be edited and sent back; id, provenance, shipped facts and state are then left aside.</summary>
/// <param name="Id">Its id in addresses: the key.</param>
/// <param name="Key">The key that documents name it by.</param>
/// <param name="Name">Name as published.</param>
/// <param name="Timing">Whose fitted times apply: <c>vllm</c>, <c>vllm-2024</c>, <c>sglang</c>, <c>tensorrt-llm</c>, <c>llama.cpp</c> or <c>tei</c>.</param>
/// <param name="SpeedFactor">Its throughput ÷ that of the timing, 0.1 to 10; 1 for the same, and where it is left out.</param>
/// <param name="MaxSequences">Sequences that a replica runs at once unless configured otherwise, at least 1.</param>
/// <param name="ChunkTokens">Prompt tokens of one forward pass, at least 1.</param>
/// <param name="Precisions">Precisions of weights that it runs, at least one.</param>
/// <param name="License">Its licence.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Note">Why the user changed it; null for none.</param>
/// <param name="Provenance">Source and date of these facts.</param>
/// <param name="Shipped">The shipped facts; null where the user added the row.</param>
/// <param name="State">Where the row stands, with the version that its ETag names.</param>
public sealed record EngineItem(
    string? Id, string Key, string Name, string Timing, decimal? SpeedFactor, int MaxSequences, int ChunkTokens, IReadOnlyList<string> Precisions,
    string License, IReadOnlyList<string>? Aliases, string? Note, Provenance? Provenance, InferenceEngine? Shipped, RowState? State)
{
    public static EngineItem From(FactEntry<InferenceEngine> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var engine = entry.Facts;
        return new(
            engine.Key, engine.Key, engine.Name, engine.Timing, engine.SpeedFactor, engine.MaxSequences, engine.ChunkTokens, engine.Precisions, engine.License,
            engine.Aliases, entry.State.UserNote, engine.Provenance, entry.Shipped, entry.State);
    }

    /// <summary>The facts to store. A null that no fact may have is left to the store's rules, which name its field.</summary>
    public FactEdit<InferenceEngine> ToEdit() => new(
        Key ?? "",
        new InferenceEngine(Key ?? "", Name, Timing, SpeedFactor ?? 1, MaxSequences, ChunkTokens, Precisions, License, null!) { Aliases = Aliases ?? [] },
        Note);
}
