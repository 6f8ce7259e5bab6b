using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Planner.Data.Benchmarks;
using Planner.Data.PostgreSql;
using Planner.Data.Seed;
using Planner.Data.Sqlite;
using Planner.Data.Stores;

namespace Planner.Data;

/// <summary>Registers the database and what the app asks of it.</summary>
public static class DataServices
{
    /// <summary>Adds the context factory, the stores and the start-up, on a SQLite file.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="databasePath">Path of the file; a relative one follows the working directory at this moment.</param>
    public static IServiceCollection AddPlannerData(this IServiceCollection services, string databasePath) => services.AddPlannerData(DatabaseSettings.File(databasePath));

    /// <summary>Adds the context factory, the stores and the start-up. Everything is a singleton that opens one context a call.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="database">Where everything is stored.</param>
    public static IServiceCollection AddPlannerData(this IServiceCollection services, DatabaseSettings database)
    {
        ArgumentNullException.ThrowIfNull(database);
        services.AddSingleton(database);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CurrentReach>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<ApiTokenStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<Audits.AuditLog>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<CatalogStore>();
        services.AddSingleton<ExampleStore>();
        services.AddSingleton<Gates>();
        services.AddSingleton<FeedRunStore>();
        services.AddSingleton<FleetStore>();
        services.AddSingleton<MeasurementImporter>();
        services.AddSingleton<MeasurementReview>();
        services.AddSingleton<MeasurementStore>();
        services.AddSingleton<Reports.ReportScheduleStore>();
        services.AddSingleton<ScenarioStore>();
        services.AddSingleton<ShareLinkStore>();
        services.AddSingleton<UsageLinkStore>();
        services.AddSingleton(provider => new SeedCatalog(SeedFile.Embedded("Seed/catalog/"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DatabaseDamage>();
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<DatabaseState>();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            services.AddSingleton(provider => new DatabaseBackups(
                database.Name, provider.GetService<BackupOptions>() ?? new BackupOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DatabaseBackups>>(),
                provider.GetRequiredService<DatabaseDamage>()));
            services.AddSingleton(provider => new OneWriter(database.Name, provider.GetRequiredService<TimeProvider>()));
        }

        return services.AddSingleton<IDbContextFactory<PlannerDbContext>>(provider => new ReachingContexts(
            new PooledDbContextFactory<PlannerDbContext>(Options(database, provider)), provider.GetRequiredService<CurrentReach>()));
    }

    private static DbContextOptions<PlannerDbContext> Options(DatabaseSettings database, IServiceProvider provider)
    {
        var options = new DbContextOptionsBuilder<PlannerDbContext>();
        options.UseApplicationServiceProvider(provider);
        database.Use(options);
        // The guard first: a statement that it refuses must not take a turn to write.
        if (database.Provider == DatabaseProvider.PostgreSql)
            return options.AddInterceptors(new ReachGuard(), new OneWriterOfMany()).Options;
        provider.GetRequiredService<DatabaseDamage>().ListenTo(options);
        return options.ReplaceService<IRelationalTransactionFactory, WriterTransactions>()
            .AddInterceptors(new SqliteConnectionSettings(), new ReachGuard(), provider.GetRequiredService<OneWriter>()).Options;
    }
}
