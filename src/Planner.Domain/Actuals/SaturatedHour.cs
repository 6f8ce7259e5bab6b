using Planner.Domain.Capacity;

namespace Planner.Domain.Actuals;

/// <summary>What hours of a running fleet say of its deployment's throughput: only one in which there was always more to do tells what it can do.</summary>
public static class SaturatedHour
{
    /// <summary>Seconds of an hour that have to be watched.</summary>
    public const int LeastSeconds = 45 * 60;

    /// <summary>Share of the KV cache above which it is full enough to hold requests back, 0 to 1.</summary>
    public const double FullKvShare = 0.8;

    /// <summary>Finished requests from which on their mean length is known.</summary>
    public const int LeastRequests = 20;

    /// <summary>Most points that are kept of a fleet and a deployment.</summary>
    public const int MostPoints = 24;

    /// <summary>Days for which a point counts: the engine and the driver are others by then.</summary>
    public const int KeptDays = 90;

    /// <summary>
    /// True where the fleet had more to do than it could: it was watched for <see cref="LeastSeconds"/>, and either requests waited while the KV cache was fuller than <see cref="FullKvShare"/> on the mean,
    /// or at every reading at least one waited at every replica.
    /// </summary>
    public static bool IsSaturated(FleetHour hour)
    {
        ArgumentNullException.ThrowIfNull(hour);
        return hour.Seconds >= LeastSeconds && (hour.LeastWaiting >= 1 || (hour.WaitingSeconds > 0 && hour.KvShareSeconds > FullKvShare * hour.Seconds));
    }

    /// <summary>
    /// What a replica did in a saturated hour, as a benchmark says it: lengths are tokens ÷ finished requests, concurrency is the requests that were served (not those that waited) ÷ replicas, the rate
    /// is generated tokens ÷ watched seconds ÷ replicas, latencies are means.
    /// </summary>
    /// <returns>Null where the hour was not saturated, or the engine does not say enough.</returns>
    public static BenchmarkPoint? Point(FleetHour hour)
    {
        ArgumentNullException.ThrowIfNull(hour);
        if (!IsSaturated(hour) || hour.ReplicaSeconds <= 0 || !(hour.Requests >= LeastRequests) || !(hour.PromptTokens >= hour.Requests) || !(hour.GeneratedTokens >= hour.Requests))
            return null;
        return new BenchmarkPoint(
            hour.PromptTokens.Value / hour.Requests.Value, hour.GeneratedTokens.Value / hour.Requests.Value, hour.RunningSeconds > 0 ? hour.RunningSeconds / hour.ReplicaSeconds : null,
            RequestsPerSecond: null, hour.GeneratedTokens.Value / hour.ReplicaSeconds, hour.Ttft?.MeanSeconds, hour.Itl?.MeanSeconds);
    }

    /// <summary>
    /// The points that represent many: of each kind of load, the lengths of prompt and output within a factor of two, the fastest and the one with the shortest time to the first token; of more than
    /// <see cref="MostPoints"/> those of the latest hours.
    /// </summary>
    /// <typeparam name="T">What has a point.</typeparam>
    /// <param name="measured">All of them, in order of time.</param>
    /// <param name="pointOf">The point of one.</param>
    /// <returns>The chosen ones, in order of time.</returns>
    public static IReadOnlyList<T> Chosen<T>(IReadOnlyList<T> measured, Func<T, BenchmarkPoint> pointOf) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(measured);
        var chosen = measured.GroupBy(one => (Octave(pointOf(one).InputTokens), Octave(pointOf(one).OutputTokens)))
            .SelectMany(load => (T[])[load.MaxBy(one => pointOf(one).OutputTokensPerSecond)!, load.MinBy(one => pointOf(one).TtftSeconds ?? double.PositiveInfinity)!]).ToHashSet();
        return [.. measured.Where(chosen.Contains).TakeLast(MostPoints)];

        static double Octave(double tokens) => Math.Round(Math.Log2(tokens));
    }
}
