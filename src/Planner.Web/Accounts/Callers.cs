using System.Globalization;
using System.Security.Claims;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>Who calls, as claims: made anew from the database for every request, so that a role that was taken away is gone with the next one.</summary>
public static class Callers
{
    /// <summary>The cookie that keeps which workspace a browser looks at. It is a wish, not a right.</summary>
    public const string WorkspaceCookie = "planner-workspace";

    private const string Workspace = "planner:workspace";
    private const string WorkspaceName = "planner:workspace-name";
    private const string Stamp = "planner:stamp";
    private const string Session = "planner:session";
    private const string Unbounded = "planner:unbounded";
    private const string Token = "planner:token";

    /// <summary>The only user of an app without accounts.</summary>
    public static ClaimsPrincipal Owner { get; } = new(new ClaimsIdentity(
        [new(ClaimTypes.Name, "owner"), new(Unbounded, "true"), .. RolesUpTo(Role.Admin), new(ClaimTypes.Role, Policies.Keeper)], SchemeNames.Owner));

    /// <summary>A caller's claims.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="scheme">How the caller was recognised.</param>
    /// <param name="atMost">The most that the caller may do with this; null for all that the user may.</param>
    /// <param name="token">Name of the token that was sent; null for none.</param>
    /// <param name="session">The session of the browser; null for none.</param>
    public static ClaimsPrincipal Principal(Caller caller, string scheme, Role? atMost = null, string? token = null, long? session = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, caller.UserId.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, caller.Name), new(Stamp, caller.SecurityStamp),
        ];
        if (caller.Current is { } current)
        {
            var role = atMost is { } most && most < current.Role ? most : current.Role;
            claims.AddRange([new(Workspace, current.WorkspaceId.ToString(CultureInfo.InvariantCulture)), new(WorkspaceName, current.WorkspaceName), .. RolesUpTo(role)]);
        }

        if (session is { } begun)
            claims.Add(SessionClaim(begun));
        if (token is not null)
            claims.Add(new Claim(Token, token));
        // A token opens the workspace in which it was made, and only the first one's Admins look after the installation.
        if (caller.IsKeeper && (atMost ?? Role.Admin) == Role.Admin && (token is null || caller.Current?.WorkspaceId == WorkspaceRow.FirstId))
            claims.Add(new Claim(ClaimTypes.Role, Policies.Keeper));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>Somebody who may read what a reach sees, for one page.</summary>
    internal static ClaimsPrincipal Reader(Reach reach)
    {
        var claims = RolesUpTo(Role.Viewer).ToList();
        claims.Add(reach.IsUnbounded ? new Claim(Unbounded, "true") : new Claim(Workspace, (reach.WorkspaceId ?? 0).ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeNames.Print));
    }

    /// <summary>How far a caller reaches into the database.</summary>
    public static Reach ReachOf(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Identity is not { IsAuthenticated: true })
            return Reach.Nothing with { By = Actor.Nobody };
        if (user.HasClaim(Unbounded, "true"))
            return Reach.All with { By = ActorOf(user) };
        return new Reach(WorkspaceIdOf(user), RoleOf(user), user.IsInRole(Policies.Keeper), By: ActorOf(user));
    }

    /// <summary>Who calls, for the audit log; null for who only reads.</summary>
    private static Actor? ActorOf(ClaimsPrincipal user) => user.Identity!.AuthenticationType switch
    {
        SchemeNames.Owner => Actor.Owner,
        SchemeNames.Print => null,
        SchemeNames.Token => new Actor(IdOf(user), user.Identity.Name!, Language.Stored(() => AccountTexts.MeansToken.With(user.FindFirst(Token)?.Value))),
        SchemeNames.Proxy => new Actor(IdOf(user), user.Identity.Name!, Language.Stored(() => AccountTexts.MeansProxy)),
        _ => new Actor(IdOf(user), user.Identity.Name!, Language.Stored(() => AccountTexts.MeansSession)),
    };

    /// <summary>The user's id; null for nobody, and for the owner of an app without accounts.</summary>
    public static long? IdOf(ClaimsPrincipal user) => Number(user, ClaimTypes.NameIdentifier);

    /// <summary>The workspace that the call is about; null for none.</summary>
    public static long? WorkspaceIdOf(ClaimsPrincipal user) => Number(user, Workspace);

    /// <summary>Its name.</summary>
    public static string? WorkspaceNameOf(ClaimsPrincipal user) => user?.FindFirst(WorkspaceName)?.Value;

    /// <summary>What tells the drafts of a caller in a workspace from those of others who use the same browser; empty without accounts.</summary>
    internal static string DraftsOf(ClaimsPrincipal? user) => user is not null && IdOf(user) is { } id ? $"{id}.{WorkspaceIdOf(user)}." : "";

    /// <summary>The stamp of the session.</summary>
    internal static string? StampOf(ClaimsPrincipal user) => user.FindFirst(Stamp)?.Value;

    /// <summary>The session of the browser; null for none.</summary>
    internal static long? SessionOf(ClaimsPrincipal user) => Number(user, Session);

    /// <summary>What names a session in its cookie.</summary>
    internal static Claim SessionClaim(long session) => new(Session, session.ToString(CultureInfo.InvariantCulture));

    /// <summary>What the caller may do in that workspace; null for nothing.</summary>
    public static Role? RoleOf(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.IsInRole(nameof(Role.Admin)) ? Role.Admin : user.IsInRole(nameof(Role.Editor)) ? Role.Editor : user.IsInRole(nameof(Role.Viewer)) ? Role.Viewer : null;
    }

    /// <summary>The workspace that a browser wishes to look at; null for none.</summary>
    internal static long? Wish(HttpRequest request) =>
        long.TryParse(request.Cookies[WorkspaceCookie], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static IEnumerable<Claim> RolesUpTo(Role most) =>
        Enum.GetValues<Role>().Where(role => role <= most).Select(role => new Claim(ClaimTypes.Role, role.ToString()));

    private static long? Number(ClaimsPrincipal user, string claim) =>
        long.TryParse(user?.FindFirst(claim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
