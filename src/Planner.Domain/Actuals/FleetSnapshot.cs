namespace Planner.Domain.Actuals;

/// <summary>What the replicas of a fleet said, each at its last reading.</summary>
/// <param name="AtUtc">When the fleet was read last.</param>
/// <param name="Replicas">Readings by the replica's name; those that are older than the moment are of replicas that did not answer then.</param>
public sealed record FleetSnapshot(DateTime AtUtc, IReadOnlyDictionary<string, FleetReading> Replicas)
{
    /// <summary>
    /// What the fleet did since an earlier reading, by hour. Counters are compared replica by replica, since a replica that began anew would hide in their sum, also where a replica missed readings
    /// between; gauges are those of the replicas that answered: requests are added up, the share of the KV cache is the mean.
    /// </summary>
    /// <param name="before">The fleet at the earlier reading.</param>
    /// <returns>The hours, in order; an hour that the earlier reading ended already has 0 seconds and what a replica tells late. Empty after a gap, and where no replica is known from before.</returns>
    public IReadOnlyList<FleetHour> Since(FleetSnapshot before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var (then, now) = (before.Answered(), Answered());
        if (then.Count == 0 || now.Count == 0)
            return [];
        var watched = FleetHour.Between(Gauges(then, before.AtUtc), Gauges(now, AtUtc));
        var counted = now.Where(replica => before.Replicas.ContainsKey(replica.Key))
            .SelectMany(replica => FleetHour.Between(before.Replicas[replica.Key], replica.Value)).ToLookup(hour => hour.StartUtc);
        if (watched.Count == 0 || counted.Count == 0)
            return [];
        var replicas = (then.Count + now.Count) / 2.0;
        var byHour = watched.ToDictionary(hour => hour.StartUtc);
        return
        [
            .. counted.OrderBy(hour => hour.Key).Select(hour => Together(
                byHour.TryGetValue(hour.Key, out var gauges) ? gauges with { LeastWaiting = Least(then, now), ReplicaSeconds = replicas * gauges.Seconds } : null, hour)),
        ];
    }

    /// <summary>This reading with those of replicas that did not answer now, as long as the time since then is no gap.</summary>
    /// <param name="before">The fleet at the earlier reading.</param>
    public FleetSnapshot With(FleetSnapshot before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var oldest = AtUtc.AddMinutes(-FleetHour.LongestGapMinutes);
        var silent = before.Replicas.Where(replica => !Replicas.ContainsKey(replica.Key) && replica.Value.AtUtc >= oldest);
        return this with { Replicas = Replicas.Concat(silent).ToDictionary(StringComparer.Ordinal) };
    }

    private Dictionary<string, FleetReading> Answered() => Replicas.Where(replica => replica.Value.AtUtc == AtUtc).ToDictionary(StringComparer.Ordinal);

    private static FleetReading Gauges(Dictionary<string, FleetReading> replicas, DateTime atUtc) => new(
        "", atUtc, null, null, null, Sum(replicas.Values.Select(reading => reading.Running)), Sum(replicas.Values.Select(reading => reading.Waiting)),
        Sum(replicas.Values.Select(reading => reading.KvShare)) / replicas.Count, null, null, null, null);

    /// <summary>An hour without gauges is one that the fleet's earlier reading ended already.</summary>
    private static FleetHour Together(FleetHour? gauges, IGrouping<DateTime, FleetHour> replicas)
    {
        var all = replicas.Aggregate((left, right) => left.Plus(right));
        return all with
        {
            Seconds = gauges?.Seconds ?? 0,
            RunningSeconds = gauges is null ? 0 : gauges.RunningSeconds,
            WaitingSeconds = gauges is null ? 0 : gauges.WaitingSeconds,
            KvShareSeconds = gauges is null ? 0 : gauges.KvShareSeconds,
            LeastWaiting = gauges is null ? all.LeastWaiting : gauges.LeastWaiting,
            ReplicaSeconds = gauges?.ReplicaSeconds ?? 0,
        };
    }

    private static double? Least(Dictionary<string, FleetReading> then, Dictionary<string, FleetReading> now) =>
        then.Values.Concat(now.Values).Select(reading => reading.Waiting).ToList() is var waiting && waiting.TrueForAll(count => count is not null) ? waiting.Min() : null;

    /// <summary>The sum; null where one is unknown.</summary>
    private static double? Sum(IEnumerable<double?> values) => values.Aggregate((double?)0, static (sum, value) => sum + value);
}
