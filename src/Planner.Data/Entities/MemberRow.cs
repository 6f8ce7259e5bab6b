using Planner.Data.Accounts;

namespace Planner.Data.Entities;

/// <summary>A user's role in a workspace.</summary>
public sealed class MemberRow
{
    public long UserId { get; set; }

    public long WorkspaceId { get; set; }

    public Role Role { get; set; }
}
