using Planner.Domain.Catalogs;

namespace Planner.Domain.Capacity;

/// <summary>How a replica is cut over GPUs.</summary>
/// <param name="Tensor">GPUs over which each layer is split, at least 1.</param>
/// <param name="Pipeline">Stages into which the layers are split, at least 1.</param>
/// <param name="Data">Ranks that attend to their own sequences while they share the experts, at least 1.</param>
public readonly record struct Layout(int Tensor, int Pipeline = 1, int Data = 1)
{
    /// <summary>GPUs of the replica.</summary>
    public int Gpus => Tensor * Pipeline * Data;
}

/// <summary>Everything that a replica's speed depends on besides the load.</summary>
/// <param name="Model">Shape of the model.</param>
/// <param name="Precision">Precision of the weights.</param>
/// <param name="KvBytes">Bytes of one number in the KV cache: 2 (BF16) or 1 (FP8).</param>
/// <param name="Gpu">The GPU; its BF16 peak is needed.</param>
/// <param name="Layout">How the replica is cut over GPUs.</param>
/// <param name="Engine">Whose times apply.</param>
public sealed record ReplicaSpec(ModelArchitecture Model, WeightPrecision Precision, double KvBytes, Gpu Gpu, Layout Layout, EngineTiming Engine)
{
    /// <summary>Precision in which the weights are published; an INT4 checkpoint of a mixture of experts that is native has only its experts quantised.</summary>
    public bool IsNativePrecision { get; init; }

    /// <summary>Sequences that a replica (each data-parallel rank) runs at once, at least 1.</summary>
    public int MaxSequences { get; init; } = 256;

    /// <summary>Prompt tokens of one forward pass, at least 1.</summary>
    public int ChunkTokens { get; init; } = 8192;

    /// <summary>Share of the GPU's memory that the engine may use, above 0 to 1; null for what published benchmarks left usable, 89 %, without a reserve of its own.</summary>
    public double? GpuMemoryUtilization { get; init; }

    /// <summary>True for software of 2024: fixed times were longer then.</summary>
    public bool Software2024 { get; init; }

    /// <summary>When the software was released, in years such as 2025.9; infinite for the newest that was measured. It counts for experts, whose kernels became faster by the month.</summary>
    public double SoftwareYear { get; init; } = double.PositiveInfinity;

    /// <summary>True where the GPUs reach each other over PCIe only, or their link is not known.</summary>
    public bool HasOnlyPcie => Gpu.LinkType is not { } link || link.StartsWith("PCIe", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Engines whose times were fitted.</summary>
public enum EngineTiming
{
    /// <summary>vLLM since 0.6.7.</summary>
    Vllm,

    /// <summary>vLLM up to 0.6.6, and TGI.</summary>
    Vllm2024,

    /// <summary>SGLang.</summary>
    Sglang,

    /// <summary>TensorRT-LLM.</summary>
    TensorRtLlm,

    /// <summary>Optimum for Intel Gaudi, static batches.</summary>
    OptimumHabana,

    /// <summary>llama.cpp and what is built on it: <see cref="LlamaCppModel"/> models it, not <see cref="ReplicaModel"/>.</summary>
    LlamaCpp,
}
