using System.Text.Json;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;
using static Planner.Tests.Data.TestDatabase;

namespace Planner.Tests.Data.Stores;

public class ScenarioStoreTests
{
    [Fact]
    public async Task A_scenario_comes_back_by_value_with_its_catalog_rows_and_result()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances());
        var store = database.Get<ScenarioStore>();
        var catalog = database.Get<CatalogStore>();
        var scenario = ScenarioOf("Chat");
        var (id, _) = await store.CreateAsync(scenario, await catalog.SnapshotAsync(scenario), ResultOf("The API is cheaper.", 667.68m));
        await catalog.Prices.EditAsync(SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 99m), expectedVersion: 1);

        var stored = await store.GetAsync(id);

        Assert.Equal(ScenarioJson.Write(scenario), ScenarioJson.Write(stored!.Scenario));
        Assert.Equal(2.5m, stored.Snapshot.Prices["acme:one"].Prices.InputUsdPerM);
        Assert.Equal(1.006m, stored.Snapshot.Instances["aws:g5:us"].Prices.OnDemandUsd);
        Assert.Equal("The API is cheaper.", stored.Result.Verdict.Sentence);
        Assert.Equal((1, 1, "1.0"), (stored.Version, stored.CurrentVersion, stored.EngineVersion));
    }

    [Fact]
    public async Task Members_that_this_version_does_not_know_survive_the_database()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (scenario, _) = ScenarioJson.Read("""{ "schema": "planner.scenario/1", "name": "From later", "workload": { "requestsPerMonth": 1 }, "mood": { "colour": "blue" } }""");
        var (id, _) = await store.CreateAsync(scenario!, CatalogSnapshot.Empty, ResultOf(""));

        var stored = await store.GetAsync(id);

        Assert.Equal("blue", JsonDocument.Parse(ScenarioJson.Write(stored!.Scenario)).RootElement.GetProperty("mood").GetProperty("colour").GetString());
    }

    [Fact]
    public async Task Of_two_tabs_that_save_the_same_version_the_second_gets_a_conflict_and_nothing_is_lost()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("Draft"), CatalogSnapshot.Empty, ResultOf("a"));

        var first = await store.SaveAsync(id, 1, ScenarioOf("First tab"), CatalogSnapshot.Empty, ResultOf("b"));
        var second = await store.SaveAsync(id, 1, ScenarioOf("Second tab"), CatalogSnapshot.Empty, ResultOf("c"));

        Assert.Equal(new SaveOutcome.Saved(2), first);
        Assert.Equal(new SaveOutcome.Conflict(2), second);
        Assert.Equal("First tab", (await store.GetAsync(id))!.Scenario.Name);
        Assert.Equal("Draft", (await store.GetAsync(id, version: 1))!.Scenario.Name);
        Assert.Equal(new SaveOutcome.Saved(3), await store.SaveAsync(id, 2, ScenarioOf("Second tab"), CatalogSnapshot.Empty, ResultOf("c")));
        Assert.Equal(["Second tab", "First tab", "Draft"], (await store.VersionsAsync(id)).Items.Select(version => version.Stored!.Scenario.Name));
    }

    [Fact]
    public async Task Of_many_saves_at_the_same_moment_exactly_one_wins()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("Draft"), CatalogSnapshot.Empty, ResultOf("a"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(tab => Task.Run(
            () => store.SaveAsync(id, 1, ScenarioOf($"Tab {tab}"), CatalogSnapshot.Empty, ResultOf("b")))));

        Assert.Single(outcomes, outcome => outcome is SaveOutcome.Saved);
        Assert.Equal(7, outcomes.Count(outcome => outcome is SaveOutcome.Conflict { CurrentVersion: 2 }));
        Assert.Equal(2, (await store.VersionsAsync(id)).Total);
    }

    [Fact]
    public async Task A_save_that_says_what_is_stored_makes_no_version()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances());
        var store = database.Get<ScenarioStore>();
        var scenario = ScenarioOf("Chat");
        var rows = await database.Get<CatalogStore>().SnapshotAsync(scenario);
        var (id, _) = await store.CreateAsync(scenario, rows, ResultOf("a"));
        var saved = (await store.ListAsync()).Items[0].UpdatedUtc;
        database.Time.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(new SaveOutcome.Saved(1), await store.SaveAsync(id, 1, scenario, rows, ResultOf("a")));
        Assert.Equal((1, saved), ((await store.VersionsAsync(id)).Total, (await store.ListAsync()).Items[0].UpdatedUtc));
        Assert.Equal(new SaveOutcome.Conflict(1), await store.SaveAsync(id, 2, scenario, rows, ResultOf("a")));

        // Another answer, other rows or another document are something else to keep.
        Assert.Equal(new SaveOutcome.Saved(2), await store.SaveAsync(id, 1, scenario, rows, ResultOf("b")));
        Assert.Equal(new SaveOutcome.Saved(3), await store.SaveAsync(id, 2, scenario, CatalogSnapshot.Empty, ResultOf("b")));
        Assert.Equal(new SaveOutcome.Saved(4), await store.SaveAsync(id, 3, scenario with { Notes = "!" }, CatalogSnapshot.Empty, ResultOf("b")));
    }

    [Fact]
    public async Task An_earlier_version_comes_back_as_the_next_with_its_rows_and_answer_and_that_can_be_undone()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances());
        var store = database.Get<ScenarioStore>();
        var catalog = database.Get<CatalogStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("First"), await catalog.SnapshotAsync(ScenarioOf("First")), ResultOf("as it was", 5m));
        await catalog.Prices.EditAsync(SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 99m), expectedVersion: 1);
        await store.SaveAsync(id, 1, ScenarioOf("Second"), await catalog.SnapshotAsync(ScenarioOf("Second")), ResultOf("as it is"));

        Assert.Equal(new SaveOutcome.Conflict(2), await store.RestoreVersionAsync(id, 1, expectedVersion: 1));
        Assert.Equal(new SaveOutcome.NotFound(), await store.RestoreVersionAsync(id, 7, expectedVersion: 2));
        Assert.Equal(new SaveOutcome.Saved(2), await store.RestoreVersionAsync(id, 2, expectedVersion: 2));
        Assert.Equal(new SaveOutcome.Saved(3), await store.RestoreVersionAsync(id, 1, expectedVersion: 2));

        var back = (await store.GetAsync(id))!;
        Assert.Equal((3, "First", 2.5m, "as it was", "1.0"), (back.Version, back.Scenario.Name, back.Snapshot.Prices["acme:one"].Prices.InputUsdPerM, back.Result.Verdict.Sentence, back.EngineVersion));
        Assert.Equal("First", (await store.ListAsync()).Items[0].Name);
        Assert.Equal(new SaveOutcome.Saved(4), await store.RestoreVersionAsync(id, 2, expectedVersion: 3));
        Assert.Equal((99m, "as it is"), ((await store.GetAsync(id))!.Snapshot.Prices["acme:one"].Prices.InputUsdPerM, (await store.GetAsync(id))!.Result.Verdict.Sentence));
        Assert.Equal(["Second", "First", "Second", "First"], (await store.VersionsAsync(id)).Items.Select(version => version.Stored!.Scenario.Name));
    }

    [Fact]
    public async Task The_history_is_paged_and_each_version_comes_with_the_one_before()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("v1"), CatalogSnapshot.Empty, ResultOf("a"));
        for (var version = 1; version < 5; version++)
            await store.SaveAsync(id, version, ScenarioOf($"v{version + 1}"), CatalogSnapshot.Empty, ResultOf("a"));

        var page = await store.VersionsAsync(id, skip: 1, take: 2);

        Assert.Equal(5, page.Total);
        Assert.Equal([(4, "v4", "v3"), (3, "v3", "v2")], page.Items.Select(entry => (entry.Version, entry.Stored!.Scenario.Name, entry.Previous!.Scenario.Name)));
        Assert.Null((await store.VersionsAsync(id, skip: 4)).Items.Single().Previous);
    }

    [Fact]
    public async Task Several_versions_are_found_at_once_in_the_order_in_which_they_are_named()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (one, _) = await store.CreateAsync(ScenarioOf("One"), CatalogSnapshot.Empty, ResultOf("a"));
        var (two, _) = await store.CreateAsync(ScenarioOf("Two"), CatalogSnapshot.Empty, ResultOf("a"));
        var (gone, _) = await store.CreateAsync(ScenarioOf("Gone"), CatalogSnapshot.Empty, ResultOf("a"));
        await store.SaveAsync(one, 1, ScenarioOf("One again"), CatalogSnapshot.Empty, ResultOf("a"));
        await store.DeleteAsync(gone, expectedVersion: 1);

        var found = await store.FindAsync([(two, null), (one, 1), ("nobody", 1), (one, null), (two, 2), (gone, 1), (two, 1)]);

        Assert.Equal(["Two", "One", null, "One again", null, null, "Two"], found.Select(hit => hit.Stored?.Scenario.Name));
        Assert.Equal([1, 2, null, 2, 1, null, 1], found.Select(hit => hit.CurrentVersion));
        Assert.Equal([true, true, false, true, false, false, true], found.Select(hit => hit.IsThere));
    }

    [Fact]
    public async Task A_deleted_scenario_is_gone_until_the_deletion_is_undone()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));

        Assert.Equal(new SaveOutcome.Conflict(1), await store.DeleteAsync(id, expectedVersion: 7));
        Assert.Equal(new SaveOutcome.Saved(1), await store.DeleteAsync(id, expectedVersion: 1));
        Assert.Null(await store.GetAsync(id));
        Assert.Equal(0, (await store.ListAsync()).Total);
        Assert.Empty((await store.VersionsAsync(id)).Items);
        Assert.Equal(new SaveOutcome.NotFound(), await store.SaveAsync(id, 1, ScenarioOf("Late"), CatalogSnapshot.Empty, ResultOf("b")));
        Assert.Equal(new SaveOutcome.NotFound(), await store.DeleteAsync(id, expectedVersion: 1));

        Assert.Equal(new SaveOutcome.Saved(1), await store.UndeleteAsync(id));
        Assert.Equal("Chat", (await store.GetAsync(id))!.Scenario.Name);
    }

    [Fact]
    public async Task The_list_shows_the_answers_of_current_versions_with_the_last_saved_first()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (first, _) = await store.CreateAsync(ScenarioOf("Chat at 100%"), CatalogSnapshot.Empty, ResultOf("old"));
        database.Time.Now += TimeSpan.FromMinutes(1);
        await store.CreateAsync(ScenarioOf("Embeddings"), CatalogSnapshot.Empty, ResultOf("nobody knows"));
        database.Time.Now += TimeSpan.FromMinutes(1);
        await store.SaveAsync(first, 1, ScenarioOf("Chat at 100%"), CatalogSnapshot.Empty, ResultOf("new", 667.68m));

        var page = await store.ListAsync();

        Assert.Equal(["Chat at 100%", "Embeddings"], page.Items.Select(summary => summary.Name));
        var latest = page.Items[0];
        Assert.Equal(("api", "new", 667.68m, 2), (latest.CheapestOptionId, latest.Sentence, latest.MonthlySavingUsd, latest.Version));
        Assert.Null(page.Items[1].MonthlySavingUsd);
        Assert.Equal("Chat at 100%", Assert.Single((await store.ListAsync("0% chat")).Items).Name);
        Assert.Equal(0, (await store.ListAsync("100_")).Total);
        Assert.Equal("Embeddings", Assert.Single((await store.ListAsync(skip: 1, take: 1)).Items).Name);
    }

    [Fact]
    public async Task A_copy_has_an_id_and_versions_of_its_own()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));

        var copy = await store.DuplicateAsync(id);

        Assert.NotEqual(id, copy!.Id);
        Assert.Equal("Chat (copy)", (await store.GetAsync(copy.Id))!.Scenario.Name);
        await store.SaveAsync(copy.Id, 1, ScenarioOf("Changed"), CatalogSnapshot.Empty, ResultOf("b"));
        Assert.Equal("Chat", (await store.GetAsync(id))!.Scenario.Name);
        Assert.Null(await store.DuplicateAsync("nobody"));
    }

    [Fact]
    public async Task Ids_are_long_and_safe_in_addresses()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();

        var (id, version) = await store.CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));

        Assert.Matches("^[a-z2-9]{16}$", id);
        Assert.Equal(1, version);
        Assert.Null(await store.GetAsync(id, version: 2));
    }
}
