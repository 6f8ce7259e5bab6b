using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Tests.Data.Feeds;
using Planner.Web.Jobs;
using Quartz;
using Xunit;

namespace Planner.Tests.Web.Jobs;

public sealed class FeedScheduleTests : IDisposable
{
    private const string EachSecond = "* * * * * ?";
    private const string EachNewYear = "0 0 0 1 1 ?";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-schedule-").FullName;

    private string SchedulePath => Path.Combine(_folder, "planner.schedule.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Feed_is_refreshed_on_schedule()
    {
        await using var rig = await FeedRig.StartAsync();
        var served = Serving(rig, LiteLlmFixture.Plain(3));
        using var host = await StartAsync(rig, EachSecond);

        await served.WaitAsync(Patience);
        await host.StopAsync();

        var run = (await rig.Database.Get<FeedRunStore>().ListAsync()).Items[^1];
        Assert.Equal((FeedRunTriggers.Schedule, FeedRunStatuses.Published, 3), (run.Trigger, run.Status, run.Added));
    }

    [Fact]
    public async Task Run_that_was_missed_while_the_app_was_down_is_made_up()
    {
        await using var rig = await FeedRig.StartAsync();
        var served = Serving(rig, LiteLlmFixture.Plain(3));
        using (var host = await StartAsync(rig, EachNewYear))
            await host.StopAsync();
        Assert.False(served.IsCompleted);
        Execute($"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = {DateTime.UtcNow.AddDays(-1).Ticks}");

        using (var host = await StartAsync(rig, EachNewYear))
        {
            await served.WaitAsync(Patience);
            await host.StopAsync();
        }

        Assert.Equal(FeedRunStatuses.Published, Assert.Single((await rig.Database.Get<FeedRunStore>().ListAsync()).Items).Status);
    }

    [Fact]
    public async Task Several_missed_runs_are_made_up_by_one()
    {
        await using var rig = await FeedRig.StartAsync();
        var served = Serving(rig, LiteLlmFixture.Plain(3));
        using (var host = await StartAsync(rig, EachNewYear))
            await host.StopAsync();
        Execute($"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = {DateTime.UtcNow.AddYears(-3).Ticks}");

        using (var host = await StartAsync(rig, EachNewYear))
        {
            await served.WaitAsync(Patience);
            await host.StopAsync();
        }

        Assert.Single((await rig.Database.Get<FeedRunStore>().ListAsync()).Items);
        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE NEXT_FIRE_TIME > " + DateTime.UtcNow.Ticks));
        Assert.Equal(0L, Scalar("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS"));
    }

    [Fact]
    public async Task Run_that_ended_with_the_process_is_made_up_at_the_next_start()
    {
        await using var rig = await FeedRig.StartAsync();
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Server.Answer = async context =>
        {
            asked.TrySetResult();
            await ended.Task;
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        };
        using (var host = await StartAsync(rig, EachNewYear))
            await host.StopAsync();
        Execute($"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = {DateTime.UtcNow.AddDays(-1).Ticks}");
        var atThatMoment = Path.Combine(_folder, "killed");
        using (var host = await StartAsync(rig, EachNewYear))
        {
            await asked.Task.WaitAsync(Patience);
            Copy(_folder, atThatMoment);
            ended.SetResult();
            await host.StopAsync();
        }

        SqliteConnection.ClearAllPools();
        Copy(atThatMoment, _folder);
        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE NEXT_FIRE_TIME > " + DateTime.UtcNow.Ticks));
        var served = Serving(rig, LiteLlmFixture.Plain(3));
        using (var host = await StartAsync(rig, EachNewYear))
        {
            await served.WaitAsync(Patience);
            await host.StopAsync();
        }

        Assert.Equal([FeedRunStatuses.Published, FeedRunStatuses.Failed], (await rig.Database.Get<FeedRunStore>().ListAsync()).Items.Select(run => run.Status));
        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM QRTZ_TRIGGERS"));

        static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var left in Directory.GetFiles(to, "planner.schedule.db*"))
                File.Delete(left);
            foreach (var file in Directory.GetFiles(from, "planner.schedule.db*"))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    [Fact]
    public async Task Run_on_schedule_does_not_overlap_with_one_by_hand()
    {
        await using var rig = await FeedRig.StartAsync();
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Server.Answer = async context =>
        {
            asked.TrySetResult();
            await ended.Task;
            await context.Response.Body.WriteAsync(LiteLlmFixture.Plain(3));
        };
        var byHand = rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Manual);
        await asked.Task.WaitAsync(Patience);
        using var host = await StartAsync(rig, EachNewYear);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var executed = new JobEnd();
        scheduler.ListenerManager.AddJobListener(executed);

        await scheduler.TriggerJob(new JobKey(PriceFeeds.LiteLlm, "feeds"));
        Assert.Null(await executed.Ended.WaitAsync(Patience));
        ended.SetResult();
        var run = await byHand;
        await host.StopAsync();

        Assert.Equal(FeedRunStatuses.Published, run.Status);
        Assert.Single((await rig.Database.Get<FeedRunStore>().ListAsync()).Items);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task Other_time_in_the_configuration_replaces_the_stored_one()
    {
        await using var rig = await FeedRig.StartAsync();
        using (var host = await StartAsync(rig, EachNewYear))
            await host.StopAsync();

        using var changed = await StartAsync(rig, "0 37 4 1 1 ?");
        var next = await changed.Services.GetRequiredService<FeedSchedule>().NextRunUtcAsync(PriceFeeds.LiteLlm);
        await changed.StopAsync();

        Assert.Equal((1, 1, new TimeSpan(4, 37, 0)), (next!.Value.Month, next.Value.Day, next.Value.TimeOfDay));
    }

    [Fact]
    public async Task Feed_that_a_clock_a_year_ahead_has_put_off_is_planned_anew_and_runs_no_more_often()
    {
        const string Daily = "0 37 4 * * ?";
        await using var rig = await FeedRig.StartAsync();
        using (var host = await StartAsync(rig, Daily))
            await host.StopAsync();
        Execute($"UPDATE QRTZ_TRIGGERS SET PREV_FIRE_TIME = {DateTime.UtcNow.AddYears(1).Ticks}, NEXT_FIRE_TIME = {DateTime.UtcNow.AddYears(1).AddDays(1).Ticks}, START_TIME = {DateTime.UtcNow.AddYears(1).Ticks}");

        using var again = await StartAsync(rig, Daily);
        var next = await again.Services.GetRequiredService<FeedSchedule>().NextRunUtcAsync(PriceFeeds.LiteLlm);
        await again.StopAsync();

        Assert.InRange(next!.Value, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddDays(1));
        Assert.Equal(new TimeSpan(4, 37, 0), next.Value.TimeOfDay);
        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM QRTZ_TRIGGERS"));
        Assert.Empty((await rig.Database.Get<FeedRunStore>().ListAsync()).Items);
    }

    [Fact]
    public async Task Failed_run_is_tried_again_later()
    {
        await using var rig = await FeedRig.StartAsync();
        var asked = new TaskCompletionSource();
        rig.Server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            asked.TrySetResult();
            return Task.CompletedTask;
        };
        using var host = await StartAsync(rig, EachNewYear);
        await host.StopAsync();
        Execute($"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = {DateTime.UtcNow.AddDays(-1).Ticks}");

        using var again = await StartAsync(rig, EachNewYear);
        await asked.Task.WaitAsync(Patience);
        await again.StopAsync();

        Assert.Equal(FeedRunStatuses.Failed, Assert.Single((await rig.Database.Get<FeedRunStore>().ListAsync()).Items).Status);
        Assert.Equal(1L, Scalar("SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE NEXT_FIRE_TIME < " + DateTime.UtcNow.AddHours(1).Ticks));
    }

    [Theory]
    [InlineData(EachNewYear, "false", null)]
    [InlineData("every day", "true", "The feed litellm is not scheduled: “every day” is not a cron expression.")]
    public async Task Feed_switched_off_or_without_a_usable_time_is_not_scheduled(string cron, string enabled, string? fault)
    {
        await using var rig = await FeedRig.StartAsync();
        using (var before = await StartAsync(rig, EachNewYear))
            await before.StopAsync();

        using var host = await StartAsync(rig, cron, enabled);
        var schedule = host.Services.GetRequiredService<FeedSchedule>();

        Assert.Null(await schedule.NextRunUtcAsync(PriceFeeds.LiteLlm));
        Assert.Equal(fault, schedule.Fault);
        await host.StopAsync();
    }

    [Fact]
    public async Task Damaged_schedule_does_not_stop_the_app()
    {
        await using var rig = await FeedRig.StartAsync();
        await File.WriteAllTextAsync(SchedulePath, string.Concat(Enumerable.Repeat("this is no database ", 500)));

        using var host = await StartAsync(rig, EachNewYear);
        var schedule = host.Services.GetRequiredService<FeedSchedule>();

        Assert.StartsWith("The schedule did not start, so prices are refreshed by hand only: ", schedule.Fault, StringComparison.Ordinal);
        Assert.Null(await schedule.NextRunUtcAsync(PriceFeeds.LiteLlm));
        await host.StopAsync();
    }

    /// <summary>Tells when a job has ended, and its fault.</summary>
    private sealed class JobEnd : IJobListener
    {
        private readonly TaskCompletionSource<JobExecutionException?> _ended = new();

        public string Name => nameof(JobEnd);

        public Task<JobExecutionException?> Ended => _ended.Task;

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
        {
            _ended.TrySetResult(jobException);
            return ValueTask.CompletedTask;
        }
    }

    private static Task Serving(FeedRig rig, byte[] file)
    {
        var served = new TaskCompletionSource();
        rig.Server.Answer = async context =>
        {
            await context.Response.Body.WriteAsync(file);
            served.TrySetResult();
        };
        return served.Task;
    }

    /// <summary>A host with the schedule, started as far as it gets.</summary>
    private async Task<IHost> StartAsync(FeedRig rig, string cron, string enabled = "true")
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Feeds:Enabled"] = "false", ["Feeds:litellm:Cron"] = cron, ["Feeds:litellm:Enabled"] = enabled });
        builder.Services.AddSingleton(rig.Importer);
        builder.Services.AddSingleton<Planner.Data.Accounts.CurrentReach>();
        builder.Services.AddSingleton(new PriceFeeds(builder.Configuration));
        builder.Services.AddPlannerJobs(DatabaseSettings.File(Path.Combine(_folder, "planner.db")));
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<FeedSchedule>().ExecuteTask!;
        return host;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={SchedulePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={SchedulePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
