using Planner.Domain.Capacity;

namespace Planner.Benchmarks.Fitting;

/// <summary>A fitted value of the capacity model. The fit moves its logarithm, so that it stays above 0.</summary>
/// <param name="Name">As in calibration.json.</param>
/// <param name="Prior">Where the fit begins and what it is held to where the rows say nothing: a round figure of the right size.</param>
/// <param name="Low">Least value that makes sense.</param>
/// <param name="High">Greatest value that makes sense.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">Sets it.</param>
internal sealed record FittedParameter(
    string Name, double Prior, double Low, double High, Func<CapacityParameters, double> Get, Func<CapacityParameters, double, CapacityParameters> With)
{
    /// <summary>How loosely it is held to its prior, in its logarithm; what the rows say more sharply overrides it.</summary>
    public double Looseness { get; init; } = 1;
}

/// <summary>The values that the fit may move. Those of Gaudi are not among them: they were fitted apart, on Gaudi 2.</summary>
internal static class FittedParameters
{
    public static IReadOnlyList<FittedParameter> All { get; } =
    [
        new("bandwidthShare", 0.85, 0.4, 1, fit => fit.BandwidthShare, (fit, value) => fit with { BandwidthShare = value }),
        new("computeShare", 0.65, 0.2, 1, fit => fit.ComputeShare, (fit, value) => fit with { ComputeShare = value }),
        new("computeSlope", 0.1, 0.001, 0.6, fit => fit.ComputeSlope, (fit, value) => fit with { ComputeSlope = value }),
        new("layerSeconds", 30e-6, 1e-6, 2e-4, fit => fit.LayerSeconds, (fit, value) => fit with { LayerSeconds = value }),
        new("modernSoftware", 0.7, 0.2, 1.2, fit => fit.ModernSoftware, (fit, value) => fit with { ModernSoftware = value }),
        new("fixedTimeSlope", 0.2, 0.001, 1, fit => fit.FixedTimeSlope, (fit, value) => fit with { FixedTimeSlope = value }),
        new("expertLayerSeconds", 80e-6, 1e-6, 4e-4, fit => fit.ExpertLayerSeconds, (fit, value) => fit with { ExpertLayerSeconds = value }),
        new("latentLayerSeconds", 40e-6, 1e-6, 4e-4, fit => fit.LatentLayerSeconds, (fit, value) => fit with { LatentLayerSeconds = value }),
        new("expertCompute", 0.4, 0.05, 1, fit => fit.ExpertCompute, (fit, value) => fit with { ExpertCompute = value }),
        new("expertComputeSlope", 0.1, 0.001, 1, fit => fit.ExpertComputeSlope, (fit, value) => fit with { ExpertComputeSlope = value }),
        new("expertYearlyFactor", 0.6, 0.1, 1.2, fit => fit.ExpertYearlyFactor, (fit, value) => fit with { ExpertYearlyFactor = value }),
        new("int8Compute", 0.8, 0.2, 1.2, fit => fit.Int8Compute, (fit, value) => fit with { Int8Compute = value }),
        new("dequantization", 0.9, 0.3, 1, fit => fit.Dequantization, (fit, value) => fit with { Dequantization = value }),
        new("linkLatencySeconds", 15e-6, 1e-6, 2e-4, fit => fit.LinkLatencySeconds, (fit, value) => fit with { LinkLatencySeconds = value }),
        new("linkShare", 0.5, 0.1, 1, fit => fit.LinkShare, (fit, value) => fit with { LinkShare = value }),
        // Few machines without a fast link, and they contradict each other: the latency stays near what all-reduce measures there, the share runs into its bound.
        new("pcieLatencySeconds", 90e-6, 1e-5, 5e-4, fit => fit.PcieLatencySeconds, (fit, value) => fit with { PcieLatencySeconds = value }) { Looseness = 0.2 },
        new("pcieShare", 0.7, 0.1, 0.9, fit => fit.PcieShare, (fit, value) => fit with { PcieShare = value }),
        new("hostSeconds", 1.5e-3, 1e-5, 2e-2, fit => fit.HostSeconds, (fit, value) => fit with { HostSeconds = value }),
        new("amd.bandwidth", 0.85, 0.3, 1.1, fit => fit.Amd.Bandwidth, (fit, value) => fit with { Amd = fit.Amd with { Bandwidth = value }, Amd2024 = fit.Amd2024 with { Bandwidth = value } }),
        // Two rows of current AMD software: the prior decides.
        new("amd.compute", 0.65, 0.2, 1.2, fit => fit.Amd.Compute, (fit, value) => fit with { Amd = fit.Amd with { Compute = value } }) { Looseness = 0.2 },
        new("amd.latency", 0.6, 0.3, 4, fit => fit.Amd.Latency, (fit, value) => fit with { Amd = fit.Amd with { Latency = value } }) { Looseness = 0.2 },
        new("amd2024.compute", 0.1, 0.02, 1.2, fit => fit.Amd2024.Compute, (fit, value) => fit with { Amd2024 = fit.Amd2024 with { Compute = value } }),
        new("amd2024.latency", 3, 0.3, 8, fit => fit.Amd2024.Latency, (fit, value) => fit with { Amd2024 = fit.Amd2024 with { Latency = value } }),
        new("admissionShare", 0.5, 0.01, 1, fit => fit.AdmissionShare, (fit, value) => fit with { AdmissionShare = value }),
        new("burstTail", 4.5, 1, 12, fit => fit.BurstTail, (fit, value) => fit with { BurstTail = value }),
        new("ttftPerPrefill", 1.25, 0.5, 4, fit => fit.TtftPerPrefill, (fit, value) => fit with { TtftPerPrefill = value }),
        .. Engine("tensorRtLlm", new EngineTimes(10e-6, 0.05, 0.1), fit => fit.TensorRtLlm, (fit, times) => fit with { TensorRtLlm = times }),
        .. Engine("vllm", new EngineTimes(25e-6, 0.04, 0.05), fit => fit.Vllm, (fit, times) => fit with { Vllm = times, Vllm2024 = times with { SequenceSeconds = fit.Vllm2024.SequenceSeconds } }),
        .. Engine("sglang", new EngineTimes(25e-6, 0.02, 0.3), fit => fit.Sglang, (fit, times) => fit with { Sglang = times }),
        new("vllm2024.sequenceSeconds", 75e-6, 1e-7, 1e-3, fit => fit.Vllm2024.SequenceSeconds, (fit, value) => fit with { Vllm2024 = fit.Vllm2024 with { SequenceSeconds = value } }),
    ];

    /// <summary>A fit with other values.</summary>
    /// <param name="fit">What is not fitted comes from here.</param>
    /// <param name="logarithms">The values' logarithms, in the order of <see cref="All"/>.</param>
    public static CapacityParameters Apply(CapacityParameters fit, IReadOnlyList<double> logarithms)
    {
        for (var i = 0; i < logarithms.Count; i++)
            fit = All[i].With(fit, Math.Exp(logarithms[i]));
        return fit;
    }

    private static FittedParameter[] Engine(
        string name, EngineTimes prior, Func<CapacityParameters, EngineTimes> get, Func<CapacityParameters, EngineTimes, CapacityParameters> with) =>
    [
        new($"{name}.sequenceSeconds", prior.SequenceSeconds, 1e-7, 1e-3, fit => get(fit).SequenceSeconds, (fit, value) => with(fit, get(fit) with { SequenceSeconds = value })),
        new($"{name}.ttftSeconds", prior.TtftSeconds, 1e-3, 0.5, fit => get(fit).TtftSeconds, (fit, value) => with(fit, get(fit) with { TtftSeconds = value })),
        new($"{name}.burst", prior.Burst, 1e-3, 1, fit => get(fit).Burst, (fit, value) => with(fit, get(fit) with { Burst = value })),
    ];
}
