using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Layout;
using Planner.Web.Components.Scenarios;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Saving against a database file: what two tabs do to each other, and that nothing is lost.</summary>
public class ScenarioSessionTests
{
    private static readonly Scenario Example = Documents.Chat(
        new ApiOption { Id = "api", Name = "Acme One", PriceKey = "acme:one" },
        Documents.Fleet() with { Model = "small", InstanceKey = "aws:g5:us", TensorParallel = 1 });

    private static Task<TestDatabase> PreparedAsync() => TestDatabase.PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances(), SmallCatalog.Models);

    private static Task<ScenarioSession> BeginAsync(TestDatabase database, Scenario scenario) =>
        ScenarioSession.BeginAsync(database.Get<ScenarioStore>(), database.Get<CatalogStore>(), database.Time, scenario);

    private static async Task<ScenarioSession> OpenAsync(TestDatabase database, string id) =>
        (await ScenarioSession.OpenAsync(database.Get<ScenarioStore>(), database.Get<CatalogStore>(), database.Time, id))!;

    [Fact]
    public async Task First_save_creates_the_scenario_and_the_next_its_second_version()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        Assert.True(session.Editor.IsDirty);
        Assert.Equal(SaveState.Saved, await session.SaveAsync());
        Assert.False(session.Editor.IsDirty);
        session.Editor.Set("name", "Renamed");
        Assert.Equal(SaveState.Saved, await session.SaveAsync());
        var again = await OpenAsync(database, session.Id!);
        Assert.Equal((2, "Renamed"), (again.Version, again.Editor.Draft.Name));
        Assert.Equal(session.Editor.Answer!.Verdict.Sentence, again.Editor.Answer!.Verdict.Sentence);
    }

    [Fact]
    public async Task Save_without_the_role_is_refused_and_the_draft_stays()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        await session.SaveAsync();
        session.Editor.Set("name", "Renamed");
        using (database.Get<CurrentReach>().Enter(new Reach(WorkspaceRow.FirstId, Role.Viewer)))
        {
            Assert.Equal(SaveState.Refused, await session.SaveAsync());
            Assert.Equal(SaveState.Refused, await session.SaveCopyAsync("Copy"));
        }

        Assert.True(session.Editor.IsDirty);
        Assert.Equal(1, session.Version);
        Assert.Equal(1, (await database.Get<ScenarioStore>().ListAsync()).Total);
    }

    [Fact]
    public async Task Draft_with_a_fault_is_not_saved_and_the_fault_is_named()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        session.Editor.Set("workload.requestsPerMonth", -1m);
        Assert.Equal(SaveState.Faulty, await session.SaveAsync());
        Assert.Null(session.Id);
        Assert.Contains("One field needs mending", session.FaultsInWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaced_draft_comes_back_whatever_was_edited_meanwhile()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        var bringBack = await session.ReplaceAsync(Example with { Name = "Imported" });
        session.Editor.Set("workload.requestsPerMonth", 1m);

        bringBack();

        Assert.Equal(ScenarioJson.Write(Example), ScenarioJson.Write(session.Editor.Draft));
        session.Editor.Undo();
        Assert.Equal(("Imported", 1m), (session.Editor.Draft.Name, session.Editor.Draft.Workload.RequestsPerMonth));
    }

    [Fact]
    public async Task Second_tab_is_told_of_the_conflict_and_can_keep_its_own_as_a_copy()
    {
        using var database = await PreparedAsync();
        var first = await BeginAsync(database, Example);
        await first.SaveAsync();
        var second = await OpenAsync(database, first.Id!);
        first.Editor.Set("workload.requestsPerMonth", 1m);
        await first.SaveAsync();
        second.Editor.Set("workload.requestsPerMonth", 2m);

        Assert.Equal(SaveState.Conflict, await second.SaveAsync());
        Assert.Equal(2, second.ConflictVersion);
        Assert.Equal(SaveState.Saved, await second.SaveCopyAsync("Mine"));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(1m, (await OpenAsync(database, first.Id!)).Editor.Draft.Workload.RequestsPerMonth);
        var copy = await OpenAsync(database, second.Id!);
        Assert.Equal((2m, "Mine"), (copy.Editor.Draft.Workload.RequestsPerMonth, copy.Editor.Draft.Name));
    }

    [Fact]
    public async Task Second_tab_can_load_theirs_and_save_on_top()
    {
        using var database = await PreparedAsync();
        var first = await BeginAsync(database, Example);
        await first.SaveAsync();
        var second = await OpenAsync(database, first.Id!);
        first.Editor.Set("workload.requestsPerMonth", 1m);
        await first.SaveAsync();
        second.Editor.Set("workload.requestsPerMonth", 2m);
        await second.SaveAsync();

        Assert.True(await second.LoadStoredAsync());
        Assert.Equal((1m, 2), (second.Editor.Draft.Workload.RequestsPerMonth, second.Version));
        Assert.Null(second.ConflictVersion);
        second.Editor.Set("workload.requestsPerMonth", 3m);
        Assert.Equal(SaveState.Saved, await second.SaveAsync());
        Assert.Equal(3, second.Version);
    }

    [Fact]
    public async Task Scenario_deleted_meanwhile_can_still_be_kept_as_a_copy()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        await session.SaveAsync();
        await database.Get<ScenarioStore>().DeleteAsync(session.Id!, 1);
        session.Editor.Set("workload.requestsPerMonth", 2m);
        Assert.Equal(SaveState.Gone, await session.SaveAsync());
        Assert.Equal(SaveState.Saved, await session.SaveCopyAsync("Rescued"));
    }

    [Fact]
    public async Task Saved_prices_stay_until_todays_are_asked_for()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        await session.SaveAsync();
        var catalog = database.Get<CatalogStore>();
        var row = (await catalog.Prices.FindAsync("acme:one"))!;
        await catalog.Prices.EditAsync(
            new PriceEdit("acme:one", row.Sheet.Seller, row.Sheet.Name, row.Mode, row.Sheet.ContextTokens, null, row.Sheet.Prices with { OutputUsdPerM = 8 }, null), row.State.Version);

        var again = await OpenAsync(database, session.Id!);
        // 10 M × (400 × $2.50 + 100 × $10) per million; then output at $8.
        Assert.Equal(20_000m, again.Editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        var change = Assert.Single(again.PriceChanges);
        Assert.Equal(("acme:one", "$10.00", "$8.00"), (change.Key, change.Old, change.New));
        await again.TakeTodaysPricesAsync();
        Assert.Equal(18_000m, again.Editor.Answer!.Options[0].Result.OngoingMonthlyUsd);
        Assert.Empty(again.PriceChanges);
        Assert.Equal(SaveState.Saved, await again.SaveAsync());
        Assert.Empty((await OpenAsync(database, session.Id!)).PriceChanges);
    }

    [Fact]
    public async Task Lists_show_stored_amounts_and_the_first_break_even()
    {
        using var database = await PreparedAsync();
        var session = await BeginAsync(database, Example);
        await session.SaveAsync();
        var overview = new ScenarioOverview(database.Get<ScenarioStore>());
        var row = Assert.Single((await overview.ListAsync(null, 0, 10)).Items);
        Assert.Equal([20_000m, session.Editor.Answer!.Options[1].Result.OngoingMonthlyUsd], row.Amounts.Select(amount => amount.Usd));
        Assert.Null(row.Fault);
        Assert.Equal(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), (await PriceAge.ReadAsync(database.Get<FeedRunStore>(), database.Get<CatalogStore>())).At);
    }

    [Theory]
    [InlineData("""{ "schema": "planner.scenario/9" }""", "Open it with a newer version of Planner")]
    [InlineData("""{ "workload": { "requestsPerMonth": "many" } }""", "workload.requestsPerMonth has a fault")]
    [InlineData("nonsense", "The file was not imported.")]
    public void File_that_cannot_be_read_is_refused_by_name(string json, string message) =>
        Assert.Contains(message, ScenarioFiles.Read(json).Problem, StringComparison.Ordinal);
}
