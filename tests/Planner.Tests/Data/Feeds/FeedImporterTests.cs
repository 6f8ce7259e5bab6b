using System.Text;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class FeedImporterTests
{
    [Fact]
    public async Task First_file_is_published_and_counted()
    {
        await using var rig = await FeedRig.StartAsync();

        var run = await rig.RefreshAsync(LiteLlmFixture.Bytes);

        Assert.Equal((FeedRunStatuses.Published, null, "USD"), (run.Status, run.Reason, run.Currency));
        Assert.Equal((19, 14, 14, 0, 0), (run.RowsRead, run.Published, run.Added, run.Changed, run.Retired));
        Assert.Equal((3, 4), (run.Unavailable, run.Warnings));
        Assert.Equal(new DateOnly(2026, 8, 1), run.SourceAsOf);
        var details = await rig.DetailsAsync(run);
        Assert.Equal(["umbra/dear-output", "umbra/wrong-unit"], details.Quarantined.Select(row => row.Key).Order());
        Assert.Empty(details.Changes);
        Assert.Equal(run.Status, details.Run.Status);
        Assert.True(details.Run.DurationMs > 0);
    }

    [Fact]
    public async Task Published_sheet_has_prices_tiers_source_and_history()
    {
        await using var rig = await FeedRig.StartAsync();

        var run = await rig.RefreshAsync(LiteLlmFixture.Bytes);

        var price = await rig.PriceAsync("acme:acme-large");
        Assert.Equal((2.5m, 15m, 7.5m), (price.Sheet.Prices.InputUsdPerM, price.Sheet.Prices.OutputUsdPerM, price.Sheet.Prices.BatchOutputUsdPerM));
        Assert.Equal(22.5m, Assert.Single(price.Sheet.Prices.Tiers).OutputUsdPerM);
        Assert.Equal(new Provenance("litellm", rig.Server.Url, new DateOnly(2026, 8, 1)), price.Sheet.Provenance);
        Assert.Equal((1_050_000, new DateOnly(2027, 3, 31)), (price.Sheet.ContextTokens!.Value, price.Sheet.DeprecatedFrom!.Value));
        var revision = Assert.Single(await rig.Catalog.Prices.HistoryAsync("acme:acme-large"));
        Assert.Equal((run.Id, new DateOnly(2026, 8, 1), 2.5m), (revision.FeedRunId, revision.EffectiveFrom, revision.Prices.InputUsdPerM));
        Assert.Equal([PriceWarnings.ZeroInput], (await rig.PriceAsync("umbra:per-request")).Warnings);
        Assert.Null(await rig.Catalog.Prices.FindAsync("umbra:wrong-unit"));
    }

    [Fact]
    public async Task Same_file_again_is_unchanged_and_confirms_the_prices()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(2);

        var run = await rig.RefreshAsync(LiteLlmFixture.Plain(3));

        Assert.Equal((FeedRunStatuses.Unchanged, 3, 3, 0, 0), (run.Status, run.RowsRead, run.Published, run.Added, run.Changed));
        var price = await rig.PriceAsync("acme:m0");
        Assert.Equal(new DateOnly(2026, 12, 3), price.State.Source.AsOf);
        Assert.Equal(1, price.State.Version);
        Assert.Single(await rig.Catalog.Prices.HistoryAsync("acme:m0"));
    }

    [Fact]
    public async Task Unchanged_run_repeats_what_is_held_back_and_does_not_confirm_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(4));
        var broken = LiteLlmFixture.Plain(4, lastUsdPerToken: "1");
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(1);
        await rig.RefreshAsync(broken);
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(1);

        var run = await rig.RefreshAsync(broken);

        Assert.Equal(FeedRunStatuses.Unchanged, run.Status);
        Assert.Equal("m3", Assert.Single((await rig.DetailsAsync(run)).Quarantined).Key);
        Assert.Equal(new DateOnly(2026, 12, 3), (await rig.PriceAsync("acme:m0")).State.Source.AsOf);
        Assert.Equal(new DateOnly(2026, 12, 1), (await rig.PriceAsync("acme:m3")).State.Source.AsOf);
    }

    [Fact]
    public async Task Source_is_asked_only_for_what_is_new()
    {
        await using var rig = await FeedRig.StartAsync();
        rig.Server.Serve(LiteLlmFixture.Plain(3), "\"one\"");
        await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        var run = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        Assert.Equal(FeedRunStatuses.Unchanged, run.Status);
        Assert.Equal("\"one\"", rig.Server.Requests.Last().IfNoneMatch);
    }

    [Fact]
    public async Task After_an_upload_the_source_is_asked_for_everything()
    {
        await using var rig = await FeedRig.StartAsync();
        rig.Server.Serve(LiteLlmFixture.Plain(3), "\"one\"");
        await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);
        await rig.UploadAsync(LiteLlmFixture.Plain(3, "2e-06"));

        var run = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        Assert.Equal((FeedRunStatuses.Published, 3), (run.Status, run.Changed));
        Assert.Equal(1m, (await rig.PriceAsync("acme:m0")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Tag_of_a_refused_file_is_not_kept()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        rig.Server.Serve("{"u8.ToArray(), "\"broken\"");

        await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);
        var again = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        Assert.Equal(FeedRunStatuses.Refused, again.Status);
    }

    [Fact]
    public async Task Change_of_a_price_is_recorded_price_by_price()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);

        var run = await rig.RefreshAsync(LiteLlmFixture.Replace(
            "\"input_cost_per_token\": 2.5e-06, \"output_cost_per_token\": 1.5e-05, \"cache_read_input_token_cost\": 2.5e-07",
            "\"input_cost_per_token\": 3e-06, \"output_cost_per_token\": 2.2e-05"));

        Assert.Equal((FeedRunStatuses.Published, 0, 1, 0), (run.Status, run.Added, run.Changed, run.Retired));
        Assert.Equal(
            [
                new PriceChange("acme:acme-large", "inputUsdPerM", 2.5m, 3m),
                new PriceChange("acme:acme-large", "outputUsdPerM", 15m, 22m),
                new PriceChange("acme:acme-large", "cacheReadUsdPerM", 0.25m, null),
            ],
            (await rig.DetailsAsync(run)).Changes);
        Assert.Equal(2, (await rig.Catalog.Prices.HistoryAsync("acme:acme-large")).Count);
        Assert.Equal([PriceWarnings.Moved], (await rig.PriceAsync("acme:acme-large")).Warnings);
    }

    [Theory]
    [InlineData("2.25e-05", "2.2500001e-05", "tiers[272000].outputUsdPerM", 22.5, 22.500001)]
    [InlineData("above_272k_tokens\": 2.25e-05", "above_256k_tokens\": 2.25e-05", "tiers[256000].outputUsdPerM", null, 22.5)]
    public async Task Change_of_a_tier_is_a_change(string old, string replacement, string field, double? before, double after)
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);

        var run = await rig.RefreshAsync(LiteLlmFixture.Replace(old, replacement));

        Assert.Contains(new PriceChange("acme:acme-large", field, (decimal?)before, (decimal)after), (await rig.DetailsAsync(run)).Changes);
    }

    [Fact]
    public async Task Move_of_40_percent_is_not_marked_and_one_beyond_is()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(2));

        var within = await rig.RefreshAsync(LiteLlmFixture.Plain(2, "1.4e-06"));
        Assert.Equal((2, 0), (within.Changed, within.Warnings));

        var beyond = await rig.RefreshAsync(LiteLlmFixture.Plain(2, "2e-06"));
        Assert.Equal((2, 2), (beyond.Changed, beyond.Warnings));
    }

    [Fact]
    public async Task Model_that_the_feed_drops_is_retired_and_comes_back_with_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(5));

        var without = await rig.RefreshAsync(LiteLlmFixture.Plain(4));
        Assert.Equal((0, 0, 1), (without.Added, without.Changed, without.Retired));
        var retired = await rig.PriceAsync("acme:m4");
        Assert.Equal(("litellm", 1m), (retired.State.RetiredBy, retired.Sheet.Prices.InputUsdPerM));

        var with = await rig.RefreshAsync(LiteLlmFixture.Plain(5));
        Assert.Equal((1, 0, 0), (with.Added, with.Changed, with.Retired));
        Assert.False((await rig.PriceAsync("acme:m4")).State.Retired);
    }

    [Theory]
    [InlineData("\"input_cost_per_token\": 1", "quarantined")]
    [InlineData("\"input_cost_per_token\": \"1e-06\"", "unreadable")]
    [InlineData("\"input_cost_per_token\": 1e-06, \"input_cost_per_token\": 1e-06", "twice")]
    public async Task Row_that_is_held_back_keeps_its_last_good_price(string fields, string why)
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(4));
        var file = Encoding.UTF8.GetString(LiteLlmFixture.Plain(3, "1.1e-06"))[..^1] + $$"""
            , "m3": { "litellm_provider": "acme", "mode": "chat", {{fields}} } }
            """;

        var run = await rig.RefreshAsync(Encoding.UTF8.GetBytes(file));

        Assert.Equal((FeedRunStatuses.Published, 3, 0), (run.Status, run.Changed, run.Retired));
        Assert.Equal("m3", Assert.Single((await rig.DetailsAsync(run)).Quarantined).Key);
        var kept = await rig.PriceAsync("acme:m3");
        Assert.True(kept is { State.Retired: false, Sheet.Prices.InputUsdPerM: 1m }, why);
    }

    [Fact]
    public async Task Price_and_retirement_of_the_user_survive()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        var stored = await rig.PriceAsync("acme:m0");
        await rig.Catalog.Prices.EditAsync(SeedCatalogTests.EditOf(stored, input: 0.7m), stored.State.Version);
        await rig.Catalog.Prices.RetireAsync("acme:m1", (await rig.PriceAsync("acme:m1")).State.Version);

        await rig.RefreshAsync(LiteLlmFixture.Plain(3, "3e-06"));

        var price = await rig.PriceAsync("acme:m0");
        Assert.Equal((0.7m, 3m), (price.Sheet.Prices.InputUsdPerM, price.FeedPrices!.InputUsdPerM));
        Assert.Equal("user", (await rig.PriceAsync("acme:m1")).State.RetiredBy);
    }

    [Fact]
    public async Task Sheet_that_the_user_added_under_the_same_key_is_left_alone()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.Catalog.Prices.AddAsync(new PriceEdit("acme:m0", "acme", "Mine", "chat", null, null, new TokenPrices { InputUsdPerM = 8m }, null));

        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        var again = await rig.RefreshAsync(LiteLlmFixture.Plain(3, "1.1e-06"));

        Assert.Equal((0, 3), (again.Added, again.Changed));
        Assert.Equal(("user", 8m), ((await rig.PriceAsync("acme:m0")).State.Source.Source, (await rig.PriceAsync("acme:m0")).Sheet.Prices.InputUsdPerM));
        Assert.Equal(1.1m, (await rig.PriceAsync("acme:litellm/m0")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Shipped_sheet_with_the_feeds_key_is_taken_over_with_its_key_and_name()
    {
        await using var rig = await FeedRig.StartAsync(Shipped);

        var run = await rig.RefreshAsync(LiteLlmFixture.Plain(3));

        var price = await rig.PriceAsync("acme:first");
        Assert.Equal(("M Zero", 1m, "litellm"), (price.Sheet.Name, price.Sheet.Prices.InputUsdPerM, price.State.Source.Source));
        Assert.Equal((2, 1), (run.Added, run.Changed));
        Assert.Null(await rig.Catalog.Prices.FindAsync("acme:m0"));
        Assert.False((await rig.PriceAsync("acme:never-listed")).State.Retired);
    }

    [Fact]
    public async Task Key_of_a_sheet_stays_when_another_model_would_now_get_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("""
            { "acme/m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 } }
            """u8.ToArray());

        await rig.RefreshAsync("""
            { "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 5e-06, "output_cost_per_token": 5e-06 },
              "acme/m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06 } }
            """u8.ToArray());

        Assert.Equal(1m, (await rig.PriceAsync("acme:m")).Sheet.Prices.InputUsdPerM);
        Assert.Equal(5m, (await rig.PriceAsync("acme:litellm/m")).Sheet.Prices.InputUsdPerM);
    }

    private static SeedFile Shipped { get; } = new("Seed/catalog/prices.json", """
        { "schema": "planner.catalog/1", "sources": { "litellm": { "name": "LiteLLM", "url": "https://feed.example", "license": "MIT" } },
          "rows": [
            { "key": "acme:first", "sourceKey": "m0", "seller": "acme", "name": "M Zero", "mode": "chat", "source": "litellm", "asOf": "2026-08-01",
              "prices": { "inputUsdPerM": 4, "outputUsdPerM": 2 } },
            { "key": "acme:never-listed", "sourceKey": "gone", "seller": "acme", "name": "Gone", "mode": "chat", "source": "litellm", "asOf": "2026-08-01",
              "prices": { "inputUsdPerM": 4, "outputUsdPerM": 2 } } ] }
        """);
}
