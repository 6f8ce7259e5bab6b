using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Planner.Data.Usage;

/// <summary>Registers what takes logs in.</summary>
public static class UsageServices
{
    /// <summary>Adds the importer and the store; the database must be registered too (<see cref="DataServices.AddPlannerData(IServiceCollection, DatabaseSettings)"/>).</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="options">Where and how far logs are taken in.</param>
    public static IServiceCollection AddUsage(this IServiceCollection services, UsageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services.AddSingleton(options).AddSingleton<UsageStore>().AddSingleton<UsageImporter>().AddSingleton<UsageDesk>().AddSingleton<UsageSweep>();
    }

    /// <summary>Adds the databases of logs that <c>Usage:Databases</c> configures; <see cref="AddUsage"/> must be there too.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">The app's configuration.</param>
    public static IServiceCollection AddUsageDatabases(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(provider => new UsageDatabases(configuration, provider.GetRequiredService<UsageStore>(), provider.GetRequiredService<TimeProvider>()));
    }
}
