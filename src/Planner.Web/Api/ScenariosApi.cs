using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Jobs;

namespace Planner.Web.Api;

/// <summary>A version of a stored scenario, all by value.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Version">This version.</param>
/// <param name="CurrentVersion">The scenario's current version.</param>
/// <param name="CreatedUtc">When the scenario was created.</param>
/// <param name="UpdatedUtc">When this version was saved.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Scenario">The document.</param>
/// <param name="Snapshot">The catalog rows that it used.</param>
/// <param name="Result">What the engine answered.</param>
public sealed record ScenarioVersion(
    string Id, int Version, int CurrentVersion, DateTime CreatedUtc, DateTime UpdatedUtc, string EngineVersion, Scenario Scenario, CatalogSnapshot Snapshot,
    Result Result)
{
    /// <summary>SHA-256 of what is stored, as reports print it for signatures; docs/reports.md says of which text.</summary>
    public string? Digest { get; init; }

    /// <summary>Who saved this version; null where nobody asked.</summary>
    public string? SavedBy { get; init; }

    public static ScenarioVersion From(StoredScenario stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return new ScenarioVersion(
            stored.Id, stored.Version, stored.CurrentVersion, stored.CreatedUtc, stored.SavedUtc, stored.EngineVersion, stored.Scenario,
            stored.Snapshot, stored.Result)
        {
            Digest = stored.Digest,
            SavedBy = stored.SavedBy,
        };
    }
}

/// <summary>Stored scenarios. Every save is a new version; a save that did not see the current one changes nothing.</summary>
public static class ScenariosApi
{
    public static RouteGroupBuilder MapScenarios(this RouteGroupBuilder api)
    {
        var scenarios = api.MapGroup("/scenarios").WithTags("Scenarios");
        scenarios.MapGet("", ListAsync).WithName("listScenarios").WithSummary("Stored scenarios by saved or name; the last saved first where no order is asked for.")
            .WithProblems(StatusCodes.Status400BadRequest);
        scenarios.MapPost("", CreateAsync).WithName("createScenario").WithSummary("Stores a scenario with its result.");
        scenarios.MapGet("/{id}", GetAsync).WithName("getScenario").WithSummary("The current version of a scenario; its ETag goes into If-Match.")
            .WithProblems(StatusCodes.Status404NotFound);
        scenarios.MapPut("/{id}", SaveAsync).WithName("saveScenario").WithSummary("Stores the next version, unless nothing differs; If-Match says which one was edited.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        scenarios.MapDelete("/{id}", DeleteAsync).WithName("deleteScenario").WithSummary("Deletes a scenario; it can be restored.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        scenarios.MapPost("/{id}/restore", RestoreAsync).WithName("restoreScenario").WithSummary("Undoes a deletion; an earlier version comes back through /versions/{version}/restore.")
            .WithProblems(StatusCodes.Status404NotFound);
        scenarios.MapPost("/{id}/duplicate", DuplicateAsync).WithName("duplicateScenario")
            .WithSummary("Stores a copy of the current version as a new scenario.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        scenarios.MapGet("/{id}/price-changes", PriceChangesAsync).WithName("getScenarioPriceChanges")
            .WithSummary("What today's prices would make of the current version, and which rows do it; nothing is stored.")
            .WithProblems(StatusCodes.Status404NotFound);
        scenarios.MapPost("/{id}/reprice", RepriceAsync).WithName("repriceScenario").WithSummary("Stores the current version at today's prices as the next; If-Match says which one was seen.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired);
        return api;
    }

    private static async Task<Results<Ok<Page<ScenarioSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery query, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        var (text, from, count) = (query.ReadSearch(), query.ReadSkip(), query.ReadTake());
        var sort = query.ReadSort(ScenarioSort.Saved);
        // The last saved first is what nobody has to ask for.
        var descending = query.ReadDescending() || query is { Sort: null, Descending: null };
        return query.Problems.Count > 0
            ? Problems.Invalid(query.Problems)
            : TypedResults.Ok(await scenarios.ListAsync(text, sort, descending, from, count, cancellationToken));
    }

    private static async Task<Results<Created<ScenarioVersion>, ProblemHttpResult>> CreateAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        if (scenario is null)
            return refusal!;
        var created = await scenarios.CreateAsync(scenario.Scenario, scenario.Snapshot, scenario.Evaluate(), cancellationToken);
        return await CreatedAsync(created, scenarios, http, cancellationToken);
    }

    internal static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> GetAsync(
        string id, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        http.Response.Headers.ETag = IfMatch.TagOf(stored.Version);
        return TypedResults.Ok(ScenarioVersion.From(stored));
    }

    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> SaveAsync(
        string id, IfMatch ifMatch, JsonBody<Scenario> body, ScenarioDesk desk, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var expected = ifMatch.Expected(stored.Version);
        if (expected != stored.Version)
            return Problems.Conflict(stored.Version);
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        if (scenario is null)
            return refusal!;
        return await AnswerAsync(id, await scenarios.SaveAsync(id, expected, scenario.Scenario, scenario.Snapshot, scenario.Evaluate(), cancellationToken), scenarios, http, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, IfMatch ifMatch, ScenarioStore scenarios, CancellationToken cancellationToken)
    {
        if (ifMatch.Refusal is { } refusal)
            return refusal;
        // What cannot be read can still be deleted, so only its number is asked for.
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is not { } current)
            return Problems.UnknownScenario(id);
        return await scenarios.DeleteAsync(id, ifMatch.Expected(current), cancellationToken) switch
        {
            SaveOutcome.Saved => TypedResults.NoContent(),
            SaveOutcome.Conflict conflict => Problems.Conflict(conflict.CurrentVersion),
            _ => Problems.UnknownScenario(id),
        };
    }

    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> RestoreAsync(
        string id, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken) =>
        await scenarios.UndeleteAsync(id, cancellationToken) is SaveOutcome.Saved ? await GetAsync(id, scenarios, http, cancellationToken) : Problems.UnknownScenario(id);

    private static async Task<Results<Created<ScenarioVersion>, ProblemHttpResult>> DuplicateAsync(
        string id, [FromQuery(Name = "name")] string? name, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        const int longest = 200;
        if (name?.Length > longest)
            return Problems.Invalid("name", ApiTexts.TooLong.With(longest));
        return await scenarios.DuplicateAsync(id, string.IsNullOrWhiteSpace(name) ? null : name, cancellationToken) is { } copy
            ? await CreatedAsync(copy, scenarios, http, cancellationToken)
            : Problems.UnknownScenario(id);
    }

    private static async Task<Results<Ok<DecisionChange>, ProblemHttpResult>> PriceChangesAsync(
        string id, ScenarioStore scenarios, CatalogStore catalog, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        var today = await catalog.SnapshotAsync(stored.Scenario, cancellationToken);
        return TypedResults.Ok(DecisionComparison.Compare(stored.Scenario, stored.Snapshot, stored.Result, today, AlertOptions.From(configuration).ThresholdShare));
    }

    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> RepriceAsync(
        string id, IfMatch ifMatch, ScenarioStore scenarios, CatalogStore catalog, HttpContext http, CancellationToken cancellationToken)
    {
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.UnknownScenario(id);
        if (ifMatch.Required() is { } precondition)
            return precondition;
        var expected = ifMatch.Expected(stored.Version);
        if (expected != stored.Version)
            return Problems.Conflict(stored.Version);
        var today = (await catalog.SnapshotAsync(stored.Scenario, cancellationToken)).Over(stored.Snapshot);
        if (ScenarioRules.Check(stored.Scenario, today) is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        return await AnswerAsync(id, await scenarios.SaveAsync(id, expected, stored.Scenario, today, Engine.Evaluate(stored.Scenario, today), cancellationToken), scenarios, http, cancellationToken);
    }

    /// <summary>The version that was saved, or why none was.</summary>
    private static async Task<Results<Ok<ScenarioVersion>, ProblemHttpResult>> AnswerAsync(
        string id, SaveOutcome outcome, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken) =>
        outcome switch
        {
            SaveOutcome.Saved => await GetAsync(id, scenarios, http, cancellationToken),
            SaveOutcome.Conflict conflict => Problems.Conflict(conflict.CurrentVersion),
            _ => Problems.UnknownScenario(id),
        };

    private static async Task<Created<ScenarioVersion>> CreatedAsync(
        ScenarioReference created, ScenarioStore scenarios, HttpContext http, CancellationToken cancellationToken)
    {
        var stored = await scenarios.GetAsync(created.Id, created.Version, cancellationToken);
        http.Response.Headers.ETag = IfMatch.TagOf(created.Version);
        return TypedResults.Created($"{ApiPaths.Root}/scenarios/{created.Id}", ScenarioVersion.From(stored!));
    }
}
