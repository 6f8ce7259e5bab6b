using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Web.Api;

/// <summary>A question for plans. The workload stands alone or in a scenario, whose own options take no part.</summary>
/// <param name="Workload">The workload; left out where a scenario brings it.</param>
/// <param name="HoursPerMonth">Hours of the month, 672 to 744, with a workload that stands alone; 730 where they are left out.</param>
/// <param name="Scenario">A scenario; left out where the workload stands alone.</param>
/// <param name="Constraints">What a plan must keep to; anything goes where they are left out.</param>
public sealed record SearchRequest(Workload? Workload, decimal? HoursPerMonth, Scenario? Scenario, SearchConstraints? Constraints);

/// <summary>A question for plans for a portfolio of tasks.</summary>
/// <param name="Workload">The workload that the tasks share; left out where a scenario brings it.</param>
/// <param name="HoursPerMonth">Hours of the month with a workload that stands alone.</param>
/// <param name="Scenario">A scenario; left out where the workload stands alone.</param>
/// <param name="Constraints">What every plan must keep to unless its task says otherwise.</param>
/// <param name="Tasks">The tasks; their shares add up to 1.</param>
public sealed record TaskSearchRequest(Workload? Workload, decimal? HoursPerMonth, Scenario? Scenario, SearchConstraints? Constraints, IReadOnlyList<SearchTask> Tasks);

/// <summary>Searches the catalog for plans.</summary>
public static class SearchApi
{
    public static RouteGroupBuilder MapSearch(this RouteGroupBuilder api)
    {
        api.MapPost("/search", SearchAsync).WithTags("Search").WithName("searchPlans")
            .WithSummary("Finds the cheapest ways to serve a workload over the whole catalog, the frontiers of cost and latency and of cost and risk, and what single constraints cost.");
        api.MapPost("/search/tasks", SearchTasksAsync).WithTags("Search").WithName("searchTaskPlans")
            .WithSummary("Finds the cheapest plan for each task of a portfolio, and for all of them together.");
        return api;
    }

    /// <summary>A request before its workload is read, so that its faults are told like everywhere.</summary>
    private sealed record Question(JsonElement Workload, decimal? HoursPerMonth, JsonElement Scenario, SearchConstraints? Constraints, IReadOnlyList<SearchTask>? Tasks);

    private static async Task<Results<Ok<SearchResult>, ProblemHttpResult>> SearchAsync(JsonBody<SearchRequest> body, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (question, scenario, prefix, refusal) = Take(body);
        if (question is null || scenario is null)
            return refusal!;
        var (snapshot, constraints) = (await catalog.WholeAsync(cancellationToken), question.Constraints ?? new SearchConstraints());
        return SearchRules.Check(scenario, constraints, snapshot) is { Count: > 0 } faults
            ? Problems.Invalid(Placed(prefix, faults))
            : TypedResults.Ok(await Task.Run(() => PlanSearch.Run(scenario, constraints, snapshot, null, cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<TaskSearchResult>, ProblemHttpResult>> SearchTasksAsync(JsonBody<TaskSearchRequest> body, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (question, scenario, prefix, refusal) = Take(body);
        if (question is null || scenario is null)
            return refusal!;
        var (snapshot, constraints, tasks) = (await catalog.WholeAsync(cancellationToken), question.Constraints ?? new SearchConstraints(), question.Tasks ?? []);
        return TaskSearch.Check(scenario, constraints, tasks, snapshot) is { Count: > 0 } faults
            ? Problems.Invalid(Placed(prefix, faults))
            : TypedResults.Ok(await Task.Run(() => TaskSearch.Run(scenario, constraints, tasks, snapshot, null, cancellationToken), cancellationToken));
    }

    private static (Question? Question, Scenario? Scenario, string Prefix, ProblemHttpResult? Refusal) Take<T>(JsonBody<T> body)
    {
        if (body.Refusal is { } refusal)
            return (null, null, "", refusal);
        var (question, problems) = JsonDocuments.Read<Question>(body.Text);
        if (question is null)
            return (null, null, "", Problems.Invalid(problems));
        var stands = question.Scenario.ValueKind == JsonValueKind.Undefined;
        if (stands && question.Workload.ValueKind != JsonValueKind.Object)
            return (null, null, "", Problems.Invalid("workload", ApiTexts.Required));
        // A workload that stands alone is read as part of the smallest scenario that can hold it.
        var json = stands
            ? new JsonObject { ["name"] = "Search", ["hoursPerMonth"] = question.HoursPerMonth ?? new Scenario().HoursPerMonth, ["workload"] = JsonNode.Parse(question.Workload.GetRawText()), ["options"] = new JsonArray() }.ToJsonString()
            : question.Scenario.GetRawText();
        var prefix = stands ? "" : "scenario";
        var (scenario, faults) = JsonDocuments.ReadScenario(json, prefix);
        return scenario is null ? (null, null, prefix, Problems.Invalid(faults)) : (question, scenario, prefix, null);
    }

    /// <summary>Faults of the constraints and tasks stand where they are; those of the scenario below its place.</summary>
    private static IReadOnlyList<Problem> Placed(string prefix, IReadOnlyList<Problem> faults) =>
        [.. faults.SelectMany(fault => fault.Path.StartsWith("constraints", StringComparison.Ordinal) || fault.Path.StartsWith("tasks", StringComparison.Ordinal) ? [fault] : JsonDocuments.Below(prefix, [fault]))];
}
