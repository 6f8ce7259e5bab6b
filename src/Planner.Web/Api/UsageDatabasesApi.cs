using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Data.Usage;
using Planner.Domain.Usage;

namespace Planner.Web.Api;

/// <summary>A new measured workload whose rows a database holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Database">Name of a configured database.</param>
public sealed record UsageOfDatabase(string Name, string Database);

/// <summary>A measured workload that was added.</summary>
/// <param name="Id">Its id.</param>
public sealed record UsageAdded(long Id);

/// <summary>Whether a database of logs can be asked.</summary>
/// <param name="Fault">Why not, a sentence; null where it can.</param>
public sealed record UsageDatabaseCheck(string? Fault);

/// <summary>What a database of logs counted.</summary>
/// <param name="FromUtc">Start of its first request.</param>
/// <param name="ToUtc">End of its last one.</param>
/// <param name="Totals">What was used in all.</param>
/// <param name="LeftOut">Requests that do not count, by the rules for files.</param>
public sealed record UsageCounted(DateTime FromUtc, DateTime ToUtc, UsageTotals Totals, long LeftOut);

/// <summary>Databases of logs that count by themselves.</summary>
public static class UsageDatabasesApi
{
    public static RouteGroupBuilder MapUsageDatabases(this RouteGroupBuilder api)
    {
        var usage = api.MapGroup("/usage").WithTags("Usage");
        usage.MapGet("/databases", List).WithName("listUsageDatabases").WithSummary("The configured databases of logs, without where they are.");
        usage.MapPost("/databases/{name}/check", CheckAsync).WithName("checkUsageDatabase").WithSummary("Tells whether a database of logs can be asked.");
        usage.MapPost("", AddAsync).WithName("addUsageOfDatabase").WithSummary("Adds a measured workload whose rows a database of logs holds.").WithProblems(StatusCodes.Status400BadRequest);
        usage.MapPost("/{id:long}/measure", MeasureAsync).WithName("measureUsage")
            .WithSummary("Has the database of a measured workload count the requests of some time, the last 90 days by default, and stores what it says.")
            .WithProblems(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
        return api;
    }

    private static Ok<IReadOnlyList<UsageDatabase>> List(UsageDatabases databases) => TypedResults.Ok(databases.All);

    private static async Task<Ok<UsageDatabaseCheck>> CheckAsync(string name, UsageDatabases databases, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UsageDatabaseCheck(await databases.CheckAsync(name, cancellationToken)));

    private static async Task<Results<Created<UsageAdded>, ProblemHttpResult>> AddAsync(UsageOfDatabase added, UsageDatabases databases, UsageStore store, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(added.Name))
            return Problems.Invalid("name", ApiTexts.Required);
        if (databases.All.FirstOrDefault(database => database.Name.Equals(added.Database, StringComparison.OrdinalIgnoreCase)) is not { } known)
            return Problems.Invalid("database", ApiTexts.UsageDatabaseUnknown.With(added.Database));
        var id = await store.AddAsync(added.Name, known.Name, cancellationToken);
        return TypedResults.Created($"/api/v1/usage/{id}", new UsageAdded(id));
    }

    private static async Task<Results<Ok<UsageCounted>, ProblemHttpResult>> MeasureAsync(
        long id, [FromQuery(Name = "from")] DateTimeOffset? since, [FromQuery(Name = "to")] DateTimeOffset? until, UsageDatabases databases, CancellationToken cancellationToken) =>
        await databases.MeasureAsync(id, since?.UtcDateTime, until?.UtcDateTime, cancellationToken: cancellationToken) switch
        {
            UsageMeasurement.Measured measured => TypedResults.Ok(new UsageCounted(measured.Profile.FromUtc, measured.Profile.ToUtc, measured.Profile.Totals, measured.LeftOut)),
            UsageMeasurement.Refused refused => Problems.Invalid(refused.Problems, StatusCodes.Status422UnprocessableEntity),
            _ => Problems.NotFound(ApiTexts.UsageUnknown.With(id)),
        };
}
