using Microsoft.AspNetCore.Authorization;
using Planner.Data.Accounts;

namespace Planner.Web.Accounts;

/// <summary>What pages and endpoints ask of who calls. Each names one of these, or says that it is open to everybody.</summary>
public static class Policies
{
    /// <summary>Signed in, a member of a workspace or not.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Viewer of the workspace.</summary>
    public const string Read = "Read";

    /// <summary>Editor of the workspace.</summary>
    public const string Edit = "Edit";

    /// <summary>Admin of the workspace.</summary>
    public const string Admin = "Admin";

    /// <summary>Admin of the first workspace, who looks after the installation.</summary>
    public const string Keep = "Keep";

    /// <summary>Admin of the workspace, or of the first one: who looks after users.</summary>
    public const string AdminOrKeep = "AdminOrKeep";

    /// <summary>Name of the role claim of those who look after the installation.</summary>
    internal const string Keeper = "Keeper";

    internal static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(Read, policy => policy.RequireRole(nameof(Role.Viewer)));
        options.AddPolicy(Edit, policy => policy.RequireRole(nameof(Role.Editor)));
        options.AddPolicy(Admin, policy => policy.RequireRole(nameof(Role.Admin)));
        options.AddPolicy(Keep, policy => policy.RequireRole(Keeper));
        options.AddPolicy(AdminOrKeep, policy => policy.RequireRole(nameof(Role.Admin), Keeper));
        // What somebody forgets to give a policy is at least not open.
        options.FallbackPolicy = options.GetPolicy(Read);
    }

    /// <summary>Asks <see cref="Read"/> of what only reads by its HTTP method, and a policy of all else.</summary>
    public static RouteGroupBuilder ReadOr(this RouteGroupBuilder group, string policy)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var methods = endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
            endpoint.Metadata.Add(new AuthorizeAttribute(methods.Count > 0 && methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) ? Read : policy));
        });
        return group;
    }
}
