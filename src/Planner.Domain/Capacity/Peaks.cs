namespace Planner.Domain.Capacity;

/// <summary>Which dense peak each part of a model's products runs at, FLOP/s, and whether weights are de-quantised on the way.</summary>
internal readonly record struct Peaks(double Bf16, double Dense, bool DenseIsDequantized, double Experts, bool ExpertsAreDequantized)
{
    /// <exception cref="ArgumentException">The GPU's BF16 peak is unknown.</exception>
    public static Peaks Of(ReplicaSpec spec)
    {
        var gpu = spec.Gpu;
        if (gpu.Bf16Tflops is not > 0)
            throw new ArgumentException($"{gpu.Key}: its BF16 peak is unknown.", nameof(spec));
        var bf16 = (double)gpu.Bf16Tflops * 1e12;
        var (peak, dequantized) = spec.Precision switch
        {
            WeightPrecision.Bf16 => (bf16, false),
            WeightPrecision.Fp8 => Own(gpu.Fp8Tflops, bf16),
            WeightPrecision.Int8 => Own(gpu.Int8Tops, bf16),
            WeightPrecision.NvFp4 => Own(gpu.Fp4Tflops, bf16),
            // Kernels of Blackwell run MXFP4 experts in FP8; attention stays in BF16.
            WeightPrecision.MxFp4 => gpu.Fp4Tflops is null ? (bf16, true) : Own(gpu.Fp8Tflops, bf16),
            _ => (bf16, true),
        };
        return spec.Precision == WeightPrecision.MxFp4 ? new Peaks(bf16, bf16, false, peak, dequantized) : new Peaks(bf16, peak, dequantized, peak, dequantized);
    }

    private static (double Peak, bool Dequantized) Own(decimal? tera, double bf16) => tera is { } peak ? ((double)peak * 1e12, false) : (bf16, true);
}

/// <summary>Bytes of a weight by the part of the model it belongs to.</summary>
internal readonly record struct WeightBytes(double Attention, double Dense, double Experts)
{
    public static WeightBytes Of(ReplicaSpec spec)
    {
        var bytes = spec.Precision.BytesPerWeight();
        return spec.Precision switch
        {
            // gpt-oss: the checkpoint keeps attention in BF16.
            WeightPrecision.MxFp4 => new WeightBytes(2, bytes, bytes),
            WeightPrecision.NvFp4 when spec.Model.Latent is not null => new WeightBytes(2, bytes, bytes),
            // Kimi: only the routed experts of the INT4 checkpoint are quantised.
            WeightPrecision.Int4 when spec.IsNativePrecision && spec.Model.Experts is not null => new WeightBytes(2, 2, bytes),
            _ => new WeightBytes(bytes, bytes, bytes),
        };
    }
}
