using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>The facts of models, GPUs and engines.</summary>
public static class FactSheets
{
    private const string NoShape = "Leave all of it empty where it is not known: throughput then cannot be modelled, only stated or measured.";

    public static FactSheet<LanguageModel> Models { get; } = new(
    [
        new("Model", "",
        [
            new("name", "Name", FactInput.Text),
            new("kind", "Kind", FactInput.Choice) { Options = [new("dense", "Dense"), new("moe", "Mixture of experts"), new("encoder", "Encoder (embeddings)")] },
            new("parametersB", "Parameters", FactInput.Number) { Unit = "billion" },
            new("activeParametersB", "Active for a token", FactInput.Number) { Unit = "billion", Hint = "The same, unless experts or an embedding table stand aside" },
            new("contextTokens", "Longest context", FactInput.Whole) { Unit = "tokens" },
            new("nativePrecision", "Published in", FactInput.Choice) { Options = Words(FactRules.NativePrecisions) },
            new("license", "Licence", FactInput.Text),
            new("huggingFaceId", "Hugging Face id", FactInput.Text) { Optional = true },
            new("aliases", "Other names", FactInput.Words) { Optional = true, Hint = "With commas between them" },
        ]),
        new("Architecture", "architecture",
        [
            new("architecture.layers", "Layers", FactInput.Whole),
            new("architecture.hiddenSize", "Hidden size", FactInput.Whole),
            new("architecture.intermediateSize", "Feed-forward width", FactInput.Whole) { Hint = "0 where every layer has experts" },
            new("architecture.mlpMatrices", "Feed-forward matrices", FactInput.Whole) { Hint = "3 gated, 2 plain" },
            new("architecture.heads", "Query heads", FactInput.Whole),
            new("architecture.kvHeads", "KV heads", FactInput.Whole) { Hint = "Divides the query heads" },
            new("architecture.headDim", "Head size", FactInput.Whole),
            new("architecture.vocabularySize", "Vocabulary", FactInput.Whole) { Unit = "tokens" },
            new("architecture.tiedEmbeddings", "Output head shares the embeddings", FactInput.Flag),
        ]) { Hint = NoShape },
        new("Experts", "architecture.experts",
        [
            new("architecture.experts.layers", "Layers with experts", FactInput.Whole),
            new("architecture.experts.count", "Experts a layer", FactInput.Whole),
            new("architecture.experts.active", "Active for a token", FactInput.Whole),
            new("architecture.experts.intermediateSize", "Width of an expert", FactInput.Whole),
            new("architecture.experts.sharedIntermediateSize", "Width of the shared expert", FactInput.Whole) { Hint = "0 for none" },
        ]) { Hint = "Only for a mixture of experts." },
        new("Sliding window", "architecture.window",
        [
            new("architecture.window.tokens", "Window", FactInput.Whole) { Unit = "tokens" },
            new("architecture.window.layerShare", "Share of layers", FactInput.Number) { Hint = "Above 0 to 1" },
        ]) { Hint = "Only where layers attend to the latest tokens alone." },
        new("Latent attention", "architecture.latent",
        [
            new("architecture.latent.kvRank", "KV rank", FactInput.Whole) { Hint = "kv_lora_rank" },
            new("architecture.latent.queryRank", "Query rank", FactInput.Whole) { Hint = "q_lora_rank" },
            new("architecture.latent.ropeDim", "Position part", FactInput.Whole) { Hint = "qk_rope_head_dim" },
            new("architecture.latent.nopeDim", "Other part", FactInput.Whole) { Hint = "qk_nope_head_dim" },
            new("architecture.latent.valueDim", "Value head size", FactInput.Whole) { Hint = "v_head_dim" },
        ]) { Hint = "Only for models such as DeepSeek's that cache one compressed vector a token." },
    ]);

    public static FactSheet<Gpu> Gpus { get; } = new(
    [
        new("GPU", "",
        [
            new("name", "Name", FactInput.Text),
            new("vendor", "Vendor", FactInput.Text) { Hint = "In lower case, such as nvidia" },
            new("memoryGb", "Memory", FactInput.Number) { Unit = "GB" },
            new("usableMemoryGib", "Usable memory", FactInput.Number) { Unit = "GiB", Optional = true, Hint = "Where error correction takes a part; empty for all" },
            new("bandwidthGbPerSecond", "Memory bandwidth", FactInput.Number) { Unit = "GB/s" },
            new("powerWatts", "Board power", FactInput.Number) { Unit = "W", Optional = true },
            new("aliases", "Other names", FactInput.Words) { Optional = true, Hint = "With commas between them" },
        ]),
        new("Peak, dense", "",
        [
            new("bf16Tflops", "BF16", FactInput.Number) { Unit = "TFLOPS", Optional = true },
            new("fp8Tflops", "FP8", FactInput.Number) { Unit = "TFLOPS", Optional = true },
            new("int8Tops", "INT8", FactInput.Number) { Unit = "TOPS", Optional = true },
            new("fp4Tflops", "FP4", FactInput.Number) { Unit = "TFLOPS", Optional = true },
        ]) { Hint = "Without sparsity. Empty where it has none or it is unknown." },
        new("Link to the other GPUs of its machine", "",
        [
            new("linkGbPerSecond", "Bandwidth, one direction", FactInput.Number) { Unit = "GB/s", Optional = true },
            new("linkType", "Kind", FactInput.Text) { Optional = true, Hint = "Such as NVLink4 or PCIe4" },
        ]),
    ]);

    public static FactSheet<InferenceEngine> Engines { get; } = new(
    [
        new("Engine", "",
        [
            new("name", "Name", FactInput.Text),
            new("timing", "Times of", FactInput.Choice) { Options = Words(FactRules.Timings), Hint = "Whose fitted times apply" },
            new("speedFactor", "Speed", FactInput.Number) { Unit = "×", Hint = "Its throughput ÷ that of the times, 0.1 to 10" },
            new("maxSequences", "Sequences at once", FactInput.Whole) { Hint = "Unless it is configured otherwise" },
            new("chunkTokens", "Prompt chunk", FactInput.Whole) { Unit = "tokens", Hint = "Of one forward pass" },
            new("precisions", "Precisions", FactInput.Words) { Hint = $"With commas: {string.Join(", ", FactRules.NativePrecisions)}" },
            new("license", "Licence", FactInput.Text),
            new("aliases", "Other names", FactInput.Words) { Optional = true, Hint = "With commas between them" },
        ]),
    ]);

    private static IReadOnlyList<SelectOption> Words(IReadOnlyList<string> words) => [.. words.Select(word => new SelectOption(word, word))];
}
