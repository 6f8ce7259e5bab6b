namespace Planner.Domain.Capacity;

/// <summary>How a checkpoint stores its weights.</summary>
public enum WeightPrecision
{
    /// <summary>BF16 or FP16: 2 bytes a weight.</summary>
    Bf16,

    /// <summary>FP8, weights and activations.</summary>
    Fp8,

    /// <summary>INT8, weights and activations (W8A8).</summary>
    Int8,

    /// <summary>INT4 weights with BF16 activations (AWQ, GPTQ, groups of 128).</summary>
    Int4,

    /// <summary>NVIDIA's FP4: blocks of 16 with an FP8 scale.</summary>
    NvFp4,

    /// <summary>The Open Compute FP4: blocks of 32 with an 8-bit scale.</summary>
    MxFp4,
}

/// <summary>Words for precisions, and what a weight takes.</summary>
public static class WeightPrecisions
{
    /// <summary>The words that a scenario's option may use.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bf16", "fp16", "fp8", "int8", "int4", "awq", "gptq", "fp4", "nvfp4", "mxfp4"];

    /// <summary>The precision that a word means; null for an unknown word.</summary>
    /// <param name="name">One of <see cref="Names"/>, without regard to case.</param>
    public static WeightPrecision? Parse(string? name) => name?.ToLowerInvariant() switch
    {
        "bf16" or "fp16" => WeightPrecision.Bf16,
        "fp8" => WeightPrecision.Fp8,
        "int8" => WeightPrecision.Int8,
        "int4" or "awq" or "gptq" => WeightPrecision.Int4,
        "fp4" or "nvfp4" => WeightPrecision.NvFp4,
        "mxfp4" => WeightPrecision.MxFp4,
        _ => null,
    };

    /// <summary>Bytes that one weight takes with its scales.</summary>
    /// <remarks>INT4: half a byte and one FP16 scale a group of 128, rounded up for zero points. NVFP4: half a byte and one byte a block of 16. MXFP4: half a byte and one byte a block of 32.</remarks>
    public static double BytesPerWeight(this WeightPrecision precision) => precision switch
    {
        WeightPrecision.Bf16 => 2,
        WeightPrecision.Fp8 or WeightPrecision.Int8 => 1,
        WeightPrecision.NvFp4 => 0.5625,
        _ => 0.53,
    };
}
