using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Damaged copies of the fixture, from a fixed seed.</summary>
public class FeedMutationTests
{
    private const int Copies = 10_000;

    [Fact]
    public void No_damage_crashes_the_reader_or_brings_an_absurd_price()
    {
        var random = new Random(20260801);
        var refused = 0;
        for (var copy = 0; copy < Copies; copy++)
        {
            var reading = LiteLlmReader.Read(Damage(random));
            refused += reading.Refusal is null ? 0 : 1;
            Assert.Equal(reading.Rows.Count, reading.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
            foreach (var row in reading.Rows)
            {
                var verdict = PriceSanity.Judge(row);
                if (verdict.Quarantine is null)
                    AssertSane(row, verdict.Prices);
            }
        }

        Assert.InRange(refused, Copies / 20, Copies * 19 / 20);
    }

    [Fact]
    public async Task No_damage_that_is_imported_breaks_the_catalog()
    {
        var random = new Random(20260724);
        await using var rig = await FeedRig.StartAsync();
        await rig.UploadAsync(LiteLlmFixture.Bytes);
        for (var copy = 0; copy < 150; copy++)
        {
            var run = await rig.UploadAsync(Damage(random));
            Assert.Contains(run.Status, new[] { FeedRunStatuses.Published, FeedRunStatuses.Refused, FeedRunStatuses.Unchanged });
        }

        await using var context = rig.Database.Open();
        Assert.All(context.Prices.ToList(), row =>
        {
            Assert.True(row.InputNanos is null or > 0 and <= 200_000_000_000, row.Key);
            Assert.True(row.OutputNanos is null or >= 0 and <= 1_000_000_000_000, row.Key);
        });
        Assert.Equal(FeedRunStatuses.Published, (await rig.UploadAsync(LiteLlmFixture.Bytes)).Status);
        Assert.Equal(2.5m, (await rig.PriceAsync("acme:acme-large")).Sheet.Prices.InputUsdPerM);
    }

    private static void AssertSane(PriceFeedRow row, TokenPrices prices)
    {
        var inputs = new[] { prices.InputUsdPerM, prices.CacheReadUsdPerM, prices.CacheWriteUsdPerM, prices.BatchInputUsdPerM }
            .Concat(prices.Tiers.SelectMany(tier => new[] { tier.InputUsdPerM, tier.CacheReadUsdPerM, tier.CacheWriteUsdPerM, tier.BatchInputUsdPerM }));
        var outputs = new[] { prices.OutputUsdPerM, prices.BatchOutputUsdPerM }
            .Concat(prices.Tiers.SelectMany(tier => new[] { tier.OutputUsdPerM, tier.BatchOutputUsdPerM }));
        Assert.All(inputs, price => Assert.True(price is null or > 0 and <= 200, row.SourceKey));
        Assert.All(outputs, price => Assert.True(price is null or >= 0 and <= 1000, row.SourceKey));
        Assert.True(row.Mode == FeedModes.Embedding || prices.OutputUsdPerM != 0, row.SourceKey);
    }

    private static byte[] Damage(Random random) => random.Next(6) switch
    {
        0 => LiteLlmFixture.Bytes[..random.Next(LiteLlmFixture.Bytes.Length)],
        1 => WithBytes(random),
        2 => WithText(random),
        _ => WithValues(random),
    };

    private static byte[] WithBytes(Random random)
    {
        var bytes = LiteLlmFixture.Bytes;
        for (var count = random.Next(1, 9); count > 0; count--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>A piece of the file twice, or missing: duplicate rows and fields, unbalanced brackets.</summary>
    private static byte[] WithText(Random random)
    {
        var lines = LiteLlmFixture.Text.Split('\n').ToList();
        var (from, count) = (random.Next(lines.Count), random.Next(1, 4));
        var piece = lines.Skip(from).Take(count).ToList();
        if (random.Next(2) == 0)
            lines.InsertRange(random.Next(lines.Count), piece);
        else
            lines.RemoveRange(from, piece.Count);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static byte[] WithValues(Random random)
    {
        var file = JsonNode.Parse(LiteLlmFixture.Text)!.AsObject();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var rows = file.Where(row => row.Value is JsonObject { Count: > 0 }).Select(row => row.Value!.AsObject()).ToList();
            var row = rows[random.Next(rows.Count)];
            var field = row.ElementAt(random.Next(row.Count)).Key;
            row[field] = Value(random);
        }

        if (random.Next(4) == 0)
            file[file.ElementAt(random.Next(file.Count)).Key] = Value(random);
        return Encoding.UTF8.GetBytes(file.ToJsonString(new JsonSerializerOptions { MaxDepth = 512 }));
    }

    private static JsonNode? Value(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => true,
        2 => "chat",
        3 => "2.5e-06",
        4 => JsonNode.Parse("[1, [2]]"),
        5 => JsonNode.Parse("""{ "usd": 1 }"""),
        6 => JsonNode.Parse(Nested(random.Next(55, 64))),
        7 => JsonNode.Parse("1e308"),
        8 => JsonNode.Parse("-0.000001"),
        9 => JsonNode.Parse("123456789012345678901234567890123456789"),
        10 => JsonNode.Parse($"1e-{random.Next(1, 60)}"),
        _ => JsonNode.Parse($"{random.Next(1, 10)}e{random.Next(-12, 12)}"),
    };

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);
}
