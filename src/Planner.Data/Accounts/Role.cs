namespace Planner.Data.Accounts;

/// <summary>What a member may do in a workspace; each may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads, evaluates and exports.</summary>
    Viewer = 1,

    /// <summary>Changes scenarios, measured workloads, links and alerts too.</summary>
    Editor = 2,

    /// <summary>Chooses the members too. An Admin of the first workspace looks after the installation: catalog, feeds, users and workspaces.</summary>
    Admin = 3,
}
