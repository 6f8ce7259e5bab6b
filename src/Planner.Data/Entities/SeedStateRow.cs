namespace Planner.Data.Entities;

/// <summary>Which content of a file of the shipped catalog the database has taken over.</summary>
public sealed class SeedStateRow
{
    public required string FileName { get; set; }

    public required string ContentSha256 { get; set; }

    public DateTime SeededUtc { get; set; }
}
