using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Web.Hosting;

namespace Planner.Web.Api;

/// <summary>How the installation fares, for those who look after it.</summary>
public static class SystemApi
{
    public static RouteGroupBuilder MapSystem(this RouteGroupBuilder api)
    {
        api.MapGet("/system", LookAsync).WithTags("System").WithName("getSystem").WithSummary("Jobs, the feeds' age, storage, open pages, memory and versions.");
        return api;
    }

    private static async Task<Ok<SystemReport>> LookAsync(SystemState system, CancellationToken cancellationToken) => TypedResults.Ok(await system.LookAsync(cancellationToken));
}
