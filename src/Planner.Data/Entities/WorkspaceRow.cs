namespace Planner.Data.Entities;

/// <summary>A workspace.</summary>
public sealed class WorkspaceRow
{
    /// <summary>The first workspace, which has what was there before others; its Admins look after the installation.</summary>
    public const long FirstId = 1;

    public long Id { get; set; }

    public required string Name { get; set; }

    public DateTime CreatedUtc { get; set; }
}
