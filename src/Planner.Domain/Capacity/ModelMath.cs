using Planner.Domain.Catalogs;

namespace Planner.Domain.Capacity;

/// <summary>Weights, cache and arithmetic of a model, as they follow from its shape.</summary>
/// <remarks>Parameter counts leave out norms and biases; they reproduce the published totals of the shipped models within 3 %.</remarks>
public static class ModelMath
{
    /// <summary>Weights of the attention of all layers.</summary>
    public static double AttentionParameters(ModelArchitecture model)
    {
        double hidden = model.HiddenSize, heads = model.Heads;
        return model.Layers * (model.Latent is { } mla
            ? (hidden * mla.QueryRank) + (mla.QueryRank * heads * (mla.NopeDim + mla.RopeDim)) + (hidden * (mla.KvRank + mla.RopeDim))
                + (mla.KvRank * heads * (mla.NopeDim + mla.ValueDim)) + (heads * mla.ValueDim * hidden)
            : 2 * hidden * (heads + model.KvHeads) * model.HeadDim);
    }

    /// <summary>Feed-forward weights that every token passes: dense layers, shared experts, routers.</summary>
    public static double DenseParameters(ModelArchitecture model)
    {
        double hidden = model.HiddenSize;
        var dense = (double)(model.Layers - (model.Experts?.Layers ?? 0)) * model.MlpMatrices * hidden * model.IntermediateSize;
        return model.Experts is { } moe ? dense + (moe.Layers * hidden * ((3.0 * moe.SharedIntermediateSize) + moe.Count)) : dense;
    }

    /// <summary>Weights of all routed experts; 0 for a dense model.</summary>
    public static double ExpertParameters(ModelArchitecture model) =>
        model.Experts is { } moe ? 3.0 * moe.Layers * moe.Count * model.HiddenSize * moe.IntermediateSize : 0;

    /// <summary>Weights of the experts that one token visits; 0 for a dense model.</summary>
    public static double ActiveExpertParameters(ModelArchitecture model) =>
        model.Experts is { } moe ? 3.0 * moe.Layers * moe.Active * model.HiddenSize * moe.IntermediateSize : 0;

    /// <summary>Weights of the output head.</summary>
    public static double HeadParameters(ModelArchitecture model) => (double)model.VocabularySize * model.HiddenSize;

    /// <summary>Weights of the embedding table and the output head, once where they are tied.</summary>
    public static double EmbeddingParameters(ModelArchitecture model) => HeadParameters(model) * (model.TiedEmbeddings ? 1 : 2);

    /// <summary>All weights.</summary>
    public static double Parameters(ModelArchitecture model) =>
        AttentionParameters(model) + DenseParameters(model) + ExpertParameters(model) + EmbeddingParameters(model);

    /// <summary>Numbers that one token of one sequence keeps in the KV cache, over all layers: 2 × layers × KV heads × head size, or layers × (compressed vector + position part) under MLA.</summary>
    /// <remarks>Kwon et al., PagedAttention, arXiv 2309.06180, §3; MLA: DeepSeek-V2, arXiv 2405.04434, §2.1.</remarks>
    public static double KvElementsPerToken(ModelArchitecture model) =>
        model.Latent is { } mla ? (double)model.Layers * (mla.KvRank + mla.RopeDim) : 2.0 * model.Layers * model.KvHeads * model.HeadDim;

    /// <summary>Bytes that one token of one sequence keeps in the KV cache, over all layers.</summary>
    /// <param name="model">The shape.</param>
    /// <param name="bytesPerElement">2 at BF16, 1 at FP8.</param>
    public static double KvBytesPerToken(ModelArchitecture model, double bytesPerElement) => KvElementsPerToken(model) * bytesPerElement;

    /// <summary>FLOP of attention for one new token and one token of context while decoding; MLA decodes on the compressed vectors.</summary>
    public static double DecodeAttentionFlop(ModelArchitecture model) => model.Latent is { } mla
        ? 2.0 * model.Layers * model.Heads * ((2 * mla.KvRank) + mla.RopeDim)
        : 4.0 * model.Layers * model.Heads * model.HeadDim;

    /// <summary>FLOP of attention for one prompt token and one token of context before it.</summary>
    public static double PrefillAttentionFlop(ModelArchitecture model) => model.Latent is { } mla
        ? 2.0 * model.Layers * model.Heads * (mla.NopeDim + mla.RopeDim + mla.ValueDim)
        : 4.0 * model.Layers * model.Heads * model.HeadDim;
}
