using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>What a replica of an encoder delivers, on GPUs or on virtual CPUs.</summary>
internal static class EncoderEstimate
{
    public static CapacityEstimate Of(CapacityEstimator.Parts parts, Workload workload)
    {
        var length = Math.Max(1, (double)workload.InputTokens);
        var memory = parts.Gpu.Vendor == EncoderModel.CpuVendor ? null : MemoryOf(parts, length);
        var (speed, line) = memory is { Fits: false } ? (0, null) : Speed(parts, length);
        var target = (double)(workload.Slo.TtftMs ?? decimal.MaxValue) / 1000;
        var infeasible = memory is { Fits: false }
            ? Texts.InfeasibleWeights.With(parts.Model.Name, parts.Option.Precision, parts.Option.GpusPerReplica, parts.Gpu.Name, Wording.Gibibytes(memory.WeightBytes), Wording.Gibibytes(Math.Max(0, memory.UsableBytes - memory.ReserveBytes)))
            : length / speed > target ? Texts.InfeasibleEncoder.With(Wording.Seconds(length / speed), Wording.Seconds(target)) : null;
        var planned = infeasible is null ? speed * Arrivals.HighestUtilization : 0;
        List<CapacityLine> working = line is null ? [] :
        [
            line,
            new(Texts.CapacityPlanned, "speed × share",
                [new Operand("speed", speed, "tokens/s", Texts.SourceLinesAbove), new Operand("share", planned / speed, "share", Texts.SourceUtilization)], planned, "input tokens/s"),
        ];
        return new CapacityEstimate(
            parts.Deployment, memory, planned / length, planned, 0, 0, ThroughputBases.Input, memory is { Fits: false } ? "memory" : infeasible is null ? "throughput" : "ttft",
            speed > 0 ? length / speed : null, null, 1, infeasible, null, working);
    }

    private static MemoryFit MemoryOf(CapacityEstimator.Parts parts, double length)
    {
        var spec = parts.Spec();
        return MemoryFit.Of(spec, new ReplicaModel(spec, Calibration.Shipped.Parameters), new ReplicaLoad(length, 1));
    }

    private static (double TokensPerSecond, CapacityLine Line) Speed(CapacityEstimator.Parts parts, double length)
    {
        var (model, factor) = (parts.Model.Architecture!, (double)parts.Engine.SpeedFactor);
        var lengthOperand = new Operand("length", length, "tokens", "workload.inputTokens");
        var factorOperand = new Operand("factor", factor, "", parts.Engine.Key);
        // Grouped heads are a decoder's: such a model embeds with the prefill of a language model.
        if (model.KvHeads < model.Heads && parts.Gpu.Vendor != EncoderModel.CpuVendor)
        {
            var full = new ReplicaModel(parts.Spec(), Calibration.Shipped.Parameters).At(new ReplicaLoad(length, 1));
            return (full.RequestsPerSecond * length * factor, new CapacityLine(Texts.CapacitySpeed, "texts × length × factor",
                [new Operand("texts", full.RequestsPerSecond, "texts/s", Texts.SourceCycle.With(Wording.Seconds(full.StepSeconds))), lengthOperand, factorOperand],
                full.RequestsPerSecond * length * factor, "input tokens/s"));
        }

        var flops = EncoderModel.Flops(parts.Gpu, parts.Option.GpusPerReplica, WeightPrecisions.Parse(parts.Option.Precision)!.Value)!.Value;
        var speed = EncoderModel.InputTokensPerSecond(model, flops, length) * factor;
        return (speed, new CapacityLine(Texts.CapacitySpeed, "FLOP/s ÷ (2 × parameters × (1 + length ÷ (6 × hidden))) × factor",
            [
                new Operand("FLOP/s", flops, "FLOP/s", parts.Gpu.Vendor == EncoderModel.CpuVendor ? Texts.SourceCpuFlops : Texts.SourceGpuShare),
                new Operand("parameters", ModelMath.AttentionParameters(model) + ModelMath.DenseParameters(model), "parameters", parts.Model.Key),
                lengthOperand, new Operand("hidden", model.HiddenSize, "", parts.Model.Key), factorOperand,
            ], speed, "input tokens/s"));
    }
}
