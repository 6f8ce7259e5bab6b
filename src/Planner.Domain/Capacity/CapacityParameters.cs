namespace Planner.Domain.Capacity;

/// <summary>The fitted values of the capacity model. Each has a meaning; docs/method.md gives the formulas they stand in.</summary>
public sealed record CapacityParameters
{
    /// <summary>Share of the nominal memory bandwidth that reading weights and cache reaches.</summary>
    public required double BandwidthShare { get; init; }

    /// <summary>Share of the dense peak that matrix products reach on a GPU of 312 TFLOPS.</summary>
    public required double ComputeShare { get; init; }

    /// <summary>How fast that share falls as the peak rises: peak^−slope.</summary>
    public required double ComputeSlope { get; init; }

    /// <summary>Fixed time a layer and forward pass in software of 2024, seconds.</summary>
    public required double LayerSeconds { get; init; }

    /// <summary>What fixed times of software since 2025 are multiplied by.</summary>
    public required double ModernSoftware { get; init; }

    /// <summary>How fast fixed times fall as the memory bandwidth rises from 3,350 GB/s, (bandwidth ÷ 3,350)^−slope: a newer GPU is faster also where nothing is moved. 0 for not at all.</summary>
    public required double FixedTimeSlope { get; init; }

    /// <summary>Fixed time a mixture-of-experts layer on top, seconds, × √(active experts ÷ 8).</summary>
    public required double ExpertLayerSeconds { get; init; }

    /// <summary>Fixed time an MLA layer on top, seconds.</summary>
    public required double LatentLayerSeconds { get; init; }

    /// <summary>Efficiency of the experts' products relative to dense ones, on a GPU of 1,000 TFLOPS.</summary>
    public required double ExpertCompute { get; init; }

    /// <summary>How fast that efficiency falls as the peak rises, peak^−slope: routing and copying tokens wait for memory, not for arithmetic. 0 for not at all.</summary>
    public required double ExpertComputeSlope { get; init; }

    /// <summary>What the experts' times are multiplied by from one year of software to the next, within the years that were measured; 1 for no change.</summary>
    public required double ExpertYearlyFactor { get; init; }

    /// <summary>Efficiency of INT8 products relative to the share of the peak that others reach; 1 for the same.</summary>
    public required double Int8Compute { get; init; }

    /// <summary>Efficiency left where weights are de-quantised for the product.</summary>
    public required double Dequantization { get; init; }

    /// <summary>Latency of one all-reduce over NVLink or Infinity Fabric, seconds.</summary>
    public required double LinkLatencySeconds { get; init; }

    /// <summary>Latency of one all-reduce without such a link, seconds.</summary>
    public required double PcieLatencySeconds { get; init; }

    /// <summary>Share of the link's bandwidth that an all-reduce reaches.</summary>
    public required double LinkShare { get; init; }

    /// <summary>Share of the PCIe bandwidth that an all-reduce reaches.</summary>
    public required double PcieShare { get; init; }

    /// <summary>Host time a step, seconds.</summary>
    public required double HostSeconds { get; init; }

    /// <summary>What memory, compute and fixed times are multiplied by on AMD: bandwidth, compute, latency; for current software.</summary>
    public required VendorFactors Amd { get; init; }

    /// <summary>The same for ROCm software of 2024.</summary>
    public required VendorFactors Amd2024 { get; init; }

    /// <summary>The same for Intel Gaudi.</summary>
    public required VendorFactors Gaudi { get; init; }

    /// <summary>Share of the output for which a request needs room before it is admitted: 1 for all of it, about 0.5 where engines admit on demand. It counts for waiting only.</summary>
    public required double AdmissionShare { get; init; }

    /// <summary>Length of the longest outputs ÷ the mean one in a run of requests of mixed lengths that all start together: so long the last ones run almost alone.</summary>
    public required double BurstTail { get; init; }

    /// <summary>TTFT as a multiple of the prefill time.</summary>
    public required double TtftPerPrefill { get; init; }

    /// <summary>Times of the engines.</summary>
    public required EngineTimes TensorRtLlm { get; init; }

    /// <summary>vLLM 0.6.7 and later.</summary>
    public required EngineTimes Vllm { get; init; }

    /// <summary>vLLM up to 0.6.6.</summary>
    public required EngineTimes Vllm2024 { get; init; }

    /// <summary>SGLang.</summary>
    public required EngineTimes Sglang { get; init; }

    /// <summary>Optimum for Intel Gaudi.</summary>
    public required EngineTimes OptimumHabana { get; init; }
}

/// <summary>What sets a maker's accelerators apart from NVIDIA's.</summary>
/// <param name="Bandwidth">Share of the bandwidth reached, relative to NVIDIA's.</param>
/// <param name="Compute">Share of the peak reached, relative to NVIDIA's.</param>
/// <param name="Latency">What fixed times are multiplied by.</param>
public sealed record VendorFactors(double Bandwidth, double Compute, double Latency);

/// <summary>Times that depend on the engine.</summary>
/// <param name="SequenceSeconds">Host time a running sequence and step, seconds.</param>
/// <param name="TtftSeconds">What the way from request to scheduler adds to the TTFT, seconds.</param>
/// <param name="Burst">Share of the other requests' prefill that a request waits for when all start together.</param>
public sealed record EngineTimes(double SequenceSeconds, double TtftSeconds, double Burst);
