namespace Planner.Domain.Catalogs;

/// <summary>The shape of a transformer: what its memory and its arithmetic follow from.</summary>
/// <param name="Layers">Transformer layers, at least 1.</param>
/// <param name="HiddenSize">Width of the residual stream, at least 1.</param>
/// <param name="IntermediateSize">Width of the dense feed-forward layers; 0 where every layer is a mixture of experts.</param>
/// <param name="MlpMatrices">Matrices of a dense feed-forward layer: 3 where it is gated, otherwise 2.</param>
/// <param name="Heads">Query heads a layer, at least 1.</param>
/// <param name="KvHeads">Key-value heads a layer, 1 to <paramref name="Heads"/>; fewer than the query heads under GQA.</param>
/// <param name="HeadDim">Size of one head, at least 1.</param>
/// <param name="VocabularySize">Rows of the embedding table, at least 1.</param>
/// <param name="TiedEmbeddings">True where the output head shares the embedding table.</param>
public sealed record ModelArchitecture(
    int Layers, int HiddenSize, int IntermediateSize, int MlpMatrices, int Heads, int KvHeads, int HeadDim, int VocabularySize, bool TiedEmbeddings)
{
    /// <summary>Multi-head latent attention; null where keys and values are cached per head.</summary>
    public LatentAttention? Latent { get; init; }

    /// <summary>Layers that attend to a window only; null where every layer sees the whole context.</summary>
    public SlidingWindow? Window { get; init; }

    /// <summary>Mixture of experts; null for a dense model.</summary>
    public ExpertMixture? Experts { get; init; }
}

/// <summary>Multi-head latent attention (DeepSeek): one compressed vector a token and layer is cached instead of keys and values per head.</summary>
/// <param name="KvRank">Size of the compressed vector, <c>kv_lora_rank</c>.</param>
/// <param name="QueryRank">Rank of the query projection, <c>q_lora_rank</c>.</param>
/// <param name="RopeDim">Part of a head that carries the position, cached beside the vector, <c>qk_rope_head_dim</c>.</param>
/// <param name="NopeDim">Part of a head without position, <c>qk_nope_head_dim</c>.</param>
/// <param name="ValueDim">Size of a value head, <c>v_head_dim</c>.</param>
public sealed record LatentAttention(int KvRank, int QueryRank, int RopeDim, int NopeDim, int ValueDim);

/// <summary>Layers that attend to the latest tokens only.</summary>
/// <param name="Tokens">Length of the window, tokens, at least 1.</param>
/// <param name="LayerShare">Share of the layers that have it, above 0 to 1.</param>
public sealed record SlidingWindow(int Tokens, decimal LayerShare);

/// <summary>A mixture of experts: each token visits a few of many feed-forward networks.</summary>
/// <param name="Layers">Layers that have experts, 1 to all.</param>
/// <param name="Count">Experts a layer.</param>
/// <param name="Active">Experts that a token visits, 1 to <paramref name="Count"/>.</param>
/// <param name="IntermediateSize">Width of one expert.</param>
/// <param name="SharedIntermediateSize">Width of the expert that every token visits; 0 where there is none.</param>
public sealed record ExpertMixture(int Layers, int Count, int Active, int IntermediateSize, int SharedIntermediateSize);
