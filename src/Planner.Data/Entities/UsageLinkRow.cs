namespace Planner.Data.Entities;

/// <summary>Which measured workload an option of a scenario really served.</summary>
public sealed class UsageLinkRow
{
    public required string ScenarioId { get; set; }

    public required string OptionId { get; set; }

    public long UsageSetId { get; set; }

    /// <summary>Models that count: <c>["…"]</c>; empty for all.</summary>
    public required string ModelsJson { get; set; }
}
