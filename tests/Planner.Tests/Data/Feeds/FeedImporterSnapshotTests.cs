using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>The real files, served over the loopback address as their source would.</summary>
public class FeedImporterSnapshotTests
{
    [Fact]
    public async Task Refresh_from_2026_07_24_to_2026_08_01_records_every_change()
    {
        var (july, august) = (Snapshots.LiteLlm("2026-07-24"), Snapshots.LiteLlm("2026-08-01"));
        await using var rig = await FeedRig.StartAsync();

        var first = await rig.RefreshAsync(july);
        Assert.Equal(FeedRunStatuses.Published, first.Status);
        Assert.Equal((2982, 2514, 2514, 0, 0), (first.RowsRead, first.Published, first.Added, first.Changed, first.Retired));
        Assert.Equal((149, new DateOnly(2026, 7, 24)), (first.Unavailable, first.SourceAsOf));

        var second = await rig.RefreshAsync(august);
        Assert.Equal(FeedRunStatuses.Published, second.Status);
        Assert.Equal((2984, 2516, 2, 8, 0), (second.RowsRead, second.Published, second.Added, second.Changed, second.Retired));
        Assert.Equal(150, second.Unavailable);
        var details = await rig.DetailsAsync(second);
        Assert.Equal(16, details.Quarantined.Count);
        Assert.Equal(
            [
                "azure_ai:gpt-5.4-mini", "azure_ai:gpt-5.4-mini-2026-03-17", "azure_ai:gpt-5.4-nano", "azure_ai:gpt-5.4-nano-2026-03-17",
                "bedrock_mantle:openai.gpt-5.6-luna", "bedrock_mantle:openai.gpt-5.6-terra", "openai:gpt-5.6-luna", "openai:gpt-5.6-terra",
            ],
            details.Changes.Select(change => change.Key).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(new PriceChange("openai:gpt-5.6-luna", "inputUsdPerM", 1m, 0.2m), details.Changes);
        Assert.Contains(new PriceChange("openai:gpt-5.6-luna", "outputUsdPerM", 6m, 1.2m), details.Changes);
        Assert.Contains(new PriceChange("openai:gpt-5.6-luna", "cacheReadUsdPerM", 0.1m, 0.02m), details.Changes);
        Assert.Contains(new PriceChange("openai:gpt-5.6-luna", "batchInputUsdPerM", 0.5m, 0.1m), details.Changes);
        Assert.Contains(new PriceChange("openai:gpt-5.6-terra", "inputUsdPerM", 2.5m, 2m), details.Changes);
        Assert.Contains(new PriceChange("openai:gpt-5.6-terra", "outputUsdPerM", 15m, 12m), details.Changes);
        Assert.Contains(PriceWarnings.Moved, (await rig.PriceAsync("openai:gpt-5.6-luna")).Warnings);
        Assert.DoesNotContain(PriceWarnings.Moved, (await rig.PriceAsync("openai:gpt-5.6-terra")).Warnings);

        Assert.Equal(FeedRunStatuses.Unchanged, (await rig.RefreshAsync(august)).Status);
    }

    [Fact]
    public async Task Truncated_empty_and_shrunken_files_leave_the_catalog_as_it_was()
    {
        var august = Snapshots.LiteLlm("2026-08-01");
        var february2025 = Snapshots.LiteLlm("2025-02-06");
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(august);
        var before = await rig.DumpAsync();

        foreach (var file in new[] { august[..(august.Length / 2)], august[..^3], [], "{}"u8.ToArray(), february2025 })
            Assert.Equal(FeedRunStatuses.Refused, (await rig.RefreshAsync(file)).Status);

        Assert.Equal(before, await rig.DumpAsync());
    }

    [Fact]
    public async Task History_of_18_months_grows_and_retires_models_without_losing_one()
    {
        var files = new[] { "2025-02-06", "2025-10-16", "2026-02-12", "2026-07-24", "2026-08-01" }.Select(Snapshots.LiteLlm).ToList();
        await using var rig = await FeedRig.StartAsync();
        var keys = new HashSet<string>();

        foreach (var file in files)
        {
            Assert.Equal(FeedRunStatuses.Published, (await rig.RefreshAsync(file)).Status);
            await using var context = rig.Database.Open();
            keys.UnionWith(context.Prices.Select(row => row.Key).ToList());
            Assert.Equal(keys.Count, context.Prices.Count());
        }

        Assert.Equal("litellm", (await rig.PriceAsync("anthropic:claude-3-5-sonnet-20241022")).State.RetiredBy);
        Assert.Equal((3m, 15m), ((await rig.PriceAsync("anthropic:claude-3-5-sonnet-20241022")).Sheet.Prices.InputUsdPerM,
            (await rig.PriceAsync("anthropic:claude-3-5-sonnet-20241022")).Sheet.Prices.OutputUsdPerM));
    }

    [Fact]
    public async Task Shipped_sheets_agree_with_the_feed_of_their_day()
    {
        var august = Snapshots.LiteLlm("2026-08-01");
        await using var rig = await FeedRig.StartAsync([.. SeedFile.Embedded("Seed/catalog/")]);

        var run = await rig.RefreshAsync(august);

        Assert.Equal(FeedRunStatuses.Published, run.Status);
        Assert.Empty((await rig.DetailsAsync(run)).Changes);
        Assert.Equal("GPT-5.6 Luna", (await rig.PriceAsync("openai:gpt-5.6-luna")).Sheet.Name);
        Assert.Equal(0.28m, (await rig.PriceAsync("deepseek:deepseek-chat")).Sheet.Prices.InputUsdPerM);
        Assert.NotNull(await rig.Catalog.Prices.FindAsync("deepseek:litellm/deepseek-chat"));
    }
}
