using System.Text;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class LiteLlmReaderTests
{
    private static PriceFeedRow Row(FeedReading<PriceFeedRow> reading, string sourceKey) => reading.Rows.Single(row => row.SourceKey == sourceKey);

    [Fact]
    public void Prices_per_token_become_prices_per_million()
    {
        var row = Row(LiteLlmReader.Read(LiteLlmFixture.Bytes), "acme-large");

        Assert.Equal(2.5m, row.Prices.InputUsdPerM);
        Assert.Equal(15m, row.Prices.OutputUsdPerM);
        Assert.Equal(0.25m, row.Prices.CacheReadUsdPerM);
        Assert.Equal(3.125m, row.Prices.CacheWriteUsdPerM);
        Assert.Equal(1.25m, row.Prices.BatchInputUsdPerM);
        Assert.Equal(7.5m, row.Prices.BatchOutputUsdPerM);
        Assert.Equal(1_050_000, row.ContextTokens);
        Assert.Equal(new DateOnly(2027, 3, 31), row.DeprecatedFrom);
    }

    [Fact]
    public void Prices_above_a_prompt_length_become_one_tier()
    {
        var tier = Assert.Single(Row(LiteLlmReader.Read(LiteLlmFixture.Bytes), "acme-large").Prices.Tiers);

        Assert.Equal(272_000m, tier.AboveTokens);
        Assert.Equal(5m, tier.InputUsdPerM);
        Assert.Equal(22.5m, tier.OutputUsdPerM);
        Assert.Equal(0.5m, tier.CacheReadUsdPerM);
        Assert.Null(tier.CacheWriteUsdPerM);
        Assert.Equal(2.5m, tier.BatchInputUsdPerM);
        Assert.Null(tier.BatchOutputUsdPerM);
    }

    [Fact]
    public void Float_noise_is_rounded_to_eight_places()
    {
        var row = Row(LiteLlmReader.Read(LiteLlmFixture.Bytes), "acme/acme-small");

        Assert.Equal(2.99999m, row.Prices.InputUsdPerM);
        Assert.Equal(6m, row.Prices.OutputUsdPerM);
        Assert.Equal(2_000_000, row.ContextTokens);
    }

    [Fact]
    public void Older_name_of_the_cache_price_is_understood() =>
        Assert.Equal(0.3m, Row(LiteLlmReader.Read(LiteLlmFixture.Bytes), "acme/acme-small").Prices.CacheReadUsdPerM);

    [Fact]
    public void Key_is_the_seller_and_the_name_without_the_sellers_prefix()
    {
        var reading = LiteLlmReader.Read(LiteLlmFixture.Bytes);

        Assert.Equal("acme:acme-small", Row(reading, "acme/acme-small").Key);
        Assert.Equal("umbra:acme-large", Row(reading, "umbra/acme-large").Key);
        Assert.Equal("umbra", Row(reading, "umbra/acme-large").Seller);
    }

    [Fact]
    public void Two_rows_of_one_seller_that_would_share_a_key_keep_apart()
    {
        var reading = LiteLlmReader.Read(LiteLlmFixture.Bytes);

        Assert.Equal("acme:acme-large", Row(reading, "acme-large").Key);
        Assert.Equal("acme:acme/acme-large", Row(reading, "acme/acme-large").Key);
    }

    [Fact]
    public void What_is_no_model_or_not_priced_by_text_tokens_is_skipped_and_counted()
    {
        var reading = LiteLlmReader.Read(LiteLlmFixture.Bytes);

        Assert.Null(reading.Refusal);
        Assert.Equal(LiteLlmFixture.Models, reading.RowsRead);
        Assert.Equal(16, reading.Rows.Count);
        Assert.Empty(reading.Refused);
        Assert.Equal(["image_generation", "none", "rerank"], reading.Skipped.Keys.Order());
        Assert.All(reading.Skipped.Values, count => Assert.Equal(1, count));
        Assert.Equal(new DateOnly(2026, 8, 1), reading.SourceDate);
        Assert.Equal(["fallback_generalizations", "last_updated", "orphan", "sample_spec"], reading.NotRows.Order());
    }

    [Fact]
    public void Missing_price_is_unknown()
    {
        var row = Row(LiteLlmReader.Read(LiteLlmFixture.Bytes), "umbra/commitment");

        Assert.Null(row.Prices.InputUsdPerM);
        Assert.Equal("second", row.OtherUnit);
    }

    [Theory]
    [InlineData("\"input_cost_per_token\": \"2.5e-06\"", "input_cost_per_token is not a number.")]
    [InlineData("\"input_cost_per_token\": [2.5e-06]", "input_cost_per_token is not a number.")]
    [InlineData("\"input_cost_per_token\": {\"usd\": 1}", "input_cost_per_token is not a number.")]
    [InlineData("\"input_cost_per_token\": 1e400", "input_cost_per_token has a size that no price has.")]
    [InlineData("\"input_cost_per_token\": -1e27", "input_cost_per_token has a size that no price has.")]
    [InlineData("\"input_cost_per_token\": 1e-40", "input_cost_per_token has a size that no price has.")]
    [InlineData("\"input_cost_per_token\": 4e-15", "input_cost_per_token has a size that no price has.")]
    [InlineData("\"input_cost_per_token\": 1e-06, \"input_cost_per_token\": 2e-06", "The field input_cost_per_token occurs more than once.")]
    [InlineData("\"note\": 1, \"note\": 1", "The field note occurs more than once.")]
    [InlineData("\"\\ud800\": 1", "The field ? occurs more than once.")]
    public void Row_that_does_not_read_is_refused_by_name_and_the_others_are_read(string fields, string reason)
    {
        var file = Encoding.UTF8.GetString(LiteLlmFixture.Single(fields)).TrimEnd()[..^1] + """
            , "n": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06 } }
            """;

        var reading = LiteLlmReader.Read(Encoding.UTF8.GetBytes(file));

        Assert.Equal(new QuarantinedRow("m", reason), Assert.Single(reading.Refused));
        Assert.Equal("n", Assert.Single(reading.Rows).SourceKey);
        Assert.Equal(2, reading.RowsRead);
    }

    [Theory]
    [InlineData("""{ "m": { "litellm_provider": 7, "mode": "chat" } }""", "The seller is not a plain name.")]
    [InlineData("""{ "m": { "litellm_provider": "a b:c", "mode": "chat" } }""", "The seller is not a plain name.")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": ["chat"] } }""", "The mode is not text.")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat" }, "m": {} }""", "The file lists this model more than once.")]
    public void Unusable_row_is_refused_with_the_reason(string file, string reason)
    {
        var reading = LiteLlmReader.Read(Encoding.UTF8.GetBytes(file));

        Assert.Equal(new QuarantinedRow("m", reason), Assert.Single(reading.Refused));
        Assert.Empty(reading.Rows);
    }

    [Fact]
    public void Names_that_are_no_text_or_too_long_are_refused()
    {
        var file = $$"""{ "\ud800": {}, "": {}, "{{new string('x', 201)}}": {}, "a\u0000b": {}, "m": { "litellm_provider": "acme", "mode": "chat" } }""";

        var reading = LiteLlmReader.Read(Encoding.UTF8.GetBytes(file));

        Assert.Equal(4, reading.Refused.Count);
        Assert.Single(reading.Rows);
    }

    [Fact]
    public void Zero_is_read_as_zero_however_it_is_written()
    {
        var row = LiteLlmReader.Read(LiteLlmFixture.Single("\"input_cost_per_token\": 0e5, \"output_cost_per_token\": -0.0")).Rows.Single();

        Assert.Equal(0m, row.Prices.InputUsdPerM);
        Assert.Equal(0m, row.Prices.OutputUsdPerM);
    }

    public static TheoryData<byte[], string> RefusedFiles => new()
    {
        { [], "The file is empty." },
        { " \n\t"u8.ToArray(), "The file is empty." },
        { [0xEF, 0xBB, 0xBF], "The file is empty." },
        { "<!DOCTYPE html><html><body>502</body></html>"u8.ToArray(), "This is a web page, not a price file." },
        { "rate limited"u8.ToArray(), "The file is not complete JSON (line 1)." },
        { "{\n\n\"m\": {"u8.ToArray(), "The file is not complete JSON (line 3)." },
        { "{} {}"u8.ToArray(), "The file is not complete JSON (line 1)." },
        { "[1, 2]"u8.ToArray(), "The file must be a JSON object of models by name." },
        { "null"u8.ToArray(), "The file must be a JSON object of models by name." },
        { "{}"u8.ToArray(), "The file lists no model with token prices." },
        { """{ "sample_spec": { "litellm_provider": "x", "mode": "chat" } }"""u8.ToArray(), "The file lists no model with token prices." },
        { """{ "data": [ { "id": "m" } ] }"""u8.ToArray(), "The file lists no model with token prices." },
        { [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D], "The file is not UTF-8 text." },
        { Encoding.Unicode.GetBytes("{}"), "The file is not complete JSON (line 1)." },
        { Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 70) + new string(']', 70) + "}"), "The file is not complete JSON (line 1)." },
    };

    [Theory]
    [MemberData(nameof(RefusedFiles))]
    public void File_that_is_no_price_file_is_refused(byte[] file, string reason)
    {
        var reading = LiteLlmReader.Read(file);

        Assert.Equal(reason, reading.Refusal);
        Assert.Empty(reading.Rows);
    }

    [Fact]
    public void File_over_the_size_limit_is_refused() =>
        Assert.Equal("The file is larger than 64 MiB.", LiteLlmReader.Read(new byte[LiteLlmReader.MaxBytes + 1]).Refusal);

    [Fact]
    public void Byte_order_mark_does_no_harm() =>
        Assert.Equal(LiteLlmFixture.Models, LiteLlmReader.Read([0xEF, 0xBB, 0xBF, .. LiteLlmFixture.Bytes]).RowsRead);
}
