using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Web.Reports;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>From servers of this machine that expose metrics to the hours in the database.</summary>
public sealed class FleetScrapeTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_fleet_is_read_when_it_is_due_and_its_work_becomes_hours()
    {
        using var rig = await Rig.StartAsync();
        await using var server = await FeedServer.StartAsync();
        var target = await rig.AddAsync("Fleet", server);
        await rig.RunAsync(0, server, FleetReaderTests.Metrics(prompt: 1000, generated: 100, running: 2));
        await rig.RunAsync(4, server, FleetReaderTests.Metrics(prompt: 9000, generated: 900, running: 9));
        await rig.RunAsync(5, server, FleetReaderTests.Metrics(prompt: 4000, generated: 400, running: 4));
        // The engine began anew.
        await rig.RunAsync(10, server, FleetReaderTests.Metrics(prompt: 50, generated: 5));

        Assert.Equal(3, server.Requests.Count);
        var hour = Assert.Single(await rig.Store.HoursAsync(target.Id, Noon, Noon.AddHours(1), Cancel));
        // 3,000 prompt tokens in five minutes, 50 in the next five; three requests at once, then two.
        Assert.Equal((600.0, 3050.0, 305.0, 1500.0), (hour.Seconds, hour.PromptTokens!.Value, hour.GeneratedTokens!.Value, hour.RunningSeconds!.Value));
    }

    [Fact]
    public async Task A_dead_fleet_holds_nobody_up_and_its_fault_is_logged_once_when_it_begins_and_once_when_it_ends()
    {
        using var rig = await Rig.StartAsync(("Actuals:Tokens:127.0.0.1", "s3cret"));
        await using var living = await FeedServer.StartAsync();
        await using var dead = await FeedServer.StartAsync();
        var (one, other) = (await rig.AddAsync("Living", living), await rig.AddAsync("Dead", dead));
        living.Answer = context => context.Response.WriteAsync(FleetReaderTests.Metrics());
        var answered = new TaskCompletionSource();
        dead.Answer = async context =>
        {
            // It answers nothing until the living one has been read and noted.
            await answered.Task;
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        };

        rig.Database.Time.Now = Noon;
        var run = rig.Scrape.RunAsync(Cancel);
        while ((await rig.Store.FindAsync(one.Id, Cancel))!.State.ReadUtc is null)
            Assert.False(run.IsCompleted);
        // Another run meanwhile does nothing.
        await rig.Scrape.RunAsync(Cancel);
        answered.SetResult();
        await run;
        rig.Database.Time.Now = Noon.AddMinutes(5);
        await rig.Scrape.RunAsync(Cancel);

        Assert.Equal("The answer has status 500.", (await rig.Store.FindAsync(other.Id, Cancel))!.State.Fault);
        Assert.Equal(Noon, (await rig.Store.FindAsync(other.Id, Cancel))!.State.FaultSinceUtc);
        Assert.Null((await rig.Store.FindAsync(one.Id, Cancel))!.State.Fault);
        Assert.Equal(300, Assert.Single(await rig.Store.HoursAsync(one.Id, Noon, Noon.AddHours(1), Cancel)).Seconds);
        Assert.Equal((2, 2), (living.Requests.Count, dead.Requests.Count));
        Assert.Equal(1, Lines(rig, "does not answer as it should"));
        dead.Answer = context => context.Response.WriteAsync(FleetReaderTests.Metrics());
        rig.Database.Time.Now = Noon.AddMinutes(10);
        await rig.Scrape.RunAsync(Cancel);
        Assert.Equal((1, 1), (Lines(rig, "does not answer as it should"), Lines(rig, "answers again")));
        Assert.Equal("Bearer s3cret", living.Requests.First().Authorization.ToString());
        Assert.DoesNotContain("s3cret", rig.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("vllm:", rig.Log.All, StringComparison.Ordinal);

        static int Lines(Rig rig, string words) => rig.Log.All.Split('\n').Count(line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_read_where_the_operator_has_switched_it_off()
    {
        using var rig = await Rig.StartAsync(("Actuals:Enabled", "false"));
        await using var server = await FeedServer.StartAsync();
        await rig.AddAsync("Fleet", server);
        await rig.RunAsync(0, server, FleetReaderTests.Metrics());
        Assert.Empty(server.Requests);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The scrape on a database of its own.</summary>
    private sealed class Rig : IDisposable
    {
        private readonly FleetReader _reader;
        private readonly ILoggerFactory _loggers;
        private string _scenario = "";

        private Rig(TestDatabase database, IConfiguration configuration)
        {
            Database = database;
            _reader = new FleetReader(configuration, database.Time);
            _loggers = LoggerFactory.Create(builder => builder.AddProvider(Log));
            Scrape = new FleetScrape(
                Store, _reader, new FleetMeasurer(Store, database.Get<ScenarioStore>(), database.Get<MeasurementStore>()), configuration, database.Time, _loggers.CreateLogger<FleetScrape>());
        }

        internal TestDatabase Database { get; }

        internal FleetStore Store => Database.Get<FleetStore>();

        internal FleetScrape Scrape { get; }

        internal LogKeeper Log { get; } = new();

        internal static async Task<Rig> StartAsync(params (string, string)[] settings)
        {
            var database = await TestDatabase.PreparedAsync();
            return new Rig(database, FleetReaderTests.Configuration([("Actuals:AllowedHosts", "127.0.0.1"), .. settings]))
            {
                _scenario = (await database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("ok"), Cancel)).Id,
            };
        }

        internal async Task<FleetTarget> AddAsync(string name, FeedServer server) =>
            (await Store.AddAsync(_scenario, new FleetTargetDraft("self", name, FleetTargetKinds.Metrics, [new Uri(FleetReaderTests.Base(server))], null, null, 5), Cancel))!;

        /// <summary>Runs at a minute past noon, when the server exposes some metrics.</summary>
        internal async Task RunAsync(int minute, FeedServer server, string metrics)
        {
            Database.Time.Now = Noon.AddMinutes(minute);
            server.Answer = context => context.Response.WriteAsync(metrics);
            await Scrape.RunAsync(Cancel);
        }

        public void Dispose()
        {
            Scrape.Dispose();
            _reader.Dispose();
            _loggers.Dispose();
            Database.Dispose();
        }
    }
}
