using Planner.Domain.Catalogs;

namespace Planner.Domain.Capacity;

/// <summary>Throughput of encoder models, which read a text once and generate nothing.</summary>
public static class EncoderModel
{
    /// <summary>Share of the dense peak that a tuned server reaches on a GPU.</summary>
    /// <remarks>Text Embeddings Inference on an L4 with BERT-large: 62,000 tokens/s, 31 % of 121 TFLOPS; infinity 29 %; an MI210 29 % (published benchmarks).</remarks>
    public const double GpuShare = 0.30;

    /// <summary>Input tokens a second of one device: share × peak ÷ (2 × parameters × (1 + length ÷ 6 hidden)).</summary>
    /// <param name="model">The encoder's shape.</param>
    /// <param name="flops">FLOP/s that its products reach.</param>
    /// <param name="inputTokens">Mean length of a text, tokens, above 0.</param>
    public static double InputTokensPerSecond(ModelArchitecture model, double flops, double inputTokens)
    {
        var parameters = ModelMath.AttentionParameters(model) + ModelMath.DenseParameters(model);
        return flops / (2 * parameters * (1 + (inputTokens / (6.0 * model.HiddenSize))));
    }

    /// <summary>FLOP/s that an encoder's products reach on the devices of a replica; null where the peak is unknown.</summary>
    /// <param name="device">The GPU, or a CPU's row, whose figures are what one virtual CPU reaches.</param>
    /// <param name="count">GPUs, or virtual CPUs.</param>
    /// <param name="precision">INT8 runs at the INT8 figure where there is one, everything else at BF16.</param>
    public static double? Flops(Gpu device, int count, WeightPrecision precision)
    {
        var peak = precision == WeightPrecision.Int8 ? device.Int8Tops ?? device.Bf16Tflops : device.Bf16Tflops;
        return peak is { } tera ? (double)tera * 1e12 * count * (device.Vendor == CpuVendor ? 1 : GpuShare) : null;
    }

    /// <summary>Vendor of the catalog rows that stand for a CPU.</summary>
    public const string CpuVendor = "cpu";
}
