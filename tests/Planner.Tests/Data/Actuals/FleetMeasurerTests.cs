using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Actuals;
using Planner.Domain.Capacity;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>From saturated hours to the capacity of the option whose deployment they measured.</summary>
public sealed class FleetMeasurerTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Deployment Deployed = new("small", "bf16", "bf16", "vllm", "A10G", 1);

    private static readonly Scenario Plan = new()
    {
        Name = "Chat",
        StartMonth = "2026-12",
        Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 500, OutputTokens = 100 },
        Options = [new SelfHostOption { Id = "self", Name = "Own", Model = "small", InstanceKey = "aws:g5:us", Throughput = new Throughput() }],
    };

    [Fact]
    public async Task A_saturated_hour_lifts_the_options_capacity_from_modelled_to_measured()
    {
        using var database = await PreparedAsync();
        var target = await TargetAsync(database);
        var catalog = await database.Get<CatalogStore>().SnapshotAsync(Plan, Cancel);
        Assert.Equal(ThroughputKinds.Modelled, Engine.Evaluate(Plan, catalog).Options[0].Capacity!.Rank);

        await ReadAsync(database, target, hours: 1);

        // 3,600 requests of 500 and 100 tokens within the hour: 100 generated tokens a second.
        var stored = Assert.Single(await database.Get<MeasurementStore>().AllAsync(Cancel));
        Assert.Equal((Deployed, BenchmarkTools.Metrics, "Fleet"), (stored.Deployment, stored.Source.Tool, stored.Source.FileName));
        var point = Assert.Single(stored.Points);
        Assert.Equal(new BenchmarkPoint(500, 100, 16, null, 100, null, null), point.Point);
        Assert.Equal((new DateOnly(2026, 12, 1), "12:00 UTC"), (point.TakenOn, point.Note));
        var best = MeasuredThroughput.Best(stored.Points.Select(each => each.Point), Plan.Workload)!;
        var measured = With(new Throughput { Kind = ThroughputKinds.Measured, TokensPerSecond = (decimal)best.OutputTokensPerSecond, Basis = ThroughputBases.Output });
        var capacity = Engine.Evaluate(measured, catalog).Options[0].Capacity!;
        // Of a measured or stated figure 80 % keep the latency targets.
        Assert.Equal((ThroughputKinds.Measured, 80.0), (capacity.Rank, capacity.TokensPerSecond));
        // An option has one throughput: what is measured takes the place of what was stated.
        var stated = Engine.Evaluate(With(new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = 4000 }), catalog).Options[0].Capacity!;
        Assert.Equal((ThroughputKinds.Stated, 3200.0), (stated.Rank, stated.TokensPerSecond));

        static Scenario With(Throughput throughput) => Plan with { Options = [(SelfHostOption)Plan.Options[0] with { Throughput = throughput }] };
    }

    [Fact]
    public async Task What_stays_modelled_can_be_calibrated_on_it()
    {
        using var database = await PreparedAsync();
        await ReadAsync(database, await TargetAsync(database), hours: 1);
        var before = Engine.Evaluate(Plan, await database.Get<CatalogStore>().SnapshotAsync(Plan, Cancel)).Options[0].Capacity!;

        Assert.NotNull((await database.Get<MeasurementReview>().CalibrateAsync(Deployed, Cancel))!.Correction);

        var after = Engine.Evaluate(Plan, await database.Get<CatalogStore>().SnapshotAsync(Plan, Cancel)).Options[0].Capacity!;
        Assert.Equal(ThroughputKinds.Modelled, after.Rank);
        Assert.NotEqual(before.TokensPerSecond, after.TokensPerSecond);
    }

    [Fact]
    public async Task An_hour_counts_once_and_what_was_deleted_stays_deleted()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        var target = await TargetAsync(database);
        await ReadAsync(database, target, hours: 1);
        await Measurer(database).MeasureAsync(Cancel);
        Assert.Single(Assert.Single(await store.AllAsync(Cancel)).Points);

        // Another hour with the same load stands for the first one too: of a kind of load the fastest and the promptest count.
        await ReadAsync(database, target, hours: 1, from: 1);
        var stored = Assert.Single(await store.AllAsync(Cancel));
        Assert.Single(stored.Points);

        await store.DeleteAsync(stored.Id, Cancel);
        await ReadAsync(database, target, hours: 1, from: 2);
        Assert.Empty(await store.AllAsync(Cancel));
        Assert.True(await store.UndeleteAsync(stored.Id, Cancel));
    }

    [Fact]
    public async Task The_engine_that_runs_is_the_one_that_was_measured()
    {
        using var database = await PreparedAsync();
        var target = await TargetAsync(database);
        await ReadAsync(database, target, hours: 1, engine: "sglang");
        Assert.Equal(Deployed with { Engine = "sglang" }, Assert.Single(await database.Get<MeasurementStore>().AllAsync(Cancel)).Deployment);
    }

    [Fact]
    public async Task An_hour_with_room_left_measures_nothing()
    {
        using var database = await PreparedAsync();
        await ReadAsync(database, await TargetAsync(database), hours: 1, waiting: 0);
        Assert.Empty(await database.Get<MeasurementStore>().AllAsync(Cancel));
    }

    [Fact]
    public async Task Fleet_of_another_workspace_than_the_first_tells_nobody_what_it_did()
    {
        using var database = await PreparedAsync();
        FleetTarget target;
        using (database.Get<CurrentReach>().Enter(new Reach(2, Role.Editor)))
            target = await TargetAsync(database);

        await ReadAsync(database, target, hours: 1);

        Assert.Empty(await database.Get<MeasurementStore>().AllAsync(Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<TestDatabase> PreparedAsync() =>
        TestDatabase.PreparedAsync(SmallCatalog.Instances(), SmallCatalog.Models, SmallCatalog.Engines, SmallCatalog.Gpus);

    private static async Task<FleetTarget> TargetAsync(TestDatabase database)
    {
        var scenario = await database.Get<ScenarioStore>().CreateAsync(Plan, await database.Get<CatalogStore>().SnapshotAsync(Plan, Cancel), TestDatabase.ResultOf("ok"), Cancel);
        return (await database.Get<FleetStore>().AddAsync(scenario.Id, new FleetTargetDraft("self", "Fleet", FleetTargetKinds.Metrics, [new Uri("http://one:8000")], null, null, 30), Cancel))!;
    }

    private static FleetMeasurer Measurer(TestDatabase database) => new(database.Get<FleetStore>(), database.Get<ScenarioStore>(), database.Get<MeasurementStore>());

    /// <summary>Reads the fleet every half hour from some full hour past noon on, and then looks for what was measured: 3,600 requests an hour of 500 and 100 tokens, 16 at once.</summary>
    private static async Task ReadAsync(TestDatabase database, FleetTarget target, int hours, int from = 0, string engine = "vllm", double waiting = 2)
    {
        for (var half = from * 2; half <= (from + hours) * 2; half++)
        {
            var at = Noon.AddMinutes(30 * half);
            database.Time.Now = at;
            var reading = new FleetReading(engine, at, 900_000 * half, 180_000 * half, 1800 * half, 16, waiting, 0.95, null, null, null, null);
            await database.Get<FleetStore>().NoteAsync(new DueTarget(target, 0), new FleetSnapshot(at, new Dictionary<string, FleetReading> { ["one"] = reading }), null, Cancel);
        }

        await Measurer(database).MeasureAsync(Cancel);
    }
}
