using Planner.Domain.Numerics;

namespace Planner.Domain.Capacity;

/// <summary>A replica under requests that arrive on their own, as users send them, rather than in a closed loop.</summary>
/// <param name="ArrivalsCv2">Squared coefficient of variation of the times between arrivals: 1 for Poisson, 4 for bursts.</param>
/// <param name="OutputCv2">Squared coefficient of variation of the output's length.</param>
/// <param name="Quantile">Quantile of the targets, 0.5 to below 1; 0.95 for p95.</param>
/// <param name="InputCv">Coefficient of variation of the prompt's length, at least 0; 0 means all prompts are alike.</param>
/// <remarks>
/// A queue with as many places as sequences fit, whose service slows with the sequences that run (docs/method.md, Under load). Its algebra was checked
/// against a simulation of the same steps, not against servers; above 80 % of the saturated rate it is too pessimistic to be used.
/// </remarks>
public readonly record struct Arrivals(double ArrivalsCv2, double OutputCv2, double Quantile, double InputCv = 0)
{
    /// <summary>Share of the saturated rate up to which the formula holds, and up to which a replica is planned.</summary>
    public const double HighestUtilization = 0.8;

    private const int Iterations = 6;

    /// <summary>Standard deviations above the mean at which the quantile lies.</summary>
    private double Deviations { get; } = NormalDistribution.Quantile(Quantile);

    /// <summary>How many times longer than the mean a prompt is at the quantile, lengths being lognormal; never below 1, so that a long tail helps nobody.</summary>
    private double LongPrompt { get; } = Math.Max(1, Math.Exp((NormalDistribution.Quantile(Quantile) * Math.Sqrt(Math.Log(1 + (InputCv * InputCv)))) - (Math.Log(1 + (InputCv * InputCv)) / 2)));

    /// <summary>Latency at a rate of arrivals; infinite where the replica cannot keep up.</summary>
    /// <param name="replica">The replica.</param>
    /// <param name="load">Lengths of the requests; its concurrency is not used.</param>
    /// <param name="saturated">The replica at as many sequences as fit.</param>
    /// <param name="requestsPerSecond">Rate of arrivals, above 0.</param>
    public ArrivalLatency At(in ReplicaModel replica, ReplicaLoad load, in ReplicaPerformance saturated, double requestsPerSecond)
    {
        var places = saturated.Batch;
        var running = places;
        var line = replica.Line(load, running);
        var stepsPerRequest = load.OutputTokens / line.TokensPerStep;
        var prompts = requestsPerSecond * line.PromptSeconds;
        var busy = prompts + (requestsPerSecond * stepsPerRequest * line.SequenceSeconds);
        var utilization = requestsPerSecond / saturated.RequestsPerSecond;
        if (!(busy < 1 && utilization < 1))
            return new ArrivalLatency(places, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);

        // Fewer running sequences touch fewer experts, which makes steps shorter and so keeps fewer running: from full towards the fixed point.
        for (var i = 0; i < Iterations; i++)
        {
            var before = line.EmptySeconds;
            running = Math.Min(places, requestsPerSecond * stepsPerRequest * before / (1 - busy));
            line = replica.Line(load, running);
            if (line.EmptySeconds == before)
                break;
        }

        var step = Step(line, running, prompts);
        var spread = Math.Sqrt(running * (1 + ArrivalsCv2) / 2 / (1 - busy));
        var full = NormalDistribution.Cdf((running - places) / spread);
        var wait = (ArrivalsCv2 + OutputCv2) / 2 * saturated.CycleSeconds / (places * (1 - utilization));
        var late = 1 - Quantile;
        var behindPrompt = Math.Min(1, prompts + (ArrivalsCv2 > 1 ? 0.5 : 0));
        var prompt = line.PromptLatencySeconds;
        var ttft = (step / 2) + (prompt * LongPrompt) + step + (0.7 * Math.Max(0, ArrivalsCv2 - 1) / 2 * prompt)
            + (full > late ? wait * Math.Log(full / late) : 0)
            + (behindPrompt > late ? 0.7 * ArrivalsCv2 * prompt / (1 - prompts) * Math.Log(behindPrompt / late) : 0)
            + line.TtftSeconds;
        var crowded = Math.Min(places, running + (Deviations * spread));
        return new ArrivalLatency(running, step, ttft, Step(line, crowded, prompts) / line.TokensPerStep);
    }

    private static double Step(StepLine line, double running, double prompts) => (line.EmptySeconds + (line.SequenceSeconds * running)) / (1 - prompts);
}

/// <summary>What requests see at a rate of arrivals.</summary>
/// <param name="Running">Mean sequences running.</param>
/// <param name="StepSeconds">Mean step; infinite where the replica cannot keep up.</param>
/// <param name="TtftSeconds">Time to first token at the quantile.</param>
/// <param name="TpotSeconds">Time per output token at the quantile: the step while as many sequences run as at the quantile.</param>
public readonly record struct ArrivalLatency(double Running, double StepSeconds, double TtftSeconds, double TpotSeconds);
