namespace Planner.Domain.Scenarios;

/// <summary>An API's latency as somebody measured it, at the percentile of the workload's targets (<see cref="ServiceLevel.Percentile"/>).</summary>
public sealed record ApiLatency : DocumentNode
{
    /// <summary>Time to first token, milliseconds, above 0; null where it was not measured.</summary>
    public decimal? TtftMs { get; init; }

    /// <summary>Time per output token (ITL), milliseconds, above 0; null where it was not measured.</summary>
    public decimal? TpotMs { get; init; }
}
