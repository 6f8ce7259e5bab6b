using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>What a replica delivers at the targets.</summary>
/// <param name="TokensPerSecond">Tokens a second on <paramref name="Basis"/>; 0 where it keeps the targets at no rate.</param>
/// <param name="Basis">Which tokens are counted.</param>
/// <param name="TtftSeconds">Time to first token at that rate and the targets' percentile.</param>
/// <param name="TpotSeconds">Time per output token, likewise; 0 for encoders.</param>
/// <param name="LowFactor">Share of the figure below which one measurement in ten lies; 1 where nobody collected errors.</param>
internal sealed record ServingFigures(double TokensPerSecond, string Basis, double TtftSeconds, double TpotSeconds, double LowFactor)
{
    /// <summary>Time of a mean request: to its first token, and then for each token.</summary>
    /// <param name="workload">What is served.</param>
    public double SecondsOf(Workload workload) => TtftSeconds + ((double)(workload.OutputTokens + workload.ReasoningTokens) * TpotSeconds);

    public static ServingFigures Of(CapacityEstimator.Parts parts, Workload workload)
    {
        if (CapacityEstimator.IsEncoder(parts))
        {
            var estimate = EncoderEstimate.Of(parts, workload);
            return new ServingFigures(estimate.TokensPerSecond, ThroughputBases.Input, estimate.TtftSeconds ?? double.PositiveInfinity, 0, 1);
        }

        return GenerativeEstimate.Figures(parts, workload);
    }
}

/// <summary>What a replica can deliver at most and the least latency that it can have: enough to pass over plans that cannot matter.</summary>
/// <param name="TokensPerSecond">Tokens a second that it never exceeds, whatever the targets; 0 where nothing fits.</param>
/// <param name="LatencySeconds">Time of a mean request on an idle replica.</param>
/// <param name="MissesTargets">True where even an idle replica misses them.</param>
internal readonly record struct CapacityBound(double TokensPerSecond, double LatencySeconds, bool MissesTargets);
