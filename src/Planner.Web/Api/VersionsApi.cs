using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Versions;

namespace Planner.Web.Api;

/// <summary>A version in the history of a scenario.</summary>
/// <param name="Version">The version.</param>
/// <param name="Name">The scenario's name in it; null where the version cannot be read.</param>
/// <param name="SavedUtc">When it was saved.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Sentence">What it answered; null where the version cannot be read.</param>
/// <param name="CheapestOptionId">The cheapest option; null where there is none.</param>
/// <param name="MonthlyUsd">Its ongoing cost, USD a month; null where there is none.</param>
/// <param name="Changes">What it changed against the version before, in one line.</param>
/// <param name="SavedBy">Who saved it; null where nobody asked.</param>
public sealed record VersionSummary(
    int Version, string? Name, DateTime SavedUtc, string EngineVersion, string? Sentence, string? CheapestOptionId, decimal? MonthlyUsd, string Changes, string? SavedBy)
{
    internal static VersionSummary From(ScenarioVersionEntry entry)
    {
        var view = VersionRow.Of(entry);
        return new VersionSummary(
            entry.Version, entry.Stored?.Scenario.Name, entry.SavedUtc, entry.EngineVersion, entry.Stored?.Sentence, entry.Stored?.CheapestOptionId,
            view.MonthlyUsd, view.Changes, entry.SavedBy);
    }
}

/// <summary>The history of a stored scenario: versions, how two of them differ, and one of them brought back.</summary>
public static class VersionsApi
{
    public static RouteGroupBuilder MapVersions(this RouteGroupBuilder api)
    {
        var scenario = api.MapGroup("/scenarios/{id}").WithTags("Scenarios");
        scenario.MapGet("/versions", ListAsync).WithName("listScenarioVersions").WithSummary("Versions of a scenario, the latest first, each with what it changed.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        scenario.MapGet("/versions/{version:int}", GetAsync).WithName("getScenarioVersion").WithSummary("A version as it was stored.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        scenario.MapPost("/versions/{version:int}/restore", RestoreAsync).WithName("restoreScenarioVersion")
            .WithSummary("Makes the next version of an earlier one, all of it as it was stored; If-Match says which version was seen. /restore undoes a deletion.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        scenario.MapGet("/diff", DiffAsync).WithName("compareScenarioVersions")
            .WithSummary("How two versions differ, in words: inputs, prices in use, and the answers. Left out, to is the current version and from the one before it.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        return api;
    }

    private static async Task<Results<Ok<Page<VersionSummary>>, ProblemHttpResult>> ListAsync(
        string id, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        var query = new PageQuery(null, null, null, skip, take);
        var (from, count) = (query.ReadSkip(), query.ReadTake());
        if (query.Problems.Count > 0)
            return Problems.Invalid(query.Problems);
        var page = await scenarios.VersionsAsync(id, VersionSummary.From, from, count, cancellationToken);
        return page.Total == 0 ? Problems.UnknownScenario(id) : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> GetAsync(string id, int version, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        try
        {
            return await scenarios.GetAsync(id, version, cancellationToken) is { } stored ? TypedResults.Ok(ScenarioVersion.From(stored)) : await UnknownAsync(id, version, scenarios, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Unreadable(Texts.VersionUnreadable);
        }
    }

    private static async Task<Results<Ok<VersionDiff>, ProblemHttpResult>> DiffAsync(
        string id, [FromQuery(Name = "from")] QueryValue<int>? from, [FromQuery(Name = "to")] QueryValue<int>? to, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        List<Problem> faults = [.. Fault("from", from), .. Fault("to", to)];
        if (faults.Count > 0)
            return Problems.Invalid(faults);
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is not { } current)
            return Problems.UnknownScenario(id);
        var later = to?.Value ?? current;
        var earlier = from?.Value ?? Math.Max(1, later - 1);
        try
        {
            if (await scenarios.GetAsync(id, earlier, cancellationToken) is not { } old)
                return Problems.NotFound(ApiTexts.VersionUnknown.With(earlier));
            return await scenarios.GetAsync(id, later, cancellationToken) is { } now
                ? TypedResults.Ok(VersionDiff.Of(old, now))
                : Problems.NotFound(ApiTexts.VersionUnknown.With(later));
        }
        catch (InvalidDataException)
        {
            return Unreadable(Texts.VersionsUnreadable.With(earlier, later));
        }
    }

    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> RestoreAsync(
        string id, int version, IfMatch ifMatch, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is not { } current)
            return Problems.UnknownScenario(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var expected = ifMatch.Expected(current);
        if (expected != current)
            return Problems.Conflict(current);
        try
        {
            return await scenarios.RestoreVersionAsync(id, version, expected, cancellationToken) switch
            {
                SaveOutcome.Saved => await ScenariosApi.GetAsync(id, scenarios, http, cancellationToken),
                SaveOutcome.Conflict conflict => Problems.Conflict(conflict.CurrentVersion),
                _ => await UnknownAsync(id, version, scenarios, cancellationToken),
            };
        }
        catch (InvalidDataException)
        {
            return Unreadable(Texts.VersionUnreadable);
        }
    }

    /// <summary>What is stored is there and stays as it is; another program may read it.</summary>
    private static ProblemHttpResult Unreadable(string detail) => Problems.Of(StatusCodes.Status409Conflict, detail);

    private static IEnumerable<Problem> Fault(string name, QueryValue<int>? version) =>
        version is { } given && (!given.IsReadable || given.Value < 1) ? [new Problem(name, ApiTexts.WholeNumber.With(1, int.MaxValue))] : [];

    private static async Task<ProblemHttpResult> UnknownAsync(string id, int version, ScenarioStore scenarios, CancellationToken cancellationToken) =>
        await scenarios.CurrentVersionAsync(id, cancellationToken) is null ? Problems.UnknownScenario(id) : Problems.NotFound(ApiTexts.VersionUnknown.With(version));
}
