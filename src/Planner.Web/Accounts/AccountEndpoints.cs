using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Data.Audits;

namespace Planner.Web.Accounts;

/// <summary>What the app bar's forms are sent to. The guard refuses them from other sites.</summary>
public static class AccountEndpoints
{
    public const string SignOut = "/sign-out";

    public const string Workspace = "/account/workspace";

    public static WebApplication MapAccounts(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AccountsOptions>().Enabled)
            return app;
        app.MapPost(SignOut, SignOutAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        app.MapPost(Workspace, ChooseAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        return app;
    }

    private static async Task SignOutAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<AuditLog>().NoteAsync(
            AuditActions.SignedOut, Callers.IdOf(http.User) is { } id ? AccountStore.SubjectOf(id) : "users", http.User.Identity?.Name, cancellationToken: http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        http.Response.Redirect("/sign-in");
    }

    private static async Task ChooseAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (long.TryParse(form["workspace"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            http.Response.Cookies.Append(
                Callers.WorkspaceCookie, id.ToString(CultureInfo.InvariantCulture),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        http.Response.Redirect("/");
    }
}
