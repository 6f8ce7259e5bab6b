using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>The REST API below <c>/api/v1</c> and its description at <c>/openapi/v1.json</c>.</summary>
public static class PlannerApi
{
    public static IServiceCollection AddPlannerApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ScenarioJson.Configure(options.SerializerOptions));
        services.AddSingleton<ScenarioDesk>();
        services.AddOpenApi("v1", ApiDescription.Configure);
        return services;
    }

    public static WebApplication MapPlannerApi(this WebApplication app)
    {
        app.UseWhen(ApiPaths.IsApi, api => api.UseMiddleware<ApiFaults>().UseCatalogKeys());
        app.MapOpenApi();
        app.MapGroup(ApiPaths.Root).WithProblems(StatusCodes.Status500InternalServerError)
            .MapExamples()
            .MapEvaluation()
            .MapSearch()
            .MapAdvice()
            .MapScenarios()
            .MapArtefacts()
            .MapShareLinks()
            .MapReports()
            .MapCatalogPrices()
            .MapCatalogInstances()
            .MapCatalogModels()
            .MapFeeds()
            .MapPriceLists()
            .MapAlerts()
            .MapQuarantine()
            .MapMeasurements()
            .MapUsage()
            .MapUsageDatabases()
            .MapFleets()
            .MapUsageLinks()
            .MapActuals();
        return app;
    }
}
