namespace Planner.Domain.Capacity;

/// <summary>What fills one GPU of a replica, bytes, and how many sequences find room. Errs on the safe side: what it says fits, an engine can start.</summary>
/// <param name="MemoryBytes">Memory of the GPU that programs can use.</param>
/// <param name="UsableBytes">What the engine may fill.</param>
/// <param name="WeightBytes">Weights.</param>
/// <param name="ReserveBytes">Runtime, activations of one forward pass and logits, within <paramref name="UsableBytes"/>.</param>
/// <param name="KvBytesPerToken">What one token of one sequence keeps in the KV cache of this GPU.</param>
/// <param name="KvTokens">Tokens that the KV cache of the replica holds; 0 where weights and reserve leave nothing.</param>
/// <param name="Sequences">Sequences of the workload's mean lengths that it holds.</param>
public sealed record MemoryFit(
    double MemoryBytes, double UsableBytes, double WeightBytes, double ReserveBytes, double KvBytesPerToken, double KvTokens, double Sequences)
{
    /// <summary>Tokens of a block of the paged cache.</summary>
    public const int BlockTokens = 16;

    /// <summary>True where at least one sequence of the workload's lengths fits.</summary>
    public bool Fits => Sequences >= 1;

    /// <summary>Bytes left for the KV cache; negative where weights and reserve alone are too much.</summary>
    public double FreeBytes => UsableBytes - WeightBytes - ReserveBytes;

    /// <summary>What fills a GPU of a replica.</summary>
    public static MemoryFit Of(ReplicaSpec spec, in ReplicaModel replica, ReplicaLoad load) => new(
        ReplicaMemory.Bytes(spec.Gpu), ReplicaMemory.UsableBytes(spec), replica.ResidentBytes, ReplicaMemory.ReserveBytes(spec), replica.KvBytesPerToken,
        Math.Max(0, replica.FreeBytes) / replica.KvBytesPerToken * spec.Layout.Data, replica.CapacitySequences(load));

    /// <summary>Sequences that fit where every slot reserves the longest sequence ahead, as servers did before paging: ⌊free ÷ (longest × bytes a token)⌋.</summary>
    /// <param name="longestTokens">Longest sequence that a slot must be able to hold, tokens, above 0.</param>
    public double ContiguousSequences(double longestTokens) => Math.Floor(Math.Max(0, KvTokens) / longestTokens);

    /// <summary>Sequences that fit where blocks are handed out as a sequence grows: free ÷ ((mean + half a block) × bytes a token).</summary>
    /// <param name="meanTokens">Mean tokens that a sequence holds at once, above 0.</param>
    /// <remarks>Kwon et al., PagedAttention, arXiv 2309.06180: only the last block of a sequence is partly empty.</remarks>
    public double PagedSequences(double meanTokens) => Math.Floor(Math.Max(0, KvTokens) / (meanTokens + (BlockTokens / 2.0)));
}
