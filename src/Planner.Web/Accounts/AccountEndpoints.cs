using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Web.Components.Accounts;

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
        if (Callers.IdOf(http.User) is { } id && Callers.SessionOf(http.User) is { } session)
            await http.RequestServices.GetRequiredService<SessionStore>().EndAsync(session, id, http.RequestAborted);
        ForgetDrafts(http.Response);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        http.Response.Redirect("/sign-in");
    }

    /// <summary>Lets the browser forget drafts of what was not saved.</summary>
    internal static void ForgetDrafts(HttpResponse response) => response.Headers["Clear-Site-Data"] = "\"storage\"";

    private static async Task ChooseAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        if (long.TryParse(form["workspace"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            http.Response.Cookies.Append(
                Callers.WorkspaceCookie, id.ToString(CultureInfo.InvariantCulture),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        // A wish that is no right ends in the workspace before, where the address is not found.
        http.Response.Redirect(AccountsPage.Local(form["to"]));
    }
}
