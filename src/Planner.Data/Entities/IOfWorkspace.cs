namespace Planner.Data.Entities;

/// <summary>What belongs to a workspace: seen and changed by its members only.</summary>
public interface IOfWorkspace
{
    /// <summary>The workspace; 0 on a new row for that of the call that stores it.</summary>
    long WorkspaceId { get; set; }
}
