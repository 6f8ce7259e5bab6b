using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;

namespace Planner.Web.Accounts;

/// <summary>The reach of a circuit's user, for what its reader does, and for what comes to it from outside with the reach of whoever brought it, such as news of a job.</summary>
public sealed class OwnReach(CurrentReach reach, AuthenticationStateProvider authentication)
{
    /// <summary>Does something with it.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var _ = reach.Enter(Callers.ReachOf((await authentication.GetAuthenticationStateAsync()).User));
        await work();
    }
}

/// <summary>Gives whatever a circuit does the reach of its user.</summary>
internal sealed class CircuitReach(OwnReach own, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => AskAsync();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        await AskAsync();
        await own.RunAsync(() => next(context));
    };

    private Task AskAsync() => authentication is CircuitUser user ? user.AskAsync() : Task.CompletedTask;
}

/// <summary>
/// Asks whether a circuit's user may still be there, with the same role, before anything is done for a user that a connection brought, and then at intervals: a circuit lives for hours, no request of it passes the
/// sign-in, and a connection may have been opened long before its circuit.
/// </summary>
internal sealed class CircuitUser(ILoggerFactory log, AccountsOptions options, AccountStore accounts, SessionStore sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    private ClaimsPrincipal? _asked;

    /// <summary>Asks about a user who was not asked about yet; who may no longer be there is nobody from then on.</summary>
    internal async Task AskAsync()
    {
        var state = await GetAuthenticationStateAsync();
        if (ReferenceEquals(state.User, _asked))
            return;
        if (state.User.Identity is not { IsAuthenticated: true } || await ValidateAuthenticationStateAsync(state, CancellationToken.None))
        {
            _asked = state.User;
            return;
        }

        _asked = new ClaimsPrincipal(new ClaimsIdentity());
        SetAuthenticationState(Task.FromResult(new AuthenticationState(_asked)));
    }

    protected override TimeSpan RevalidationInterval => options.Revalidation;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        // A ticket to print is for one request, which may take longer than an interval; it opens no circuit.
        if (!options.Enabled || user.Identity?.AuthenticationType == SchemeNames.Print)
            return true;
        // Only a session can end by itself: a proxy names its user with each request.
        if (user.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme
            && !(Callers.IdOf(user) is { } owner && Callers.SessionOf(user) is { } session && await sessions.IsLiveAsync(session, owner, cancellationToken)))
        {
            return false;
        }

        return Callers.IdOf(user) is { } id && await accounts.CallerAsync(id, Callers.WorkspaceIdOf(user), strict: true, cancellationToken) is { } caller
            && caller.SecurityStamp == Callers.StampOf(user) && caller.Current?.Role == Callers.RoleOf(user) && caller.IsKeeper == user.IsInRole(Policies.Keeper);
    }
}
