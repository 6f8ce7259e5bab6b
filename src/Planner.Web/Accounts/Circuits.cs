using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Planner.Data.Accounts;

namespace Planner.Web.Accounts;

/// <summary>Gives whatever a circuit does the reach of its user.</summary>
internal sealed class CircuitReach(CurrentReach reach, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        using var _ = reach.Enter(Callers.ReachOf((await authentication.GetAuthenticationStateAsync()).User));
        await next(context);
    };
}

/// <summary>Asks at intervals whether a circuit's user may still be there, with the same role: a circuit lives for hours, and no request of it passes the sign-in.</summary>
internal sealed class CircuitUser(ILoggerFactory log, AccountsOptions options, AccountStore accounts) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => options.Revalidation;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        // A ticket to print is for one request, which may take longer than an interval; it opens no circuit.
        if (!options.Enabled || user.Identity?.AuthenticationType == SchemeNames.Print)
            return true;
        return Callers.IdOf(user) is { } id && await accounts.CallerAsync(id, Callers.WorkspaceIdOf(user), strict: true, cancellationToken) is { } caller
            && caller.SecurityStamp == Callers.StampOf(user) && caller.Current?.Role == Callers.RoleOf(user) && caller.IsKeeper == user.IsInRole(Policies.Keeper);
    }
}
