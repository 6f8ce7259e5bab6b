using Planner.Data.Feeds;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class PriceSanityTests
{
    private static FeedVerdict<TokenPrices> Judge(string sourceKey) =>
        PriceSanity.Judge(LiteLlmReader.Read(LiteLlmFixture.Bytes).Rows.Single(row => row.SourceKey == sourceKey));

    private static FeedVerdict<TokenPrices> JudgeSingle(string fields, string mode = "chat") =>
        PriceSanity.Judge(LiteLlmReader.Read(LiteLlmFixture.Single(fields, mode)).Rows.Single());

    [Fact]
    public void Ordinary_row_is_published_as_it_is()
    {
        var verdict = Judge("acme-large");

        Assert.Null(verdict.Quarantine);
        Assert.False(verdict.IsUnavailable);
        Assert.Empty(verdict.Warnings);
        Assert.Equal(15m, verdict.Prices.OutputUsdPerM);
    }

    [Theory]
    [InlineData("umbra/wrong-unit", "inputUsdPerM is $135000", 200)]
    [InlineData("umbra/dear-output", "outputUsdPerM is $1000.001", 1000)]
    public void Price_above_the_bound_is_quarantined(string sourceKey, string fault, int bound) =>
        Assert.Equal($"{fault} per million tokens, above the bound of ${bound}: probably another unit.", Judge(sourceKey).Quarantine);

    [Fact]
    public void Price_at_the_bound_is_published() => Assert.Null(Judge("umbra/dear-but-real").Quarantine);

    [Theory]
    [InlineData("\"cache_read_input_token_cost\": 0.3", "cacheReadUsdPerM is $300000", 200)]
    [InlineData("\"cache_creation_input_token_cost\": 0.3", "cacheWriteUsdPerM is $300000", 200)]
    [InlineData("\"input_cost_per_token_batches\": 0.3", "batchInputUsdPerM is $300000", 200)]
    [InlineData("\"output_cost_per_token_batches\": 0.3", "batchOutputUsdPerM is $300000", 1000)]
    [InlineData("\"output_cost_per_token_above_128k_tokens\": 0.3", "tiers[128000].outputUsdPerM is $300000", 1000)]
    public void Every_price_of_the_row_has_a_bound(string fields, string fault, int bound) =>
        Assert.Equal($"{fault} per million tokens, above the bound of ${bound}: probably another unit.", JudgeSingle(fields).Quarantine);

    [Fact]
    public void Negative_price_is_quarantined() =>
        Assert.Equal("inputUsdPerM is negative.", JudgeSingle("\"input_cost_per_token\": -1e-06, \"output_cost_per_token\": 1e-06").Quarantine);

    [Fact]
    public void Free_on_both_sides_is_unknown_and_warned()
    {
        var verdict = Judge("umbra/free-or-unknown");

        Assert.Null(verdict.Prices.InputUsdPerM);
        Assert.Null(verdict.Prices.OutputUsdPerM);
        Assert.Equal([PriceWarnings.Zero], verdict.Warnings);
        Assert.False(verdict.IsUnavailable);
    }

    [Fact]
    public void Zero_beside_a_price_is_unknown_and_warned()
    {
        var verdict = Judge("umbra/half-free");

        Assert.Equal(0.075m, verdict.Prices.InputUsdPerM);
        Assert.Null(verdict.Prices.OutputUsdPerM);
        Assert.Null(verdict.Prices.CacheReadUsdPerM);
        Assert.Empty(verdict.Prices.Tiers);
        Assert.Equal([PriceWarnings.ZeroOutput, PriceWarnings.ZeroCacheRead, PriceWarnings.ZeroTier, PriceWarnings.OutputBelowHalfInput], verdict.Warnings);
    }

    [Fact]
    public void Fee_per_request_leaves_the_input_price_unknown()
    {
        var verdict = Judge("umbra/per-request");

        Assert.Null(verdict.Prices.InputUsdPerM);
        Assert.Equal(0.28m, verdict.Prices.OutputUsdPerM);
        Assert.Equal([PriceWarnings.ZeroInput], verdict.Warnings);
    }

    [Theory]
    [InlineData("acme-embed")]
    [InlineData("acme-embed-2")]
    public void Embedding_generates_nothing_so_its_output_costs_nothing(string sourceKey)
    {
        var verdict = Judge(sourceKey);

        Assert.Equal(0m, verdict.Prices.OutputUsdPerM);
        Assert.Empty(verdict.Warnings);
        Assert.False(verdict.IsUnavailable);
    }

    [Fact]
    public void Embedding_with_input_zero_is_unknown()
    {
        var verdict = JudgeSingle("\"input_cost_per_token\": 0, \"output_cost_per_token\": 0", "embedding");

        Assert.Null(verdict.Prices.InputUsdPerM);
        Assert.Null(verdict.Prices.OutputUsdPerM);
        Assert.Equal([PriceWarnings.Zero], verdict.Warnings);
    }

    [Theory]
    [InlineData("umbra/commitment")]
    [InlineData("umbra/by-range")]
    [InlineData("umbra/per-step")]
    public void Row_without_a_token_price_is_published_as_unavailable(string sourceKey)
    {
        var verdict = Judge(sourceKey);

        Assert.Null(verdict.Quarantine);
        Assert.True(verdict.IsUnavailable);
        Assert.Null(verdict.Prices.InputUsdPerM);
        Assert.Null(verdict.Prices.OutputUsdPerM);
    }

    [Fact]
    public void Odd_prices_are_published_with_marks()
    {
        var verdict = Judge("umbra/odd");

        Assert.Null(verdict.Quarantine);
        Assert.Equal(1m, verdict.Prices.InputUsdPerM);
        Assert.Equal(
            [
                PriceWarnings.OutputBelowHalfInput, PriceWarnings.CacheReadAboveInput, PriceWarnings.CacheWriteBelowInput, PriceWarnings.BatchNotCheaper,
                PriceWarnings.TierBelowBase, PriceWarnings.ReasoningApart,
            ],
            verdict.Warnings);
    }

    [Fact]
    public void Batch_price_far_below_the_normal_one_is_warned() =>
        Assert.Equal(
            [PriceWarnings.BatchFarBelow],
            JudgeSingle("""
                "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "input_cost_per_token_batches": 2.4e-07, "output_cost_per_token_batches": 1e-06
                """).Warnings);

    [Fact]
    public void Prices_by_range_beside_a_price_are_warned() =>
        Assert.Equal(
            [PriceWarnings.RangesNotRead],
            JudgeSingle("""
                "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "tiered_pricing": []
                """).Warnings);
}
