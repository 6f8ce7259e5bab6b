using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Stores;
using Planner.Web.Jobs;

namespace Planner.Web.Api;

/// <summary>Stored scenarios whose saved answer no longer holds at today's prices.</summary>
public static class AlertsApi
{
    public static RouteGroupBuilder MapAlerts(this RouteGroupBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", ListAsync).WithName("listAlerts").WithSummary("Decisions that today's prices change, the latest first; putAside=true lists those that were put aside.")
            .WithProblems(StatusCodes.Status400BadRequest);
        alerts.MapPost("/check", (DecisionWatch watch, CancellationToken cancellationToken) => watch.CheckAsync(null, cancellationToken)).WithName("checkAlerts")
            .WithSummary("Compares every stored scenario with today's prices now.");
        alerts.MapPost("/{id:long}/put-aside", (long id, AlertStore store, CancellationToken cancellationToken) => PutAsideAsync(id, true, store, cancellationToken))
            .WithName("putAlertAside").WithSummary("Puts an alert aside.").WithProblems(StatusCodes.Status404NotFound);
        alerts.MapPost("/{id:long}/reopen", (long id, AlertStore store, CancellationToken cancellationToken) => PutAsideAsync(id, false, store, cancellationToken))
            .WithName("reopenAlert").WithSummary("Takes back that an alert was put aside.").WithProblems(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<Page<DecisionAlert>>, ProblemHttpResult>> ListAsync(
        [FromQuery(Name = "putAside")] QueryValue<bool>? putAside, [FromQuery(Name = "skip")] QueryValue<int>? skip, [FromQuery(Name = "take")] QueryValue<int>? take,
        AlertStore alerts, CancellationToken cancellationToken)
    {
        var query = new PageQuery(null, null, null, skip, take);
        var (aside, from, count) = (query.ReadFlag("putAside", putAside), query.ReadSkip(), query.ReadTake());
        return query.Problems.Count > 0
            ? Problems.Invalid(query.Problems)
            : TypedResults.Ok(await alerts.ListAsync(aside ? AlertStates.PutAside : AlertStates.Open, from, count, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsideAsync(long id, bool aside, AlertStore alerts, CancellationToken cancellationToken) =>
        await alerts.PutAsideAsync(id, aside, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(Texts.AlertUnknown.With(id));
}
