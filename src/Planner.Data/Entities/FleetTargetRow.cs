namespace Planner.Data.Entities;

/// <summary>A source of metrics of a running fleet, and what it said last.</summary>
public sealed class FleetTargetRow
{
    public long Id { get; set; }

    public required string ScenarioId { get; set; }

    /// <summary>The option of the scenario that the fleet serves.</summary>
    public required string OptionId { get; set; }

    public required string Name { get; set; }

    /// <summary>One of <see cref="Actuals.FleetTargetKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Addresses: <c>["http://…"]</c>.</summary>
    public required string AddressesJson { get; set; }

    public string? Selector { get; set; }

    public decimal? Instances { get; set; }

    public int IntervalMinutes { get; set; }

    /// <summary>Raised by each change of the target, so that what was read of the old one is not taken for the new one.</summary>
    public int Version { get; set; }

    /// <summary>When it was read last, whether it answered or not; null before.</summary>
    public DateTime? TriedUtc { get; set; }

    /// <summary>When it answered last; null before.</summary>
    public DateTime? ReadUtc { get; set; }

    /// <summary>Key of its engine; null before it answered.</summary>
    public string? Engine { get; set; }

    /// <summary>Replicas that answered last.</summary>
    public int Replicas { get; set; }

    /// <summary>The last readings (<see cref="Domain.Actuals.FleetSnapshot"/>), so that what counters gained meanwhile is known after a restart; null before it answered.</summary>
    public string? SnapshotJson { get; set; }

    /// <summary>Why it, or a part of it, does not answer; null while all is well.</summary>
    public string? Fault { get; set; }

    /// <summary>Since when there is a fault; null while all is well.</summary>
    public DateTime? FaultSinceUtc { get; set; }

    /// <summary>The hours before this one were looked at for measured throughput, as <see cref="FleetHourRow.Hour"/>.</summary>
    public long MeasuredToHour { get; set; }
}

/// <summary>An hour of a fleet (<see cref="Domain.Actuals.FleetHour"/>), one row a target and hour.</summary>
public sealed class FleetHourRow
{
    public long TargetId { get; set; }

    /// <summary>Full hours since the beginning of 1970, UTC.</summary>
    public long Hour { get; set; }

    public double Seconds { get; set; }

    public double? PromptTokens { get; set; }

    public double? GeneratedTokens { get; set; }

    public double? Requests { get; set; }

    public double? RunningSeconds { get; set; }

    public double? WaitingSeconds { get; set; }

    public double? KvShareSeconds { get; set; }

    public double? PrefixQueries { get; set; }

    public double? PrefixHits { get; set; }

    public double? LeastWaiting { get; set; }

    public double ReplicaSeconds { get; set; }

    /// <summary>Buckets: <c>[[bounds without the last],[counts],[sum]]</c>.</summary>
    public string? TtftJson { get; set; }

    public string? ItlJson { get; set; }
}
