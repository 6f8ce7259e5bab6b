using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Several feeds and one catalog: real files, served over the loopback address as their sources would.</summary>
public class FeedPipelineTests
{
    private static byte[] Gcp => Snapshots.Read("skypilot-format", "gcp_gpu_rows_2026-05-20.csv");

    [Fact]
    public async Task Machine_with_a_price_of_the_wrong_product_is_held_back_until_somebody_accepts_it()
    {
        await using var rig = await FeedRig.StartAsync();
        var file = Gcp;
        var run = await rig.RefreshAsync("skypilot-gcp", file);

        Assert.Equal((FeedRunStatuses.Published, 2100), (run.Status, run.RowsRead));
        Assert.Equal(95, (await rig.DetailsAsync(run)).Quarantined.Count);
        Assert.Null(await rig.Catalog.Instances.FindAsync("gcp:a3-highgpu-8g:us-central1"));
        Assert.Equal(3.67339m, (await rig.InstanceAsync("gcp:a2-highgpu-1g:us-central1")).Instance.Prices.OnDemandUsd!.Value, 4);
        var held = await HeldAsync(rig, "a3-highgpu-8g/us-central1");
        Assert.Contains("43.0", held.Reason, StringComparison.Ordinal);

        var accepted = await rig.Importer.AcceptAsync("skypilot-gcp", held.SourceKey);
        Assert.Equal((FeedRunStatuses.Published, FeedRunTriggers.Review, 1), (accepted!.Status, accepted.Trigger, accepted.Added));
        Assert.InRange((await rig.InstanceAsync("gcp:a3-highgpu-8g:us-central1")).Instance.Prices.OnDemandUsd!.Value, 43.0m, 43.1m);

        // Accepted as it stands: the same file again, and another one in which the row is the same, publish it; other values are asked about again.
        await rig.RefreshAsync("skypilot-gcp", [.. file, .. "\n"u8]);
        Assert.False((await rig.InstanceAsync("gcp:a3-highgpu-8g:us-central1")).State.Retired);
        Assert.DoesNotContain(held.SourceKey, (await rig.DetailsAsync((await rig.Database.Get<FeedRunStore>().ListAsync("skypilot-gcp")).Items[0])).Quarantined.Select(row => row.Key));
        Assert.Equal(2, (await rig.Catalog.Instances.HistoryAsync("gcp:a2-highgpu-1g:us-central1")).Count + (await rig.Catalog.Instances.HistoryAsync("gcp:a3-highgpu-8g:us-central1")).Count);
    }

    [Fact]
    public async Task Emptied_feed_is_refused_and_the_dearer_one_after_it_accepted()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("skypilot-lambda", Snapshots.Read("skypilot-format", "lambda_2026-04-20.csv"));
        var before = (await rig.InstanceAsync("lambda:gpu_1x_a10:us-east-1")).Instance.Prices.OnDemandUsd;

        var emptied = await rig.RefreshAsync("skypilot-lambda", Snapshots.Read("skypilot-format", "lambda_2026-05-07_header_only.csv"));
        Assert.Equal(FeedRunStatuses.Refused, emptied.Status);
        Assert.Equal(before, (await rig.InstanceAsync("lambda:gpu_1x_a10:us-east-1")).Instance.Prices.OnDemandUsd);

        var restored = await rig.RefreshAsync("skypilot-lambda", Snapshots.Read("skypilot-format", "lambda_2026-05-07.csv"));
        Assert.Equal((FeedRunStatuses.Published, 0), (restored.Status, restored.Retired));

        // The rise of 2026-05-07 as feeds.md tells it, an A10 from 0.86 to 1.29: the files here have it from the start, so it is put back.
        var dearer = Encoded(Snapshots.Read("skypilot-format", "lambda_2026-05-07.csv"), ",1.29,", ",1.49,");
        var risen = await rig.RefreshAsync("skypilot-lambda", dearer);
        Assert.Equal(FeedRunStatuses.Published, risen.Status);
        Assert.True(risen.Changed > 0);
    }

    [Fact]
    public async Task Second_source_is_kept_beside_the_price_and_its_announcement_used()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(Snapshots.LiteLlm("2026-08-01"));
        var litellm = await rig.PriceAsync("deepseek:deepseek-chat");
        rig.Database.Time.Now = new DateTimeOffset(2026, 8, 22, 5, 0, 0, TimeSpan.Zero);
        var run = await rig.RefreshAsync("genai-prices", Snapshots.Read("genai-prices", "data_v2_2026-08-21.json"));

        Assert.Equal((FeedRunStatuses.Published, 1466), (run.Status, run.RowsRead));
        var sonnet = await rig.PriceAsync("anthropic:claude-sonnet-5");
        Assert.Equal(PriceFeeds.LiteLlm, sonnet.State.Source.Source);
        var announced = Assert.Single(sonnet.Sheet.Announced);
        Assert.Equal(("2026-09", 3m, 15m), (announced.From, announced.Price.InputUsdPerM, announced.Price.OutputUsdPerM));
        Assert.Equal("genai-prices", sonnet.AnnouncedBy);
        Assert.Empty(sonnet.Sheet.OtherQuotes);

        // The day after the change the same file says something else, and then it is LiteLLM that is late.
        rig.Database.Time.Now = new DateTimeOffset(2026, 9, 2, 5, 0, 0, TimeSpan.Zero);
        Assert.Equal(FeedRunStatuses.Published, (await rig.RefreshAsync("genai-prices", Snapshots.Read("genai-prices", "data_v2_2026-08-21.json"))).Status);
        sonnet = await rig.PriceAsync("anthropic:claude-sonnet-5");
        Assert.Equal((2m, 3m), (sonnet.Sheet.Prices.InputUsdPerM, Assert.Single(sonnet.Sheet.OtherQuotes).Prices.InputUsdPerM));
        Assert.Equal(litellm.Sheet.Prices.InputUsdPerM, (await rig.PriceAsync("deepseek:deepseek-chat")).Sheet.Prices.InputUsdPerM);
        Assert.Equal("genai-prices", Assert.Single(await rig.Catalog.Prices.QuotesAsync("anthropic:claude-sonnet-5")).FeedId);
    }

    [Fact]
    public async Task Second_source_of_a_machine_is_in_the_rows_of_a_scenario_until_somebody_decides()
    {
        const string key = "aws:g5.12xlarge:us-east-1";
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("vantage", InstanceFixture.Bytes(InstanceFixture.Vantage));
        var scenario = new Scenario { Name = "One", StartMonth = "2026-12", Options = [new SelfHostOption { Id = "own", Name = "Own", InstanceKey = key }] };
        Assert.Equal(FeedRunStatuses.Published, (await rig.RefreshAsync("skypilot-aws", InstanceFixture.Bytes(InstanceFixture.Aws))).Status);
        Assert.Empty((await rig.Catalog.SnapshotAsync(scenario)).Instances[key].OtherQuotes);

        await rig.RefreshAsync("skypilot-aws", InstanceFixture.Replace(InstanceFixture.Aws, "5.672,", "6.1,"));

        var instance = (await rig.Catalog.SnapshotAsync(scenario)).Instances[key];
        var other = Assert.Single(instance.OtherQuotes);
        Assert.Equal((5.672m, "vantage", 6.1m, "skypilot-aws"), (instance.Prices.OnDemandUsd, instance.Provenance.Source, other.Prices.OnDemandUsd, other.Provenance.Source));
        Assert.Equal(instance.OtherQuotes, (await rig.InstanceAsync(key)).Instance.OtherQuotes);

        rig.Database.Execute("UPDATE Instances SET OverrideJson = '{ \"onDemandUsd\": 6 }', UserEditedUtc = '2026-12-01'");
        Assert.Empty((await rig.Catalog.SnapshotAsync(scenario)).Instances[key].OtherQuotes);
    }

    [Fact]
    public void Instance_stored_before_there_were_other_sources_has_none()
    {
        var stored = JsonSerializer.Deserialize<Instance>("""
            { "key": "aws:g5:us", "cloud": "aws", "type": "g5", "region": "us", "gpu": "A10G", "gpuCount": 1, "gpuMemoryGb": 24, "prices": { "onDemandUsd": 1 },
              "provenance": { "source": "list", "asOf": "2026-08-01" } }
            """, ScenarioJson.Options)!;

        Assert.Equal((1m, 0), (stored.Prices.OnDemandUsd, stored.OtherQuotes.Count));
    }

    [Fact]
    public async Task Router_knows_its_own_prices_best_whichever_feed_comes_first()
    {
        await using var rig = await FeedRig.StartAsync();
        var (litellm, router) = (Snapshots.LiteLlm("2026-08-01"), Snapshots.Read("openrouter", "models_2026-08-01.json"));
        await rig.RefreshAsync(litellm);
        await rig.RefreshAsync("openrouter", router);
        var owners = await SourcesAsync(rig, "openrouter");

        await rig.RefreshAsync([.. litellm, .. "\n"u8]);

        Assert.Equal(owners, await SourcesAsync(rig, "openrouter"));
        Assert.Contains(owners, row => row.Value == "openrouter");
        var shared = owners.First(row => row.Value == "openrouter" && rig.Catalog.Prices.QuotesAsync(row.Key).Result.Any(quote => quote.FeedId == PriceFeeds.LiteLlm));
        Assert.Equal("openrouter", (await rig.PriceAsync(shared.Key)).State.Source.Source);
    }

    [Fact]
    public async Task Spot_advisor_says_how_often_machines_are_reclaimed_and_changes_no_price()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("vantage", Snapshots.Read("vantage", "aws_gpu_instances_2025-11-30.json"));
        var before = await rig.InstanceAsync("aws:g5.12xlarge:us-east-1");

        var run = await rig.RefreshAsync("aws-spot-advisor", Snapshots.Read("aws-spot-advisor", "spot-advisor-data_2025-06-28.json"));

        Assert.Equal(FeedRunStatuses.Published, run.Status);
        Assert.True(run.Published > 100, $"{run.Published} instances");
        Assert.Equal((5.672m, before.Instance.Prices), (before.Instance.Prices.OnDemandUsd, (await rig.InstanceAsync("aws:g5.12xlarge:us-east-1")).Instance.Prices));
        await using var context = rig.Database.Open();
        Assert.InRange((await context.Instances.SingleAsync(row => row.Key == "aws:g5.12xlarge:us-east-1")).InterruptionShare!.Value, 0.05m, 1);
    }

    [Fact]
    public async Task Shipped_machine_that_names_the_feed_but_no_key_in_it_goes_over_to_the_feed_under_its_own_key()
    {
        await using var rig = await FeedRig.StartAsync(SeedFile.Embedded("Seed/catalog/").ToArray());
        Assert.Equal(("vantage", null), ((await rig.InstanceAsync("aws:g5.12xlarge:us-east-1")).State.Source.Source, (await rig.InstanceAsync("aws:g5.12xlarge:us-east-1")).State.SourceKey));

        await rig.RefreshAsync("vantage", Snapshots.Read("vantage", "aws_gpu_instances_2025-11-30.json"));

        Assert.Equal("g5.12xlarge:us-east-1", (await rig.InstanceAsync("aws:g5.12xlarge:us-east-1")).State.SourceKey);
        Assert.Null(await rig.Catalog.Instances.FindAsync("aws:vantage/g5.12xlarge:us-east-1"));
    }

    [Fact]
    public async Task Catalog_of_a_day_has_the_prices_of_that_day()
    {
        await using var rig = await FeedRig.StartAsync();
        rig.Database.Time.Now = new DateTimeOffset(2026, 7, 24, 12, 0, 0, TimeSpan.Zero);
        await rig.RefreshAsync(Snapshots.LiteLlm("2026-07-24"));
        rig.Database.Time.Now = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
        await rig.RefreshAsync(Snapshots.LiteLlm("2026-08-01"));

        decimal? InputOf(Page<PriceEntry> page) => page.Items.Single(entry => entry.Key == "openai:gpt-5.6-luna").Sheet.Prices.InputUsdPerM;
        var query = new PriceQuery { Text = "gpt-5.6-luna", Sellers = ["openai"] };
        Assert.Equal(0.2m, InputOf(await rig.Catalog.Prices.PageAsync(query)));
        Assert.Equal(1m, InputOf(await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 7, 31) })));
        Assert.Equal(0.2m, InputOf(await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 8, 1) })));
        Assert.Empty((await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 7, 23) })).Items);
        var then = (await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 7, 31) })).Items.Single(entry => entry.Key == "openai:gpt-5.6-luna");
        Assert.Equal((new DateOnly(2026, 7, 24), 8), (then.Sheet.Provenance.AsOf, then.State.AgeDays));
    }

    [Fact]
    public async Task Price_that_the_user_set_is_that_of_its_days_whatever_a_feed_says_meanwhile()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        var stored = await rig.PriceAsync("acme:m0");
        await rig.Catalog.Prices.EditAsync(SeedCatalogTests.EditOf(stored, input: 0.7m), stored.State.Version);
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(4);
        await rig.RefreshAsync(LiteLlmFixture.Plain(3, "3e-06"));
        rig.Database.Time.Now = rig.Database.Time.Now.AddDays(2);

        decimal? InputOf(Page<PriceEntry> page) => page.Items.Single(entry => entry.Key == "acme:m0").Sheet.Prices.InputUsdPerM;
        var query = new PriceQuery { Text = "m0" };
        Assert.Equal(0.7m, InputOf(await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 12, 6) })));
        Assert.Equal([0.7m, 1m], (await rig.Catalog.Prices.HistoryAsync("acme:m0")).Select(past => past.Prices.InputUsdPerM!.Value));

        await rig.Catalog.Prices.ResetAsync("acme:m0", (await rig.PriceAsync("acme:m0")).State.Version);

        Assert.Equal(3m, InputOf(await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 12, 7) })));
        Assert.Equal(0.7m, InputOf(await rig.Catalog.Prices.PageAsync(query with { AsOf = new DateOnly(2026, 12, 6) })));
    }

    [Fact]
    public async Task Scenario_takes_an_announced_price_from_its_sheet()
    {
        await using var rig = await FeedRig.StartAsync(SeedFile.Embedded("Seed/catalog/").ToArray());
        rig.Database.Time.Now = new DateTimeOffset(2026, 8, 22, 5, 0, 0, TimeSpan.Zero);
        await rig.RefreshAsync(Snapshots.LiteLlm("2026-08-01"));
        await rig.RefreshAsync("genai-prices", Snapshots.Read("genai-prices", "data_v2_2026-08-21.json"));
        var scenario = new Scenario
        {
            Name = "Chat",
            Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 1_000, OutputTokens = 100 },
            Options = [new ApiOption { Id = "api", Name = "Sonnet", PriceKey = "anthropic:claude-sonnet-5" }],
            StartMonth = "2026-08",
            Horizon = new Horizon { Months = 12 },
        };

        var months = Planner.Domain.Planning.Engine.Horizon(scenario, await rig.Catalog.SnapshotAsync(scenario)).Options[0].Months;

        // 1,000 million prompt tokens and 100 million generated ones: 2 and 10 USD in August, 3 and 15 from September on.
        Assert.Equal([3_000m, 4_500m], months.Take(2).Select(month => Math.Round(month.CostUsd, 6)));
    }

    private static byte[] Encoded(byte[] file, string from, string to) => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(file).Replace(from, to, StringComparison.Ordinal));

    private static async Task<QuarantineRow> HeldAsync(FeedRig rig, string name)
    {
        await using var context = rig.Database.Open();
        var rows = await context.Quarantine.AsNoTracking().ToListAsync();
        var parts = name.Split('/');
        return rows.Single(row => row.SourceKey.Contains(parts[0], StringComparison.Ordinal) && row.SourceKey.Contains(parts[1], StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> SourcesAsync(FeedRig rig, string seller)
    {
        await using var context = rig.Database.Open();
        return await context.Prices.Where(row => row.Seller == seller).ToDictionaryAsync(row => row.Key, row => row.Source);
    }
}
