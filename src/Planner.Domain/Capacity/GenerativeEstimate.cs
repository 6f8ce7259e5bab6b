using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>What a replica of a model that generates text delivers at the workload's lengths and targets.</summary>
internal static class GenerativeEstimate
{
    private const double GiB = 1024.0 * 1024 * 1024;

    public static CapacityEstimate Of(CapacityEstimator.Parts parts, Workload workload)
    {
        var (spec, replica, load) = ReplicaOf(parts, workload);
        var memory = MemoryFit.Of(spec, replica, load);
        var (found, corrected, targets, applied) = Solve(parts, workload, spec, replica, load);
        found = found with { Latency = found.Latency with { TtftSeconds = found.Latency.TtftSeconds * corrected.Ttft, TpotSeconds = found.Latency.TpotSeconds * corrected.Itl } };
        var rate = found.RequestsPerSecond * corrected.Rate;
        var tokens = rate * (load.InputTokens + load.OutputTokens);
        var band = ErrorBand.Of(Calibration.Shipped, parts.Model.Key, parts.Gpu.Key, spec);
        return new CapacityEstimate(
            parts.Deployment, memory, rate, tokens, rate * load.OutputTokens, found.Saturated.OutputTokensPerSecond * corrected.Rate, ThroughputBases.Total,
            Enum.GetName(found.Limit)!.ToLowerInvariant(), found.Saturated.Batch == 0 ? null : found.Latency.TtftSeconds, found.Saturated.Batch == 0 ? null : found.Latency.TpotSeconds,
            found.Latency.Running * corrected.Rate * corrected.Itl, rate > 0 ? null : WhyNot(parts, memory, found, targets), null, Working(parts, spec, memory, load, found, corrected.Rate))
        {
            Band = new CapacityBand(tokens * band.Throughput.Low, tokens * band.Throughput.High, band.Ttft.High, band.Itl.High, band.Sentence),
            Correction = applied,
        };
    }

    /// <summary>Tokens a second of <see cref="Of"/> alone, for those who ask thousands of times; 0 where it can serve nothing.</summary>
    public static double TokensPerSecond(CapacityEstimator.Parts parts, Workload workload)
    {
        var (spec, replica, load) = ReplicaOf(parts, workload);
        var (found, corrected, _, _) = Solve(parts, workload, spec, replica, load);
        return found.RequestsPerSecond * corrected.Rate * (load.InputTokens + load.OutputTokens);
    }

    /// <summary>The figures of <see cref="Of"/> that a plan is judged by.</summary>
    public static ServingFigures Figures(CapacityEstimator.Parts parts, Workload workload)
    {
        var (spec, replica, load) = ReplicaOf(parts, workload);
        var (found, corrected, _, _) = Solve(parts, workload, spec, replica, load);
        return new ServingFigures(
            found.RequestsPerSecond * corrected.Rate * (load.InputTokens + load.OutputTokens), ThroughputBases.Total, found.Latency.TtftSeconds * corrected.Ttft,
            found.Latency.TpotSeconds * corrected.Itl, ErrorBand.Of(Calibration.Shipped, parts.Model.Key, parts.Gpu.Key, spec).Throughput.Low);
    }

    /// <summary>What <see cref="Figures"/> cannot exceed, and the latency that it cannot be below: two evaluations of the model instead of thirty.</summary>
    /// <param name="parts">What it rests on.</param>
    /// <param name="workload">What is left to serve.</param>
    /// <param name="arrivals"><see cref="ArrivalsOf"/> of that workload.</param>
    public static CapacityBound Bound(CapacityEstimator.Parts parts, Workload workload, in Arrivals arrivals)
    {
        var (spec, replica, load) = ReplicaOf(parts, workload);
        if (parts.Engine.Timing == EngineTimings.LlamaCpp)
        {
            var free = Figures(parts, workload with { Slo = new ServiceLevel { Percentile = workload.Slo.Percentile } });
            return new CapacityBound(free.TokensPerSecond, 0, free.TokensPerSecond > 0 && TokensPerSecond(parts, workload) == 0);
        }

        var saturated = replica.At(load with { Concurrency = double.PositiveInfinity });
        if (saturated.Batch == 0)
            return default;
        var (corrected, targets, _) = Terms(parts, workload);
        var idle = arrivals.At(replica, load, saturated, SloCapacity.Idle * saturated.RequestsPerSecond);
        return new CapacityBound(
            Arrivals.HighestUtilization * saturated.RequestsPerSecond * corrected.Rate * (load.InputTokens + load.OutputTokens),
            (idle.TtftSeconds * corrected.Ttft) + (load.OutputTokens * idle.TpotSeconds * corrected.Itl), SloCapacity.Missed(idle, targets.Modelled) is not null);
    }

    private static (ReplicaSpec Spec, ReplicaModel Replica, ReplicaLoad Load) ReplicaOf(CapacityEstimator.Parts parts, Workload workload)
    {
        var spec = parts.Spec();
        return (spec, new ReplicaModel(spec, Calibration.Shipped.Parameters), LoadOf(parts.Option, workload));
    }

    /// <summary>The highest rate that keeps the targets, as the model sees both; its figures are still to be corrected.</summary>
    private static (SloCapacity Found, Corrected Corrected, LatencyTargets Targets, AppliedCorrection? Applied) Solve(
        CapacityEstimator.Parts parts, Workload workload, ReplicaSpec spec, in ReplicaModel replica, ReplicaLoad load)
    {
        var (corrected, targets, applied) = Terms(parts, workload);
        var found = parts.Engine.Timing == EngineTimings.LlamaCpp
            ? OfLlamaCpp(spec, replica, load, targets.Modelled)
            : SloCapacity.Of(replica, load, ArrivalsOf(workload), targets.Modelled);
        return (found, corrected, targets.Asked, applied);
    }

    /// <summary>What modelled figures are multiplied by, and the targets: as asked for, and as the model has to meet them.</summary>
    private static (Corrected Corrected, (LatencyTargets Asked, LatencyTargets Modelled) Targets, AppliedCorrection? Applied) Terms(CapacityEstimator.Parts parts, Workload workload)
    {
        var applied = parts.Corrections.Count == 0 ? null : Correction.For(parts.Deployment, Comparable(parts));
        // A faster engine is the same engine in slower time.
        var speed = (double)parts.Engine.SpeedFactor;
        var corrected = new Corrected(speed * (applied?.Factors.Output ?? 1), (applied?.Factors.Ttft ?? 1) / speed, (applied?.Factors.Itl ?? 1) / speed);
        var targets = new LatencyTargets(Seconds(workload.Slo.TtftMs), Seconds(workload.Slo.TpotMs));
        return (corrected, (targets, new LatencyTargets(targets.TtftSeconds / corrected.Ttft, targets.TpotSeconds / corrected.Itl)), applied);
    }

    /// <summary>Fewest GPUs in tensor parallel that share the heads out evenly and hold one request.</summary>
    public static int? SmallestGpus(CapacityEstimator.Parts parts, Workload workload)
    {
        var (spec, load) = (parts.Spec(), LoadOf(parts.Option, workload));
        for (var gpus = 1; gpus <= CapacityEstimate.MostGpusTried; gpus++)
        {
            if (spec.Model.Heads % gpus == 0 && new ReplicaModel(spec with { Layout = new Layout(gpus) }, Calibration.Shipped.Parameters).CapacitySequences(load) >= 1)
                return gpus;
        }

        return null;
    }

    /// <summary>Corrections of formulas of the same kind: what a server of batches is off by says nothing of llama.cpp, nor the other way round.</summary>
    private static List<Correction> Comparable(CapacityEstimator.Parts parts) => parts.Corrections
        .Where(correction => correction.Deployment.Engine == parts.Engine.Key || (parts.Engine.Timing != EngineTimings.LlamaCpp && correction.Deployment.Engine is not ("llama.cpp" or "ollama"))).ToList();

    /// <summary>What modelled figures are multiplied by: the engine's factor and those of the user's own measurements.</summary>
    private readonly record struct Corrected(double Rate, double Ttft, double Itl);

    /// <summary>Arrivals of the workload: its burstiness, the spread of its lengths and the percentile of its targets.</summary>
    internal static Arrivals ArrivalsOf(Workload workload) =>
        new((double)workload.Shape.Burstiness, (double)(workload.OutputCv * workload.OutputCv), (double)workload.Slo.Percentile / 100, (double)workload.InputCv);

    private static ReplicaLoad LoadOf(SelfHostOption option, Workload workload) => new(
        Math.Max(1, (double)workload.InputTokens), Math.Max(1, (double)(workload.OutputTokens + workload.ReasoningTokens)),
        PrefixHitShare: (double)option.PrefixCacheShare,
        Speculation: option.Speculative is { } draft ? new Speculation(draft.DraftTokens, (double)draft.AcceptanceShare, (double)draft.DraftTimeShare) : default);

    private static double Seconds(decimal? milliseconds) => milliseconds is { } value ? (double)value / 1000 : double.PositiveInfinity;

    /// <summary>llama.cpp keeps a fixed number of slots: the most of them that keep the targets count, up to the planned share of their rate.</summary>
    private static SloCapacity OfLlamaCpp(ReplicaSpec spec, in ReplicaModel replica, ReplicaLoad load, LatencyTargets targets)
    {
        var full = LlamaCppModel.At(spec, replica, load);
        if (full.Batch == 0)
            return new SloCapacity(0, CapacityLimit.Memory, default, full);
        CapacityLimit? held = null;
        for (var slots = Math.Floor(full.Batch); ; slots--)
        {
            var busy = LlamaCppModel.At(spec, replica, load with { Concurrency = slots });
            var latency = new ArrivalLatency(slots, busy.StepSeconds, busy.TtftSeconds, busy.ItlSeconds);
            if (SloCapacity.Missed(latency, targets) is not { } missed)
                return new SloCapacity(Arrivals.HighestUtilization * busy.RequestsPerSecond, held ?? CapacityLimit.Throughput, latency, full);
            held = missed;
            if (slots <= 1)
                return new SloCapacity(0, missed, latency, full);
        }
    }

    private static string WhyNot(CapacityEstimator.Parts parts, MemoryFit memory, SloCapacity found, LatencyTargets targets) => found.Limit switch
    {
        CapacityLimit.Memory => (memory.FreeBytes <= 0 ? Texts.InfeasibleWeights : Texts.InfeasibleKv).With(parts.Model.Name, parts.Option.Precision, parts.Option.GpusPerReplica, parts.Gpu.Name,
            Wording.Gibibytes(memory.WeightBytes), Wording.Gibibytes(Math.Max(0, memory.UsableBytes - memory.ReserveBytes)), Wording.Count(Math.Floor(memory.KvTokens))),
        CapacityLimit.Ttft => Texts.InfeasibleTtft.With(Wording.Seconds(found.Latency.TtftSeconds), Wording.Seconds(targets.TtftSeconds)),
        _ => Texts.InfeasibleTpot.With(Wording.Seconds(found.Latency.TpotSeconds), Wording.Seconds(targets.TpotSeconds)),
    };

    private static List<CapacityLine> Working(CapacityEstimator.Parts parts, ReplicaSpec spec, MemoryFit memory, ReplicaLoad load, SloCapacity found, double factor)
    {
        var (model, gpu, option) = (parts.Model.Key, parts.Gpu.Key, parts.Option);
        var weights = new Operand("weights", memory.WeightBytes / GiB, "GiB", $"{model}, {option.Precision}");
        var cached = load.InputTokens + load.OutputTokens;
        List<CapacityLine> lines =
        [
            new(Texts.CapacityFree, "memory × share − reserve − weights",
                [
                    new Operand("memory", memory.UsableBytes / spec.GpuMemoryUtilization!.Value / GiB, "GiB", Texts.SourceDriver.With(gpu)), new Operand("share", spec.GpuMemoryUtilization.Value, "share", "gpuMemoryUtilization"),
                    new Operand("reserve", memory.ReserveBytes / GiB, "GiB", Texts.SourceReserve), weights,
                ], memory.FreeBytes / GiB, "GiB"),
            new(Texts.CapacityKvTokens, "max(0, free) × 1073741824 ÷ bytes × ranks",
                [
                    new Operand("free", memory.FreeBytes / GiB, "GiB", Texts.SourceLinesAbove), new Operand("bytes", memory.KvBytesPerToken, "bytes/token", $"{model}, {option.KvPrecision}"),
                    new Operand("ranks", option.DataParallel, "", "dataParallel"),
                ], memory.KvTokens, "tokens"),
            new(Texts.CapacitySequences, "min(fitting, slots × ranks)",
                [
                    new Operand("fitting", memory.Sequences, "sequences", Texts.SourceSequences.With(Wording.Count(cached))),
                    new Operand("slots", spec.MaxSequences, "sequences", option.MaxSequences is null ? parts.Engine.Key : "maxSequences"), new Operand("ranks", option.DataParallel, "", "dataParallel"),
                ], Math.Min(memory.Sequences, (double)spec.MaxSequences * option.DataParallel), "sequences"),
        ];
        if (found.Saturated.Batch == 0)
            return lines;

        var full = found.Saturated;
        lines.Add(new CapacityLine(Texts.CapacityFullRate, "sequences ÷ cycle × factor",
            [
                new Operand("sequences", full.Batch, "sequences", Texts.SourceLinesAbove), new Operand("cycle", full.CycleSeconds, "s", Texts.SourceCycle.With(Wording.Seconds(full.StepSeconds))),
                new Operand("factor", factor, "", factor == (double)parts.Engine.SpeedFactor ? parts.Engine.Key : Texts.SourceCorrection),
            ], full.RequestsPerSecond * factor, "requests/s"));
        lines.Add(new CapacityLine(Texts.CapacityPlanned, "full × share",
            [
                new Operand("full", full.RequestsPerSecond * factor, "requests/s", Texts.SourceLinesAbove),
                new Operand("share", found.RequestsPerSecond / full.RequestsPerSecond, "share", SourceOf(found.Limit)),
            ], found.RequestsPerSecond * factor, "requests/s"));
        lines.Add(new CapacityLine(Texts.CapacityTokens, "rate × (input + output)",
            [
                new Operand("rate", found.RequestsPerSecond * factor, "requests/s", Texts.SourceLinesAbove), new Operand("input", load.InputTokens, "tokens", "workload.inputTokens"),
                new Operand("output", load.OutputTokens, "tokens", "workload.outputTokens + reasoningTokens"),
            ], found.RequestsPerSecond * factor * cached, "tokens/s"));
        return lines;
    }

    private static string SourceOf(CapacityLimit limit) => limit switch
    {
        CapacityLimit.Ttft => Texts.SourceTtft,
        CapacityLimit.Tpot => Texts.SourceTpot,
        _ => Texts.SourceUtilization,
    };
}
