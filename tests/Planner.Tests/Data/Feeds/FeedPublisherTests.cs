using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class FeedPublisherTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_run_is_published_with_rows_revisions_and_state()
    {
        using var database = await TestDatabase.PreparedAsync();
        await PublishAsync(database, Enumerable.Range(0, 3_000).Select(index => Row($"feed:{index}", input: 1m)));

        var runs = database.Get<FeedRunStore>();
        var run = Assert.Single((await runs.ListAsync("feed")).Items);
        var state = Assert.Single(await runs.StatesAsync());
        var price = await database.Get<CatalogStore>().Prices.FindAsync("feed:2999");
        Assert.Equal((run.Id, "0 0 3 * * ?"), (state.LastGoodRunId!.Value, state.Cron));
        Assert.Equal(3_000, (await database.Get<CatalogStore>().Prices.PageAsync(new PriceQuery())).Total);
        Assert.Equal((1m, "feed", Noon), (price!.Sheet.Prices.InputUsdPerM!.Value, price.State.Source.Source, price.State.FetchedAtUtc!.Value));
        Assert.Equal(run.Id, Assert.Single(await database.Get<CatalogStore>().Prices.HistoryAsync("feed:0")).FeedRunId);
        var details = await runs.GetAsync(run.Id);
        Assert.Equal(new PriceChange("feed:0", "inputUsdPerM", null, 1m), Assert.Single(details!.Changes));
        Assert.Equal(new QuarantinedRow("odd", "Input above $200/M."), Assert.Single(details.Quarantined));
    }

    [Fact]
    public async Task A_price_that_the_user_set_survives_the_refresh_and_takes_no_part_in_it()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        await catalog.Prices.EditAsync(SeedCatalogTests.EditOf((await catalog.Prices.FindAsync("acme:one"))!, input: 1.75m), expectedVersion: 1);
        await catalog.Prices.AddAsync(new PriceEdit("me:mine", "me", "Mine", "chat", null, null, new TokenPrices { InputUsdPerM = 8m }, null));

        await PublishAsync(database, [Row("acme:one", input: 4m), Row("me:mine", input: 6m)]);

        var price = (await catalog.Prices.FindAsync("acme:one"))!;
        Assert.Equal((1.75m, 4m), (price.Sheet.Prices.InputUsdPerM, price.FeedPrices!.InputUsdPerM));
        var own = (await catalog.Prices.FindAsync("me:mine"))!;
        Assert.Equal((8m, 6m), (own.Sheet.Prices.InputUsdPerM, own.FeedPrices!.InputUsdPerM));
        Assert.True(own.State.Overridden);
    }

    [Fact]
    public async Task A_refresh_that_only_confirms_a_row_does_not_raise_its_version()
    {
        using var database = await TestDatabase.PreparedAsync();
        await PublishAsync(database, [Row("feed:1", input: 1m), Row("feed:2", input: 1m)]);

        await PublishAsync(database, [Row("feed:1", input: 1m, day: 2), Row("feed:2", input: 2m, day: 2)]);

        var catalog = database.Get<CatalogStore>();
        var confirmed = (await catalog.Prices.FindAsync("feed:1"))!.State;
        Assert.Equal((1, new DateOnly(2026, 12, 2)), (confirmed.Version, confirmed.Source.AsOf));
        Assert.Equal(2, (await catalog.Prices.FindAsync("feed:2"))!.State.Version);
    }

    [Fact]
    public async Task A_sheet_that_a_feed_retired_comes_back_with_it_but_not_one_that_the_user_retired()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        var catalog = database.Get<CatalogStore>();
        await PublishAsync(database, [Row("feed:1", input: 1m), Row("feed:2", input: 1m)]);
        await PublishAsync(database, [Row("feed:2", input: 1m)], retired: ["feed:1", "acme:one"]);
        await catalog.Prices.RetireAsync("feed:2", expectedVersion: 1);
        Assert.Equal("feed", (await catalog.Prices.FindAsync("feed:1"))!.State.RetiredBy);
        Assert.False((await catalog.Prices.FindAsync("acme:one"))!.State.Retired);

        await PublishAsync(database, [Row("feed:1", input: 1m), Row("feed:2", input: 1m)]);

        Assert.False((await catalog.Prices.FindAsync("feed:1"))!.State.Retired);
        Assert.Equal("user", (await catalog.Prices.FindAsync("feed:2"))!.State.RetiredBy);
    }

    [Fact]
    public async Task A_publication_that_fails_halfway_leaves_nothing()
    {
        using var database = await TestDatabase.PreparedAsync();
        var broken = Row("feed:2", input: 1m);
        broken.Name = null!;

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => PublishAsync(database, [Row("feed:1", input: 1m), broken]));

        Assert.Equal(0, (await database.Get<CatalogStore>().Prices.PageAsync(new PriceQuery())).Total);
        Assert.Equal(0, (await database.Get<FeedRunStore>().ListAsync()).Total);
        Assert.Empty(await database.Get<FeedRunStore>().StatesAsync());
    }

    private static Task PublishAsync(TestDatabase database, IEnumerable<PriceRow> rows, IReadOnlyList<string>? retired = null)
    {
        var all = rows.ToList();
        var run = new FeedRunRow
        {
            FeedId = "feed",
            Trigger = FeedRunTriggers.Manual,
            StartedUtc = Noon,
            Status = FeedRunStatuses.Published,
            Currency = "USD",
            Published = all.Count,
            QuarantinedJson = FeedRunStore.Write<QuarantinedRow>([new("odd", "Input above $200/M.")]),
            ChangesJson = FeedRunStore.Write<PriceChange>([new("feed:0", "inputUsdPerM", null, 1m)]),
        };
        var revisions = all.Select(row => new PriceRevision
        {
            Key = row.Key,
            EffectiveFrom = row.AsOf,
            PricesJson = PriceRowPrices.WritePrices(row.FeedPrices()),
            Source = "feed",
            RecordedUtc = Noon,
            FetchedAtUtc = Noon,
        });
        return database.Get<FeedPublisher>().PublishAsync(
            new FeedPublication(
                run, new FeedStateRow { FeedId = "feed", Cron = "0 0 3 * * ?", LastGoodUtc = Noon },
                new FeedChanges(typeof(PriceRow), all, retired ?? [], [.. revisions], [], [], [], 0, 0, 0, 0, all.Count)));
    }

    private static PriceRow Row(string key, decimal input, int day = 1)
    {
        var row = new PriceRow
        {
            Key = key,
            Origin = "feed",
            Source = "feed",
            AsOf = new DateOnly(2026, 12, day),
            FetchedAtUtc = Noon,
            Seller = "acme",
            Name = key,
            Mode = "chat",
        };
        row.SetFeedPrices(new TokenPrices { InputUsdPerM = input });
        return row;
    }
}
