using System.Security.Claims;

namespace Planner.Web.Accounts;

/// <summary>What a page offers to its reader. It is for the eye only: what is asked for without it is refused all the same.</summary>
/// <param name="MayEdit">Scenarios, measured workloads, links and alerts may be changed.</param>
/// <param name="MayKeep">What all workspaces share may be changed.</param>
/// <param name="MayAdminister">Who did what may be seen.</param>
public sealed record Rights(bool MayEdit, bool MayKeep, bool MayAdminister)
{
    /// <summary>Those of the only user, and of whoever shows a component by itself.</summary>
    public static Rights All { get; } = new(true, true, true);

    /// <summary>Why scenarios and the like cannot be changed, as a sentence; null where they can.</summary>
    public string? WhyNotEdit => MayEdit ? null : AccountTexts.ViewerOnly;

    /// <summary>Why the catalog and the like cannot be changed, as a sentence; null where they can.</summary>
    public string? WhyNotKeep => MayKeep ? null : AccountTexts.KeeperOnly;

    /// <summary>Those of a user.</summary>
    public static Rights Of(ClaimsPrincipal user)
    {
        var reach = Callers.ReachOf(user);
        return new Rights(reach.MayEdit, reach.IsKeeper, reach.MayAdminister);
    }
}
