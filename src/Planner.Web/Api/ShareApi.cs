using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Share;

namespace Planner.Web.Api;

/// <summary>A link to make. By default it is frozen to the current version.</summary>
/// <param name="Version">The version to freeze; null for the current one.</param>
/// <param name="Live">True to follow the current version instead.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="Passcode">What the reader has to know besides, 6 to 100 characters; null for nothing.</param>
/// <param name="AllowWhatIf">True to let the reader try other figures, which are stored nowhere.</param>
public sealed record NewLinkRequest(int? Version = null, bool Live = false, DateTime? ExpiresUtc = null, string? Passcode = null, bool AllowWhatIf = true);

/// <summary>A link just made.</summary>
/// <param name="Id">Its id, to revoke it.</param>
/// <param name="Url">Its address, told this once.</param>
/// <param name="Version">The frozen version; null where it is live.</param>
/// <param name="ExpiresUtc">When it ends; null for never.</param>
/// <param name="HasPasscode">True where a passcode is asked for.</param>
/// <param name="AllowsWhatIf">True where the reader may try other figures.</param>
public sealed record NewLinkResponse(long Id, string Url, int? Version, DateTime? ExpiresUtc, bool HasPasscode, bool AllowsWhatIf);

/// <summary>Read-only links to stored scenarios.</summary>
public static class ShareApi
{
    public static RouteGroupBuilder MapShareLinks(this RouteGroupBuilder api)
    {
        var links = api.MapGroup("/scenarios/{id}/links").WithTags("Sharing").WithProblems(StatusCodes.Status404NotFound);
        links.MapGet("", ListAsync).WithName("listLinks").WithSummary("Links of a scenario, the latest first.");
        links.MapPost("", CreateAsync).WithName("createLink").WithSummary("Makes a read-only link and tells its address this once.")
            .WithProblems(StatusCodes.Status400BadRequest);
        links.MapDelete("/{linkId:long}", RevokeAsync).WithName("revokeLink").WithSummary("Revokes a link for good.");
        return api;
    }

    private static async Task<Results<Ok<IReadOnlyList<ShareLink>>, ProblemHttpResult>> ListAsync(
        string id, ScenarioStore scenarios, ShareLinkStore links, CancellationToken cancellationToken) =>
        await scenarios.GetAsync(id, cancellationToken: cancellationToken) is null
            ? Problems.UnknownScenario(id)
            : TypedResults.Ok(await links.ListAsync(id, cancellationToken));

    private static async Task<Results<Created<NewLinkResponse>, ProblemHttpResult>> CreateAsync(
        string id, JsonBody<NewLinkRequest> body, ScenarioStore scenarios, ShareLinkStore links, Passcodes passcodes, HttpContext http, CancellationToken cancellationToken)
    {
        // All of it has a default, so that there may be no body at all.
        var isBare = http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        if (!isBare && body.Refusal is { } refusal)
            return refusal;
        var (request, problems) = isBare ? (new NewLinkRequest(), []) : JsonDocuments.ReadStrictly<NewLinkRequest>(body.Text);
        if (request is null)
            return Problems.Invalid(problems);
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        if (request is { Live: true, Version: not null })
            return Problems.Invalid("version", Texts.LinkVersionAndLive);
        var version = request.Live ? (int?)null : request.Version ?? stored.Version;
        var end = Utc(request.ExpiresUtc);
        if (passcodes.FaultOfEnd(end) is { } past)
            problems = [.. problems, new Problem("expiresUtc", past)];
        if (request.Passcode is { } typed && Passcodes.FaultOf(typed) is { } fault)
            problems = [.. problems, new Problem("passcode", fault)];
        if (problems.Count > 0)
            return Problems.Invalid(problems);
        var terms = new ShareTerms(end, request.Passcode is { } passcode ? Passcodes.Hash(passcode) : null, request.AllowWhatIf);
        if (await links.CreateAsync(id, version, terms, cancellationToken) is not { } link)
            return Problems.Invalid("version", ApiTexts.VersionUnknown.With(version));
        http.Response.Headers.CacheControl = "no-store";
        var url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/s/{link.Token}";
        return TypedResults.Created($"{ApiPaths.Root}/scenarios/{Uri.EscapeDataString(id)}/links", new NewLinkResponse(link.Id, url, version, end, request.Passcode is not null, request.AllowWhatIf));
    }

    /// <summary>A time without a zone is meant as its field is named.</summary>
    private static DateTime? Utc(DateTime? time) => time is { Kind: DateTimeKind.Unspecified } unsaid ? DateTime.SpecifyKind(unsaid, DateTimeKind.Utc) : time?.ToUniversalTime();

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, long linkId, ShareLinkStore links, CancellationToken cancellationToken) =>
        await links.RevokeAsync(id, linkId, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(Texts.LinkUnknown);
}
