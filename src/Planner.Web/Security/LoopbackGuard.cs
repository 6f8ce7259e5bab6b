using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Web.Accounts;
using Planner.Web.Api;
using Planner.Web.Components.Share;

namespace Planner.Web.Security;

/// <summary>
/// Answers only requests that come from this app's own pages or from programs on this machine. There is no sign-in, so the browser of the person at this
/// machine is what an attacker would use: by a form or script on his site (cross-site requests), or by a name of his that resolves to this machine
/// (DNS rebinding). With accounts, <c>AllowedHosts</c> says which hosts are its own, and other sites are kept from using the session of a reader all the same.
/// </summary>
public sealed class LoopbackGuard(RequestDelegate next, AccountsOptions accounts)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Refusal(context) is var (status, sentence) ? RefuseAsync(context, status, sentence) : next(context);
    }

    private (int Status, string Sentence)? Refusal(HttpContext context)
    {
        if (!context.Request.Host.HasValue)
            return (StatusCodes.Status400BadRequest, SecurityTexts.HostMissing);
        if (!accounts.Enabled && !IsOwnHost(context))
            return (StatusCodes.Status421MisdirectedRequest, SecurityTexts.HostForeign);
        return IsForeign(context.Request) ? (StatusCodes.Status403Forbidden, SecurityTexts.OriginForeign) : null;
    }

    private static bool IsOwnHost(HttpContext context)
    {
        var (host, port) = (context.Request.Host, context.Connection.LocalPort);
        // Port 0: the request came through no socket.
        return ListenAddresses.IsLoopback(host.Host) && (port == 0 || port == (host.Port ?? (context.Request.IsHttps ? 443 : 80)));
    }

    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.Count > 0 ? !IsOwnOrigin(request) && !IsFromSharedPage(request) : IsFromElsewhere(request) && !IsLinkFollowed(request);

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out var asked) && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
        && asked.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority);

    /// <summary>Shared pages let no referrer out, so the form of a passcode comes without its origin's name. That it comes from this app a browser still says, and no other site can make it say so.</summary>
    private static bool IsFromSharedPage(HttpRequest request) =>
        Sharing.IsShared(request.HttpContext) && request.Headers.Origin is ["null"] && request.Headers["Sec-Fetch-Site"] == "same-origin";

    /// <summary>Browsers tell it for requests without an origin too. Another port of this machine is "same-site", and as foreign as any.</summary>
    private static bool IsFromElsewhere(HttpRequest request) => (string?)request.Headers["Sec-Fetch-Site"] is "cross-site" or "same-site";

    private static bool IsLinkFollowed(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        if (ApiPaths.IsApi(context))
            return Problems.Of(status, sentence).ExecuteAsync(context);
        context.Response.StatusCode = status;
        ContentHttpResult text = TypedResults.Text(sentence, "text/plain", statusCode: status);
        return text.ExecuteAsync(context);
    }
}

/// <summary>Puts the guard in front of everything else.</summary>
public static class LoopbackGuardExtensions
{
    public static WebApplication UseLoopbackGuard(this WebApplication app)
    {
        app.UseMiddleware<LoopbackGuard>();
        return app;
    }
}
