using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Planner.Data.Actuals;

/// <summary>Registers what reads running fleets.</summary>
public static class FleetServices
{
    /// <summary>Adds the reader, the scrape and the measurer; the database must be registered too (<see cref="DataServices.AddPlannerData(IServiceCollection, DatabaseSettings)"/>).</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">The app's configuration.</param>
    public static IServiceCollection AddFleets(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(configuration);
        return services.AddSingleton<FleetReader>().AddSingleton<FleetMeasurer>().AddSingleton<FleetScrape>();
    }
}
