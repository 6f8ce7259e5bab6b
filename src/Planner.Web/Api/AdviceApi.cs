using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain.Advice;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>A question for cheaper variants of a fleet.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="OptionId">One of its self-hosted options.</param>
public sealed record RightSizeRequest(Scenario Scenario, string OptionId);

/// <summary>What the planner's rules are.</summary>
/// <param name="Rules">All of them; those on request are only asked by <c>/advice</c>.</param>
public sealed record RulesResponse(IReadOnlyList<Rule> Rules);

/// <summary>Advice on scenarios that are not stored.</summary>
public static class AdviceApi
{
    public static RouteGroupBuilder MapAdvice(this RouteGroupBuilder api)
    {
        api.MapGet("/rules", () => TypedResults.Ok(new RulesResponse(RuleCatalogue.All))).WithTags("Advice").WithName("listRules").WithSummary("Lists the rules that checks come from.");
        api.MapPost("/advice", AdviseAsync).WithTags("Advice").WithName("advise")
            .WithSummary("Tries variants of every fleet of a scenario over the whole catalog: the checks that take longer than an evaluation may, and what each fleet could cost instead.");
        api.MapPost("/right-size", RightSizeAsync).WithTags("Advice").WithName("rightSize")
            .WithSummary("Finds what one change of a fleet, and all together, would save: replicas, autoscaling, purchase, precision, instance.");
        api.MapPost("/decision", DecideAsync).WithTags("Advice").WithName("decide")
            .WithSummary("Answers the rules of thumb for API and self-hosting by the scenario's own figures, with a recommendation, what would change it, and the path by month.");
        return api;
    }

    private static async Task<Results<Ok<FleetAdvice>, ProblemHttpResult>> AdviseAsync(JsonBody<Scenario> body, ScenarioDesk desk, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        if (scenario is null)
            return refusal!;
        // Rows that are retired since are the scenario's all the same.
        var whole = scenario.Snapshot.Over(await catalog.WholeAsync(cancellationToken));
        return TypedResults.Ok(await Task.Run(() => Engine.Advise(scenario.Scenario, whole, cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<Decision>, ProblemHttpResult>> DecideAsync(JsonBody<Scenario> body, ScenarioDesk desk, CancellationToken cancellationToken)
    {
        var (scenario, refusal) = await desk.TakeAsync(body, cancellationToken);
        return scenario is null ? refusal! : TypedResults.Ok(await Task.Run(() => Engine.Decide(scenario.Scenario, scenario.Snapshot, cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<RightSizing>, ProblemHttpResult>> RightSizeAsync(JsonBody<RightSizeRequest> body, ScenarioDesk desk, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var (question, refusal) = ScenarioDesk.Read<Question, RightSizeRequest>(body);
        if (question is null)
            return refusal!;
        var (scenario, fault) = await desk.TakeAsync(question, cancellationToken);
        if (scenario is null)
            return fault!;
        if (scenario.Scenario.Options.OfType<SelfHostOption>().FirstOrDefault(option => option.Id == question.OptionId) is not { } fleet)
            return Problems.Invalid("optionId", question.OptionId is null ? ApiTexts.Required : Domain.Texts.NotAFleet);
        var whole = scenario.Snapshot.Over(await catalog.WholeAsync(cancellationToken));
        return TypedResults.Ok(await Task.Run(() => RightSizing.Of(scenario.Scenario, fleet, whole, cancellationToken), cancellationToken));
    }

    /// <summary>The request before its scenario is read, so that the scenario's faults are told like everywhere.</summary>
    private sealed record Question(JsonElement Scenario, string? OptionId) : ScenarioQuestion(Scenario);
}
