namespace Planner.Domain.Catalogs;

/// <summary>What is known of a model, a GPU or an inference engine: facts that do not change by the day, as prices do.</summary>
/// <param name="Key">Key in the catalog, without spaces.</param>
/// <param name="Name">Name as published.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public abstract record CatalogFacts(string Key, string Name, Provenance Provenance)
{
    /// <summary>Other names under which benchmark files know it, without regard to case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>A language model whose weights one can run.</summary>
/// <param name="Key">Key in the catalog, such as <c>llama-3-70b</c>.</param>
/// <param name="Name">Name as published.</param>
/// <param name="HuggingFaceId">Repository of the weights; null where there is none.</param>
/// <param name="Kind"><c>dense</c>, <c>moe</c> or <c>encoder</c>.</param>
/// <param name="ParametersB">Parameters, billions.</param>
/// <param name="ActiveParametersB">Parameters active for one token, billions; equals <paramref name="ParametersB"/> unless it is a mixture of experts or an encoder, whose embedding table does no arithmetic.</param>
/// <param name="ContextTokens">Longest context, tokens.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public sealed record LanguageModel(
    string Key, string Name, string? HuggingFaceId, string Kind, decimal ParametersB, decimal ActiveParametersB, int ContextTokens,
    string License, Provenance Provenance) : CatalogFacts(Key, Name, Provenance)
{
    /// <summary>The shape that capacity is modelled from; null where it is not known, and then only a stated or measured throughput counts.</summary>
    public ModelArchitecture? Architecture { get; init; }

    /// <summary>Precision in which the weights are published: <c>bf16</c>, <c>fp8</c>, <c>int4</c>, <c>mxfp4</c>.</summary>
    public string NativePrecision { get; init; } = "bf16";
}

/// <summary>A GPU or accelerator.</summary>
/// <param name="Key">Key in the catalog, such as <c>H100-SXM</c>.</param>
/// <param name="Name">Name as sold.</param>
/// <param name="Vendor">Maker, in lower case.</param>
/// <param name="MemoryGb">Memory, GB as sold.</param>
/// <param name="BandwidthGbPerSecond">Memory bandwidth, GB/s.</param>
/// <param name="Bf16Tflops">Dense BF16 (FP16 where it has no BF16) peak, TFLOPS; null where unknown.</param>
/// <param name="Fp8Tflops">Dense FP8 peak, TFLOPS; null where it has none.</param>
/// <param name="PowerWatts">Board power, watts; null where unknown.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public sealed record Gpu(
    string Key, string Name, string Vendor, decimal MemoryGb, decimal BandwidthGbPerSecond, decimal? Bf16Tflops, decimal? Fp8Tflops, decimal? PowerWatts,
    Provenance Provenance) : CatalogFacts(Key, Name, Provenance)
{
    /// <summary>Memory that programs can use, GiB, where it is less than sold because error correction takes its part; null for all of <see cref="MemoryGb"/>, read as GiB.</summary>
    public decimal? UsableMemoryGib { get; init; }

    /// <summary>Dense INT8 peak, TOPS; null where it has none.</summary>
    public decimal? Int8Tops { get; init; }

    /// <summary>Dense FP4 peak, TFLOPS; null where it has none.</summary>
    public decimal? Fp4Tflops { get; init; }

    /// <summary>Bandwidth to the other GPUs of its machine in one direction, GB/s; null where it has no such link or it is unknown.</summary>
    public decimal? LinkGbPerSecond { get; init; }

    /// <summary>Kind of that link as published: <c>NVLink4</c>, <c>PCIe4</c>, <c>Infinity Fabric</c>; null where unknown.</summary>
    public string? LinkType { get; init; }
}

/// <summary>An inference server.</summary>
/// <param name="Key">Key in the catalog, such as <c>vllm</c>.</param>
/// <param name="Name">Name as published.</param>
/// <param name="Timing">Whose fitted times apply: <c>vllm</c>, <c>vllm-2024</c>, <c>sglang</c>, <c>tensorrt-llm</c>, <c>llama.cpp</c> or <c>tei</c>.</param>
/// <param name="SpeedFactor">Its throughput ÷ that of <paramref name="Timing"/>, 0.1 to 10; 1 for the same.</param>
/// <param name="MaxSequences">Sequences that a replica runs at once unless configured otherwise, at least 1.</param>
/// <param name="ChunkTokens">Prompt tokens of one forward pass, at least 1.</param>
/// <param name="Precisions">Precisions of weights that it runs.</param>
/// <param name="License">Its licence.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public sealed record InferenceEngine(
    string Key, string Name, string Timing, decimal SpeedFactor, int MaxSequences, int ChunkTokens, IReadOnlyList<string> Precisions, string License,
    Provenance Provenance) : CatalogFacts(Key, Name, Provenance);

/// <summary>The values of <see cref="LanguageModel.Kind"/>.</summary>
public static class ModelKinds
{
    /// <summary>Every weight works on every token.</summary>
    public const string Dense = "dense";

    /// <summary>A mixture of experts.</summary>
    public const string Mixture = "moe";

    /// <summary>Reads a text and generates nothing.</summary>
    public const string Encoder = "encoder";
}
