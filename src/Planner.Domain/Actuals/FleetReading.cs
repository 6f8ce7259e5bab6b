namespace Planner.Domain.Actuals;

/// <summary>What a fleet's metrics said at one moment, its processes and models added up. What it does not expose is null.</summary>
/// <param name="Engine">Key of the engine in the catalog.</param>
/// <param name="AtUtc">The moment.</param>
/// <param name="PromptTokens">Prompt tokens since the engine's start.</param>
/// <param name="GeneratedTokens">Generated tokens since the engine's start.</param>
/// <param name="Requests">Finished requests since the engine's start.</param>
/// <param name="Running">Requests that are served now.</param>
/// <param name="Waiting">Requests that wait now.</param>
/// <param name="KvShare">Share of the KV cache in use, 0 to 1; of several processes, the fullest.</param>
/// <param name="PrefixQueries">Prompt tokens looked up in the prefix cache since the engine's start.</param>
/// <param name="PrefixHits">Those of them that were found.</param>
/// <param name="Ttft">Time to first token since the engine's start.</param>
/// <param name="Itl">Time between tokens since the engine's start.</param>
public sealed record FleetReading(
    string Engine, DateTime AtUtc, double? PromptTokens, double? GeneratedTokens, double? Requests, double? Running, double? Waiting, double? KvShare, double? PrefixQueries, double? PrefixHits,
    LatencyBuckets? Ttft, LatencyBuckets? Itl);

/// <summary>What a fleet did within an hour, or the part of it that was watched.</summary>
public sealed record FleetHour
{
    /// <summary>Longest time between two readings that is taken as watched, minutes: over a longer one nobody knows when the work was done.</summary>
    public const int LongestGapMinutes = 60;

    /// <summary>The full hour in which it begins, UTC.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>Seconds of the hour that were watched, above 0 to 3,600.</summary>
    public double Seconds { get; init; }

    /// <summary>Prompt tokens; null where the engine does not say.</summary>
    public double? PromptTokens { get; init; } = 0;

    /// <summary>Generated tokens; null where the engine does not say.</summary>
    public double? GeneratedTokens { get; init; } = 0;

    /// <summary>Finished requests; null where the engine does not say.</summary>
    public double? Requests { get; init; } = 0;

    /// <summary>Requests served at once, mean over the watched time × its seconds; null where the engine does not say.</summary>
    public double? RunningSeconds { get; init; } = 0;

    /// <summary>Requests waiting at once, mean × seconds; null where the engine does not say.</summary>
    public double? WaitingSeconds { get; init; } = 0;

    /// <summary>Share of the KV cache in use, mean × seconds; null where the engine does not say.</summary>
    public double? KvShareSeconds { get; init; } = 0;

    /// <summary>Prompt tokens looked up in the prefix cache; null where the engine does not say.</summary>
    public double? PrefixQueries { get; init; } = 0;

    /// <summary>Those of them that were found.</summary>
    public double? PrefixHits { get; init; } = 0;

    /// <summary>The fewest requests that any replica had waiting at any reading; null where the engine does not say.</summary>
    public double? LeastWaiting { get; init; }

    /// <summary>Replicas that answered, mean over the watched time × its seconds.</summary>
    public double ReplicaSeconds { get; init; }

    /// <summary>Time to first token; null where nothing was observed.</summary>
    public LatencyBuckets? Ttft { get; init; }

    /// <summary>Time between tokens; null where nothing was observed.</summary>
    public LatencyBuckets? Itl { get; init; }

    /// <summary>
    /// What happened between two readings, by hour. Counters that fell began anew with the engine, so all that they count came after; means of gauges are those of the two
    /// readings; work is spread evenly over the time between them.
    /// </summary>
    /// <param name="before">The earlier reading.</param>
    /// <param name="after">The later reading.</param>
    /// <returns>The hours, in order; empty where the readings are more than <see cref="LongestGapMinutes"/> apart, or not in order.</returns>
    public static IReadOnlyList<FleetHour> Between(FleetReading before, FleetReading after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var seconds = (after.AtUtc - before.AtUtc).TotalSeconds;
        if (seconds <= 0 || seconds > LongestGapMinutes * 60)
            return [];
        var hours = new List<FleetHour>();
        for (var from = before.AtUtc; from < after.AtUtc;)
        {
            var start = new DateTime(from.Year, from.Month, from.Day, from.Hour, 0, 0, DateTimeKind.Utc);
            var to = start.AddHours(1) < after.AtUtc ? start.AddHours(1) : after.AtUtc;
            var watched = (to - from).TotalSeconds;
            var share = watched / seconds;
            hours.Add(new FleetHour
            {
                StartUtc = start,
                Seconds = watched,
                PromptTokens = Counted(before.PromptTokens, after.PromptTokens) * share,
                GeneratedTokens = Counted(before.GeneratedTokens, after.GeneratedTokens) * share,
                Requests = Counted(before.Requests, after.Requests) * share,
                RunningSeconds = (before.Running + after.Running) / 2 * watched,
                WaitingSeconds = (before.Waiting + after.Waiting) / 2 * watched,
                KvShareSeconds = (before.KvShare + after.KvShare) / 2 * watched,
                LeastWaiting = before.Waiting is { } then && after.Waiting is { } now ? Math.Min(then, now) : null,
                ReplicaSeconds = watched,
                PrefixQueries = Counted(before.PrefixQueries, after.PrefixQueries) * share,
                PrefixHits = Counted(before.PrefixHits, after.PrefixHits) * share,
                Ttft = Observed(before.Ttft, after.Ttft, share),
                Itl = Observed(before.Itl, after.Itl, share),
            });
            from = to;
        }

        return hours;
    }

    /// <summary>Two parts of the same hour together.</summary>
    public FleetHour Plus(FleetHour other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Seconds = Seconds + other.Seconds,
            PromptTokens = PromptTokens + other.PromptTokens,
            GeneratedTokens = GeneratedTokens + other.GeneratedTokens,
            Requests = Requests + other.Requests,
            RunningSeconds = RunningSeconds + other.RunningSeconds,
            WaitingSeconds = WaitingSeconds + other.WaitingSeconds,
            KvShareSeconds = KvShareSeconds + other.KvShareSeconds,
            PrefixQueries = PrefixQueries + other.PrefixQueries,
            PrefixHits = PrefixHits + other.PrefixHits,
            LeastWaiting = LeastWaiting is { } least && other.LeastWaiting is { } others ? Math.Min(least, others) : null,
            ReplicaSeconds = ReplicaSeconds + other.ReplicaSeconds,
            // After an update of the engine its bounds may differ: what was observed since then counts.
            Ttft = Ttft is null ? other.Ttft : other.Ttft is null ? Ttft : Ttft.Plus(other.Ttft) ?? other.Ttft,
            Itl = Itl is null ? other.Itl : other.Itl is null ? Itl : Itl.Plus(other.Itl) ?? other.Itl,
        };
    }

    private static double? Counted(double? before, double? after) => after is { } now && before is { } then ? now < then ? now : now - then : null;

    private static LatencyBuckets? Observed(LatencyBuckets? before, LatencyBuckets? after, double share) =>
        before is null || after is null ? null : after.Since(before) is var observed && observed.Total > 0 ? observed.Part(share) : null;
}
