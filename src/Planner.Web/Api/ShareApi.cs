using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Web.Api;

/// <summary>A link to make. By default it is frozen to the current version.</summary>
/// <param name="Version">The version to freeze; null for the current one.</param>
/// <param name="Live">True to follow the current version instead.</param>
public sealed record NewLinkRequest(int? Version = null, bool Live = false);

/// <summary>A link just made.</summary>
/// <param name="Id">Its id, to revoke it.</param>
/// <param name="Url">Its address, told this once.</param>
/// <param name="Version">The frozen version; null where it is live.</param>
public sealed record NewLinkResponse(long Id, string Url, int? Version);

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
            ? Unknown(id)
            : TypedResults.Ok(await links.ListAsync(id, cancellationToken));

    private static async Task<Results<Created<NewLinkResponse>, ProblemHttpResult>> CreateAsync(
        string id, NewLinkRequest? request, ScenarioStore scenarios, ShareLinkStore links, HttpContext http, CancellationToken cancellationToken)
    {
        request ??= new NewLinkRequest();
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Unknown(id);
        if (request is { Live: true, Version: not null })
            return Problems.Invalid("version", Texts.LinkVersionAndLive);
        var version = request.Live ? (int?)null : request.Version ?? stored.Version;
        if (await links.CreateAsync(id, version, cancellationToken) is not { } link)
            return Problems.Invalid("version", Wording.Say(ApiTexts.VersionUnknown, version));
        http.Response.Headers.CacheControl = "no-store";
        var url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/s/{link.Token}";
        return TypedResults.Created($"{ApiPaths.Root}/scenarios/{Uri.EscapeDataString(id)}/links", new NewLinkResponse(link.Id, url, version));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, long linkId, ShareLinkStore links, CancellationToken cancellationToken) =>
        await links.RevokeAsync(id, linkId, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(Texts.LinkUnknown);

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(Wording.Say(ApiTexts.ScenarioUnknown, id));
}
