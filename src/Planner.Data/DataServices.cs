using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Planner.Data.Benchmarks;
using Planner.Data.Seed;
using Planner.Data.Sqlite;
using Planner.Data.Stores;

namespace Planner.Data;

/// <summary>Registers the database and what the app asks of it.</summary>
public static class DataServices
{
    /// <summary>Adds the context factory, the stores and the start-up. Everything is a singleton that opens one context a call.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="databasePath">Path of the SQLite file; a relative one follows the working directory at this moment.</param>
    public static IServiceCollection AddPlannerData(this IServiceCollection services, string databasePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(databasePath);
        var path = Path.GetFullPath(databasePath);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
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
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton(provider => new DatabaseBackups(path, provider.GetService<BackupOptions>() ?? new BackupOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DatabaseBackups>>()));
        services.AddSingleton(provider => new OneWriter(path, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DatabaseState>();
        return services.AddSingleton<IDbContextFactory<PlannerDbContext>>(provider => new ReachingContexts(
            new PooledDbContextFactory<PlannerDbContext>(new DbContextOptionsBuilder<PlannerDbContext>()
                .UseApplicationServiceProvider(provider)
                .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(PlannerDbContext).Assembly.GetName().Name))
                .ReplaceService<IRelationalTransactionFactory, WriterTransactions>()
                // The guard first: a statement that it refuses must not take a turn to write.
                .AddInterceptors(new SqliteConnectionSettings(), new ReachGuard(), provider.GetRequiredService<OneWriter>())
                .Options),
            provider.GetRequiredService<CurrentReach>()));
    }
}
