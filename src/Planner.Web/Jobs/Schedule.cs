using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Planner.Data;
using Planner.Data.Feeds;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>Registers the jobs and their scheduler.</summary>
public static class Schedule
{
    private const string FleetGroup = "fleets";
    private const string ReportGroup = "reports";
    private const string BackupGroup = "backups";

    /// <summary>Everything that runs by itself: its trigger, which is named as its job is, what it does, and the feed that it refreshes.</summary>
    internal static IEnumerable<(TriggerKey Key, string Name, string? FeedId)> Known(PriceFeeds feeds, bool isFile) =>
    [
        (new TriggerKey("read", FleetGroup), Texts.JobReadFleets, null), (new TriggerKey("send", ReportGroup), Texts.JobSendReports, null),
        .. isFile ? [(new TriggerKey("make", BackupGroup), Texts.JobBackUp, null)] : Array.Empty<(TriggerKey, string, string?)>(),
        .. feeds.All.Where(feed => feed.Enabled).Select(feed => (FeedSchedule.TriggerOf(feed.Id), Texts.JobRefresh.With(feed.Name), (string?)feed.Id)),
    ];

    /// <summary>
    /// Adds the scheduler. Beside a file its state is in a SQLite file of its own, since Quartz commits often and sets the journal mode; on a server it is in the database, and the nodes there run each job once.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="database">The app's database.</param>
    public static IServiceCollection AddPlannerJobs(this IServiceCollection services, DatabaseSettings database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var isServer = database.Provider == DatabaseProvider.PostgreSql;
        services.AddQuartz(quartz =>
        {
            // Nodes of one name would take each other's signs of life for their own, and none would make up what another left. Quartz puts no name in place of "AUTO" that is set here.
            quartz.ConfigureScheduler(options => (options.InstanceName, options.InstanceId) = ("Planner", isServer ? $"{Environment.MachineName}-{Guid.NewGuid():N}" : "one"));
            quartz.UsePersistentStore(store =>
            {
                if (isServer)
                {
                    store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
                    // A node that has said nothing for so long is gone: another one makes up what it was doing.
                    store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
                }
                else
                {
                    store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = Path.ChangeExtension(database.Name, ".schedule.db") }.ToString());
                }

                store.ProvisionSchema();
                // Threads in the background: the scheduler never keeps a process alive that has ended otherwise.
                store.ConfigureStore(options => (options.MisfireThreshold, options.UseBackgroundThreads) = (TimeSpan.FromSeconds(60), true));
            });
            quartz.AddJobListener(provider => provider.GetRequiredService<JobOutcomes>());
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = 2);
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JobOutcomes>();
        services.AddSingleton<FeedSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedSchedule>());
        return services;
    }

    /// <summary>Adds the job that reads running fleets, to the scheduler of <see cref="AddPlannerJobs"/>.</summary>
    public static IServiceCollection AddFleetJob(this IServiceCollection services)
    {
        // Each minute, since each fleet has an interval of its own; a minute that was missed is over.
        services.AddQuartz(quartz => quartz.ScheduleJob<ReadFleetsJob>(
            trigger => trigger.WithIdentity("read", FleetGroup).WithCronSchedule("0 * * * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)),
            job => job.WithIdentity("read", FleetGroup)));
        return services;
    }

    /// <summary>Adds the job that sends reports, to the scheduler of <see cref="AddPlannerJobs"/>.</summary>
    public static IServiceCollection AddReportJob(this IServiceCollection services)
    {
        // Each minute, since each report has times of its own, which wait in the database for a minute that comes.
        services.AddQuartz(quartz => quartz.ScheduleJob<SendReportsJob>(
            trigger => trigger.WithIdentity("send", ReportGroup).WithCronSchedule("0 * * * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)),
            job => job.WithIdentity("send", ReportGroup)));
        return services;
    }

    /// <summary>Adds the job that makes backups, to the scheduler of <see cref="AddPlannerJobs"/>.</summary>
    public static IServiceCollection AddBackupJob(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.ScheduleJob<BackUpJob>(
            trigger => trigger.WithIdentity("make", BackupGroup).WithCronSchedule("0 10 * * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)),
            job => job.WithIdentity("make", BackupGroup)));
        return services;
    }

    /// <summary>Adds what follows the runs of feeds: the comparison of stored decisions, and the health check of the prices' age.</summary>
    public static IServiceCollection AddPriceWatch(this IServiceCollection services)
    {
        services.AddSingleton<AlertWebhook>();
        services.AddSingleton<DecisionWatch>();
        // The teller first: the watch's first check begins with the app.
        services.AddHostedService<AlertTeller>();
        services.AddHostedService(provider => provider.GetRequiredService<DecisionWatch>());
        services.AddHealthChecks().AddCheck<FeedAgeCheck>("feeds");
        return services;
    }
}
