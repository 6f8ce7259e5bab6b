using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>The facts of models, GPUs and engines.</summary>
public static class FactSheets
{
    public static FactSheet<LanguageModel> Models => new(
    [
        new(ModelsTexts.Model, "",
        [
            new("name", ModelsTexts.Name, FactInput.Text),
            new("kind", ModelsTexts.Kind, FactInput.Choice) { Options = [new("dense", ModelsTexts.KindDense), new("moe", ModelsTexts.KindMoe), new("encoder", ModelsTexts.KindEncoder)] },
            new("parametersB", ModelsTexts.Parameters, FactInput.Number) { Unit = ModelsTexts.UnitBillion },
            new("activeParametersB", ModelsTexts.ActiveForToken, FactInput.Number) { Unit = ModelsTexts.UnitBillion, Hint = ModelsTexts.HintActive },
            new("contextTokens", ModelsTexts.LongestContext, FactInput.Whole) { Unit = ModelsTexts.UnitTokens },
            new("nativePrecision", ModelsTexts.PublishedIn, FactInput.Choice) { Options = Words(FactRules.NativePrecisions) },
            new("license", ModelsTexts.License, FactInput.Text),
            new("huggingFaceId", ModelsTexts.HuggingFaceId, FactInput.Text) { Optional = true },
            new("aliases", ModelsTexts.OtherNames, FactInput.Words) { Optional = true, Hint = ModelsTexts.HintCommas },
        ]),
        new(ModelsTexts.Architecture, "architecture",
        [
            new("architecture.layers", ModelsTexts.Layers, FactInput.Whole),
            new("architecture.hiddenSize", ModelsTexts.HiddenSize, FactInput.Whole),
            new("architecture.intermediateSize", ModelsTexts.FeedForwardWidth, FactInput.Whole) { Hint = ModelsTexts.HintFeedForward },
            new("architecture.mlpMatrices", ModelsTexts.FeedForwardMatrices, FactInput.Whole) { Hint = ModelsTexts.HintMatrices },
            new("architecture.heads", ModelsTexts.QueryHeads, FactInput.Whole),
            new("architecture.kvHeads", ModelsTexts.KvHeads, FactInput.Whole) { Hint = ModelsTexts.HintKvHeads },
            new("architecture.headDim", ModelsTexts.HeadSize, FactInput.Whole),
            new("architecture.vocabularySize", ModelsTexts.Vocabulary, FactInput.Whole) { Unit = ModelsTexts.UnitTokens },
            new("architecture.tiedEmbeddings", ModelsTexts.TiedEmbeddings, FactInput.Flag),
        ]) { Hint = ModelsTexts.HintNoShape },
        new(ModelsTexts.Experts, "architecture.experts",
        [
            new("architecture.experts.layers", ModelsTexts.ExpertLayers, FactInput.Whole),
            new("architecture.experts.count", ModelsTexts.ExpertsPerLayer, FactInput.Whole),
            new("architecture.experts.active", ModelsTexts.ActiveForToken, FactInput.Whole),
            new("architecture.experts.intermediateSize", ModelsTexts.ExpertWidth, FactInput.Whole),
            new("architecture.experts.sharedIntermediateSize", ModelsTexts.SharedExpertWidth, FactInput.Whole) { Hint = ModelsTexts.HintSharedExpert },
        ]) { Hint = ModelsTexts.HintExperts },
        new(ModelsTexts.SlidingWindow, "architecture.window",
        [
            new("architecture.window.tokens", ModelsTexts.Window, FactInput.Whole) { Unit = ModelsTexts.UnitTokens },
            new("architecture.window.layerShare", ModelsTexts.LayerShare, FactInput.Number) { Hint = ModelsTexts.HintLayerShare },
        ]) { Hint = ModelsTexts.HintWindow },
        new(ModelsTexts.LatentAttention, "architecture.latent",
        [
            new("architecture.latent.kvRank", ModelsTexts.KvRank, FactInput.Whole) { Hint = "kv_lora_rank" },
            new("architecture.latent.queryRank", ModelsTexts.QueryRank, FactInput.Whole) { Hint = "q_lora_rank" },
            new("architecture.latent.ropeDim", ModelsTexts.PositionPart, FactInput.Whole) { Hint = "qk_rope_head_dim" },
            new("architecture.latent.nopeDim", ModelsTexts.OtherPart, FactInput.Whole) { Hint = "qk_nope_head_dim" },
            new("architecture.latent.valueDim", ModelsTexts.ValueHeadSize, FactInput.Whole) { Hint = "v_head_dim" },
        ]) { Hint = ModelsTexts.HintLatent },
    ]);

    public static FactSheet<Gpu> Gpus => new(
    [
        new(ModelsTexts.Gpu, "",
        [
            new("name", ModelsTexts.Name, FactInput.Text),
            new("vendor", ModelsTexts.Vendor, FactInput.Text) { Hint = ModelsTexts.HintVendor },
            new("memoryGb", ModelsTexts.Memory, FactInput.Number) { Unit = "GB" },
            new("usableMemoryGib", ModelsTexts.UsableMemory, FactInput.Number) { Unit = "GiB", Optional = true, Hint = ModelsTexts.HintUsableMemory },
            new("bandwidthGbPerSecond", ModelsTexts.MemoryBandwidth, FactInput.Number) { Unit = "GB/s" },
            new("powerWatts", ModelsTexts.BoardPower, FactInput.Number) { Unit = "W", Optional = true },
            new("aliases", ModelsTexts.OtherNames, FactInput.Words) { Optional = true, Hint = ModelsTexts.HintCommas },
        ]),
        new(ModelsTexts.PeakDense, "",
        [
            new("bf16Tflops", "BF16", FactInput.Number) { Unit = "TFLOPS", Optional = true },
            new("fp8Tflops", "FP8", FactInput.Number) { Unit = "TFLOPS", Optional = true },
            new("int8Tops", "INT8", FactInput.Number) { Unit = "TOPS", Optional = true },
            new("fp4Tflops", "FP4", FactInput.Number) { Unit = "TFLOPS", Optional = true },
        ]) { Hint = ModelsTexts.HintPeak },
        new(ModelsTexts.GpuLink, "",
        [
            new("linkGbPerSecond", ModelsTexts.LinkBandwidth, FactInput.Number) { Unit = "GB/s", Optional = true },
            new("linkType", ModelsTexts.Kind, FactInput.Text) { Optional = true, Hint = ModelsTexts.HintLinkType },
        ]),
    ]);

    public static FactSheet<InferenceEngine> Engines => new(
    [
        new(ModelsTexts.Engine, "",
        [
            new("name", ModelsTexts.Name, FactInput.Text),
            new("timing", ModelsTexts.TimesOf, FactInput.Choice) { Options = Words(FactRules.Timings), Hint = ModelsTexts.HintTimes },
            new("speedFactor", ModelsTexts.Speed, FactInput.Number) { Unit = "×", Hint = ModelsTexts.HintSpeed },
            new("maxSequences", ModelsTexts.SequencesAtOnce, FactInput.Whole) { Hint = ModelsTexts.HintSequences },
            new("chunkTokens", ModelsTexts.PromptChunk, FactInput.Whole) { Unit = ModelsTexts.UnitTokens, Hint = ModelsTexts.HintChunk },
            new("precisions", ModelsTexts.Precisions, FactInput.Words) { Hint = ModelsTexts.HintPrecisions.With(string.Join(", ", FactRules.NativePrecisions)) },
            new("license", ModelsTexts.License, FactInput.Text),
            new("aliases", ModelsTexts.OtherNames, FactInput.Words) { Optional = true, Hint = ModelsTexts.HintCommas },
        ]),
    ]);

    private static IReadOnlyList<SelectOption> Words(IReadOnlyList<string> words) => [.. words.Select(word => new SelectOption(word, word))];
}
