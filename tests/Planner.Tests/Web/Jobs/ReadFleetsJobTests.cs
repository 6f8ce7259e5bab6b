using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Tests.Data;
using Planner.Tests.Data.Actuals;
using Planner.Tests.Data.Feeds;
using Planner.Web.Jobs;
using Quartz;
using Xunit;

namespace Planner.Tests.Web.Jobs;

/// <summary>The job that reads fleets, in the app as it is composed.</summary>
public class ReadFleetsJobTests(ReadFleetsJobTests.OwnHost host) : IClassFixture<ReadFleetsJobTests.OwnHost>
{
    private static readonly JobKey Job = new("read", "fleets");

    [Fact]
    public async Task It_is_due_every_minute_and_reads_what_is_due()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(FleetReaderTests.Metrics());
        await host.Services.GetRequiredService<FeedSchedule>().ExecuteTask!;
        var fleets = host.Services.GetRequiredService<FleetStore>();
        var scenario = await host.Services.GetRequiredService<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("ok"), Cancel);
        var target = (await fleets.AddAsync(scenario.Id, new FleetTargetDraft("self", "Fleet", FleetTargetKinds.Metrics, [new Uri(FleetReaderTests.Base(server))], null, null, 30), Cancel))!;

        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancel);
        var trigger = Assert.IsAssignableFrom<ICronTrigger>(Assert.Single(await scheduler.GetTriggersOfJob(Job, Cancel)));
        await ActivatorUtilities.CreateInstance<ReadFleetsJob>(host.Services).Execute(null!, Cancel);

        Assert.Equal("0 * * * * ?", trigger.CronExpressionString);
        // Where the minute came just now, the schedule's own run reads it.
        while ((await fleets.FindAsync(target.Id, Cancel))!.State.ReadUtc is null)
            Cancel.ThrowIfCancellationRequested();
        Assert.Single(server.Requests);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An app that may call this machine.</summary>
    public sealed class OwnHost : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Actuals:AllowedHosts"] = "127.0.0.1" };
    }
}
