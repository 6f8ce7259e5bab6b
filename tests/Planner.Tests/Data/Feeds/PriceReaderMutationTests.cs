using Planner.Data.Feeds;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Damaged copies of each feed's file, from fixed seeds.</summary>
public class PriceReaderMutationTests
{
    private const int Copies = 10_000;

    [Fact]
    public void No_damage_brings_a_price_into_genai_prices() =>
        Damage(1, random => FeedDamage.Json(PriceFixtures.GenAi, random), PriceFixtures.GenAi, file => GenAiPricesReader.Read(file, PriceFixtures.Today), 1, 0.5m, 0.6m, 1, 1.2m, 5, 40);

    [Fact]
    public void No_damage_brings_a_price_into_OpenRouter() =>
        Damage(2, random => FeedDamage.Json(PriceFixtures.OpenRouter, random), PriceFixtures.OpenRouter, file => OpenRouterReader.Read(file, PriceFixtures.Today), 1_000_000);

    [Theory]
    [InlineData(PriceFixtures.LlmVendor, 5, 40)]
    [InlineData(PriceFixtures.LlmServed)]
    public void No_damage_brings_a_price_into_llm_prices(string text, params int[] hidden) =>
        Damage(3, random => FeedDamage.Json(text, random), text, file => LlmPricesReader.Read(file, PriceFixtures.Today), 1, [.. hidden]);

    [Fact]
    public void No_damage_brings_a_price_into_a_table() =>
        Damage(
            4, random => FeedDamage.Table(PriceFixtures.Table, ';', random), PriceFixtures.Table,
            file => MappedPriceReader.Read(file, PriceFixtures.TableMapping, PriceFixtures.Today, []).Reading, 1);

    [Fact]
    public void No_damage_brings_a_price_into_rows_of_json()
    {
        var text = $"[{PriceFixtures.JsonLines.ReplaceLineEndings(",\n")}]";

        Damage(5, random => FeedDamage.Json(text, random), text, file => MappedPriceReader.Read(file, PriceFixtures.JsonMapping, PriceFixtures.Today, []).Reading, 1_000_000);
    }

    /// <summary>
    /// Every price of a damaged copy must be one of the original's: a row may be lost, refused or belong to another name, but no figure may be made up, cut or
    /// read in another unit. Numbers that the damage wrote itself are let through: nobody can tell them from prices. So are copies with changed bytes, where a
    /// digit may have become another; those must only not fail. The hidden prices are those of rows that the original refuses or skips: they may be read once the
    /// damage took the cause away.
    /// </summary>
    private static void Damage(
        int seed, Func<Random, (byte[] File, bool KeepsNumbers)> damage, string original, Func<ReadOnlyMemory<byte>, FeedReading<PriceFeedRow>> read, int millionth,
        params decimal[] hidden)
    {
        var random = new Random(seed);
        var known = read(System.Text.Encoding.UTF8.GetBytes(original)).Rows.SelectMany(All).Concat(FeedDamage.Numbers.Select(number => number * millionth)).ToHashSet();
        known.UnionWith(hidden);
        var (refused, withRows, prices) = (0, 0, 0);
        for (var copy = 0; copy < Copies; copy++)
        {
            var (file, keepsNumbers) = damage(random);
            var reading = read(file);
            refused += reading.Refusal is null ? 0 : 1;
            withRows += reading.Rows.Count > 0 ? 1 : 0;
            Assert.Equal(reading.Rows.Count, reading.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
            Assert.DoesNotContain(reading.Refused, row => row.Reason.Length is 0 or > 1_000);
            if (!keepsNumbers)
                continue;
            foreach (var price in reading.Rows.SelectMany(All))
            {
                Assert.True(known.Contains(price), $"Copy {copy} has a price of {price}.");
                prices++;
            }
        }

        Assert.InRange(refused, Copies / 20, Copies * 19 / 20);
        Assert.InRange(withRows, Copies / 20, Copies);
        Assert.InRange(prices, Copies / 2, int.MaxValue);
    }

    private static IEnumerable<decimal> All(PriceFeedRow row) =>
        row.Dated.Select(period => period.Prices).Append(row.Prices).SelectMany(prices => Each(prices)).Append(row.ReasoningUsdPerM).OfType<decimal>();

    private static IEnumerable<decimal?> Each(TokenPrices prices) =>
    [
        prices.InputUsdPerM, prices.OutputUsdPerM, prices.CacheReadUsdPerM, prices.CacheWriteUsdPerM, prices.BatchInputUsdPerM, prices.BatchOutputUsdPerM,
        .. prices.Tiers.SelectMany(tier => new[] { tier.InputUsdPerM, tier.OutputUsdPerM, tier.CacheReadUsdPerM, tier.CacheWriteUsdPerM }),
    ];
}
