using Planner.Data.Feeds;
using Quartz;

namespace Planner.Web.Jobs;

/// <summary>
/// Runs the scheduler for as long as the app runs. A trigger that is stored stays as it is, so that a run missed while the app was down is made up once, and so is one that ended with the process;
/// it is replaced only where the configuration names another time, or where a clock that was wrong has put it off. Where the scheduler does not start, the app runs without it.
/// </summary>
public sealed partial class FeedSchedule(ISchedulerFactory schedulers, PriceFeeds feeds, TimeProvider time, ILogger<FeedSchedule> log) : BackgroundService
{
    private const string Group = "feeds";

    // The importer has tried three times within seconds already; these are for an outage of hours.
    private static readonly RetryPolicy Retries = RetryPolicy.Exponential(4, TimeSpan.FromMinutes(10), 3, TimeSpan.FromHours(3));

    private static readonly TimeSpan MendInterval = TimeSpan.FromHours(1);

    // Within the time that the host has. Where nothing can be written the scheduler would try for ever to give back what it was about to run; it finds that again, and a run that was cut off, at the next start.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(4);

    private volatile IScheduler? _scheduler;
    private ITimer? _mending;

    /// <summary>Why nothing, or not everything, is scheduled, as a sentence; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>When a feed is refreshed next; null where it is not scheduled.</summary>
    public async Task<DateTime?> NextRunUtcAsync(string feedId, CancellationToken cancellationToken = default) => (await TimesAsync(TriggerOf(feedId), cancellationToken)).NextUtc;

    /// <summary>When a trigger fired last and fires next; null where it never did, and where there is none.</summary>
    internal async Task<(DateTime? LastUtc, DateTime? NextUtc)> TimesAsync(TriggerKey key, CancellationToken cancellationToken) =>
        _scheduler is { } scheduler && await scheduler.GetTrigger(key, cancellationToken) is { } trigger
            ? (trigger.PreviousFireTimeUtc?.UtcDateTime, trigger.NextFireTimeUtc?.UtcDateTime)
            : default;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_mending is { } mending)
            await mending.DisposeAsync();
        if (_scheduler is not { } scheduler)
            return;
        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken).AsTask().WaitAsync(StopPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogNotEnded();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Not to be cancelled: its thread runs before it is known here, and a stop must find what it has to end.
            var scheduler = _scheduler = await schedulers.GetScheduler(CancellationToken.None);
            stoppingToken.ThrowIfCancellationRequested();
            foreach (var feed in feeds.All)
                await PlanAsync(scheduler, feed, stoppingToken);
            await scheduler.Start(stoppingToken);
            await TryMendAsync(scheduler);
            _mending = time.CreateTimer(_ => _ = TryMendAsync(scheduler), null, MendInterval, MendInterval);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        // The schedule's file may be damaged or not writable: prices can still be refreshed by hand.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fault = FeedTexts.ScheduleNotStarted.With(exception.Message);
            LogNotStarted(exception);
        }
    }

    private async Task TryMendAsync(IScheduler scheduler)
    {
        try
        {
            await ScheduleMender.MendAsync(scheduler, time.GetUtcNow(), CancellationToken.None);
        }
        // Its file may be busy or its disk full for a while; the scheduler goes on, and this is done again.
        catch (Exception exception) when (exception is SchedulerException or System.Data.Common.DbException or IOException)
        {
            LogNotMended(exception);
        }
    }

    private async Task PlanAsync(IScheduler scheduler, FeedOptions feed, CancellationToken cancellationToken)
    {
        var key = TriggerOf(feed.Id);
        if (!feed.Enabled)
        {
            await scheduler.UnscheduleJob(key, cancellationToken);
            return;
        }

        if (!CronExpression.TryParse(feed.Cron, out _))
        {
            Fault = FeedTexts.CronUnusable.With(feed.Id, feed.Cron);
            LogCronUnusable(feed.Id, feed.Cron);
            await scheduler.UnscheduleJob(key, cancellationToken);
            return;
        }

        var trigger = NewTrigger(feed, key);
        switch (await scheduler.GetTrigger(key, cancellationToken))
        {
            case null:
                await scheduler.ScheduleJob(NewJob(feed), trigger, ScheduleJobOptions.Replacing, cancellationToken);
                break;
            case ICronTrigger stored when stored.CronExpressionString == feed.Cron:
                await scheduler.AddJob(NewJob(feed), AddJobOptions.ReplacingAndStoringNonDurable, cancellationToken);
                break;
            default:
                await scheduler.RescheduleJob(key, trigger, cancellationToken);
                break;
        }
    }

    internal static TriggerKey TriggerOf(string feedId) => new(feedId, Group);

    private static IJobDetail NewJob(FeedOptions feed) =>
        JobBuilder.Create<RefreshPricesJob>().WithIdentity(feed.Id, Group).UsingJobData(RefreshPricesJob.FeedId, feed.Id)
            // A run that ended with the process has fired already, so it counts as no missed one.
            .RequestRecovery().Build();

    private static ITrigger NewTrigger(FeedOptions feed, TriggerKey key) =>
        TriggerBuilder.Create().WithIdentity(key).ForJob(feed.Id, Group)
            .WithCronSchedule(feed.Cron, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .WithRetryPolicy(Retries)
            .Build();

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule did not start; prices are refreshed by hand only")]
    private partial void LogNotStarted(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule did not end in time; what was running is made up at the next start")]
    private partial void LogNotEnded();

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is planned could not be looked through")]
    private partial void LogNotMended(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed} is not scheduled: '{Cron}' is not a cron expression of Quartz")]
    private partial void LogCronUnusable(string feed, string cron);
}
