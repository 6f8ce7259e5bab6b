namespace Planner.Data.Actuals;

/// <summary>The values of <see cref="FleetTarget.Kind"/>.</summary>
public static class FleetTargetKinds
{
    /// <summary>The engines' own <c>/metrics</c>, one address a replica.</summary>
    public const string Metrics = "metrics";

    /// <summary>A Prometheus server that has the engines' metrics.</summary>
    public const string Prometheus = "prometheus";

    public static IReadOnlyList<string> All { get; } = [Metrics, Prometheus];
}

/// <summary>A source of metrics of a running fleet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="OptionId">The option that the fleet serves.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">One of <see cref="FleetTargetKinds"/>.</param>
/// <param name="Addresses">One per replica; of Prometheus one, the server.</param>
/// <param name="Selector">Prometheus' label selector, such as <c>{job="vllm"}</c>; null for all.</param>
/// <param name="Instances">Machines it runs on; null for as planned.</param>
/// <param name="IntervalMinutes">Minutes between readings, 1 to 30.</param>
/// <param name="State">What it said last.</param>
public sealed record FleetTarget(
    long Id, string ScenarioId, string OptionId, string Name, string Kind, IReadOnlyList<Uri> Addresses, string? Selector, decimal? Instances, int IntervalMinutes, FleetTargetState State);

/// <summary>What is known of a target between its readings.</summary>
/// <param name="ReadUtc">When it answered last; null before.</param>
/// <param name="Engine">Key of its engine; null before.</param>
/// <param name="Replicas">Replicas that answered last; null before.</param>
/// <param name="Fault">Why it, or a part of it, does not answer; null while all is well.</param>
/// <param name="FaultSinceUtc">Since when; null while all is well.</param>
public sealed record FleetTargetState(DateTime? ReadUtc, string? Engine, int? Replicas, string? Fault, DateTime? FaultSinceUtc);

/// <summary>A target as somebody enters it; the members are those of <see cref="FleetTarget"/>.</summary>
public sealed record FleetTargetDraft(string OptionId, string Name, string Kind, IReadOnlyList<Uri> Addresses, string? Selector, decimal? Instances, int IntervalMinutes);
