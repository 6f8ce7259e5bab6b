using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Components.Accounts;

namespace Planner.Web.Accounts;

/// <summary>Registers who may do what. Without accounts the same checks stand, and everybody is the owner.</summary>
public static class AccountsServices
{
    /// <summary>Fewest characters of a password.</summary>
    public const int PasswordLength = 12;

    /// <summary>Most characters of a password.</summary>
    public const int LongestPassword = 128;

    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options).AddSingleton<PrintTickets>().AddSingleton<ProxyUsers>().AddSingleton<ProxyTrust>().AddSingleton<SetupCode>().AddSingleton<SignInGates>().AddSingleton<RefusedTries>();
        services.AddAuthentication(schemes => schemes.DefaultScheme = SchemeNames.Choice)
            .AddPolicyScheme(SchemeNames.Choice, null, choice => choice.ForwardDefaultSelector = SchemeNames.Choose)
            .AddScheme<AuthenticationSchemeOptions, OwnerHandler>(SchemeNames.Owner, null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(SchemeNames.Token, null)
            .AddScheme<AuthenticationSchemeOptions, ProxyHandler>(SchemeNames.Proxy, null)
            .AddScheme<AuthenticationSchemeOptions, PrintHandler>(SchemeNames.Print, null)
            .AddIdentityCookies();
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitUser>();
        services.AddScoped<OwnReach>();
        services.AddScoped<CircuitHandler, CircuitReach>();
        AddUsers(services);
        services.ConfigureApplicationCookie(Session);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie => cookie.Cookie.Name = "planner-code");
        if (options.Enabled)
            AddNetwork(services, options);
        return services;
    }

    /// <summary>Comes before everything that looks at the request's host, scheme or sender.</summary>
    public static WebApplication UseAccounts(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<AccountsOptions>();
        if (!options.Enabled)
            return app;
        app.Services.GetRequiredService<CurrentReach>().Close();
        app.Use((context, next) =>
        {
            ProxyTrust.Note(context);
            return next(context);
        });
        app.UseForwardedHeaders();
        return app;
    }

    /// <summary>Comes after routing: recognises who calls, asks the endpoint's policy, and bounds what the call reaches. Without accounts their pages are not there.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AccountsOptions>().Enabled)
        {
            app.Use((context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page && page.Type.IsSubclassOf(typeof(AccountsPage)))
                    context.SetEndpoint(null);
                return next(context);
            });
        }

        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        var reach = app.Services.GetRequiredService<CurrentReach>();
        app.Use(async (context, next) =>
        {
            using var _ = reach.Enter(Callers.ReachOf(context.User));
            await next(context);
        });
        return app;
    }

    /// <summary>Makes the folder of keys, for the app's user only.</summary>
    internal static void PrepareKeys(AccountsOptions options)
    {
        if (!options.Enabled)
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(options.KeyFolder);
        else
            Directory.CreateDirectory(options.KeyFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void AddUsers(IServiceCollection services)
    {
        services.AddScoped<SignIns>();
        services.AddScoped<IUserStore<UserRow>, UserStore>();
        services.AddScoped<IUserClaimsPrincipalFactory<UserRow>, SessionClaims>();
        services.AddIdentityCore<UserRow>(identity =>
        {
            identity.Password = new PasswordOptions { RequiredLength = PasswordLength, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false };
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            // Proxies name users as they like; what a name may be is asked where one is given.
            identity.User.AllowedUserNameCharacters = "";
        }).AddPasswordValidator<PasswordRules>().AddSignInManager()
            // Of the default ones, mail and telephone would ask for what users here do not have.
            .AddTokenProvider<DataProtectorTokenProvider<UserRow>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
    }

    private static void Session(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "planner-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnSigningIn = BeginAsync;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Begins a session, unless one goes on with another stamp.</summary>
    private static async Task BeginAsync(CookieSigningInContext context)
    {
        if (context.Principal is { Identity: ClaimsIdentity identity } user && Callers.SessionOf(user) is null && Callers.IdOf(user) is { } id)
            identity.AddClaim(Callers.SessionClaim(await context.HttpContext.RequestServices.GetRequiredService<SessionStore>().BeginAsync(id, context.HttpContext.RequestAborted)));
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // Style sheets are open to all, and come by the dozen.
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return;
        var accounts = http.RequestServices.GetRequiredService<AccountStore>();
        var user = context.Principal ?? new ClaimsPrincipal();
        if (Callers.IdOf(user) is { } id && Callers.SessionOf(user) is { } session
            && await http.RequestServices.GetRequiredService<SessionStore>().IsLiveAsync(session, id, http.RequestAborted)
            && await accounts.CallerAsync(id, Callers.Wish(http.Request), cancellationToken: http.RequestAborted) is { } caller && caller.SecurityStamp == Callers.StampOf(user))
        {
            context.ReplacePrincipal(Callers.Principal(caller, IdentityConstants.ApplicationScheme, session: session));
            return;
        }

        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static void AddNetwork(IServiceCollection services, AccountsOptions options)
    {
        services.AddDataProtection().SetApplicationName("Planner").PersistKeysToFileSystem(new DirectoryInfo(options.KeyFolder));
        // The app's own browser comes by a loopback name; no other site can make a reader's browser send one.
        services.PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = [.. hosts.AllowedHosts.Where(host => host != "*").Union(OwnHosts)]);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HostFilteringOptions>>((forwarded, hosts) =>
        {
            // What the proxy tells comes after the check of the host that it asked for, and is often the client's own word.
            forwarded.AllowedHosts = [.. hosts.Value.AllowedHosts];
            forwarded.ForwardedHeaders = options.ProxyAddresses.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in options.ProxyAddresses)
                forwarded.KnownIPNetworks.Add(network);
        });
    }

    /// <summary>What the session's cookie says: who, and with which stamp. What the user may do is looked up with every request.</summary>
    private sealed class SessionClaims : IUserClaimsPrincipalFactory<UserRow>
    {
        public Task<ClaimsPrincipal> CreateAsync(UserRow user) =>
            Task.FromResult(Callers.Principal(new Caller(user.Id, user.Name, user.SecurityStamp, null, []), IdentityConstants.ApplicationScheme));
    }
}
