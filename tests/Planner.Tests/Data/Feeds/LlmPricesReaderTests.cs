using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class LlmPricesReaderTests
{
    public static TheoryData<string> Forms => new() { PriceFixtures.LlmVendor, $"[{PriceFixtures.LlmVendor}]", PriceFixtures.LlmServed };

    private static PriceFeedRow Row(string sourceKey, string text) => PriceFixtures.ReadLlm(text).Rows.Single(row => row.SourceKey == sourceKey);

    [Theory]
    [MemberData(nameof(Forms))]
    public void History_is_read_from_every_form(string text)
    {
        var row = Row("acme/acme-large", text);

        Assert.Equal((2m, 10m, (decimal?)null), (row.Prices.InputUsdPerM, row.Prices.OutputUsdPerM, row.Prices.CacheReadUsdPerM));
        Assert.Equal(
            [((DateOnly?)null, (DateOnly?)new DateOnly(2026, 9, 1), (decimal?)2m, (decimal?)null), (new DateOnly(2026, 9, 1), null, 3m, 0.3m)],
            row.Dated.Select(period => (period.From, period.To, period.Prices.InputUsdPerM, period.Prices.CacheReadUsdPerM)));
    }

    [Fact]
    public void Price_of_long_prompts_stays_a_model_of_its_own()
    {
        var row = Row("acme/acme-large-200k", PriceFixtures.LlmVendor);

        Assert.Equal((6m, 22.5m), (row.Prices.InputUsdPerM, row.Prices.OutputUsdPerM));
        Assert.Empty(row.Prices.Tiers);
        Assert.Empty(row.Dated);
    }

    [Fact]
    public void Price_that_has_ended_is_history_and_no_price_of_today()
    {
        var row = Row("acme/acme-gone", PriceFixtures.LlmVendor);

        Assert.Null(row.Prices.InputUsdPerM);
        Assert.Equal(7.5m, Assert.Single(row.Dated).Prices.InputUsdPerM);
    }

    [Fact]
    public void Price_ends_on_the_day_that_the_next_begins()
    {
        var file = System.Text.Encoding.UTF8.GetBytes(PriceFixtures.LlmVendor);

        Assert.Equal(2m, LlmPricesReader.Read(file, new(2026, 8, 31)).Rows[0].Prices.InputUsdPerM);
        Assert.Equal(3m, LlmPricesReader.Read(file, new(2026, 9, 1)).Rows[0].Prices.InputUsdPerM);
    }

    [Fact]
    public void Served_file_says_its_day() => Assert.Equal(new DateOnly(2026, 8, 5), PriceFixtures.ReadLlm(PriceFixtures.LlmServed).SourceDate);

    [Fact]
    public void Pictures_are_skipped_and_counted()
    {
        var reading = PriceFixtures.ReadLlm(PriceFixtures.LlmVendor);

        Assert.Equal((4, 3, 1), (reading.RowsRead, reading.Rows.Count, reading.Skipped["image_generation"]));
    }

    [Theory]
    [InlineData("\"to_date\": \"2026-09-01\"", "\"to_date\": \"2026-09-02\"", "Two of its prices hold on the same day, or one ends before it begins.")]
    [InlineData("\"to_date\": \"2026-09-01\"", "\"to_date\": null", "Two of its prices hold on the same day, or one ends before it begins.")]
    [InlineData("\"from_date\": \"2026-09-01\", \"to_date\": null", "\"from_date\": \"2026-09-01\", \"to_date\": \"2026-09-01\"", "Two of its prices hold on the same day, or one ends before it begins.")]
    [InlineData("\"input\": 3", "\"input\": \"x\"", "input is not a number.")]
    [InlineData("\"from_date\": \"2026-09-01\"", "\"from_date\": \"1 Sept\"", "from_date is not a day such as 2026-09-01.")]
    [InlineData("\"from_date\": \"2026-09-01\"", "\"from_date\": 20260901", "from_date is not a day such as 2026-09-01.")]
    public void Model_with_a_period_that_does_not_read_is_refused_whole(string old, string replacement, string reason)
    {
        foreach (var text in new[] { PriceFixtures.LlmVendor, PriceFixtures.LlmServed })
        {
            var reading = PriceFixtures.ReadLlm(text.With(old, replacement));

            Assert.Equal(new QuarantinedRow("acme/acme-large", reason), Assert.Single(reading.Refused));
            Assert.NotEmpty(reading.Rows);
        }
    }

    [Fact]
    public void Model_listed_twice_with_one_price_is_one_and_with_two_is_refused()
    {
        var twice = PriceFixtures.LlmServed.With(
            "{ \"id\": \"umbra-small\"", """{ "id": "umbra-small", "vendor": "umbra", "input": 0.1, "output": 0.4 }, { "id": "umbra-small" """.TrimEnd());

        Assert.Equal(0.1m, Row("umbra/umbra-small", twice).Prices.InputUsdPerM);
        Assert.Equal("umbra/umbra-small", Assert.Single(PriceFixtures.ReadLlm(twice.With("\"input\": 0.1, \"output\": 0.4 },", "\"input\": 0.2, \"output\": 0.4 },")).Refused).Key);
    }

    [Fact]
    public void Entries_that_name_no_model_are_refused_by_their_place()
    {
        var reading = PriceFixtures.ReadLlm("""{ "prices": [ { "id": "a", "input": 1 }, { "vendor": "acme" }, 7, { "id": "a", "vendor": "acme", "input": 1 } ] }""");

        Assert.Equal(["prices[0]", "prices[1]", "prices[2]"], reading.Refused.Select(row => row.Key));
        Assert.Equal("acme:a", Assert.Single(reading.Rows).Key);
    }
}
