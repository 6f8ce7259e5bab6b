using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Planner.Data.Accounts;
using Planner.Web.Api;

namespace Planner.Web.Accounts;

/// <summary>What is said to who may not: a problem document to programs, the page to sign in or a page that says so to people.</summary>
internal sealed class AccessAnswers(AccountStore accounts) : IAuthorizationMiddlewareResultHandler
{
    /// <summary>The page that says so.</summary>
    public const string NoAccess = "/no-access";

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var (status, sentence) = authorizeResult.Challenged
            ? (StatusCodes.Status401Unauthorized, AccountTexts.SignInNeeded)
            : (StatusCodes.Status403Forbidden, AccountTexts.NotAllowed);
        if (ApiPaths.IsApi(context))
        {
            if (authorizeResult.Challenged)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Of(status, sentence).ExecuteAsync(context);
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await TypedResults.Text(sentence, "text/plain", statusCode: status).ExecuteAsync(context);
        }
        else if (!authorizeResult.Challenged)
        {
            context.Response.Redirect(NoAccess);
        }
        else if (await accounts.IsSetUpAsync(context.RequestAborted))
        {
            context.Response.Redirect($"/sign-in{QueryString.Create("returnUrl", context.Request.Path + context.Request.QueryString)}");
        }
        else
        {
            context.Response.Redirect("/setup");
        }
    }
}
