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
    string Key, string Seller, string Name, Scenarios.TokenPrices Prices, int? ContextTokens, DateOnly? DeprecatedFrom, Provenance Provenance);

/// <summary>A machine that can be rented by the hour.</summary>
/// <param name="Key">Key of the instance: <c>cloud:type:region</c>.</param>
/// <param name="Cloud">Who rents it out, in lower case: <c>aws</c>, <c>gcp</c>, <c>azure</c>, <c>lambda</c>, <c>runpod</c>.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region or zone of the price.</param>
/// <param name="Gpu">Key of its GPUs in the catalog.</param>
/// <param name="GpuCount">Number of GPUs, at least 1.</param>
/// <param name="GpuMemoryGb">Memory of one GPU as sold, GB.</param>
/// <param name="Vcpus">Virtual CPUs; null where unknown.</param>
/// <param name="MemoryGb">Main memory, GB; null where unknown.</param>
/// <param name="Prices">USD an hour for the whole machine.</param>
/// <param name="Provenance">Source and date of the prices.</param>
public sealed record Instance(
    string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb,
    HourlyPrices Prices, Provenance Provenance);

/// <summary>USD an hour for the whole machine by way of buying; null where there is no such offer or it is unknown.</summary>
/// <param name="OnDemandUsd">Paid by the running hour.</param>
/// <param name="SpotUsd">Interruptible.</param>
/// <param name="Reserved1YUsd">Committed for a year, nothing upfront.</param>
/// <param name="Reserved3YUsd">Committed for three years, nothing upfront.</param>
public sealed record HourlyPrices(decimal? OnDemandUsd, decimal? SpotUsd, decimal? Reserved1YUsd, decimal? Reserved3YUsd);

/// <summary>A language model whose weights one can run.</summary>
/// <param name="Key">Key in the catalog, such as <c>llama-3-70b</c>.</param>
/// <param name="Name">Name as published.</param>
/// <param name="HuggingFaceId">Repository of the weights; null where there is none.</param>
/// <param name="Kind"><c>dense</c>, <c>moe</c> or <c>encoder</c>.</param>
/// <param name="ParametersB">Parameters, billions.</param>
/// <param name="ActiveParametersB">Parameters active for one token, billions; equals <paramref name="ParametersB"/> unless it is a mixture of experts or an encoder, whose embedding table does no arithmetic.</param>
/// <param name="Layers">Transformer layers.</param>
/// <param name="HiddenSize">Width of the residual stream.</param>
/// <param name="KvHeads">Key-value heads a layer; fewer than query heads under GQA.</param>
/// <param name="HeadDim">Size of one head.</param>
/// <param name="ContextTokens">Longest context, tokens.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="Provenance">Source and date of these facts.</param>
public sealed record LanguageModel(
    string Key, string Name, string? HuggingFaceId, string Kind, decimal ParametersB, decimal ActiveParametersB, int Layers, int HiddenSize, int KvHeads,
    int HeadDim, int ContextTokens, string License, Provenance Provenance)
{
    /// <summary>The shape that capacity is modelled from; null where it is not known, and then only a stated or measured throughput counts.</summary>
    public ModelArchitecture? Architecture { get; init; }

    /// <summary>Precision in which the weights are published: <c>bf16</c>, <c>fp8</c>, <c>int4</c>, <c>mxfp4</c>.</summary>
    public string NativePrecision { get; init; } = "bf16";

    /// <summary>Other names under which benchmark files know it, without regard to case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
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
    Provenance Provenance)
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

    /// <summary>Other names under which benchmark files know it, without regard to case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
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
    Provenance Provenance);

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
}
