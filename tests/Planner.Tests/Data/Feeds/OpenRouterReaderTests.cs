using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class OpenRouterReaderTests
{
    private static PriceFeedRow Row(string sourceKey, string text = PriceFixtures.OpenRouter) =>
        PriceFixtures.ReadOpenRouter(text).Rows.Single(row => row.SourceKey == sourceKey);

    [Fact]
    public void Texts_per_token_become_prices_per_million()
    {
        var row = Row("acme/large");

        Assert.Equal(2.5m, row.Prices.InputUsdPerM);
        Assert.Equal(0.6m, row.Prices.OutputUsdPerM);
        Assert.Equal(0.25m, row.Prices.CacheReadUsdPerM);
        Assert.Equal(3.125m, row.Prices.CacheWriteUsdPerM);
        Assert.Equal(0.7m, row.ReasoningUsdPerM);
        Assert.Equal(("openrouter:acme/large", "openrouter", "acme/large", 1_048_576), (row.Key, row.Seller, row.Name, row.ContextTokens));
        Assert.Empty(row.Dated);
    }

    [Fact]
    public void Overrides_become_tiers_by_rising_length_and_what_rose_stays_risen() =>
        Assert.Equal(
            [(32_000m, (decimal?)2m, (decimal?)8m), (256_000m, 3m, 8m)],
            Row("acme/tiered").Prices.Tiers.Select(tier => (tier.AboveTokens, tier.InputUsdPerM, tier.OutputUsdPerM)));

    [Fact]
    public void Override_under_another_condition_is_marked_and_not_read()
    {
        var row = Row("acme/tiered", PriceFixtures.OpenRouter.With("\"min_prompt_tokens\": 256000", "\"hours\": \"night\""));

        Assert.True(row.HasRangePrices);
        Assert.Single(row.Prices.Tiers);
        Assert.False(Row("acme/tiered").HasRangePrices);
    }

    [Fact]
    public void Day_of_the_end_is_read_and_the_one_for_no_end_is_not()
    {
        Assert.Equal(new DateOnly(2026, 12, 31), Row("acme/tiered").DeprecatedFrom);
        Assert.Null(Row("acme/small:free").DeprecatedFrom);
        Assert.Null(Row("acme/large").DeprecatedFrom);
    }

    [Fact]
    public void Free_models_are_rows_of_zero_and_variable_ones_are_counted()
    {
        var reading = PriceFixtures.ReadOpenRouter(PriceFixtures.OpenRouter);

        Assert.Equal(0m, Row("acme/small:free").Prices.InputUsdPerM);
        Assert.Equal(4, reading.RowsRead);
        Assert.Equal(1, reading.Skipped[OpenRouterReader.Variable]);
        Assert.Empty(reading.Refused);
    }

    [Theory]
    [InlineData("\"2.5 USD\"", "prompt is not a number.")]
    [InlineData("\" 0.0000025\"", "prompt is not a number.")]
    [InlineData("\"\"", "prompt is not a number.")]
    [InlineData("true", "prompt is not a number.")]
    [InlineData("\"1e99\"", "prompt has a size that no price has.")]
    [InlineData("\"0.0000025\", \"prompt\": \"0\"", "The field prompt occurs more than once.")]
    public void Row_that_does_not_read_is_refused_by_name_and_the_others_are_read(string price, string reason)
    {
        var reading = PriceFixtures.ReadOpenRouter(PriceFixtures.OpenRouter.With("\"0.0000025\"", price));

        Assert.Equal(new QuarantinedRow("acme/large", reason), Assert.Single(reading.Refused));
        Assert.Equal(2, reading.Rows.Count);
    }

    [Fact]
    public void Price_written_as_a_number_is_the_same_price() =>
        Assert.Equal(2.5m, Row("acme/large", PriceFixtures.OpenRouter.With("\"0.0000025\"", "2.5e-6")).Prices.InputUsdPerM);

    [Fact]
    public void Model_without_prices_is_refused() =>
        Assert.Equal(
            [new QuarantinedRow("a", "pricing is missing."), new("data[1]", "The name is empty, longer than 200 characters or has unreadable characters.")],
            PriceFixtures.ReadOpenRouter("""{ "data": [ { "id": "a" }, { "id": 7 } ] }""").Refused);
}
