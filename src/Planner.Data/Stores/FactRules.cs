using Planner.Domain;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>What the facts of a model, a GPU or an engine must satisfy before they may be stored.</summary>
public static class FactRules
{
    /// <summary>Kinds of models.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [ModelKinds.Dense, ModelKinds.Mixture, ModelKinds.Encoder];

    /// <summary>Precisions that weights are published in.</summary>
    public static IReadOnlyList<string> NativePrecisions { get; } = ["bf16", "fp16", "fp8", "int8", "int4", "fp4", "mxfp4"];

    /// <summary>Engines whose times were fitted.</summary>
    public static IReadOnlyList<string> Timings => EngineTimings.All;

    private const int MostAliases = 100;
    private const decimal MostParametersB = 100_000m;
    private const decimal MostTflops = 1_000_000m;
    private const decimal FastestGbPerSecond = 1_000_000m;
    private const decimal LargestMemory = 100_000m;
    private const int MostLayers = 10_000;
    private const int LargestSize = 100_000_000;

    /// <summary>All faults of the facts; empty where they are sound.</summary>
    public static IReadOnlyList<Problem> Check(CatalogFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var problems = new List<Problem>();
        CatalogRules.CheckKey(problems, facts.Key);
        CatalogRules.CheckText(problems, "name", facts.Name);
        CheckAliases(problems, facts.Aliases);
        switch (facts)
        {
            case LanguageModel model:
                CheckModel(problems, model);
                break;
            case Gpu gpu:
                CheckGpu(problems, gpu);
                break;
            case InferenceEngine engine:
                CheckEngine(problems, engine);
                break;
        }

        return problems;
    }

    private static void CheckModel(List<Problem> problems, LanguageModel model)
    {
        if (model.HuggingFaceId is not null)
            CatalogRules.CheckText(problems, "huggingFaceId", model.HuggingFaceId);
        OneOf(problems, "kind", model.Kind, Kinds);
        CatalogRules.CheckAbove(problems, "parametersB", model.ParametersB, MostParametersB);
        CatalogRules.CheckAbove(problems, "activeParametersB", model.ActiveParametersB, MostParametersB);
        if (model.ActiveParametersB > model.ParametersB)
            problems.Add(new Problem("activeParametersB", Texts.FactAtMost.With("parametersB", model.ParametersB)));
        CatalogRules.CheckAbove(problems, "contextTokens", model.ContextTokens, PriceRules.LongestPrompt);
        CatalogRules.CheckText(problems, "license", model.License);
        OneOf(problems, "nativePrecision", model.NativePrecision, NativePrecisions);
        if (model.Architecture is { } architecture)
            CheckArchitecture(problems, architecture);
    }

    private static void CheckArchitecture(List<Problem> problems, ModelArchitecture shape)
    {
        const string at = "architecture.";
        Whole(problems, $"{at}layers", shape.Layers, 1, MostLayers);
        Whole(problems, $"{at}hiddenSize", shape.HiddenSize, 1, LargestSize);
        // A model whose layers all have experts has no dense feed-forward part; any other has.
        Whole(problems, $"{at}intermediateSize", shape.IntermediateSize, shape.Experts is { } mixture && mixture.Layers == shape.Layers ? 0 : 1, LargestSize);
        Whole(problems, $"{at}mlpMatrices", shape.MlpMatrices, 2, 3);
        Whole(problems, $"{at}heads", shape.Heads, 1, MostLayers);
        Whole(problems, $"{at}kvHeads", shape.KvHeads, 1, Math.Max(1, shape.Heads));
        if (shape is { Heads: > 0, KvHeads: > 0 } && shape.KvHeads <= shape.Heads && shape.Heads % shape.KvHeads != 0)
            problems.Add(new Problem($"{at}kvHeads", Texts.FactDivides.With("heads", shape.Heads)));
        Whole(problems, $"{at}headDim", shape.HeadDim, 1, LargestSize);
        Whole(problems, $"{at}vocabularySize", shape.VocabularySize, 1, LargestSize);
        if (shape.Latent is { } latent)
        {
            Whole(problems, $"{at}latent.kvRank", latent.KvRank, 1, LargestSize);
            Whole(problems, $"{at}latent.queryRank", latent.QueryRank, 1, LargestSize);
            Whole(problems, $"{at}latent.ropeDim", latent.RopeDim, 0, LargestSize);
            Whole(problems, $"{at}latent.nopeDim", latent.NopeDim, 1, LargestSize);
            Whole(problems, $"{at}latent.valueDim", latent.ValueDim, 1, LargestSize);
        }

        if (shape.Window is { } window)
        {
            Whole(problems, $"{at}window.tokens", window.Tokens, 1, LargestSize);
            if (window.LayerShare is <= 0 or > 1)
                problems.Add(new Problem($"{at}window.layerShare", Texts.FactShare));
        }

        if (shape.Experts is { } experts)
        {
            Whole(problems, $"{at}experts.layers", experts.Layers, 1, Math.Max(1, shape.Layers));
            Whole(problems, $"{at}experts.count", experts.Count, 1, MostLayers);
            Whole(problems, $"{at}experts.active", experts.Active, 1, Math.Max(1, experts.Count));
            Whole(problems, $"{at}experts.intermediateSize", experts.IntermediateSize, 1, LargestSize);
            Whole(problems, $"{at}experts.sharedIntermediateSize", experts.SharedIntermediateSize, 0, LargestSize);
        }
    }

    private static void CheckGpu(List<Problem> problems, Gpu gpu)
    {
        CatalogRules.CheckText(problems, "vendor", gpu.Vendor);
        CatalogRules.CheckAbove(problems, "memoryGb", gpu.MemoryGb, LargestMemory);
        CatalogRules.CheckAbove(problems, "usableMemoryGib", gpu.UsableMemoryGib, LargestMemory);
        if (gpu.UsableMemoryGib > gpu.MemoryGb)
            problems.Add(new Problem("usableMemoryGib", Texts.FactAtMost.With("memoryGb", gpu.MemoryGb)));
        CatalogRules.CheckAbove(problems, "bandwidthGbPerSecond", gpu.BandwidthGbPerSecond, FastestGbPerSecond);
        CatalogRules.CheckAbove(problems, "bf16Tflops", gpu.Bf16Tflops, MostTflops);
        CatalogRules.CheckAbove(problems, "fp8Tflops", gpu.Fp8Tflops, MostTflops);
        CatalogRules.CheckAbove(problems, "int8Tops", gpu.Int8Tops, MostTflops);
        CatalogRules.CheckAbove(problems, "fp4Tflops", gpu.Fp4Tflops, MostTflops);
        CatalogRules.CheckAbove(problems, "linkGbPerSecond", gpu.LinkGbPerSecond, FastestGbPerSecond);
        if (gpu.LinkType is not null)
            CatalogRules.CheckText(problems, "linkType", gpu.LinkType);
        CatalogRules.CheckAbove(problems, "powerWatts", gpu.PowerWatts, 100_000m);
    }

    private static void CheckEngine(List<Problem> problems, InferenceEngine engine)
    {
        OneOf(problems, "timing", engine.Timing, Timings);
        if (engine.SpeedFactor is < 0.1m or > 10m)
            problems.Add(new Problem("speedFactor", Texts.FactBetween.With(0.1m, 10m)));
        Whole(problems, "maxSequences", engine.MaxSequences, 1, 1_000_000);
        Whole(problems, "chunkTokens", engine.ChunkTokens, 1, 10_000_000);
        if (engine.Precisions is not { Count: > 0 })
            problems.Add(new Problem("precisions", Texts.CatalogRequired));
        else if (engine.Precisions.Any(word => !NativePrecisions.Contains(word)))
            problems.Add(new Problem("precisions", Texts.FactOneOf.With(string.Join(", ", NativePrecisions))));
        CatalogRules.CheckText(problems, "license", engine.License);
    }

    private static void CheckAliases(List<Problem> problems, IReadOnlyList<string> aliases)
    {
        if (aliases.Count > MostAliases)
            problems.Add(new Problem("aliases", Texts.CatalogTooLarge.With(MostAliases)));
        for (var index = 0; index < Math.Min(aliases.Count, MostAliases); index++)
            CatalogRules.CheckText(problems, $"aliases[{index}]", aliases[index]);
    }

    private static void OneOf(List<Problem> problems, string path, string word, IReadOnlyList<string> allowed)
    {
        if (!allowed.Contains(word))
            problems.Add(new Problem(path, Texts.FactOneOf.With(string.Join(", ", allowed))));
    }

    private static void Whole(List<Problem> problems, string path, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
            problems.Add(new Problem(path, Texts.FactBetween.With(lowest, highest)));
    }
}
