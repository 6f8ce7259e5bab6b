using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>A mix of other options of the scenario.</summary>
public sealed record HybridOption : Option
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => OptionKinds.Hybrid;

    /// <summary>One of <see cref="HybridModes"/>.</summary>
    public string Mode { get; init; } = HybridModes.Overflow;

    /// <summary>Id of the self-hosted option; not used for tasks.</summary>
    public string? FleetOptionId { get; init; }

    /// <summary>Id of the API option; not used for tasks.</summary>
    public string? ApiOptionId { get; init; }

    /// <summary>Replicas of the base fleet, 0 to 100,000: all week, or at most where the fleet is autoscaled; null for the number that costs least. Only for overflow.</summary>
    public int? Replicas { get; init; }

    /// <summary>Hours of the week that go to the API while the fleet is off, 0 to 167 from Monday 00:00 in the time zone of the workload's shape. Only for hours.</summary>
    public IReadOnlyList<int>? Hours { get; init; }

    /// <summary>Share of the time for which the fleet is expected to be down and the API serves what it would have served, 0 to 0.5.</summary>
    public decimal DowntimeShare { get; init; }

    /// <summary>Where each task goes; the shares add up to 1, and the lengths' mean is the workload's within 0.5 %. Only for tasks.</summary>
    public IReadOnlyList<TaskRoute> Routes { get; init; } = [];
}

/// <summary>The values of <see cref="HybridOption.Mode"/>.</summary>
public static class HybridModes
{
    /// <summary>A base fleet, and an API for what exceeds it.</summary>
    public const string Overflow = "overflow";

    /// <summary>An API in named hours, the fleet in the others.</summary>
    public const string Hours = "hours";

    /// <summary>Each task of the workload to an option of its own.</summary>
    public const string Tasks = "tasks";

    /// <summary>A fleet, and an API while it is down.</summary>
    public const string Fallback = "fallback";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Overflow, Hours, Tasks, Fallback];
}

/// <summary>A task of the workload and the option that serves it.</summary>
public sealed record TaskRoute : DocumentNode
{
    /// <summary>What the task is, 1 to 200 characters.</summary>
    public string Task { get; init; } = "";

    /// <summary>Share of the workload's requests, above 0 to 1.</summary>
    public decimal Share { get; init; }

    /// <summary>Id of the option that serves it; a mix may be named, but no circle of them.</summary>
    public string OptionId { get; init; } = "";

    /// <summary>Mean prompt tokens of this task; null for the workload's.</summary>
    public decimal? InputTokens { get; init; }

    /// <summary>Mean generated tokens of this task; null for the workload's.</summary>
    public decimal? OutputTokens { get; init; }
}
