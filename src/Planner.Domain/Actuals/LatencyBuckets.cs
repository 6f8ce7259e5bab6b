namespace Planner.Domain.Actuals;

/// <summary>How many observations of a duration lie below each of some bounds, as metrics of inference engines count them.</summary>
/// <param name="UpToSeconds">Upper bounds, seconds, rising, the last of them +∞.</param>
/// <param name="Counts">Observations in each bucket alone, as many as bounds, each at least 0.</param>
public sealed record LatencyBuckets(IReadOnlyList<double> UpToSeconds, IReadOnlyList<double> Counts)
{
    /// <summary>All observed durations together, seconds; null where the engine does not say.</summary>
    public double? SumSeconds { get; init; }

    /// <summary>Observations in all buckets.</summary>
    public double Total => Counts.Sum();

    /// <summary>Mean duration, seconds: the sum ÷ the observations; null without either.</summary>
    public double? MeanSeconds => Total > 0 ? SumSeconds / Total : null;

    /// <summary>
    /// A percentile, linear within its bucket, as Prometheus' histogram_quantile has it: the p-th of n observations lies at (p × n − those below) ÷ those within of its bucket.
    /// </summary>
    /// <param name="share">The percentile as a share, above 0 to 1; 0.95 is the 95th.</param>
    /// <returns>Seconds, and whether it is only known to be above them, since the bucket has no upper bound; null without observations.</returns>
    public (double Seconds, bool IsAbove)? Percentile(double share)
    {
        if (Total <= 0)
            return null;
        var (rank, below) = (share * Total, 0.0);
        for (var bucket = 0; bucket < Counts.Count; bucket++)
        {
            var lower = bucket == 0 ? 0 : UpToSeconds[bucket - 1];
            if (below + Counts[bucket] >= rank && Counts[bucket] > 0)
                return double.IsPositiveInfinity(UpToSeconds[bucket]) ? (lower, true) : (lower + ((UpToSeconds[bucket] - lower) * Math.Max(0, rank - below) / Counts[bucket]), false);
            below += Counts[bucket];
        }

        return (UpToSeconds.Count > 1 ? UpToSeconds[^2] : 0, true);
    }

    /// <summary>Both together.</summary>
    /// <param name="other">Observations by the same bounds.</param>
    /// <returns>The sum; null where the bounds differ, as after an update of the engine.</returns>
    public LatencyBuckets? Plus(LatencyBuckets other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return UpToSeconds.SequenceEqual(other.UpToSeconds) ? this with { Counts = [.. Counts.Zip(other.Counts, static (left, right) => left + right)], SumSeconds = SumSeconds + other.SumSeconds } : null;
    }

    /// <summary>A part of the observations, as if they were spread evenly.</summary>
    /// <param name="share">The part, 0 to 1.</param>
    public LatencyBuckets Part(double share) => this with { Counts = [.. Counts.Select(count => count * share)], SumSeconds = SumSeconds * share };

    /// <summary>What was observed since an earlier reading of the same counters.</summary>
    /// <param name="earlier">The earlier reading.</param>
    /// <returns>The difference; all of this reading where the counters began anew meanwhile: a bound was changed, or one of them has fallen.</returns>
    public LatencyBuckets Since(LatencyBuckets earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (!UpToSeconds.SequenceEqual(earlier.UpToSeconds))
            return this;
        var counts = Counts.Zip(earlier.Counts, static (now, before) => now - before).ToList();
        return counts.Exists(count => count < 0) ? this : this with { Counts = counts, SumSeconds = SumSeconds - earlier.SumSeconds is >= 0 and var sum ? sum : null };
    }
}
