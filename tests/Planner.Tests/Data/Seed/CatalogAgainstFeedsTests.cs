using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Planner.Tests.Data.Seed;

public class CatalogAgainstFeedsTests
{
    [Fact]
    public void Prices_with_a_source_key_are_those_of_the_feed()
    {
        using var feed = JsonDocument.Parse(SeedFiles.Snapshot("feeds/litellm/model_prices_2026-08-01.json"));
        var rows = SeedFiles.Rows("prices").Where(row => row.GetProperty("sourceKey").ValueKind == JsonValueKind.String).ToList();

        Assert.True(rows.Count >= 45);
        Assert.All(rows, row =>
        {
            var entry = feed.RootElement.GetProperty(row.GetProperty("sourceKey").GetString()!);
            var prices = row.GetProperty("prices");
            Assert.Equal(entry.GetProperty("litellm_provider").GetString(), row.GetProperty("seller").GetString());
            Assert.Equal(entry.GetProperty("mode").GetString(), row.GetProperty("mode").GetString());
            Assert.Equal(SeedFiles.Number(entry, "max_input_tokens"), SeedFiles.Number(row, "contextTokens"));
            Assert.Equal(entry.TryGetProperty("deprecation_date", out var date) ? date.GetString() : null, row.GetProperty("deprecatedFrom").GetString());
            Assert.Equal(PerMillion(entry, "input_cost_per_token"), SeedFiles.Number(prices, "inputUsdPerM"));
            Assert.Equal(PerMillion(entry, "output_cost_per_token"), SeedFiles.Number(prices, "outputUsdPerM"));
            Assert.Equal(UnlessZero(PerMillion(entry, "cache_read_input_token_cost")), SeedFiles.Number(prices, "cacheReadUsdPerM"));
            Assert.Equal(UnlessZero(PerMillion(entry, "cache_creation_input_token_cost")), SeedFiles.Number(prices, "cacheWriteUsdPerM"));
            Assert.Equal(PerMillion(entry, "input_cost_per_token_batches"), SeedFiles.Number(prices, "batchInputUsdPerM"));
            Assert.Equal(PerMillion(entry, "output_cost_per_token_batches"), SeedFiles.Number(prices, "batchOutputUsdPerM"));
            foreach (var tier in prices.GetProperty("tiers").EnumerateArray())
            {
                var limit = $"_above_{tier.GetProperty("aboveTokens").GetInt32() / 1000}k_tokens";
                Assert.Equal(PerMillion(entry, $"input_cost_per_token{limit}"), SeedFiles.Number(tier, "inputUsdPerM"));
                Assert.Equal(PerMillion(entry, $"output_cost_per_token{limit}"), SeedFiles.Number(tier, "outputUsdPerM"));
                Assert.Equal(PerMillion(entry, $"cache_read_input_token_cost{limit}"), SeedFiles.Number(tier, "cacheReadUsdPerM"));
                Assert.Equal(PerMillion(entry, $"cache_creation_input_token_cost{limit}"), SeedFiles.Number(tier, "cacheWriteUsdPerM"));
            }
        });
    }

    [Fact]
    public void Rows_without_a_source_key_are_not_in_the_feed()
    {
        using var feed = JsonDocument.Parse(SeedFiles.Snapshot("feeds/litellm/model_prices_2026-08-01.json"));

        Assert.All(SeedFiles.Rows("prices").Where(row => row.GetProperty("sourceKey").ValueKind == JsonValueKind.Null), row =>
        {
            var (seller, model) = (row.GetProperty("seller").GetString()!, SeedFiles.Key(row).Split(':', 2)[1]);
            Assert.False(feed.RootElement.TryGetProperty(model, out _), model);
            Assert.False(feed.RootElement.TryGetProperty($"{seller}/{model}", out _), model);
        });
    }

    [Fact]
    public void Instances_of_AWS_cost_what_the_feed_says()
    {
        using var feed = JsonDocument.Parse(SeedFiles.Snapshot("feeds/vantage/aws_gpu_instances_2025-11-30.json"));
        var types = feed.RootElement.EnumerateArray().ToDictionary(type => type.GetProperty("instance_type").GetString()!);

        Assert.All(SeedFiles.Rows("instances").Where(row => row.GetProperty("source").GetString() == "vantage"), row =>
        {
            var type = types[row.GetProperty("type").GetString()!];
            var offer = type.GetProperty("pricing").GetProperty(row.GetProperty("region").GetString()!).GetProperty("linux");
            var reserved = offer.GetProperty("reserved");
            var prices = row.GetProperty("prices");
            Assert.Equal(type.GetProperty("GPU").GetDecimal(), row.GetProperty("gpuCount").GetInt32());
            Assert.Equal(type.GetProperty("vCPU").GetDecimal(), SeedFiles.Number(row, "vcpus"));
            Assert.Equal(Text(offer, "ondemand"), SeedFiles.Number(prices, "onDemandUsd"));
            Assert.Equal(Text(offer, "spot_avg"), SeedFiles.Number(prices, "spotUsd"));
            Assert.Equal(Text(reserved, "yrTerm1Standard.noUpfront"), SeedFiles.Number(prices, "reserved1YUsd"));
            Assert.Equal(Text(reserved, "yrTerm3Standard.noUpfront"), SeedFiles.Number(prices, "reserved3YUsd"));
        });
    }

    private static decimal? PerMillion(JsonElement entry, string name) =>
        SeedFiles.Number(entry, name) is { } price ? decimal.Round(price * 1_000_000m, 8) : null;

    private static decimal? UnlessZero(decimal? price) => price == 0 ? null : price;

    private static decimal? Text(JsonElement offer, string name) =>
        offer.TryGetProperty(name, out var value) && decimal.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var price) ? price : null;
}
