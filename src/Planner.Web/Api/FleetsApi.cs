using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Web.Api;

/// <summary>A running fleet to read.</summary>
/// <param name="OptionId">The self-hosted option that it serves.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>metrics</c> for the engines' own, <c>prometheus</c> for a server that has them.</param>
/// <param name="Addresses">One per replica; of Prometheus one, the server.</param>
/// <param name="Selector">Prometheus' label selector, such as <c>{job="vllm"}</c>; left out for all.</param>
/// <param name="Instances">Machines it runs on; left out for as planned.</param>
/// <param name="IntervalMinutes">Minutes between readings, 1 to 30.</param>
public sealed record FleetRequest(
    string OptionId, string Name, string Kind, IReadOnlyList<string> Addresses, string? Selector = null, decimal? Instances = null, int IntervalMinutes = FleetsApi.DefaultIntervalMinutes);

/// <summary>What a fleet said when it was tried.</summary>
/// <param name="AtUtc">When it was.</param>
/// <param name="Replicas">Its replicas.</param>
/// <param name="Fault">Why it, or a part of it, did not answer; null where all is well.</param>
public sealed record FleetTried(DateTime AtUtc, IReadOnlyList<ReplicaTried> Replicas, string? Fault);

/// <summary>What a replica said. What it does not expose is null.</summary>
/// <param name="Name">Its address, or Prometheus' label <c>instance</c>.</param>
/// <param name="Fault">Why it said nothing; null where it did.</param>
/// <param name="Engine">Key of its engine.</param>
/// <param name="PromptTokens">Prompt tokens since its start.</param>
/// <param name="GeneratedTokens">Generated tokens since its start.</param>
/// <param name="Requests">Finished requests since its start.</param>
/// <param name="Running">Requests that are served now.</param>
/// <param name="Waiting">Requests that wait now.</param>
/// <param name="KvShare">Share of the KV cache in use, 0 to 1.</param>
/// <param name="MeanTtftSeconds">Mean time to first token since its start.</param>
/// <param name="MeanItlSeconds">Mean time between tokens since its start.</param>
public sealed record ReplicaTried(
    string Name, string? Fault, string? Engine, double? PromptTokens, double? GeneratedTokens, double? Requests, double? Running, double? Waiting, double? KvShare, double? MeanTtftSeconds, double? MeanItlSeconds)
{
    internal static ReplicaTried From(FleetReplica replica) => replica.Reading is { } reading
        ? new(
            replica.Name, null, reading.Engine, reading.PromptTokens, reading.GeneratedTokens, reading.Requests, reading.Running, reading.Waiting, reading.KvShare, reading.Ttft?.MeanSeconds,
            reading.Itl?.MeanSeconds)
        : new(replica.Name, replica.Fault, null, null, null, null, null, null, null, null, null);
}

/// <summary>Running fleets whose metrics are read.</summary>
public static class FleetsApi
{
    /// <summary>Minutes between readings where nothing is said.</summary>
    public const int DefaultIntervalMinutes = 5;

    public static RouteGroupBuilder MapFleets(this RouteGroupBuilder api)
    {
        var fleets = api.MapGroup("/scenarios/{id}/fleets").WithTags("Actuals").WithProblems(StatusCodes.Status404NotFound);
        fleets.MapGet("", ListAsync).WithName("listFleets").WithSummary("A scenario's running fleets by name, with their last reading.");
        fleets.MapPost("", AddAsync).WithName("addFleet").WithSummary("Adds a running fleet, whose metrics are read from now on.").WithProblems(StatusCodes.Status409Conflict);
        fleets.MapPost("/try", TryAsync).WithName("tryFleet").WithSummary("Reads the metrics of a fleet once; nothing is stored.");
        fleets.MapPut("/{target:long}", UpdateAsync).WithName("updateFleet").WithSummary("Changes a running fleet; what it did so far stays.");
        fleets.MapDelete("/{target:long}", DeleteAsync).WithName("deleteFleet").WithSummary("Deletes a running fleet with all that it did.");
        return api;
    }

    private static async Task<Results<Ok<IReadOnlyList<FleetTarget>>, ProblemHttpResult>> ListAsync(string id, ScenarioStore scenarios, FleetStore fleets, CancellationToken cancellationToken) =>
        await scenarios.CurrentVersionAsync(id, cancellationToken) is null ? Problems.UnknownScenario(id) : TypedResults.Ok(await fleets.ListAsync(id, cancellationToken));

    private static async Task<Results<Created<FleetTarget>, ProblemHttpResult>> AddAsync(string id, JsonBody<FleetRequest> body, ScenarioStore scenarios, FleetStore fleets, CancellationToken cancellationToken)
    {
        var others = await fleets.ListAsync(id, cancellationToken);
        var (draft, refusal) = await DraftAsync(id, body, scenarios, others, cancellationToken);
        if (draft is null)
            return refusal!;
        if (others.Count >= FleetRules.MostTargets)
            return Problems.Of(StatusCodes.Status409Conflict, ApiTexts.FleetsFull.With(FleetRules.MostTargets));
        return await fleets.AddAsync(id, draft, cancellationToken) is { } added
            ? TypedResults.Created($"{ApiPaths.Root}/scenarios/{Uri.EscapeDataString(id)}/fleets", added) : Problems.UnknownScenario(id);
    }

    private static async Task<Results<Ok<FleetTarget>, ProblemHttpResult>> UpdateAsync(
        string id, long target, JsonBody<FleetRequest> body, ScenarioStore scenarios, FleetStore fleets, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, target, scenarios, fleets, cancellationToken) is { } unknown)
            return unknown;
        var (draft, refusal) = await DraftAsync(id, body, scenarios, [.. (await fleets.ListAsync(id, cancellationToken)).Where(other => other.Id != target)], cancellationToken);
        if (draft is null)
            return refusal!;
        return await fleets.UpdateAsync(target, draft, cancellationToken) is { } changed ? TypedResults.Ok(changed) : UnknownFleet(target);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, long target, ScenarioStore scenarios, FleetStore fleets, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, target, scenarios, fleets, cancellationToken) is { } unknown)
            return unknown;
        return await fleets.DeleteAsync(target, cancellationToken) ? TypedResults.NoContent() : UnknownFleet(target);
    }

    private static async Task<Results<Ok<FleetTried>, ProblemHttpResult>> TryAsync(
        string id, JsonBody<FleetRequest> body, ScenarioStore scenarios, FleetReader reader, CancellationToken cancellationToken)
    {
        var (draft, refusal) = await DraftAsync(id, body, scenarios, [], cancellationToken);
        if (draft is null)
            return refusal!;
        var trial = await reader.ReadAsync(draft, cancellationToken);
        return TypedResults.Ok(new FleetTried(trial.AtUtc, [.. trial.Replicas.Select(ReplicaTried.From)], trial.Fault));
    }

    /// <summary>Null where the scenario has the fleet.</summary>
    private static async Task<ProblemHttpResult?> FindAsync(string id, long target, ScenarioStore scenarios, FleetStore fleets, CancellationToken cancellationToken)
    {
        if (await scenarios.CurrentVersionAsync(id, cancellationToken) is null)
            return Problems.UnknownScenario(id);
        return (await fleets.FindAsync(target, cancellationToken))?.ScenarioId == id ? null : UnknownFleet(target);
    }

    private static async Task<(FleetTargetDraft? Draft, ProblemHttpResult? Refusal)> DraftAsync(
        string id, JsonBody<FleetRequest> body, ScenarioStore scenarios, IReadOnlyList<FleetTarget> others, CancellationToken cancellationToken)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return (null, Problems.UnknownScenario(id));
        var (request, problems) = JsonDocuments.Read<FleetRequest>(body.Text);
        if (request is null)
            return (null, Problems.Invalid(problems));
        var missing = new (string Path, object? Value)[] { ("optionId", request.OptionId), ("name", request.Name), ("kind", request.Kind), ("addresses", request.Addresses) }.Where(field => field.Value is null).ToList();
        if (missing.Count > 0)
            return (null, Problems.Invalid([.. missing.Select(field => new Problem(field.Path, ApiTexts.Required))]));
        // What is no address at all is refused by the rule for addresses.
        var draft = new FleetTargetDraft(
            request.OptionId, request.Name, request.Kind, [.. request.Addresses.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : new Uri("", UriKind.Relative))], request.Selector,
            request.Instances, request.IntervalMinutes);
        return FleetRules.Check(draft, stored.Scenario, others) is { Count: > 0 } faults ? (null, Problems.Invalid(faults)) : (draft, null);
    }

    private static ProblemHttpResult UnknownFleet(long target) => Problems.NotFound(ApiTexts.FleetUnknown.With(target));
}
