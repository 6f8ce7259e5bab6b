using Microsoft.Net.Http.Headers;

namespace Planner.Web.Api;

/// <summary>Answers who has the current version already.</summary>
internal static class ConditionalGets
{
    /// <summary>Gives 304 in place of a body whose entity tag is in <c>If-None-Match</c>. Only for what does not change without its tag: rows of the catalog are confirmed by refreshes and keep theirs.</summary>
    internal static RouteGroupBuilder AnswerConditionally(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            var http = context.HttpContext;
            return HttpMethods.IsGet(http.Request.Method) && http.Response.Headers.ETag is [{ } current] && IsKnown(http.Request, current) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : result;
        });
        return group;
    }

    private static bool IsKnown(HttpRequest request, string current) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && EntityTagHeaderValue.TryParse(current, out var tag)
        && known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false));
}
