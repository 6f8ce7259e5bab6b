using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data;
using Planner.Data.Stores;
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

    private static async Task<Results<Ok<SearchResult>, ProblemHttpResult>> SearchAsync(JsonBody<SearchRequest> body, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (question, refusal) = Take(body);
        if (question is null)
            return refusal!;
        var snapshot = await catalog.WholeAsync(cancellationToken);
        return SearchRules.Check(question.Scenario, question.Constraints, snapshot) is { Count: > 0 } faults
            ? Problems.Invalid(question.Placed(faults))
            : TypedResults.Ok(await Task.Run(() => Telemetry.Time(Telemetry.Searches, () => PlanSearch.Run(question.Scenario, question.Constraints, snapshot, null, cancellationToken)), cancellationToken));
    }

    private static async Task<Results<Ok<TaskSearchResult>, ProblemHttpResult>> SearchTasksAsync(JsonBody<TaskSearchRequest> body, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (question, refusal) = Take(body);
        if (question is null)
            return refusal!;
        var snapshot = await catalog.WholeAsync(cancellationToken);
        return TaskSearch.Check(question.Scenario, question.Constraints, question.Tasks, snapshot) is { Count: > 0 } faults
            ? Problems.Invalid(question.Placed(faults))
            : TypedResults.Ok(await Task.Run(() => Telemetry.Time(Telemetry.Searches, () => TaskSearch.Run(question.Scenario, question.Constraints, question.Tasks, snapshot, null, cancellationToken)), cancellationToken));
    }

    private static (SearchQuestion? Question, ProblemHttpResult? Refusal) Take<T>(JsonBody<T> body)
    {
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (question, problems) = SearchQuestion.Read(body.Text);
        return question is null ? (null, Problems.Invalid(problems)) : (question, null);
    }
}
