using System.Text;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Counts and prices of the files themselves, counted and read without the readers.</summary>
public class PriceReaderSnapshotTests
{
    private static readonly string[] Vendors = ["amazon", "anthropic", "deepseek", "google", "meta-ai", "minimax", "mistral", "moonshot-ai", "openai", "qwen", "xai"];

    private static FeedReading<PriceFeedRow> GenAi(string today = "2026-08-21") =>
        GenAiPricesReader.Read(Snapshots.Read("genai-prices", "data_v2_2026-08-21.json"), Day(today));

    private static FeedReading<PriceFeedRow> OpenRouter() => OpenRouterReader.Read(Snapshots.Read("openrouter", "models_2026-08-01.json"), Day("2026-08-01"));

    private static FeedReading<PriceFeedRow> LlmPrices(string today = "2026-08-21") => LlmPricesReader.Read(
        Encoding.UTF8.GetBytes($"[{string.Join(',', Vendors.Select(vendor => Encoding.UTF8.GetString(Snapshots.Read("llm-prices", vendor + ".json"))))}]"), Day(today));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static (decimal? Input, decimal? Output, decimal? CacheRead) Prices(FeedReading<PriceFeedRow> reading, string key)
    {
        var prices = reading.Rows.Single(row => row.Key == key).Prices;
        return (prices.InputUsdPerM, prices.OutputUsdPerM, prices.CacheReadUsdPerM);
    }

    [Fact]
    public void Models_of_genai_prices_are_counted()
    {
        var reading = GenAi();

        Assert.Equal(1466, reading.RowsRead);
        Assert.Equal(1450, reading.Rows.Count);
        Assert.Equal(["deepseek/deepseek-chat", "deepseek/deepseek-reasoner"], reading.Refused.Select(row => row.Key));
        Assert.Equal(
            [("audio_speech", 1), ("audio_transcription", 2), ("image_generation", 4), ("moderation", 2), ("realtime", 5)],
            reading.Skipped.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => (kind.Key, kind.Value)));
        Assert.Equal(33, reading.Rows.Count(row => row.Mode == "embedding"));
        Assert.Equal(691, reading.Rows.Count(row => row.Seller == "openrouter"));
        Assert.Equal(156, reading.Rows.Count(row => row.Prices.InputUsdPerM is null));
        Assert.Equal(21, reading.Rows.Count(row => row.Prices.Tiers.Count > 0));
        Assert.Equal(13, reading.Rows.Count(row => row.Dated.Count == 2));
        Assert.Equal(13, reading.Rows.Count(row => row.Dated.Count > 0));
    }

    [Theory]
    [InlineData("2026-08-31", 2, 10, 0.2)]
    [InlineData("2026-09-01", 3, 15, 0.3)]
    public void Claude_sonnet_5_is_dearer_from_September_on(string today, double input, double output, double cacheRead)
    {
        Assert.Equal(((decimal)input, (decimal)output, (decimal)cacheRead), Prices(GenAi(today), "anthropic:claude-sonnet-5"));
        Assert.Equal(((decimal)input, (decimal)output, null), Prices(LlmPrices(today), "anthropic:claude-sonnet-5"));
    }

    [Theory]
    [InlineData("gemini:gemini-3.6-flash")]
    [InlineData("gemini:gemini-3.7-flash")]
    public void Gemini_flash_doubles_with_the_year_2027(string key)
    {
        Assert.Equal((0.75m, 3.75m, 0.075m), Prices(GenAi("2026-12-31"), key));
        Assert.Equal((1.5m, 7.5m, 0.15m), Prices(GenAi("2027-01-01"), key));
        Assert.Equal(
            [((DateOnly?)null, (DateOnly?)new DateOnly(2027, 1, 1)), (new DateOnly(2027, 1, 1), null)],
            GenAi().Rows.Single(row => row.Key == key).Dated.Select(period => (period.From, period.To)));
    }

    [Fact]
    public void Other_prices_of_genai_prices_are_those_of_the_file()
    {
        var reading = GenAi();

        Assert.Equal((0.14m, 0.28m, 0.0028m), Prices(reading, "deepseek:deepseek-v4-flash"));
        Assert.Equal((2m, 8m, 0.5m), Prices(reading, "openai:o3"));
        Assert.Equal((0.2m, 1.2m, 0.02m), Prices(reading, "openai:gpt-5.6-luna"));
        var tier = Assert.Single(reading.Rows.Single(row => row.Key == "openai:gpt-5.6-luna").Prices.Tiers);
        Assert.Equal((272_000m, 0.4m, 1.8m, 0.04m, 0.5m), (tier.AboveTokens, tier.InputUsdPerM, tier.OutputUsdPerM, tier.CacheReadUsdPerM, tier.CacheWriteUsdPerM));
        Assert.Equal((1m, 6m, 0.1m), Prices(GenAi("2026-07-29"), "openai:gpt-5.6-luna"));
    }

    [Fact]
    public void Offers_of_genai_prices_have_the_keys_of_LiteLlm()
    {
        var keys = LiteLlmReader.Read(Snapshots.LiteLlm("2026-08-01")).Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);

        var shared = GenAi().Rows.Where(row => keys.Contains(row.Key)).CountBy(row => row.Seller).ToDictionary();

        Assert.Equal(11, shared["anthropic"]);
        Assert.Equal(29, shared["bedrock_converse"]);
        Assert.Equal(15, shared["bedrock"]);
        Assert.Equal(5, shared["bedrock_mantle"]);
        Assert.Equal(22, shared["fireworks_ai"]);
        Assert.Equal(13, shared["xai"]);
        Assert.Equal(10, shared["moonshot"]);
        Assert.Equal(14, shared["voyage"]);
        Assert.Equal(9, shared["vertex_ai-anthropic_models"]);
    }

    [Fact]
    public void Models_of_OpenRouter_are_counted()
    {
        var reading = OpenRouter();

        Assert.Equal(336, reading.RowsRead);
        Assert.Equal(331, reading.Rows.Count);
        Assert.Empty(reading.Refused);
        Assert.Equal(5, reading.Skipped["variable"]);
        Assert.Single(reading.Skipped);
        Assert.Equal(17, reading.Rows.Count(row => row.Prices is { InputUsdPerM: 0, OutputUsdPerM: 0 }));
        Assert.Equal(44, reading.Rows.Count(row => row.Prices.Tiers.Count > 0));
        Assert.Equal(0, reading.Rows.Count(row => row.HasRangePrices));
        Assert.Equal(182, reading.Rows.Count(row => row.Prices.CacheReadUsdPerM is not null));
        Assert.Equal(3, reading.Rows.Count(row => row.DeprecatedFrom is not null));
    }

    [Fact]
    public void Luna_costs_half_of_its_list_price_at_the_router()
    {
        var row = OpenRouter().Rows.Single(row => row.Key == "openrouter:openai/gpt-5.6-luna");

        Assert.Equal((0.1m, 0.6m, 0.01m, 0.125m), (row.Prices.InputUsdPerM, row.Prices.OutputUsdPerM, row.Prices.CacheReadUsdPerM, row.Prices.CacheWriteUsdPerM));
        var tier = Assert.Single(row.Prices.Tiers);
        Assert.Equal((272_000m, 0.2m, 0.9m, 0.02m, 0.25m), (tier.AboveTokens, tier.InputUsdPerM, tier.OutputUsdPerM, tier.CacheReadUsdPerM, tier.CacheWriteUsdPerM));
    }

    [Fact]
    public void Models_of_llm_prices_are_counted()
    {
        var reading = LlmPrices();

        // 142 entries; one model is listed twice with the same price.
        Assert.Equal(141, reading.RowsRead);
        Assert.Equal(137, reading.Rows.Count);
        Assert.Empty(reading.Refused);
        Assert.Equal(4, Assert.Single(reading.Skipped, kind => kind.Key == "image_generation").Value);
        Assert.Equal(6, reading.Rows.Count(row => row.Dated.Count == 2));
        Assert.Equal(6, reading.Rows.Count(row => row.Dated.Count > 0));
    }

    [Fact]
    public void Prices_of_llm_prices_are_those_of_the_files()
    {
        var reading = LlmPrices();

        Assert.Equal((10m, 40m, 0.5m), Prices(reading, "openai:o3"));
        Assert.Equal((0.27m, 1.1m, null), Prices(reading, "deepseek:deepseek-chat"));
        Assert.Equal((0.14m, 0.28m, null), Prices(LlmPrices("2025-02-07"), "deepseek:deepseek-chat"));
        Assert.Equal((0.4m, 1.8m, 0.04m), Prices(reading, "openai:gpt-5.6-luna-272k"));
        Assert.Equal((0.2m, 0.5m, 0.05m), Prices(reading, "xai:grok-4-fast"));
    }
}
