namespace Planner.Data.Entities;

/// <summary>An entry of the audit log. The database refuses to change or remove one.</summary>
public sealed class AuditRow
{
    public long Id { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>The workspace that it concerns; null for what is of the whole installation.</summary>
    public long? WorkspaceId { get; set; }

    /// <summary>The user; null for the only user of an app without accounts, the program itself, and somebody unknown.</summary>
    public long? UserId { get; set; }

    /// <summary>The actor's name at that time.</summary>
    public required string Who { get; set; }

    /// <summary>How the actor was recognised.</summary>
    public required string Means { get; set; }

    /// <summary>What was done (<see cref="Audits.AuditActions"/>).</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to, as a path of the API where it has one, such as <c>scenarios/k3…</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>Its name and what changed, in words; null where the action says it all.</summary>
    public string? Detail { get; set; }
}
