using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Domain.Actuals;
using Planner.Web.Components.Actuals;

namespace Planner.Web.Api;

/// <summary>Plan against actual of an option of a stored scenario.</summary>
/// <param name="Version">The scenario's version whose plan it is.</param>
/// <param name="OptionId">The option.</param>
/// <param name="OptionName">Its name.</param>
/// <param name="Kind">The document's word for its kind.</param>
/// <param name="Months">The months, from the first that has anything measured to the last.</param>
/// <param name="Errors">Mean forecast errors.</param>
/// <param name="Advice">What to change, with the saving.</param>
public sealed record ScenarioActuals(int Version, string OptionId, string OptionName, string Kind, IReadOnlyList<ActualMonth> Months, IReadOnlyList<MeanError> Errors, ActualAdvice Advice);

/// <summary>What really happened to stored scenarios.</summary>
public static class ActualsApi
{
    public static RouteGroupBuilder MapActuals(this RouteGroupBuilder api)
    {
        api.MapGet("/scenarios/{id}/actuals", GetAsync).WithTags("Actuals").WithName("getActuals")
            .WithSummary("Plan against actual of an option by month: cost, tokens, cost of a million tokens, utilization and latency, each with its working; and what to change, with the saving.")
            .WithProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<ScenarioActuals>, ProblemHttpResult>> GetAsync(
        string id, [FromQuery(Name = "option")] string? optionId, ScenarioStore scenarios, ActualsDesk desk, CancellationToken cancellationToken)
    {
        if (await scenarios.GetAsync(id, cancellationToken: cancellationToken) is not { } stored)
            return Problems.NotFound(ApiTexts.ScenarioUnknown.With(id));
        try
        {
            if (await desk.CompareAsync(stored, optionId, cancellationToken) is not { } actuals)
                return Problems.Invalid("option", ApiTexts.OptionUnknown.With(optionId));
            var compared = actuals.Compared;
            return TypedResults.Ok(new ScenarioActuals(
                stored.Version, compared.OptionId, compared.OptionName, compared.Kind, compared.Months, compared.Errors, await desk.AdviseAsync(actuals, cancellationToken)));
        }
        catch (InvalidDataException exception)
        {
            return Problems.Invalid("", exception.Message);
        }
    }
}
