using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class GenAiPricesReaderTests
{
    private static PriceFeedRow Row(string sourceKey, string text = PriceFixtures.GenAi) =>
        PriceFixtures.ReadGenAi(text).Rows.Single(row => row.SourceKey == sourceKey);

    [Fact]
    public void Prices_are_per_million_tokens_as_written()
    {
        var row = Row("acme/acme-plain");

        Assert.Equal(3m, row.Prices.InputUsdPerM);
        Assert.Equal(15m, row.Prices.OutputUsdPerM);
        Assert.Equal(0.3m, row.Prices.CacheReadUsdPerM);
        Assert.Equal(3.75m, row.Prices.CacheWriteUsdPerM);
        Assert.Null(row.Prices.BatchInputUsdPerM);
        Assert.Empty(row.Prices.Tiers);
        Assert.Empty(row.Dated);
        Assert.Equal(("acme:acme-plain", 200_000, (string?)null), (row.Key, row.ContextTokens, row.OtherUnit));
    }

    [Fact]
    public void Tiers_of_each_price_become_tiers_of_the_sheet_and_what_rose_stays_risen()
    {
        var prices = Row("acme/acme-tiered").Prices;

        Assert.Equal((1.25m, 10m, 0.125m), (prices.InputUsdPerM, prices.OutputUsdPerM, prices.CacheReadUsdPerM));
        Assert.Equal(
            [(200_000m, (decimal?)2.5m, (decimal?)20m, (decimal?)null), (500_000m, 4m, 20m, null)],
            prices.Tiers.Select(tier => (tier.AboveTokens, tier.InputUsdPerM, tier.OutputUsdPerM, tier.CacheReadUsdPerM)));
    }

    [Theory]
    [InlineData("2026-08-20", 9)]
    [InlineData("2026-08-21", 2)]
    [InlineData("2026-12-31", 2)]
    [InlineData("2027-01-01", 4)]
    public void Price_in_force_is_the_last_that_has_begun(string today, int input)
    {
        var reading = GenAiPricesReader.Read(System.Text.Encoding.UTF8.GetBytes(PriceFixtures.GenAi), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(input, reading.Rows.Single(row => row.Name == "acme-dated").Prices.InputUsdPerM);
    }

    [Fact]
    public void Past_and_announced_prices_are_kept_with_their_days()
    {
        Assert.Equal(
            [
                ((DateOnly?)null, (DateOnly?)new DateOnly(2026, 8, 21), (decimal?)90m),
                (new DateOnly(2026, 8, 21), new DateOnly(2027, 1, 1), 11m),
                (new DateOnly(2027, 1, 1), null, 22m),
            ],
            Row("acme/acme-dated").Dated.Select(period => (period.From, period.To, period.Prices.OutputUsdPerM)));
    }

    [Fact]
    public void Of_prices_that_have_begun_the_last_in_the_file_counts()
    {
        // The unconditional price stands last, so that it holds always, whatever began before.
        var text = PriceFixtures.GenAi.With(
            """{ "constraint": { "start_date": "2027-01-01" }, "prices": { "input_mtok": 4, "output_mtok": 22 } }""",
            """{ "prices": { "input_mtok": 4, "output_mtok": 22 } }""");

        var row = Row("acme/acme-dated", text);

        Assert.Equal(4m, row.Prices.InputUsdPerM);
        Assert.Empty(row.Dated);
    }

    [Fact]
    public void Model_whose_price_has_not_begun_has_no_price_today()
    {
        var text = PriceFixtures.GenAi.With("""{ "prices": { "input_mtok": 9, "output_mtok": 90 } },""", "").With("2026-08-21", "2026-08-22");

        var row = Row("acme/acme-dated", text);

        Assert.Null(row.Prices.InputUsdPerM);
        Assert.Equal(2, row.Dated.Count);
    }

    [Fact]
    public void Model_priced_by_the_hour_of_the_day_is_refused_by_name() =>
        Assert.Equal(
            new QuarantinedRow("acme/acme-hourly", "Its prices depend on the hour of the day, which is not read."),
            Assert.Single(PriceFixtures.ReadGenAi(PriceFixtures.GenAi).Refused));

    [Fact]
    public void Kinds_are_told_by_the_names_and_counted()
    {
        var reading = PriceFixtures.ReadGenAi(PriceFixtures.GenAi);

        Assert.Equal(9, reading.RowsRead);
        Assert.Equal(7, reading.Rows.Count);
        Assert.Equal("embedding", Row("acme/acme-embed").Mode);
        Assert.Equal("chat", Row("acme/acme-plain").Mode);
        Assert.Equal(1, Assert.Single(reading.Skipped, kind => kind.Key == "image_generation").Value);
    }

    [Fact]
    public void Price_of_requests_and_of_reasoning_is_told_apart()
    {
        var row = Row("acme/acme-search");

        Assert.Equal("request", row.OtherUnit);
        Assert.Equal(3m, row.ReasoningUsdPerM);
    }

    [Fact]
    public void Model_without_a_price_is_a_row_with_unknown_prices() => Assert.Null(Row("acme/acme-free").Prices.InputUsdPerM);

    [Theory]
    [InlineData("aws", "amazon.nova-lite-v1:0", "bedrock_converse:amazon.nova-lite-v1:0")]
    [InlineData("aws", "meta.llama3-70b-instruct-v1:0", "bedrock:meta.llama3-70b-instruct-v1:0")]
    [InlineData("google", "gemini-2.5-pro", "gemini:gemini-2.5-pro")]
    [InlineData("google", "claude-opus-5", "vertex_ai-anthropic_models:vertex_ai/claude-opus-5")]
    [InlineData("fireworks", "kimi-k3", "fireworks_ai:accounts/fireworks/models/kimi-k3")]
    [InlineData("together", "umbra/Umbra-8B", "together_ai:umbra/Umbra-8B")]
    [InlineData("x-ai", "grok-4", "xai:grok-4")]
    [InlineData("openrouter", "anthropic/claude-sonnet-5", "openrouter:anthropic/claude-sonnet-5")]
    [InlineData("Acme", "a", "acme:a")]
    public void Offer_has_the_key_that_the_leading_feed_gives_it(string provider, string model, string key)
    {
        var reading = PriceFixtures.ReadGenAi($$"""[ { "id": "{{provider}}", "models": [ { "id": "{{model}}", "prices": { "input_mtok": 1 } } ] } ]""");

        Assert.Equal(key, Assert.Single(reading.Rows).Key);
    }

    [Theory]
    [InlineData("\"input_mtok\": \"three\"", "input_mtok is not a number.")]
    [InlineData("\"input_mtok\": [3]", "input_mtok is not a number.")]
    [InlineData("\"input_mtok\": 1e300", "input_mtok has a size that no price has.")]
    [InlineData("\"input_mtok\": 1e-9", "input_mtok has a size that no price has.")]
    [InlineData("\"input_mtok\": { \"tiers\": [] }", "input_mtok.base is missing.")]
    [InlineData("\"input_mtok\": { \"base\": 1, \"tiers\": 7 }", "tiers has another form than this feed’s.")]
    [InlineData("\"input_mtok\": { \"base\": 1, \"tiers\": [ { \"start\": 1.5, \"price\": 2 } ] }", "A tier of input_mtok has no usable start or price, or starts where another does.")]
    [InlineData("\"input_mtok\": { \"base\": 1, \"tiers\": [ { \"start\": 10 } ] }", "A tier of input_mtok has no usable start or price, or starts where another does.")]
    [InlineData("\"input_mtok\": 3, \"input_mtok\": 4", "The field input_mtok occurs more than once.")]
    [InlineData("\"\\ud800\": 3", "The field ? occurs more than once.")]
    public void Row_that_does_not_read_is_refused_by_name_and_the_others_are_read(string fields, string reason)
    {
        var reading = PriceFixtures.ReadGenAi(PriceFixtures.GenAi.With("\"input_mtok\": 3, ", fields + ", "));

        Assert.Equal(new QuarantinedRow("acme/acme-plain", reason), reading.Refused[0]);
        Assert.Equal(6, reading.Rows.Count);
    }

    [Theory]
    [InlineData("""{ "start_date": "soon" }""", "start_date is not a day such as 2026-09-01.")]
    [InlineData("""{ "start_date": "2027-01-01", "plan": "gold" }""", "A price holds under a condition that is not known.")]
    [InlineData("""{}""", "A price holds under a condition that is not known.")]
    [InlineData("7", "constraint has another form than this feed’s.")]
    public void Price_under_a_condition_that_is_not_known_refuses_the_model(string constraint, string reason)
    {
        var reading = PriceFixtures.ReadGenAi(PriceFixtures.GenAi.With("""{ "start_date": "2027-01-01" }""", constraint));

        Assert.Equal(new QuarantinedRow("acme/acme-dated", reason), reading.Refused[0]);
    }

    [Fact]
    public void Model_that_is_listed_twice_is_refused() =>
        Assert.Contains(
            new QuarantinedRow("acme/acme-plain", "The file lists this model more than once."),
            PriceFixtures.ReadGenAi(PriceFixtures.GenAi.With("\"id\": \"acme-tiered\"", "\"id\": \"acme-plain\"")).Refused);

    [Fact]
    public void Models_without_a_name_and_providers_without_one_are_refused_by_their_place()
    {
        var reading = PriceFixtures.ReadGenAi("""[ { "id": "a b", "models": [] }, { "id": "acme", "models": [ {}, { "id": "" }, 7 ] }, 5 ]""");

        Assert.Equal(["[0]", "acme[0]", "acme[1]", "acme[2]", "[2]"], reading.Refused.Select(row => row.Key));
    }
}
