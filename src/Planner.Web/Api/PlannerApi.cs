using Planner.Domain.Scenarios;
using Planner.Web.Accounts;
using Planner.Web.Hosting;

namespace Planner.Web.Api;

/// <summary>The REST API below <c>/api/v1</c> and its description at <c>/openapi/v1.json</c>.</summary>
public static class PlannerApi
{
    public static IServiceCollection AddPlannerApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ScenarioJson.Configure(options.SerializerOptions));
        services.AddSingleton<ScenarioDesk>();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        services.AddOpenApi("v1", ApiDescription.Configure);
        return services;
    }

    public static WebApplication MapPlannerApi(this WebApplication app)
    {
        app.UseWhen(ApiPaths.IsApi, api => api.UseMiddleware<ApiFaults>().UseCatalogKeys());
        app.MapOpenApi().RequireAuthorization(Policies.Read);
        var api = app.MapGroup(ApiPaths.Root).WithProblems(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status500InternalServerError);
        // These calculate and store nothing, whatever the method.
        api.MapGroup("").RequireAuthorization(Policies.Read)
            .MapExamples()
            .MapEvaluation()
            .MapSearch()
            .MapAdvice();
        // These give files away.
        api.MapGroup("").RequireAuthorization(Policies.Read).NoteExports()
            .MapArtefacts()
            .MapReports()
            .MapComparisons();
        // What belongs to a workspace.
        api.MapGroup("").ReadOr(Policies.Edit).TakeIdempotencyKeys().AnswerConditionally()
            .MapScenarios()
            .MapVersions()
            .MapShareLinks()
            .MapAlerts()
            .MapUsage()
            .MapUsageDatabases()
            .MapFleets()
            .MapReportSchedules()
            .MapUsageLinks()
            .MapActuals();
        api.MapGroup("").RequireAuthorization(Policies.Admin).NoteExports().MapAudit();
        api.MapGroup("").RequireAuthorization(Policies.Keep).MapSystem();
        // What all workspaces share.
        api.MapGroup("").ReadOr(Policies.Keep).TakeIdempotencyKeys()
            .MapCatalogPrices()
            .MapCatalogInstances()
            .MapCatalogModels()
            .MapFeeds()
            .MapPriceLists()
            .MapQuarantine()
            .MapMeasurements();
        return app;
    }
}
