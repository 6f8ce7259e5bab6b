using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Planner.Data.Accounts;
using Planner.Web.Api;

namespace Planner.Web.Accounts;

/// <summary>Ways to recognise who calls.</summary>
public static class SchemeNames
{
    /// <summary>Chooses one of the others by what the request brings.</summary>
    public const string Choice = "Planner";

    /// <summary>The only user of an app without accounts.</summary>
    public const string Owner = "Owner";

    /// <summary>A token of the API.</summary>
    public const string Token = "Token";

    /// <summary>The identity header of a trusted proxy.</summary>
    public const string Proxy = "Proxy";

    /// <summary>The app's own browser that prints a report.</summary>
    public const string Print = "Print";

    internal static string Choose(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<AccountsOptions>();
        if (!options.Enabled)
            return Owner;
        // A token that is no good is not made up for by a cookie.
        if (context.Request.Path.StartsWithSegments(ApiPaths.Root, StringComparison.OrdinalIgnoreCase) && context.Request.Headers.Authorization.Count > 0)
            return Token;
        if (!ApiPaths.IsApi(context) && context.Request.Headers.ContainsKey(PrintTickets.Header))
            return Print;
        return options.ProxyHeader is { } header && context.Request.Headers.ContainsKey(header) && context.RequestServices.GetRequiredService<ProxyTrust>().IsTrusted(context)
            ? Proxy
            : IdentityConstants.ApplicationScheme;
    }
}

/// <summary>Everybody is the owner, for an app without accounts.</summary>
internal sealed class OwnerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Callers.Owner, SchemeNames.Owner)));
}

/// <summary>Tokens in the header <c>Authorization: Bearer</c>.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ApiTokenStore tokens, AccountStore accounts, RefusedTries refused)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } sent] || !sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        // No reason is given, and none is logged that has the token in it.
        if (await tokens.ResolveAsync(sent[Bearer.Length..].Trim(), Context.RequestAborted) is not { } holder
            || await accounts.CallerAsync(holder.UserId, holder.WorkspaceId, strict: true, Context.RequestAborted) is not { Current: not null } caller)
        {
            await refused.NoteAsync("users", Language.Stored(() => AccountTexts.AuditUnknownToken));
            return AuthenticateResult.NoResult();
        }

        var principal = Callers.Principal(caller, SchemeNames.Token, holder.Scope, holder.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeNames.Token));
    }
}

/// <summary>The header in which a trusted proxy names the user.</summary>
internal sealed class ProxyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, AccountsOptions settings, ProxyUsers users, AccountStore accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Who gave a password in this browser wishes to be that user until signing out.
        if (await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true, Principal: { } signedIn })
            return AuthenticateResult.Success(new AuthenticationTicket(signedIn, SchemeNames.Proxy));
        // Two values would be two users, of which one may have come from outside.
        if (Request.Headers[settings.ProxyHeader!] is not [{ } name] || await users.FindOrAddAsync(name, Context.RequestAborted) is not { } id)
            return AuthenticateResult.NoResult();
        return await accounts.CallerAsync(id, Callers.Wish(Request), cancellationToken: Context.RequestAborted) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(Callers.Principal(caller, SchemeNames.Proxy), SchemeNames.Proxy))
            : AuthenticateResult.NoResult();
    }
}

/// <summary>A ticket for one page, which the app gave its own browser.</summary>
internal sealed class PrintHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, PrintTickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        HttpMethods.IsGet(Request.Method) && Request.Headers[PrintTickets.Header] is [{ } ticket] && tickets.Redeem(ticket, Request.Path + Request.QueryString) is { } reach
            ? AuthenticateResult.Success(new AuthenticationTicket(Callers.Reader(reach), SchemeNames.Print))
            : AuthenticateResult.NoResult());
}

/// <summary>Which requests come straight from a trusted proxy. Thread-safe.</summary>
internal sealed partial class ProxyTrust(AccountsOptions options, ILogger<ProxyTrust> log)
{
    private static readonly object Peer = new();
    private int _told;

    /// <summary>Notes who sent the request before the proxy's own word about it is taken.</summary>
    internal static void Note(HttpContext context) => context.Items[Peer] = context.Connection.RemoteIpAddress;

    /// <summary>True for a trusted proxy; of all others the first is logged.</summary>
    internal bool IsTrusted(HttpContext context)
    {
        var peer = context.Items[Peer] as IPAddress;
        if (options.IsProxy(peer))
            return true;
        if (Interlocked.Exchange(ref _told, 1) == 0)
            LogIgnored(options.ProxyHeader!, peer?.ToString() ?? "–");
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity header {Header} from {Peer} is ignored: it is not among Accounts:Proxy:Addresses. Further ones are ignored without a word")]
    private partial void LogIgnored(string header, string peer);
}
