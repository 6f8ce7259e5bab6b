using Planner.Domain.Catalogs;

namespace Planner.Domain.Capacity;

/// <summary>How much of a GPU an engine may fill, and what it needs there besides weights and cache.</summary>
internal static class ReplicaMemory
{
    private const double GiB = 1024.0 * 1024 * 1024;

    /// <summary>Share that the published benchmarks left usable, all reserves taken off.</summary>
    private const double FittedShare = 0.89;

    /// <summary>What the driver keeps of the memory as sold: a 24 GB card shows programs 23.55 GiB, one of 80 GB 79.1 to 79.6.</summary>
    private const double DriverBytes = 0.45 * GiB;

    /// <summary>CUDA context and graphs.</summary>
    private const double RuntimeBytes = 0.5 * GiB;

    /// <summary>Communication buffers of a replica over several GPUs.</summary>
    private const double CommunicationBytes = 0.3 * GiB;

    /// <summary>Bytes that programs can use.</summary>
    public static double Bytes(Gpu gpu) => (double)(gpu.UsableMemoryGib ?? gpu.MemoryGb) * GiB;

    /// <summary>Bytes that the engine may fill: its share of the memory, or what benchmarks left usable where no share is given.</summary>
    public static double UsableBytes(ReplicaSpec spec) =>
        spec.GpuMemoryUtilization is { } share ? share * (Bytes(spec.Gpu) - (spec.Gpu.UsableMemoryGib is null ? DriverBytes : 0)) : FittedShare * Bytes(spec.Gpu);

    /// <summary>
    /// Runtime, activations of a full forward pass (two copies of the widest layer and four of the residual stream at 16 bits, and those of every expert that a
    /// token visits) and logits of all sequences at 32 bits; 0 where no share is given, since the fitted share has them in it.
    /// </summary>
    /// <remarks>Errs on the safe side of the KV capacities that vLLM reports: 41,408 tokens for Llama 3.1 8B on an RTX 4090 at a share of 0.90 (0.19), and two more in the tests.</remarks>
    public static double ReserveBytes(ReplicaSpec spec)
    {
        if (spec.GpuMemoryUtilization is null)
            return 0;
        var (model, tensor) = (spec.Model, (double)spec.Layout.Tensor);
        var perToken = (2 * model.IntermediateSize / tensor) + (4.0 * model.HiddenSize);
        if (model.Experts is { } moe)
            perToken += moe.Active * ((2 * moe.IntermediateSize / tensor) + (2.0 * model.HiddenSize));
        var activations = spec.ChunkTokens * perToken * 2;
        var logits = spec.MaxSequences * (double)model.VocabularySize * 4 / tensor;
        // What benchmarks left usable is never exceeded, whatever the share.
        return Math.Max(RuntimeBytes + activations + logits, UsableBytes(spec) - (FittedShare * Bytes(spec.Gpu))) + (spec.Layout.Gpus > 1 ? CommunicationBytes : 0);
    }
}
