using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>Predicts what an option's replica delivers, or says which fact is missing.</summary>
public static class CapacityEstimator
{
    /// <summary>Share of a GPU's memory that engines fill unless told otherwise.</summary>
    public const decimal DefaultMemoryUtilization = 0.9m;

    private const int MostGpusWithoutInstance = 8;

    /// <summary>The estimate, or a sentence on what it would need.</summary>
    /// <param name="option">An option without faults.</param>
    /// <param name="workload">A workload without faults.</param>
    /// <param name="catalog">The catalog rows that the option names.</param>
    public static (CapacityEstimate? Estimate, string? Missing) Of(SelfHostOption option, Workload workload, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(catalog);
        var (parts, missing) = PartsOf(option, catalog);
        if (parts is null)
            return (null, missing);
        if (IsEncoder(parts))
            return CannotEmbed(parts, workload) is { } reason ? (null, reason) : (EncoderEstimate.Of(parts, workload), null);
        var estimate = GenerativeEstimate.Of(parts, workload) with { SmallestGpus = GenerativeEstimate.SmallestGpus(parts, workload) };
        return estimate.Infeasible is null ? (estimate, null) : (estimate with { Change = Nearest(parts, workload) }, null);
    }

    /// <summary>Tokens a second of <see cref="Of"/> and what they count, without the words and the working: for those who ask thousands of times.</summary>
    /// <returns>Tokens a second, 0 where the replica can serve nothing; null where a fact is missing.</returns>
    internal static (double TokensPerSecond, string Basis)? Figure(SelfHostOption option, Workload workload, CatalogSnapshot catalog)
    {
        if (PartsOf(option, catalog).Parts is not { } parts)
            return null;
        if (!IsEncoder(parts))
            return (GenerativeEstimate.TokensPerSecond(parts, workload), ThroughputBases.Total);
        return CannotEmbed(parts, workload) is null ? (EncoderEstimate.Of(parts, workload).TokensPerSecond, ThroughputBases.Input) : null;
    }

    /// <summary>What an estimate rests on.</summary>
    internal sealed record Parts(SelfHostOption Option, LanguageModel Model, Gpu Gpu, InferenceEngine Engine, Instance? Instance, IReadOnlyList<Correction> Corrections)
    {
        /// <summary>The identity under which measurements of it are kept.</summary>
        public Deployment Deployment => new(
            Model.Key, Option.Precision, Option.KvPrecision, Engine.Key, Gpu.Key, Option.TensorParallel, Option.PipelineParallel, Option.DataParallel);

        /// <summary>GPUs that one replica may have.</summary>
        public int MostGpus => Instance?.GpuCount ?? Math.Max(MostGpusWithoutInstance, Option.GpusPerReplica);

        /// <summary>The replica in the engine's terms.</summary>
        public ReplicaSpec Spec() => new(
            Model.Architecture!, WeightPrecisions.Parse(Option.Precision)!.Value, Option.KvPrecision == KvPrecisions.Fp8 ? 1 : 2, Gpu,
            new Layout(Option.TensorParallel, Option.PipelineParallel, Option.DataParallel), EngineTimings.Parse(Engine.Timing) ?? EngineTiming.Vllm)
        {
            IsNativePrecision = WeightPrecisions.Parse(Model.NativePrecision) == WeightPrecisions.Parse(Option.Precision),
            MaxSequences = Option.MaxSequences ?? Engine.MaxSequences,
            ChunkTokens = Engine.ChunkTokens,
            GpuMemoryUtilization = (double)(Option.GpuMemoryUtilization ?? DefaultMemoryUtilization),
            Software2024 = Engine.Timing == EngineTimings.Vllm2024,
        };
    }

    /// <summary>What an estimate of an option rests on, or a sentence on what is missing.</summary>
    internal static (Parts? Parts, string? Missing) PartsOf(SelfHostOption option, CatalogSnapshot catalog)
    {
        var instance = option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null;
        return Missing(option, instance, catalog) is { } missing
            ? (null, missing)
            : (new Parts(option, catalog.Models[option.Model!], catalog.Gpus[instance?.Gpu ?? option.Gpu!], catalog.Engines[option.Engine], instance, catalog.Corrections), null);
    }

    internal static bool IsEncoder(Parts parts) => parts.Model.Kind == ModelKinds.Encoder || parts.Engine.Timing == EngineTimings.Tei;

    /// <summary>Why an encoder, or a server of encoders, is the wrong thing to run; null where it is right.</summary>
    internal static string? CannotEmbed(Parts parts, Workload workload)
    {
        if (parts.Model.Kind != ModelKinds.Encoder)
            return Texts.CapacityNotEncoder.With(parts.Engine.Name, parts.Model.Name);
        if (workload.OutputTokens + workload.ReasoningTokens > 0)
            return Texts.CapacityNoGeneration.With(parts.Model.Name);
        if (workload.InputTokens == 0)
            return Texts.CapacityNoInput;
        return parts.Engine.Timing == EngineTimings.Tei && parts.Option.GpusPerReplica > 1 && parts.Gpu.Vendor != EncoderModel.CpuVendor
            ? Texts.CapacityOneGpu.With(parts.Engine.Name)
            : null;
    }

    private static string? Missing(SelfHostOption option, Instance? instance, CatalogSnapshot catalog)
    {
        if (option.Model is not { } modelKey || catalog.Models.GetValueOrDefault(modelKey) is not { } model)
            return Texts.CapacityNoModel;
        if ((instance?.Gpu ?? option.Gpu) is not { } gpuKey)
            return model.Architecture is null ? Texts.CapacityNoArchitecture.With(model.Name) : Texts.CapacityNoGpu;
        if (catalog.Gpus.GetValueOrDefault(gpuKey) is not { } gpu)
            return model.Architecture is null ? Texts.CapacityNoArchitecture.With(model.Name) : Texts.CapacityUnknownGpu.With(gpuKey);
        if (catalog.Engines.GetValueOrDefault(option.Engine) is not { } engine)
            return Texts.CapacityUnknownEngine.With(option.Engine);
        if (Unfit(option, model, gpu, engine) is { } unfit)
            return unfit;
        return instance is not null && option.GpusPerReplica > instance.GpuCount
            ? Texts.CapacityManyMachines.With(option.GpusPerReplica, instance.Type, instance.GpuCount)
            : null;
    }

    /// <summary>Why a model, a GPU and an engine do not go together in an option's layout, or which fact of theirs is missing; null where nothing is in the way.</summary>
    internal static string? Unfit(SelfHostOption option, LanguageModel model, Gpu gpu, InferenceEngine engine)
    {
        if (model.Architecture is null)
            return Texts.CapacityNoArchitecture.With(model.Name);
        if (gpu.Bf16Tflops is not > 0)
            return Texts.CapacityNoPeak.With(gpu.Name);
        if (option.GpusPerReplica > 1 && gpu is { LinkGbPerSecond: not > 0, Vendor: not EncoderModel.CpuVendor })
            return Texts.CapacityNoLink.With(gpu.Name);
        if (gpu.Vendor == EncoderModel.CpuVendor && model.Kind != ModelKinds.Encoder)
            return Texts.CapacityCpu;
        // llama.cpp gives whole layers to each GPU, so that heads need not be shared out.
        if (gpu.Vendor != EncoderModel.CpuVendor && engine.Timing != EngineTimings.LlamaCpp && model.Architecture.Heads % option.TensorParallel != 0)
            return Texts.CapacityHeads.With(model.Architecture.Heads, model.Name, option.TensorParallel);
        if (option.PipelineParallel > model.Architecture.Layers)
            return Texts.CapacityStages.With(model.Architecture.Layers, model.Name, option.PipelineParallel);
        return engine.Precisions.Any(precision => WeightPrecisions.Parse(precision) == WeightPrecisions.Parse(option.Precision))
            ? null
            : Texts.CapacityPrecision.With(engine.Name, option.Precision, string.Join(", ", engine.Precisions));
    }

    /// <summary>The first of the changes, the nearest first, under which the replica serves.</summary>
    private static NearestChange? Nearest(Parts parts, Workload workload) =>
        Changes(parts).FirstOrDefault(change => GenerativeEstimate.Of(parts with { Option = change.Option }, workload).Infeasible is null).Change;

    /// <summary>Smaller numbers first, then more GPUs, then both.</summary>
    private static IEnumerable<(SelfHostOption Option, NearestChange Change)> Changes(Parts parts)
    {
        var option = parts.Option;
        if (option.GpuMemoryUtilization < DefaultMemoryUtilization)
            yield return (option with { GpuMemoryUtilization = DefaultMemoryUtilization }, new NearestChange([new InputChange("gpuMemoryUtilization", "0.9")], Texts.ChangeUtilization));
        if (option.KvPrecision != KvPrecisions.Fp8)
            yield return (option with { KvPrecision = KvPrecisions.Fp8 }, new NearestChange([new InputChange("kvPrecision", KvPrecisions.Fp8)], Texts.ChangeKv));
        var precisions = LowerPrecisions(parts).ToList();
        foreach (var precision in precisions)
            yield return (option with { Precision = precision }, new NearestChange([new InputChange("precision", precision)], PrecisionInWords(precision)));
        foreach (var tensor in WiderTensors(parts))
            yield return (option with { TensorParallel = tensor }, new NearestChange([Tensor(tensor)], Texts.ChangeTensorParallel.With(tensor)));
        foreach (var (precision, tensor) in precisions.SelectMany(_ => WiderTensors(parts), (precision, tensor) => (precision, tensor)))
        {
            yield return (
                option with { Precision = precision, TensorParallel = tensor },
                new NearestChange([new InputChange("precision", precision), Tensor(tensor)], Texts.ChangeBoth.With(PrecisionInWords(precision), Texts.ChangeTensorParallel.With(tensor))));
        }
    }

    private static string PrecisionInWords(string precision) => Texts.ChangePrecision.With(precision.ToUpperInvariant());

    private static InputChange Tensor(int gpus) => new("tensorParallel", gpus.ToString(CultureInfo.InvariantCulture));

    /// <summary>Twice, four times … the GPUs, as far as the machine has them and the heads can be shared out.</summary>
    private static IEnumerable<int> WiderTensors(Parts parts)
    {
        var option = parts.Option;
        if (parts.Gpu.LinkGbPerSecond is not > 0)
            yield break;
        for (var tensor = option.TensorParallel * 2; tensor * option.PipelineParallel * option.DataParallel <= parts.MostGpus; tensor *= 2)
        {
            if (parts.Model.Architecture!.Heads % tensor == 0)
                yield return tensor;
        }
    }

    /// <summary>Precisions with fewer bytes that the engine runs and the GPU has products for.</summary>
    private static IEnumerable<string> LowerPrecisions(Parts parts)
    {
        var bytes = WeightPrecisions.Parse(parts.Option.Precision)!.Value.BytesPerWeight();
        (string Name, bool Supported)[] candidates = [("fp8", parts.Gpu.Fp8Tflops is not null), ("int4", true)];
        return candidates
            .Where(candidate => candidate.Supported && parts.Engine.Precisions.Contains(candidate.Name) && WeightPrecisions.Parse(candidate.Name)!.Value.BytesPerWeight() < bytes)
            .Select(candidate => candidate.Name);
    }
}

/// <summary>The catalog's words for whose times an engine has.</summary>
public static class EngineTimings
{
    /// <summary>vLLM up to 0.6.6, and TGI.</summary>
    public const string Vllm2024 = "vllm-2024";

    /// <summary>llama.cpp and what builds on it.</summary>
    public const string LlamaCpp = "llama.cpp";

    /// <summary>Text Embeddings Inference.</summary>
    public const string Tei = "tei";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["vllm", Vllm2024, "sglang", "tensorrt-llm", LlamaCpp, Tei];

    /// <summary>The engine whose times were fitted; null for encoders and for unknown words.</summary>
    public static EngineTiming? Parse(string timing) => timing switch
    {
        "vllm" => EngineTiming.Vllm,
        Vllm2024 => EngineTiming.Vllm2024,
        LlamaCpp => EngineTiming.LlamaCpp,
        "sglang" => EngineTiming.Sglang,
        "tensorrt-llm" => EngineTiming.TensorRtLlm,
        _ => null,
    };
}
