using Planner.Data.Actuals;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Actuals;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>Fleets in the database: what they were told and what they did by hour. The clock stands at noon unless it is moved.</summary>
public sealed class FleetStoreTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_target_is_listed_as_it_was_entered_until_it_is_changed_or_deleted()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<FleetStore>();
        var scenario = await ScenarioAsync(database);
        var added = (await store.AddAsync(scenario, Draft() with { Name = " b ", Instances = 1.5m }, Cancel))!;
        await store.AddAsync(scenario, Draft() with { Name = "a", Kind = FleetTargetKinds.Prometheus, Selector = "{job=\"vllm\"}" }, Cancel);

        var listed = await store.ListAsync(scenario, Cancel);

        Assert.Equal(["a", "b"], listed.Select(target => target.Name));
        Assert.Equal(("self", "metrics", 1.5m, 5, (string?)null), (listed[1].OptionId, listed[1].Kind, listed[1].Instances!.Value, listed[1].IntervalMinutes, listed[1].Selector));
        Assert.Equal([new Uri("http://one:8000/metrics")], listed[1].Addresses);
        Assert.Equal(new FleetTargetState(null, null, null, null, null), listed[1].State);
        Assert.Equal("c", (await store.UpdateAsync(added.Id, Draft() with { Name = "c" }, Cancel))!.Name);
        Assert.True(await store.DeleteAsync(added.Id, Cancel));
        Assert.False(await store.DeleteAsync(added.Id, Cancel));
        Assert.Null(await store.FindAsync(added.Id, Cancel));
        Assert.Null(await store.UpdateAsync(added.Id, Draft(), Cancel));
        Assert.Null(await store.AddAsync("none", Draft(), Cancel));
    }

    [Fact]
    public async Task Readings_become_hours_also_where_the_app_begins_anew_between_them()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 1000, 4));
        await NoteAsync(database, target, 30, ("one", 1600, 8));
        // The store remembers nothing, so another reading is what an app that began anew notes.
        await NoteAsync(database, target, 75, ("one", 2500, 8));

        var hours = await database.Get<FleetStore>().HoursAsync(target.Id, Noon, Noon.AddHours(2), Cancel);

        // 900 tokens in the 45 minutes from 12:30: 600 of them before 13:00. Six requests at once for half an hour, then eight.
        Assert.Equal([(Noon, 3600.0, 1200.0, 25_200.0, 3600.0), (Noon.AddHours(1), 900, 300, 7200, 900)], hours.Select(Figures));
        Assert.Equal((Noon.AddMinutes(75), "vllm", 1), await StateAsync(database, target));
        Assert.Single(await database.Get<FleetStore>().HoursAsync(target.Id, Noon.AddMinutes(1), Noon.AddHours(2), Cancel));
    }

    [Fact]
    public async Task A_replica_that_began_anew_does_not_hide_behind_another()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 900_000, 4), ("two", 1000, 2));
        await NoteAsync(database, target, 10, ("one", 70, 4), ("two", 1500, 2));

        var hour = Assert.Single(await HoursAsync(database, target));

        // 70 since its start and 500; six at once of two replicas.
        Assert.Equal((Noon, 600.0, 570.0, 3600.0, 1200.0), Figures(hour));
    }

    [Fact]
    public async Task A_replica_that_missed_a_reading_tells_later_and_the_time_counts_once()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 50, ("one", 0, 4), ("two", 0, 2));
        await NoteAsync(database, target, 60, ("one", 600, 4));
        await NoteAsync(database, target, 70, ("one", 1200, 4), ("two", 400, 2));

        // Of two's 400 tokens half belong to the hour before. At 13:00 four requests are known to run, six before and after.
        Assert.Equal(
            [(Noon, 600.0, 800.0, 3000.0, 900.0), (Noon.AddHours(1), 600, 800, 3000, 900)],
            (await HoursAsync(database, target)).Select(Figures));
    }

    [Fact]
    public async Task A_gap_of_more_than_an_hour_stays_a_gap()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 0, 4));
        await NoteAsync(database, target, 61, ("one", 600, 4));
        Assert.Empty(await HoursAsync(database, target));
        await NoteAsync(database, target, 66, ("one", 700, 4));
        Assert.Equal((Noon.AddHours(1), 300.0, 100.0, 1200.0, 300.0), Figures(Assert.Single(await HoursAsync(database, target))));
    }

    [Fact]
    public async Task Another_source_is_read_anew_and_a_reading_of_the_old_one_is_dropped()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<FleetStore>();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 0, 4));
        var due = Assert.Single(await DueAsync(database, 10));
        await store.UpdateAsync(target.Id, Draft() with { Addresses = [new Uri("http://two:8000/metrics")] }, Cancel);

        Assert.Null(await store.NoteAsync(due, Snapshot(10, ("one", 600, 4)), null, Cancel));

        Assert.Empty(await HoursAsync(database, target));
        Assert.Equal(new FleetTargetState(null, null, null, null, null), (await store.FindAsync(target.Id, Cancel))!.State);
        await store.UpdateAsync(target.Id, Draft() with { Name = "renamed", Addresses = [new Uri("http://two:8000/metrics")] }, Cancel);
    }

    [Fact]
    public async Task A_fault_is_noted_with_its_beginning_and_ends()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<FleetStore>();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 0, 4));
        Assert.Equal(new FaultChange(null, "Nobody there.", Noon.AddMinutes(5)), await store.NoteAsync(Assert.Single(await DueAsync(database, 5)), null, "Nobody there.", Cancel));
        Assert.Equal(new FaultChange("Nobody there.", "Too slow.", Noon.AddMinutes(5)), await store.NoteAsync(Assert.Single(await DueAsync(database, 10)), null, "Too slow.", Cancel));
        Assert.Equal(new FleetTargetState(Noon, "vllm", 1, "Too slow.", Noon.AddMinutes(5)), (await store.FindAsync(target.Id, Cancel))!.State);

        Assert.Equal(new FaultChange("Too slow.", null, Noon.AddMinutes(5)), await store.NoteAsync(Assert.Single(await DueAsync(database, 15)), Snapshot(15, ("one", 60, 4)), null, Cancel));

        Assert.Equal(new FleetTargetState(Noon.AddMinutes(15), "vllm", 1, null, null), (await store.FindAsync(target.Id, Cancel))!.State);
        Assert.Equal(900, Assert.Single(await HoursAsync(database, target)).Seconds);
    }

    [Fact]
    public async Task Only_targets_whose_interval_is_over_are_due_and_none_of_a_deleted_scenario()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        Assert.Single(await DueAsync(database, 0));
        await NoteAsync(database, target, 0, ("one", 0, 4));
        Assert.Empty(await DueAsync(database, 4));
        Assert.Single(await DueAsync(database, 5));
        await database.Get<ScenarioStore>().DeleteAsync(target.ScenarioId, 1, Cancel);
        Assert.Empty(await DueAsync(database, 5));
        await database.Get<ScenarioStore>().UndeleteAsync(target.ScenarioId, Cancel);
        Assert.Single(await DueAsync(database, 5));
    }

    [Fact]
    public async Task Hours_older_than_25_months_are_dropped_and_so_are_those_of_a_deleted_target()
    {
        using var database = await TestDatabase.PreparedAsync();
        var target = await TargetAsync(database);
        await NoteAsync(database, target, 0, ("one", 0, 4));
        await NoteAsync(database, target, 60, ("one", 10, 4));
        // A month later than two years and the month in which it lies.
        database.Time.Now = new DateTimeOffset(2029, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(0, await database.Get<FleetStore>().ForgetAsync(Cancel));
        database.Time.Now = database.Time.Now.AddHours(1);
        Assert.Equal(1, await database.Get<FleetStore>().ForgetAsync(Cancel));

        await NoteAsync(database, target, 0, ("one", 0, 4));
        await NoteAsync(database, target, 60, ("one", 10, 4));
        await database.Get<FleetStore>().DeleteAsync(target.Id, Cancel);
        Assert.Equal(0, database.Scalar<long>("SELECT count(*) FROM FleetHours"));
    }

    [Fact]
    public async Task Latency_keeps_its_buckets()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<FleetStore>();
        var target = await TargetAsync(database);
        var first = Snapshot(0, ("one", 0, 4));
        var reading = first.Replicas["one"];
        await store.NoteAsync(Assert.Single(await DueAsync(database, 0)), Observed(reading, [80, 10, 10], 40), null, Cancel);
        await store.NoteAsync(Assert.Single(await DueAsync(database, 10)), Observed(reading with { AtUtc = Noon.AddMinutes(10) }, [80, 19, 11], 44.5), null, Cancel);

        var hour = Assert.Single(await HoursAsync(database, target));

        Assert.Equal([0.1, 0.5, double.PositiveInfinity], hour.Ttft!.UpToSeconds);
        Assert.Equal([0, 9, 1], hour.Ttft.Counts);
        // Ten requests in 4.5 seconds.
        Assert.Equal(0.45, hour.Ttft.MeanSeconds);
        Assert.Null(hour.Itl);

        static FleetSnapshot Observed(FleetReading reading, double[] counts, double sum) => new(
            reading.AtUtc, new Dictionary<string, FleetReading> { ["one"] = reading with { Ttft = new LatencyBuckets([0.1, 0.5, double.PositiveInfinity], counts) { SumSeconds = sum } } });
    }

    [Fact]
    public async Task An_option_has_one_link_which_goes_with_its_measured_workload()
    {
        using var database = await TestDatabase.PreparedAsync();
        var links = database.Get<UsageLinkStore>();
        var scenario = await ScenarioAsync(database);
        var (first, second) = (await database.Get<UsageStore>().AddAsync("first", cancellationToken: Cancel), await database.Get<UsageStore>().AddAsync("second", cancellationToken: Cancel));
        Assert.True(await links.SetAsync(new UsageLink(scenario, "api", first, []), Cancel));
        Assert.True(await links.SetAsync(new UsageLink(scenario, "api", second, ["gpt-4o", "o3"]), Cancel));
        Assert.True(await links.SetAsync(new UsageLink(scenario, "self", first, []), Cancel));
        Assert.False(await links.SetAsync(new UsageLink(scenario, "self", 99, []), Cancel));
        Assert.False(await links.SetAsync(new UsageLink("none", "self", first, []), Cancel));

        var listed = await links.ListAsync(scenario, Cancel);

        Assert.Equal([("api", second), ("self", first)], listed.Select(link => (link.OptionId, link.UsageSetId)));
        Assert.Equal(["gpt-4o", "o3"], listed[0].Models);
        Assert.True(await database.Get<UsageStore>().DeleteAsync(second, Cancel));
        Assert.Equal("self", Assert.Single(await links.ListAsync(scenario, Cancel)).OptionId);
        Assert.True(await links.RemoveAsync(scenario, "self", Cancel));
        Assert.False(await links.RemoveAsync(scenario, "self", Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FleetTargetDraft Draft() => new("self", "Fleet", FleetTargetKinds.Metrics, [new Uri("http://one:8000/metrics")], null, null, 5);

    private static async Task<string> ScenarioAsync(TestDatabase database) =>
        (await database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("ok"), Cancel)).Id;

    private static async Task<FleetTarget> TargetAsync(TestDatabase database) => (await database.Get<FleetStore>().AddAsync(await ScenarioAsync(database), Draft(), Cancel))!;

    private static async Task<IReadOnlyList<DueTarget>> DueAsync(TestDatabase database, int minute)
    {
        database.Time.Now = Noon.AddMinutes(minute);
        return await database.Get<FleetStore>().DueAsync(Cancel);
    }

    /// <summary>Notes at some minutes past noon what replicas had generated and how many requests they served.</summary>
    private static async Task NoteAsync(TestDatabase database, FleetTarget target, int minute, params (string Name, double Generated, double Running)[] replicas)
    {
        database.Time.Now = Noon.AddMinutes(minute);
        Assert.NotNull(await database.Get<FleetStore>().NoteAsync(new DueTarget(target, 0), Snapshot(minute, replicas), null, Cancel));
    }

    private static FleetSnapshot Snapshot(int minute, params (string Name, double Generated, double Running)[] replicas) => new(
        Noon.AddMinutes(minute),
        replicas.ToDictionary(
            replica => replica.Name,
            replica => new FleetReading("vllm", Noon.AddMinutes(minute), null, replica.Generated, null, replica.Running, null, null, null, null, null, null)));

    private static Task<IReadOnlyList<FleetHour>> HoursAsync(TestDatabase database, FleetTarget target) =>
        database.Get<FleetStore>().HoursAsync(target.Id, Noon.AddYears(-1), Noon.AddYears(10), Cancel);

    private static (DateTime, double, double, double, double) Figures(FleetHour hour) => (hour.StartUtc, hour.Seconds, hour.GeneratedTokens!.Value, hour.RunningSeconds!.Value, hour.ReplicaSeconds);

    private static async Task<(DateTime?, string?, int?)> StateAsync(TestDatabase database, FleetTarget target) =>
        (await database.Get<FleetStore>().FindAsync(target.Id, Cancel))!.State is var state ? (state.ReadUtc, state.Engine, state.Replicas) : default;
}
