using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Domain.BreakEvens;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;

namespace Planner.Web.Api;

/// <summary>A question for break-evens.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="Axis">Axis id: <c>requestsPerMonth</c>, <c>tokensPerMonth</c>, <c>utilization</c>, <c>outputTokens</c>, <c>apiPrice</c>, <c>instancePrice</c> or <c>throughput</c>.</param>
/// <param name="OptionId">Option that the axis belongs to: an API for <c>apiPrice</c>, a self-hosted one for <c>utilization</c>, <c>instancePrice</c> and <c>throughput</c>; the first of its kind where it is left out.</param>
/// <param name="Range">Part of the axis to search; all of it where it is left out. Its ends may also stand beside it.</param>
/// <param name="From">Start of the range; 0 where it is left out, 1 for <c>outputTokens</c> and <c>throughput</c>.</param>
/// <param name="To">End of the range; where it is left out 10¹² requests or their tokens, utilization 1, 10⁵ output tokens, 1,000 USD, 10⁶ tokens/s.</param>
public sealed record BreakEvenRequest(Scenario Scenario, string Axis, string? OptionId, AxisRange? Range, double? From, double? To);

/// <summary>A part of an axis.</summary>
/// <param name="From">Its start, at least 0 (1 for <c>outputTokens</c>, 0.01 for <c>throughput</c>).</param>
/// <param name="To">Its end, above the start and at most 10¹² requests or their tokens, utilization 1, 10⁷ output tokens, 1,000 USD or 10⁸ tokens/s.</param>
public sealed record AxisRange(double? From, double? To);

/// <summary>A question for a map of winners over two inputs.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="X">Axis of the columns: an axis of <c>/break-even</c> with its option, its range (a tenth to ten times the scenario's own point where it is left out) and whether its steps are equal.</param>
/// <param name="Y">Axis of the rows; it moves another input.</param>
/// <param name="Columns">Columns, 1 to 200; 60 where they are left out.</param>
/// <param name="Rows">Rows, likewise.</param>
/// <param name="FirstMonth">True to count one-off costs.</param>
public sealed record WinnerMapRequest(Scenario Scenario, MapAxis X, MapAxis Y, int? Columns, int? Rows, bool? FirstMonth);

/// <summary>Winning intervals and crossings.</summary>
/// <param name="BreakEven">Ongoing and first month, each as the fleets stand and with the capacity check.</param>
public sealed record BreakEvenResponse(IReadOnlyList<BreakEven> BreakEven);

/// <summary>What the token levers change, option by option.</summary>
/// <param name="Options">One waterfall an option, in the scenario's order; without steps where no lever is on.</param>
public sealed record LeversResponse(IReadOnlyList<LeverWaterfall> Options);

/// <summary>Evaluates scenarios that are not stored.</summary>
public static class EvaluationApi
{
    public static RouteGroupBuilder MapEvaluation(this RouteGroupBuilder api)
    {
        api.MapPost("/evaluate", EvaluateAsync).WithTags("Evaluation").WithName("evaluate").WithSummary("Evaluates a scenario with the catalog's prices.");
        api.MapPost("/break-even", BreakEvenAsync).WithTags("Evaluation").WithName("findBreakEven")
            .WithSummary("Finds where on an axis the cheapest option changes.");
        api.MapPost("/break-even/map", MapAsync).WithTags("Evaluation").WithName("mapWinners")
            .WithSummary("Says which option is cheapest over two inputs at once.");
        api.MapPost("/levers", LeversAsync).WithTags("Evaluation").WithName("stackLevers")
            .WithSummary("Switches a scenario's token levers on one after the other and gives each one's effect on every option.");
        api.MapPost("/week", WeekAsync).WithTags("Evaluation").WithName("showWeek")
            .WithSummary("Gives the load in each hour of the week, what each fleet runs in it, and the ways of buying those hours.");
        api.MapPost("/horizon", HorizonAsync).WithTags("Evaluation").WithName("horizon")
            .WithSummary("Follows the options' costs and cash over the scenario's horizon, and a switch to each.");
        api.MapPost("/simulate", SimulateAsync).WithTags("Evaluation").WithName("simulate")
            .WithSummary("Draws a scenario's ranges 10,000 times: how often each option is cheapest, percentiles, tornado, what would flip the answer, what measuring is worth.");
        return api;
    }

    private static async Task<Results<Ok<WeekResult>, ProblemHttpResult>> WeekAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(Engine.Week(scenario.Scenario, scenario.Snapshot));
    }

    private static async Task<Results<Ok<Result>, ProblemHttpResult>> EvaluateAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(scenario.Evaluate());
    }

    private static async Task<Results<Ok<LeversResponse>, ProblemHttpResult>> LeversAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(new LeversResponse(Engine.Levers(scenario.Scenario, scenario.Snapshot)));
    }

    private static async Task<Results<Ok<HorizonResult>, ProblemHttpResult>> HorizonAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(Engine.Horizon(scenario.Scenario, scenario.Snapshot));
    }

    private static async Task<Results<Ok<Simulation>, ProblemHttpResult>> SimulateAsync(
        JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(Engine.Simulate(scenario.Scenario, scenario.Snapshot, cancellationToken));
    }

    private static async Task<Results<Ok<BreakEvenResponse>, ProblemHttpResult>> BreakEvenAsync(
        JsonBody<BreakEvenRequest> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (question, refusal) = ScenarioDesk.Read<Question, BreakEvenRequest>(body);
        if (question is null)
            return refusal!;
        var (scenario, fault) = await desk.TakeAsync(question, cancellationToken);
        if (scenario is null)
            return fault!;

        var (from, to) = (question.Range?.From ?? question.From, question.Range?.To ?? question.To);
        if (Engine.CheckAxis(scenario.Scenario, scenario.Snapshot, question.Axis ?? "", from, to, question.OptionId) is not { Count: > 0 } faults)
            return TypedResults.Ok(new BreakEvenResponse(Engine.BreakEven(scenario.Scenario, scenario.Snapshot, question.Axis!, from, to, question.OptionId)));
        var isNested = question.Range is not null;
        return Problems.Invalid([.. faults.Select(found => isNested && found.Path is ("from" or "to") ? found with { Path = $"range.{found.Path}" } : found)]);
    }

    private static async Task<Results<Ok<WinnerMap>, ProblemHttpResult>> MapAsync(JsonBody<WinnerMapRequest> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (question, refusal) = ScenarioDesk.Read<MapQuestion, WinnerMapRequest>(body);
        if (question is null)
            return refusal!;
        if (question.X is null || question.Y is null)
            return Problems.Invalid(question.X is null ? "x" : "y", ApiTexts.Required);
        var (scenario, fault) = await desk.TakeAsync(question, cancellationToken);
        if (scenario is null)
            return fault!;
        var (x, y) = (question.X with { Axis = question.X.Axis ?? "" }, question.Y with { Axis = question.Y.Axis ?? "" });
        var (columns, rows) = (question.Columns ?? 60, question.Rows ?? 60);
        return Engine.CheckMap(scenario.Scenario, scenario.Snapshot, x, y, columns, rows) is { Count: > 0 } faults
            ? Problems.Invalid([.. faults])
            : TypedResults.Ok(Engine.Map(scenario.Scenario, scenario.Snapshot, x, y, columns, rows, question.FirstMonth ?? false, cancellationToken));
    }

    /// <summary>The request before its scenario is read, so that the scenario's faults are told like everywhere.</summary>
    private sealed record Question(JsonElement Scenario, string? Axis, string? OptionId, AxisRange? Range, double? From, double? To) : ScenarioQuestion(Scenario);

    private sealed record MapQuestion(JsonElement Scenario, MapAxis? X, MapAxis? Y, int? Columns, int? Rows, bool? FirstMonth) : ScenarioQuestion(Scenario);
}
