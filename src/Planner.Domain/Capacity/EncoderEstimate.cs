using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>What a replica of an encoder delivers, on GPUs or on the CPUs of an instance.</summary>
internal static class EncoderEstimate
{
    public static CapacityEstimate Of(CapacityEstimator.Parts parts, Workload workload)
    {
        var (option, model) = (parts.Option, parts.Model.Architecture!);
        var isCpu = parts.Gpu.Vendor == EncoderModel.CpuVendor;
        var devices = isCpu ? parts.Instance?.Vcpus ?? 1 : option.GpusPerReplica;
        var flops = EncoderModel.Flops(parts.Gpu, devices, WeightPrecisions.Parse(option.Precision)!.Value)!.Value;
        var length = Math.Max(1, (double)workload.InputTokens);
        var speed = EncoderModel.InputTokensPerSecond(model, flops, length) * (double)parts.Engine.SpeedFactor;
        var alone = length / speed;
        var target = (double)(workload.Slo.TtftMs ?? decimal.MaxValue) / 1000;
        var infeasible = alone > target ? Wording.Say(Texts.InfeasibleTtft, Wording.Seconds(alone), Wording.Seconds(target)) : null;
        var planned = infeasible is null ? speed * Arrivals.HighestUtilization : 0;
        var parameters = ModelMath.AttentionParameters(model) + ModelMath.DenseParameters(model);
        List<CapacityLine> working =
        [
            new(Texts.CapacitySpeed, "FLOP/s ÷ (2 × parameters × (1 + length ÷ (6 × hidden))) × factor",
                [
                    new Operand("FLOP/s", flops, "FLOP/s", isCpu ? Texts.SourceCpuFlops : Texts.SourceGpuShare), new Operand("parameters", parameters, "parameters", parts.Model.Key),
                    new Operand("length", length, "tokens", "workload.inputTokens"), new Operand("hidden", model.HiddenSize, "", parts.Model.Key),
                    new Operand("factor", (double)parts.Engine.SpeedFactor, "", parts.Engine.Key),
                ], speed, "input tokens/s"),
            new(Texts.CapacityPlanned, "speed × share",
                [new Operand("speed", speed, "tokens/s", Texts.SourceLinesAbove), new Operand("share", planned / speed, "share", Texts.SourceUtilization)], planned, "input tokens/s"),
        ];
        return new CapacityEstimate(
            parts.Deployment, null, planned / length, planned, 0, 0, ThroughputBases.Input, infeasible is null ? "throughput" : "ttft", alone, null, 1, infeasible, null, working);
    }
}
