using Planner.Data.Accounts;

namespace Planner.Data.Entities;

/// <summary>A token for programs.</summary>
public sealed class ApiTokenRow
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public long WorkspaceId { get; set; }

    /// <summary>What it is for, in its maker's words.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token as 64 hex digits. The token itself is nowhere kept.</summary>
    public required string TokenHash { get; set; }

    /// <summary>The most it may do; never more than its user may.</summary>
    public Role Scope { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime ExpiresUtc { get; set; }

    /// <summary>To the minute; null where it was never used.</summary>
    public DateTime? LastUsedUtc { get; set; }

    public DateTime? RevokedUtc { get; set; }
}
