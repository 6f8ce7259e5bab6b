using Microsoft.Extensions.DependencyInjection;

namespace Planner.Data.Usage;

/// <summary>Registers what takes logs in.</summary>
public static class UsageServices
{
    /// <summary>Adds the importer and the store; the database must be registered too (<see cref="DataServices.AddPlannerData"/>).</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="options">Where and how far logs are taken in.</param>
    public static IServiceCollection AddUsage(this IServiceCollection services, UsageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Folder);
        return services.AddSingleton(options).AddSingleton<UsageStore>().AddSingleton<UsageImporter>();
    }
}
