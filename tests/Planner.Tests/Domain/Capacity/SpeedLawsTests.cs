using FsCheck;
using FsCheck.Fluent;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Xunit;
using static Planner.Tests.Domain.Capacity.Facts;

namespace Planner.Tests.Domain.Capacity;

/// <summary>What must hold for any model, GPU and load.</summary>
public sealed class SpeedLawsTests
{
    private static readonly ModelArchitecture[] Models = [Llama8B, Llama70B, Qwen14B, DeepSeekR1, GptOss20B];

    private static readonly Gen<(ReplicaSpec Spec, ReplicaLoad Load)> Cases =
        from model in Gen.Elements(Models)
        from gpu in Gen.Elements(H100, Rtx4090, L4)
        from precision in Gen.Elements(Enum.GetValues<WeightPrecision>())
        from tensor in Gen.Elements(1, 2, 4, 8)
        from pipeline in Gen.Elements(1, 2)
        from data in Gen.Elements(1, 4)
        from kv in Gen.Elements(1.0, 2.0)
        from engine in Gen.Elements(EngineTiming.Vllm, EngineTiming.Sglang, EngineTiming.TensorRtLlm)
        from input in Gen.Choose(1, 30_000)
        from output in Gen.Choose(1, 4000)
        from concurrency in Gen.Choose(1, 600)
        select (new ReplicaSpec(model, precision, kv, gpu with { MemoryGb = 640 }, new Layout(tensor, pipeline, model.Experts is null ? 1 : data), engine),
            new ReplicaLoad(input, output, concurrency));

    [Fact]
    public void More_bandwidth_never_lowers_throughput() => Holds((spec, load) =>
        Rate(spec with { Gpu = spec.Gpu with { BandwidthGbPerSecond = spec.Gpu.BandwidthGbPerSecond * 1.5m } }, load) >= Rate(spec, load));

    [Fact]
    public void More_flops_never_lower_throughput() => Holds((spec, load) => Rate(
        spec with
        {
            Gpu = spec.Gpu with
            {
                Bf16Tflops = spec.Gpu.Bf16Tflops * 1.5m,
                Fp8Tflops = spec.Gpu.Fp8Tflops * 1.5m,
                Int8Tops = spec.Gpu.Int8Tops * 1.5m,
                Fp4Tflops = spec.Gpu.Fp4Tflops * 1.5m,
            },
        }, load) >= Rate(spec, load));

    [Fact]
    public void A_longer_prompt_never_raises_output_tokens_at_the_same_concurrency() => Holds((spec, load) =>
        Rate(spec, load with { InputTokens = load.InputTokens * 1.3 }) <= Rate(spec, load) * (1 + 1e-12));

    [Fact]
    public void Lower_precision_never_needs_more_memory() => Holds((spec, load) =>
        Model(spec with { Precision = WeightPrecision.Fp8 }).ResidentBytes <= Model(spec with { Precision = WeightPrecision.Bf16 }).ResidentBytes
        && Model(spec with { Precision = WeightPrecision.Int4 }).ResidentBytes <= Model(spec with { Precision = WeightPrecision.Fp8 }).ResidentBytes
        && Model(spec with { KvBytes = 1 }).KvBytesPerToken <= Model(spec with { KvBytes = 2 }).KvBytesPerToken
        && Model(spec).CapacitySequences(load) <= Model(spec with { KvBytes = 1 }).CapacitySequences(load));

    [Fact]
    public void A_hit_in_the_prefix_cache_never_lowers_throughput() => Holds((spec, load) =>
        Rate(spec, load with { PrefixHitShare = 0.5 }) >= Rate(spec, load) * (1 - 1e-12));

    [Fact]
    public void Latency_rises_with_the_rate_of_arrivals() => Holds((spec, load) =>
    {
        var replica = Model(spec);
        var saturated = replica.At(load with { Concurrency = double.PositiveInfinity });
        if (saturated.Batch == 0)
            return true;
        var arrivals = new Arrivals(2, 0.5, 0.95);
        var (calm, busy) = (arrivals.At(replica, load, saturated, 0.3 * saturated.RequestsPerSecond), arrivals.At(replica, load, saturated, 0.75 * saturated.RequestsPerSecond));
        return calm.TtftSeconds <= busy.TtftSeconds && calm.TpotSeconds <= busy.TpotSeconds * (1 + 1e-9);
    });

    [Fact]
    public void The_capacity_found_keeps_the_targets_and_a_little_more_breaks_one() => Holds((spec, load) =>
    {
        var replica = Model(spec);
        var arrivals = new Arrivals(1, 0, 0.95);
        var targets = new LatencyTargets(2, 0.06);
        var found = SloCapacity.Of(replica, load, arrivals, targets);
        if (found.RequestsPerSecond == 0)
            return found.Limit != CapacityLimit.Throughput;
        var more = arrivals.At(replica, load, found.Saturated, found.RequestsPerSecond * 1.001);
        return found.Latency.TtftSeconds <= 2 && found.Latency.TpotSeconds <= 0.06 && (found.Limit == CapacityLimit.Throughput || more.TtftSeconds > 2 || more.TpotSeconds > 0.06);
    });

    private static double Rate(ReplicaSpec spec, ReplicaLoad load) => Model(spec).At(load).OutputTokensPerSecond;

    private static void Holds(Func<ReplicaSpec, ReplicaLoad, bool> law) =>
        Prop.ForAll(Cases.ToArbitrary(), item => law(item.Spec, item.Load)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_261_120, 7));
}
