using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>Registers the price feeds.</summary>
public static class FeedServices
{
    /// <summary>Adds the feeds and their importer; the database must be registered too (<see cref="DataServices.AddPlannerData(IServiceCollection, DatabaseSettings)"/>).</summary>
    public static IServiceCollection AddPriceFeeds(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PriceListStore>();
        services.AddSingleton(provider => new PriceFeeds(configuration, provider.GetRequiredService<PriceListStore>()));
        services.AddSingleton<FeedClient>();
        services.AddSingleton<FeedPublisher>();
        services.AddSingleton<FeedImporter>();
        services.AddSingleton<PriceListDesk>();
        services.AddSingleton<QuarantineStore>();
        return services;
    }
}
