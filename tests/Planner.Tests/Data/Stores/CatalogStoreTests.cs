using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;
using static Planner.Tests.Data.TestDatabase;

namespace Planner.Tests.Data.Stores;

public class CatalogStoreTests
{
    private static readonly PriceEdit Own = new("me:mine", "me", "Mine", "chat", 8_000, null, new TokenPrices { InputUsdPerM = 1m, OutputUsdPerM = 2m }, null);

    private static readonly InstanceEdit OwnMachine = new(
        "cellar:box:home", "cellar", "box", "home", "A10G", 2, 24m, 16, 64m, new HourlyPrices(0.75m, null, null, null), "under the stairs");

    [Fact]
    public async Task Rows_without_a_price_come_last_in_both_directions()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(more: SmallCatalog.SecondPrice));
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.AddAsync(Own);

        var rising = await catalog.Prices.PageAsync(new PriceQuery { SortBy = PriceSort.Output });
        var falling = await catalog.Prices.PageAsync(new PriceQuery { SortBy = PriceSort.Output, Descending = true });

        Assert.Equal(["me:mine", "acme:one", "acme:embed"], rising.Items.Select(entry => entry.Sheet.Key));
        Assert.Equal(["acme:one", "me:mine", "acme:embed"], falling.Items.Select(entry => entry.Sheet.Key));
    }

    [Fact]
    public async Task Sorting_goes_by_the_price_that_applies()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(more: SmallCatalog.SecondPrice));
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.EditAsync(SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 0.01m), expectedVersion: 1);

        var page = await catalog.Prices.PageAsync(new PriceQuery { SortBy = PriceSort.Input });

        Assert.Equal(["acme:one", "acme:embed"], page.Items.Select(entry => entry.Sheet.Key));
    }

    [Theory]
    [InlineData("acme EMBED", "acme:embed")]
    [InlineData("e_e", null)]
    [InlineData("%", null)]
    [InlineData("one", "acme:one")]
    public async Task Search_takes_every_word_literally(string text, string? key)
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(more: SmallCatalog.SecondPrice));

        var page = await database.Get<CatalogStore>().Prices.PageAsync(new PriceQuery { Text = text });

        Assert.Equal(key is null ? [] : [key], page.Items.Select(entry => entry.Sheet.Key));
    }

    [Fact]
    public async Task Filters_and_pages_are_counted_in_the_database()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(more: SmallCatalog.SecondPrice), SmallCatalog.Instances());
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.AddAsync(Own);

        var page = await catalog.Prices.PageAsync(new PriceQuery { SortBy = PriceSort.Key, Skip = 1, Take = 1 });
        Assert.Equal((3, "acme:one"), (page.Total, Assert.Single(page.Items).Sheet.Key));
        Assert.Equal("acme:embed", Assert.Single((await catalog.Prices.PageAsync(new PriceQuery { Mode = "embedding" })).Items).Sheet.Key);
        Assert.Equal("me:mine", Assert.Single((await catalog.Prices.PageAsync(new PriceQuery { Sellers = ["me"] })).Items).Sheet.Key);
        Assert.Equal("me:mine", Assert.Single((await catalog.Prices.PageAsync(new PriceQuery { OnlyUserPrices = true })).Items).Sheet.Key);
        Assert.Equal([new Facet("acme", 2), new Facet("me", 1)], await catalog.Prices.SellersAsync());
        Assert.Equal([new Facet("aws", 2)], await catalog.Instances.CloudsAsync());
        var machines = await catalog.Instances.PageAsync(new InstanceQuery { Gpus = ["H100-SXM"], Clouds = ["aws"] });
        Assert.Equal("aws:p5:us", Assert.Single(machines.Items).Instance.Key);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Every_column_sorts(int column, bool descending)
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(more: SmallCatalog.SecondPrice), SmallCatalog.Instances());
        var catalog = database.Get<CatalogStore>();

        Assert.Equal(2, (await catalog.Prices.PageAsync(new PriceQuery { SortBy = (PriceSort)column, Descending = descending })).Items.Count);
        Assert.Equal(2, (await catalog.Instances.PageAsync(new InstanceQuery { SortBy = (InstanceSort)column, Descending = descending })).Items.Count);
    }

    public static TheoryData<int, bool> Columns()
    {
        var columns = new TheoryData<int, bool>();
        foreach (var column in Enum.GetValues<PriceSort>().Select(column => (int)column).Union(Enum.GetValues<InstanceSort>().Select(column => (int)column)))
        {
            columns.Add(column, false);
            columns.Add(column, true);
        }

        return columns;
    }

    [Fact]
    public async Task An_override_can_be_cleared_and_every_price_stays_in_the_history()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();

        var edit = SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 1.75m);
        Assert.Equal(new SaveOutcome.Saved(2), await catalog.Prices.EditAsync(edit, expectedVersion: 1));
        var edited = await catalog.Prices.FindAsync("acme:one");
        Assert.Equal(("our contract", new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc)), (edited!.State.UserNote, edited.State.UserEditedUtc));
        Assert.Equal(new Provenance("user", null, new DateOnly(2026, 12, 1)), edited.Sheet.Provenance);
        Assert.Equal(new SaveOutcome.Saved(3), await catalog.Prices.ResetAsync("acme:one", expectedVersion: 2));

        Assert.Equal(2.5m, (await catalog.Prices.FindAsync("acme:one"))!.Sheet.Prices.InputUsdPerM);
        var history = await catalog.Prices.HistoryAsync("acme:one");
        Assert.Equal([("list", 2.5m), ("user", 1.75m), ("list", 2.5m)], history.Select(entry => (entry.Source, entry.Prices.InputUsdPerM!.Value)));
    }

    [Fact]
    public async Task An_edit_of_an_old_version_is_a_conflict_and_changes_nothing()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        var seen = (await catalog.Prices.FindAsync("acme:one"))!;
        await catalog.Prices.EditAsync(SeedCatalogTests.EditOf(seen, input: 1m), expectedVersion: 1);

        Assert.Equal(new SaveOutcome.Conflict(2), await catalog.Prices.EditAsync(SeedCatalogTests.EditOf(seen, input: 7m), expectedVersion: 1));
        Assert.Equal(1m, (await catalog.Prices.FindAsync("acme:one"))!.Sheet.Prices.InputUsdPerM);
        Assert.Equal(new SaveOutcome.NotFound(), await catalog.Prices.RetireAsync("nobody", expectedVersion: 1));
    }

    [Fact]
    public async Task A_retired_row_leaves_lists_and_pickers_and_stays_for_the_scenarios_that_name_it()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances());
        var catalog = database.Get<CatalogStore>();

        await catalog.Prices.RetireAsync("acme:one", expectedVersion: 1);
        await catalog.Instances.RetireAsync("aws:g5:us", expectedVersion: 1);

        Assert.Equal(0, (await catalog.Prices.PageAsync(new PriceQuery())).Total);
        Assert.Equal("user", Assert.Single((await catalog.Prices.PageAsync(new PriceQuery { IncludeRetired = true })).Items).State.RetiredBy);
        Assert.Equal(["aws:p5:us"], (await catalog.Instances.PageAsync(new InstanceQuery())).Items.Select(entry => entry.Instance.Key));
        var snapshot = await catalog.SnapshotAsync(ScenarioOf("Chat"));
        Assert.Equal(["acme:one"], snapshot.Prices.Keys);
        Assert.Equal(["aws:g5:us"], snapshot.Instances.Keys);

        await catalog.Prices.RestoreAsync("acme:one", expectedVersion: 2);
        Assert.Equal(1, (await catalog.Prices.PageAsync(new PriceQuery())).Total);
    }

    [Fact]
    public async Task Snapshot_holds_the_gpus_of_the_instances_and_the_engines_that_options_name()
    {
        using var database = await PreparedAsync(SmallCatalog.Instances(), SmallCatalog.Models, SmallCatalog.Gpus, SmallCatalog.Engines);
        var scenario = ScenarioOf("Chat") with
        {
            Options = [new SelfHostOption { Id = "self", Name = "Own", InstanceKey = "aws:g5:us", Model = "small" }, new SelfHostOption { Id = "odd", Name = "Odd", Gpu = "A10G", Engine = "none" }],
        };

        var snapshot = await database.Get<CatalogStore>().SnapshotAsync(scenario);

        var alone = await database.Get<CatalogStore>().SnapshotAsync(scenario with { Options = [scenario.Options[1]] });

        Assert.Equal(600m, Assert.Single(snapshot.Gpus).Value.BandwidthGbPerSecond);
        Assert.Equal("A10G", Assert.Single(alone.Gpus).Key);
        Assert.Equal("vllm", Assert.Single(snapshot.Engines).Key);
        Assert.Equal(32, Assert.Single(snapshot.Models).Value.Architecture!.Layers);
    }

    [Fact]
    public async Task A_row_of_the_users_own_can_be_changed_in_every_field_but_not_cleared()
    {
        using var database = await PreparedAsync();
        var catalog = database.Get<CatalogStore>();

        Assert.Equal(new SaveOutcome.Saved(1), await catalog.Instances.AddAsync(OwnMachine));
        var bigger = OwnMachine with { GpuCount = 4, Prices = new HourlyPrices(1.5m, null, null, null) };
        Assert.Equal(new SaveOutcome.Saved(2), await catalog.Instances.EditAsync(bigger, expectedVersion: 1));
        var entry = (await catalog.Instances.FindAsync("cellar:box:home"))!;
        Assert.Equal((4, 1.5m), (entry.Instance.GpuCount, entry.Instance.Prices.OnDemandUsd));
        Assert.True(entry.State is { UserAdded: true, UserPrices: true, Overridden: false });
        Assert.Null(entry.FeedPrices);
        Assert.Equal("prices", ProblemOf(await catalog.Instances.ResetAsync("cellar:box:home", expectedVersion: 2)).Path);
    }

    [Fact]
    public async Task A_feeds_row_keeps_the_fields_that_are_the_feeds()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();

        var edit = SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 1m) with { Name = "Renamed" };

        Assert.Equal("name", ProblemOf(await catalog.Prices.EditAsync(edit, expectedVersion: 1)).Path);
        var stored = (await catalog.Prices.FindAsync("acme:one"))!;
        Assert.Equal((2.5m, 1), (stored.Sheet.Prices.InputUsdPerM, stored.State.Version));
    }

    [Fact]
    public async Task A_key_is_taken_in_any_case_and_a_retired_one_is_to_be_restored()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();

        var taken = await catalog.Prices.AddAsync(Own with { Key = " ACME:One " });
        await catalog.Prices.RetireAsync("acme:one", expectedVersion: 1);
        var retired = await catalog.Prices.AddAsync(Own with { Key = "acme:one" });

        Assert.Equal(new Problem("key", "There is already a row with the key acme:one."), ProblemOf(taken));
        Assert.Equal(new Problem("key", "There is a retired row with the key acme:one: restore it instead."), ProblemOf(retired));
    }

    [Fact]
    public void Every_fault_of_a_price_sheet_is_named_at_its_field()
    {
        var edit = new PriceEdit("with space", "", new string('x', 201), "chat", 0, null, new TokenPrices
        {
            InputUsdPerM = -0.01m,
            OutputUsdPerM = 1_000_001m,
            Tiers = [new PriceTier { AboveTokens = 200_000 }, new PriceTier { AboveTokens = 100_000, InputUsdPerM = -1 }],
        }, null);

        Assert.Equal(
            [
                "key", "seller", "name", "contextTokens", "prices.inputUsdPerM", "prices.outputUsdPerM", "prices.tiers[1].aboveTokens",
                "prices.tiers[1].inputUsdPerM",
            ],
            CatalogRules.Check(edit).Select(problem => problem.Path));
    }

    [Fact]
    public void A_row_without_any_price_is_refused()
    {
        Assert.Equal(["prices"], CatalogRules.Check(Own with { Prices = new TokenPrices() }).Select(problem => problem.Path));
        Assert.Equal(["prices"], CatalogRules.Check(OwnMachine with { Prices = new HourlyPrices(null, null, null, null) }).Select(problem => problem.Path));
    }

    [Fact]
    public void A_price_of_zero_and_one_of_a_million_are_accepted() =>
        Assert.Empty(CatalogRules.Check(Own with { Prices = new TokenPrices { InputUsdPerM = 0m, OutputUsdPerM = 1_000_000m } }));

    private static Problem ProblemOf(SaveOutcome outcome) => Assert.Single(Assert.IsType<SaveOutcome.Invalid>(outcome).Problems);
}
