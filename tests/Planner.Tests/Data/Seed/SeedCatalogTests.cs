using Microsoft.EntityFrameworkCore;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Seed;

public class SeedCatalogTests
{
    [Fact]
    public async Task All_files_are_taken_over_with_source_and_date()
    {
        using var database = new TestDatabase(SmallCatalog.Prices(), SmallCatalog.Instances(), SmallCatalog.Models, SmallCatalog.Gpus, SmallCatalog.Engines);

        await database.PrepareAsync();

        var catalog = database.Get<CatalogStore>();
        var price = await catalog.Prices.FindAsync("acme:one");
        Assert.Equal(2.5m, price!.Sheet.Prices.InputUsdPerM);
        Assert.Null(price.Sheet.Prices.CacheReadUsdPerM);
        Assert.Equal(5m, Assert.Single(price.Sheet.Prices.Tiers).InputUsdPerM);
        Assert.Equal(new Provenance("list", "https://acme.example/prices", new DateOnly(2026, 8, 1)), price.Sheet.Provenance);
        Assert.Equal("one-v1", price.State.SourceKey);
        Assert.Equal(122, price.State.AgeDays);
        var instance = await catalog.Instances.FindAsync("aws:g5:us");
        Assert.Equal(new HourlyPrices(1.006m, null, 0.6m, 0.4m), instance!.Instance.Prices);
        var model = Assert.Single(await catalog.Models.AllAsync());
        Assert.Equal(("small", 6.74m, 11_008), (model.Key, model.ParametersB, model.Architecture!.IntermediateSize));
        Assert.Equal(new Provenance("hub", "https://hub.example", new DateOnly(2026, 8, 1)), model.Provenance);
        Assert.Equal(600m, Assert.Single(await catalog.Gpus.AllAsync()).BandwidthGbPerSecond);
        Assert.Equal(["bf16", "fp8"], Assert.Single(await catalog.Engines.AllAsync()).Precisions);
        Assert.Single(await catalog.Prices.HistoryAsync("acme:one"));
    }

    [Theory]
    [InlineData("\"kvHeads\": 32", "\"kvHeads\": 33", "small: architecture.kvHeads")]
    [InlineData("\"kind\": \"dense\"", "\"kind\": \"wide\"", "small: kind")]
    [InlineData("\"parametersB\": 6.74", "\"parametersB\": \"many\"", "small")]
    public async Task A_shipped_model_with_impossible_facts_is_refused_by_name(string text, string faulty, string named)
    {
        using var database = await TestDatabase.PreparedAsync();
        var file = SmallCatalog.Models with { Text = SmallCatalog.Models.Text.Replace(text, faulty, StringComparison.Ordinal) };

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => ReseedAsync(database, file));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await database.Get<CatalogStore>().Models.AllAsync());
    }

    [Fact]
    public async Task A_newer_shipped_catalog_adds_and_updates_and_keeps_the_users_price()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.EditAsync(EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 1.75m), expectedVersion: 1);

        await ReseedAsync(database, SmallCatalog.Prices(asOf: "2026-11-01", input: "3", more: SmallCatalog.SecondPrice));

        Assert.NotNull(await catalog.Prices.FindAsync("acme:embed"));
        var price = await catalog.Prices.FindAsync("acme:one");
        Assert.Equal(1.75m, price!.Sheet.Prices.InputUsdPerM);
        Assert.Equal(3m, price.FeedPrices!.InputUsdPerM);
        Assert.True(price.State.Overridden);
        Assert.Equal(new DateOnly(2026, 11, 1), price.State.Source.AsOf);
        Assert.Equal([1.75m, 3m, 2.5m], (await catalog.Prices.HistoryAsync("acme:one")).Select(entry => entry.Prices.InputUsdPerM!.Value));
    }

    [Fact]
    public async Task What_is_shipped_after_the_user_set_a_price_does_not_apply_on_its_days()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.EditAsync(EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 1.75m), expectedVersion: 1);
        database.Time.Now = database.Time.Now.AddDays(30);

        await ReseedAsync(database, SmallCatalog.Prices(asOf: "2026-12-20", input: "3"));

        Assert.Equal([1.75m, 2.5m], (await catalog.Prices.HistoryAsync("acme:one")).Select(entry => entry.Prices.InputUsdPerM!.Value));
    }

    [Fact]
    public async Task An_older_or_equally_old_shipped_row_changes_nothing()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());

        await ReseedAsync(database, SmallCatalog.Prices(asOf: "2026-08-01", input: "99"));

        Assert.Equal(2.5m, (await database.Get<CatalogStore>().Prices.FindAsync("acme:one"))!.Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task A_row_that_a_feed_took_over_is_not_seeded_again()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        database.Execute("UPDATE Prices SET Origin = 'litellm', InputNanos = 4000000000");

        await ReseedAsync(database, SmallCatalog.Prices(asOf: "2026-11-01", input: "3"));

        Assert.Equal(4m, (await database.Get<CatalogStore>().Prices.FindAsync("acme:one"))!.Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task A_retired_row_stays_retired()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.RetireAsync("acme:one", expectedVersion: 1);

        await ReseedAsync(database, SmallCatalog.Prices(asOf: "2026-11-01"));

        Assert.True((await catalog.Prices.FindAsync("acme:one"))!.State.Retired);
    }

    [Fact]
    public async Task A_file_that_names_an_unlisted_source_is_refused_and_nothing_of_it_is_stored()
    {
        using var database = await TestDatabase.PreparedAsync();
        var file = SmallCatalog.Prices();
        file = file with { Text = file.Text.Replace("\"source\": \"list\"", "\"source\": \"hearsay\"", StringComparison.Ordinal) };

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => ReseedAsync(database, file));

        Assert.Contains("acme:one: hearsay", failure.Message, StringComparison.Ordinal);
        await using var context = database.Open();
        Assert.False(await context.Prices.AnyAsync());
    }

    [Fact]
    public async Task The_shipped_catalog_and_examples_are_taken_over_whole()
    {
        using var database = new TestDatabase([.. SeedFile.Embedded("Seed/catalog/")]);

        await database.PrepareAsync();

        var catalog = database.Get<CatalogStore>();
        Assert.True((await catalog.Prices.PageAsync(new PriceQuery())).Total >= 30);
        Assert.True((await catalog.Instances.PageAsync(new InstanceQuery())).Total >= 25);
        Assert.True((await catalog.Models.AllAsync()).Count >= 20);
        Assert.True((await catalog.Gpus.AllAsync()).Count >= 12);
        var examples = database.Get<ExampleStore>();
        Assert.Equal("high-volume-chat", examples.Find("high-volume-chat")!.Id);
        Assert.Null(examples.Find("nobody"));
        foreach (var example in examples.All)
        {
            var named = await catalog.SnapshotAsync(example.Scenario);
            var keys = example.Scenario.Options.OfType<ApiOption>().Select(option => option.PriceKey).OfType<string>();
            Assert.All(keys, key => Assert.Contains(key, named.Prices.Keys));
        }
    }

    private static async Task ReseedAsync(TestDatabase database, params SeedFile[] files)
    {
        await using var context = database.Open();
        await new SeedCatalog(files, database.Time).ApplyAsync(context);
    }

    internal static PriceEdit EditOf(PriceEntry entry, decimal? input) => new(
        entry.Sheet.Key, entry.Sheet.Seller, entry.Sheet.Name, entry.Mode, entry.Sheet.ContextTokens, entry.Sheet.DeprecatedFrom,
        new TokenPrices { InputUsdPerM = input, OutputUsdPerM = 9m }, "our contract");
}
