using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Xunit;
using static Planner.Tests.Data.TestDatabase;

namespace Planner.Tests.Data.Stores;

public class MeasurementStoreTests
{
    private static readonly Deployment Small = new("llama-3.1-8b", "fp8", "bf16", "vllm", "L40S", 1);
    private static readonly Deployment Large = new("llama-3.1-70b", "fp8", "fp8", "vllm", "H100-SXM", 4, 2, 1);

    [Fact]
    public async Task Runs_come_back_as_they_were_stored_by_deployment()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        var partly = new BenchmarkPoint(1_000.5, 200, null, 2.5, 640.25, null, 0.022);

        var import = await store.ImportAsync(Source(), [Run(1, Small), Run(2, Large), new(new(3, new DeploymentWords(), partly, new(2026, 11, 3), "lab"), Small)]);

        Assert.Equal((3, 0), (import.Stored, import.StoredBefore));
        var all = await store.AllAsync();
        Assert.Equal([Large, Small], all.Select(stored => stored.Deployment));
        Assert.Equal(import.Ids.Order(), all.Select(stored => stored.Id).Order());
        var small = all[1];
        Assert.Equal(Source(), small.Source);
        Assert.Equal(new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc), small.ImportedUtc);
        Assert.Equal([Point(1), new StoredPoint(3, partly, new(2026, 11, 3), "lab")], small.Points);
    }

    [Fact]
    public async Task The_same_run_of_the_same_file_counts_once()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        await store.ImportAsync(Source(), [Run(1, Small), Run(2, Small)]);

        var again = await store.ImportAsync(Source() with { FileName = "copy.json" }, [Run(1, Small), Run(2, Large), Run(3, Small)]);
        var other = await store.ImportAsync(Source() with { Sha256 = new string('b', 64) }, [Run(1, Small)]);

        Assert.Equal((1, 2), (again.Stored, again.StoredBefore));
        Assert.Equal((1, 0), (other.Stored, other.StoredBefore));
        Assert.Equal([1, 1, 2], (await store.AllAsync()).Select(stored => stored.Points.Count));
    }

    [Fact]
    public async Task A_deletion_can_be_undone()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        var id = Assert.Single((await store.ImportAsync(Source(), [Run(1, Small)])).Ids);

        Assert.True(await store.DeleteAsync(id));
        Assert.False(await store.DeleteAsync(id));
        Assert.Empty(await store.AllAsync());

        Assert.True(await store.UndeleteAsync(id));
        Assert.True(await store.UndeleteAsync(id));
        Assert.Equal([Point(1)], Assert.Single(await store.AllAsync()).Points);
        Assert.False(await store.UndeleteAsync(id + 1));
    }

    [Fact]
    public async Task A_deleted_file_can_be_imported_again_and_then_does_not_come_back_twice()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        var first = Assert.Single((await store.ImportAsync(Source(), [Run(1, Small)])).Ids);
        await store.DeleteAsync(first);

        Assert.Equal(1, (await store.ImportAsync(Source(), [Run(1, Large)])).Stored);

        Assert.False(await store.UndeleteAsync(first));
        Assert.Equal(Large, Assert.Single(await store.AllAsync()).Deployment);
    }

    [Fact]
    public async Task Two_imports_of_a_file_side_by_side_store_it_once()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();

        var imports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.ImportAsync(Source(), [Run(1, Small), Run(2, Large)]))));

        Assert.Equal(2, imports.Sum(import => import.Stored));
        Assert.Equal(2, (await store.AllAsync()).Count);
    }

    [Fact]
    public async Task A_deployment_has_one_correction_and_loses_it_with_its_measurements()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        var id = Assert.Single((await store.ImportAsync(Source(), [Run(1, Small)])).Ids);
        await store.SaveCorrectionAsync(Small, Fit(0.5, 3));
        var latest = await store.SaveCorrectionAsync(Small, Fit(0.8, 4));

        Assert.Equal(new Correction(Small, new CorrectionFactors(0.8, null, 1.25), 4, new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc)), latest);
        Assert.Equal([latest], await store.CorrectionsAsync());

        await store.DeleteAsync(id);
        Assert.Empty(await store.CorrectionsAsync());
        await store.UndeleteAsync(id);
        Assert.Equal([latest], await store.CorrectionsAsync());
    }

    [Fact]
    public async Task A_correction_can_be_taken_away()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        await store.ImportAsync(Source(), [Run(1, Small)]);
        await store.SaveCorrectionAsync(Small, Fit(0.5, 3));

        Assert.False(await store.DeleteCorrectionAsync(Large));
        Assert.True(await store.DeleteCorrectionAsync(Small));
        Assert.Empty(await store.CorrectionsAsync());
    }

    [Fact]
    public async Task Of_a_source_that_goes_on_only_the_chosen_points_are_kept()
    {
        using var database = await PreparedAsync();
        var store = database.Get<MeasurementStore>();
        await store.MergeAsync(Source(), Small, [Point(1), Point(2)], all => all);
        await store.MergeAsync(Source() with { FileName = "renamed" }, Small, [Point(2), Point(3), Point(4)], all => [.. all.TakeLast(2)]);
        await store.MergeAsync(Source() with { Sha256 = new string('b', 64) }, Small, [Point(5)], all => []);

        var stored = Assert.Single(await store.AllAsync());

        Assert.Equal(("renamed", Small), (stored.Source.FileName, stored.Deployment));
        Assert.Equal([Point(3), Point(4)], stored.Points);
    }

    private static CorrectionFit Fit(double output, int points) => new(new CorrectionFactors(output, null, 1.25), points, default!, default!, default!);

    private static MeasurementSource Source() => new(BenchmarkTools.Vllm, "night.json", new string('a', 64), "before the update");

    private static StoredPoint Point(int row) => new(row, new BenchmarkPoint(1_000, 200, row, null, 640, 0.18, 0.02), null, null);

    private static MeasuredRun Run(int row, Deployment deployment) => new(new BenchmarkRun(row, new DeploymentWords(), Point(row).Point, null, null), deployment);
}
