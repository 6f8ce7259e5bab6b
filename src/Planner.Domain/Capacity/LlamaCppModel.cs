namespace Planner.Domain.Capacity;

/// <summary>Rough speed of llama.cpp and Ollama: bound by memory bandwidth, layers split over GPUs run one after the other, batches gain little (requests^0.15).</summary>
/// <remarks>
/// Argonne's LLM-Inference-Bench (2024): one sequence reaches 0.27 to 0.31 of the bandwidth at 16 bits; 64 sequences gave 1.5 times the throughput of one; newer releases batch better,
/// more GPUs 1.01 to 1.02 times. Consumer GPUs reach 0.5 to 0.7 with 4-bit weights. The band is wide: half to three times.
/// </remarks>
public static class LlamaCppModel
{
    private const double BandwidthShare16 = 0.29;
    private const double BandwidthShareQuantized = 0.5;
    private const double BatchGain = 0.15;

    /// <summary>Share of the tensor peak that prompts reach: a 7B with 4-bit weights reads some 5,500 tokens/s on an RTX 4090 by llama.cpp's own bench.</summary>
    private const double PrefillShare = 0.4;

    /// <summary>What a replica delivers; all zero where not one sequence fits.</summary>
    /// <param name="spec">The replica; its tensor-parallel GPUs hold layers, they do not run at once.</param>
    /// <param name="replica">The same as a model, for its memory.</param>
    /// <param name="load">The load.</param>
    public static ReplicaPerformance At(ReplicaSpec spec, in ReplicaModel replica, ReplicaLoad load)
    {
        var fits = replica.CapacitySequences(load);
        if (!(fits >= 1))
            return default;
        var model = spec.Model;
        var batch = Math.Min(load.Concurrency, Math.Min(fits, spec.MaxSequences));
        var share = spec.Precision == WeightPrecision.Bf16 ? BandwidthShare16 : BandwidthShareQuantized;
        var active = ModelMath.AttentionParameters(model) + ModelMath.DenseParameters(model) + ModelMath.ActiveExpertParameters(model) + ModelMath.HeadParameters(model);
        var bytes = (active * spec.Precision.BytesPerWeight()) + (ModelMath.KvBytesPerToken(model, spec.KvBytes) * (load.InputTokens + (load.OutputTokens / 2)));
        var single = bytes / ((double)spec.Gpu.BandwidthGbPerSecond * 1e9 * share);
        var decode = load.OutputTokens * single * Math.Pow(batch, 1 - BatchGain);
        var prefill = 2 * active * load.ComputedTokens / ((double)(spec.Gpu.Bf16Tflops ?? 0) * 1e12 * PrefillShare);
        var cycle = decode + (batch * prefill);
        var waiting = double.IsFinite(load.Concurrency) ? Math.Max(0, (load.Concurrency / batch) - 1) * cycle : 0;
        return new ReplicaPerformance(
            fits, batch, batch * load.OutputTokens / cycle, batch / cycle, prefill, (batch * prefill) + single + waiting, decode / load.OutputTokens,
            decode / load.OutputTokens, cycle);
    }
}
