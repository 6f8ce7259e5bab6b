using BenchmarkDotNet.Attributes;
using Planner.Data.Seed;
using Planner.Domain.Capacity;

namespace Planner.Benchmarks;

/// <summary>The capacity model on a mixture of experts over eight GPUs: the longest way through its formulas.</summary>
[MemoryDiagnoser]
public class CapacityBenchmarks
{
    private static readonly CapacityParameters Fit = Calibration.Shipped.Parameters;

    private readonly ReplicaSpec _spec = new(
        ShippedFacts.Models().Single(model => model.Key == "deepseek-r1").Architecture!, WeightPrecision.Fp8, 2, ShippedFacts.Gpus().Single(gpu => gpu.Key == "H200"), new Layout(8),
        EngineTiming.Vllm);

    private readonly ReplicaModel _replica;

    public CapacityBenchmarks() => _replica = new ReplicaModel(_spec, Fit);

    /// <summary>From the description of the replica: what a search does that tries another machine each time.</summary>
    [Benchmark]
    public ReplicaPerformance FromSpec() => new ReplicaModel(_spec, Fit).At(new ReplicaLoad(1000, 500, 64));

    /// <summary>Another load on the same replica: what a sweep does.</summary>
    [Benchmark]
    public ReplicaPerformance Prepared() => _replica.At(new ReplicaLoad(1000, 500, 64));
}
