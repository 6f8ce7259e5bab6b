using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>A worked example in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Notes">What it shows and where its figures come from.</param>
public sealed record ExampleSummary(string Id, string Name, string Notes);

/// <summary>The worked examples that ship with the product.</summary>
public static class ExamplesApi
{
    public static RouteGroupBuilder MapExamples(this RouteGroupBuilder api)
    {
        var examples = api.MapGroup("/examples").WithTags("Examples");
        examples.MapGet("", List).WithName("listExamples").WithSummary("The built-in worked scenarios.");
        examples.MapGet("/{id}", Get).WithName("getExample").WithSummary("The document of an example.").WithProblems(StatusCodes.Status404NotFound);
        examples.MapGet("/{id}/result", EvaluateAsync).WithName("getExampleResult").WithSummary("An example's result with today's catalog.")
            .WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static Ok<IEnumerable<ExampleSummary>> List(ExampleStore examples) =>
        TypedResults.Ok(examples.All.Select(example => new ExampleSummary(example.Id, example.Scenario.Name, example.Scenario.Notes)));

    private static Results<Ok<Scenario>, ProblemHttpResult> Get(string id, ExampleStore examples) =>
        examples.Find(id) is { } example ? TypedResults.Ok(example.Scenario) : Unknown(id);

    private static async Task<Results<Ok<Result>, ProblemHttpResult>> EvaluateAsync(
        string id, ExampleStore examples, CatalogStore catalog, CancellationToken cancellationToken) => examples.Find(id) is { } example
            ? TypedResults.Ok(Engine.Evaluate(example.Scenario, await catalog.SnapshotAsync(example.Scenario, cancellationToken)))
            : Unknown(id);

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound(ApiTexts.ExampleUnknown.With(id));
}
