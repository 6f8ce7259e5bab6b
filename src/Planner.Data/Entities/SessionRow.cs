namespace Planner.Data.Entities;

/// <summary>A signed-in browser. The row goes when it signs out.</summary>
public sealed class SessionRow
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public DateTime BegunUtc { get; set; }
}
