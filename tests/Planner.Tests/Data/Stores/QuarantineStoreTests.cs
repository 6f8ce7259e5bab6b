using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Stores;

public class QuarantineStoreTests
{
    [Fact]
    public async Task Row_is_shown_as_stated_beside_what_the_catalog_has_of_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(9));
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(1);
        await rig.RefreshAsync(LiteLlmFixture.Plain(9, lastUsdPerToken: "0.135"));

        var held = Assert.Single((await rig.Quarantine.PageAsync(new QuarantineQuery())).Items);

        Assert.Equal(("litellm", "m8", true, false, null, "acme:m8", "litellm"), (held.FeedId, held.SourceKey, held.IsReadable, held.IsInstance, held.Decision, held.CatalogKey, held.CatalogSource));
        Assert.Equal([new HeldPrice("inputUsdPerM", 135_000m, 1m), new HeldPrice("outputUsdPerM", 2m, 2m)], held.Prices);
    }

    [Fact]
    public async Task Row_that_could_not_be_read_has_no_prices_and_is_not_accepted()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3, lastUsdPerToken: "\"one\""));

        var held = Assert.Single((await rig.Quarantine.PageAsync(new QuarantineQuery())).Items);

        Assert.False(held.IsReadable);
        Assert.Empty(held.Prices);
        Assert.Null(await rig.Importer.AcceptAsync("litellm", held.SourceKey));
    }

    [Fact]
    public async Task Row_that_reads_well_again_is_not_asked_about_any_more()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(4, lastUsdPerToken: "1"));
        Assert.Equal(1, (await rig.Quarantine.OpenAsync())["litellm"]);

        await rig.RefreshAsync(LiteLlmFixture.Plain(4));

        Assert.Empty(await rig.Quarantine.OpenAsync());
        Assert.Null(await rig.Importer.AcceptAsync("litellm", "m3"));
        Assert.Equal(1m, (await rig.PriceAsync("acme:m3")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Row_that_the_file_no_longer_has_stays_to_be_decided_about()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(5, lastUsdPerToken: "1"));

        await rig.RefreshAsync(LiteLlmFixture.Plain(4));

        Assert.Equal(1, (await rig.Quarantine.OpenAsync())["litellm"]);
    }

    [Fact]
    public async Task Accepted_row_of_an_offer_that_another_source_leads_is_kept_beside_it_at_once()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(4, lastUsdPerToken: "0.001"));
        Assert.Empty((await rig.Lists.AddAsync("Agreed", null, "seller,model,input,output\nacme,m3,150,600\n"u8.ToArray())).Problems);
        await rig.Importer.AcceptAsync("litellm", "m3");

        Assert.Equal(("litellm", 1_000m), Assert.Single(await rig.Catalog.Prices.QuotesAsync("acme:m3")) is var quote ? (quote.FeedId, quote.Prices.InputUsdPerM!.Value) : default);
    }

    [Fact]
    public async Task Accepted_row_is_confirmed_by_the_same_file()
    {
        await using var rig = await FeedRig.StartAsync();
        var file = LiteLlmFixture.Plain(4, lastUsdPerToken: "0.001");
        await rig.RefreshAsync(file);
        await rig.Importer.AcceptAsync("litellm", "m3");
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(2);

        var run = await rig.RefreshAsync(file);

        Assert.Equal(FeedRunStatuses.Unchanged, run.Status);
        Assert.Equal(new DateOnly(2026, 12, 3), (await rig.PriceAsync("acme:m3")).State.Source.AsOf);
        Assert.Empty((await rig.DetailsAsync(run)).Quarantined);
    }

    [Fact]
    public async Task Decision_moves_a_row_out_of_the_open_ones_and_can_be_taken_back()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);
        var store = rig.Quarantine;
        Assert.Equal(2, (await store.OpenAsync())["litellm"]);

        Assert.Equal(1, await store.DecideAsync("litellm", ["umbra/wrong-unit"], QuarantineDecisions.Rejected));
        Assert.Equal(("umbra/wrong-unit", QuarantineDecisions.Rejected), await OnlyAsync(store, decided: true));
        Assert.Equal(("umbra/dear-output", null), await OnlyAsync(store, decided: false));

        Assert.Equal(1, await store.DecideAsync("litellm", ["umbra/wrong-unit"], null));
        Assert.Equal(2, (await store.OpenAsync())["litellm"]);
        Assert.Null((await store.FindAsync("litellm", "umbra/wrong-unit"))!.DecidedUtc);
    }

    [Fact]
    public async Task Rejection_ends_when_the_feed_states_other_values_and_ignoring_does_not()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);
        var store = rig.Quarantine;
        await store.DecideAsync("litellm", ["umbra/wrong-unit"], QuarantineDecisions.Rejected);
        await store.DecideAsync("litellm", ["umbra/dear-output"], QuarantineDecisions.Ignored);

        var run = await rig.RefreshAsync(System.Text.Encoding.UTF8.GetBytes(LiteLlmFixture.Text.Replace("0.135", "0.136", StringComparison.Ordinal).Replace("0.001000001", "0.002", StringComparison.Ordinal)));

        Assert.Equal(("umbra/wrong-unit", null), await OnlyAsync(store, decided: false));
        Assert.Equal(("umbra/dear-output", QuarantineDecisions.Ignored), await OnlyAsync(store, decided: true));
        Assert.Equal(2, (await rig.DetailsAsync(run)).Quarantined.Count);
    }

    [Fact]
    public async Task What_was_accepted_is_neither_rejected_nor_opened_again()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);
        Assert.Equal(FeedRunStatuses.Published, (await rig.Importer.AcceptAsync("litellm", "umbra/wrong-unit"))!.Status);

        Assert.Equal(0, await rig.Quarantine.DecideAsync("litellm", ["umbra/wrong-unit"], QuarantineDecisions.Rejected));
        Assert.Equal(0, await rig.Quarantine.DecideAsync("litellm", ["umbra/wrong-unit"], null));
        Assert.Equal(135_000m, (await rig.PriceAsync("umbra:wrong-unit")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Negative_price_stays_open_when_somebody_accepts_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3, lastUsdPerToken: "-0.001"));

        var run = await rig.Importer.AcceptAsync("litellm", "m2");

        Assert.Equal((FeedRunStatuses.Refused, "inputUsdPerM is negative."), (run!.Status, run.Reason));
        Assert.Null((await rig.Quarantine.FindAsync("litellm", "m2"))!.Decision);
        Assert.Null(await rig.Catalog.Prices.FindAsync("acme:m2"));
    }

    [Fact]
    public async Task Machine_stands_beside_the_machine_of_the_same_name()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("skypilot-gcp", Snapshots.Read("skypilot-format", "gcp_gpu_rows_2026-05-20.csv"));

        var page = await rig.Quarantine.PageAsync(new QuarantineQuery { FeedId = "skypilot-gcp", Text = "a3-highgpu-8g us-central1", Take = 10 });

        var held = Assert.Single(page.Items);
        Assert.True(held.IsInstance);
        Assert.InRange(held.Prices.Single(price => price.Field == "onDemandUsd").StatedUsd!.Value, 43.0m, 43.1m);
        Assert.Null(held.CatalogKey);
    }

    private static async Task<(string Key, string? Decision)> OnlyAsync(QuarantineStore store, bool decided)
    {
        var row = Assert.Single((await store.PageAsync(new QuarantineQuery { Decided = decided })).Items);
        return (row.SourceKey, row.Decision);
    }
}
