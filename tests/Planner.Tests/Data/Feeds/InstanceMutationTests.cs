using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Damaged copies of the fixtures, from fixed seeds: nothing crashes, and no price is told that the damaged file does not state.</summary>
public partial class InstanceMutationTests
{
    private const int Copies = 10_000;

    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void Vantage() => Damage(InstanceFixture.Vantage, 1, file => VantageReader.Read(file), (_, stated, price) => stated.Contains(price));

    [Fact]
    public void RunPod() => Damage(InstanceFixture.RunPod, 2, file => RunPodReader.Read(file), (_, stated, price) => stated.Contains(price));

    [Fact]
    public void Azure() => Damage(
        InstanceFixture.Azure, 3, file => AzureRetailReader.Read(file, Today),
        (_, stated, price) => stated.Contains(price) || stated.Any(number => Math.Round(number / 8760, 8) == price || Math.Round(number / 26280, 8) == price));

    [Fact]
    public void SkyPilot() => Damage(
        InstanceFixture.Aws, 4, file => SkyPilotReader.Read(file, "aws"),
        (row, stated, price) => stated.Contains(price) || (price == row.Prices.SpotUsd && row.Zones is { } zones && stated.Contains(zones.LowestUsd) && stated.Contains(zones.HighestUsd) && price >= zones.LowestUsd && price <= zones.HighestUsd));

    [Fact]
    public void Google() => Damage(
        InstanceFixture.Gcp, 5, file => SkyPilotReader.Read(file, "gcp"),
        (row, stated, price) => IsSum(stated, price)
            || (price == row.Prices.SpotUsd && row.Zones is { } zones && IsSum(stated, zones.LowestUsd) && IsSum(stated, zones.HighestUsd) && price >= zones.LowestUsd && price <= zones.HighestUsd));

    [Fact]
    public void Spot_advisor()
    {
        var random = new Random(6);
        for (var copy = 0; copy < Copies; copy++)
        {
            var file = InstanceDamage.Copy(InstanceFixture.SpotAdvisor, random);
            var reading = SpotAdvisorReader.Read(file);
            var stated = Numbers(file);
            Assert.All(reading.Rows, row =>
            {
                Assert.Contains(row.SavingShare * 100, stated);
                Assert.Contains(row.InterruptionShare, new[] { 0.05m, 0.10m, 0.15m, 0.20m, 1m });
            });
        }
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("gcp")]
    public void Table_that_is_cut_off_anywhere_states_no_price_that_the_whole_one_does_not(string cloud)
    {
        var whole = InstanceFixture.Bytes(cloud == "aws" ? InstanceFixture.Aws : InstanceFixture.Gcp);
        var prices = SkyPilotReader.Read(whole, cloud).Rows.ToDictionary(row => row.SourceKey);
        for (var length = 0; length < whole.Length; length++)
        {
            foreach (var row in SkyPilotReader.Read(whole.AsMemory(0, length), cloud).Rows)
            {
                Assert.Equal(prices[row.SourceKey].Prices.OnDemandUsd, row.Prices.OnDemandUsd);
                Assert.True(row.Prices.SpotUsd is null || row.Prices.SpotUsd <= (prices[row.SourceKey].Zones?.HighestUsd ?? prices[row.SourceKey].Prices.SpotUsd), $"{length} {row.SourceKey}");
            }
        }
    }

    private static void Damage(
        string fixture, int seed, Func<ReadOnlyMemory<byte>, FeedReading<InstanceFeedRow>> read, Func<InstanceFeedRow, HashSet<decimal>, decimal, bool> isStated)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var copy = 0; copy < Copies; copy++)
        {
            var file = InstanceDamage.Copy(fixture, random);
            var reading = read(file);
            refused += reading.Refusal is null ? 0 : 1;
            var stated = Numbers(file);
            Assert.Equal(reading.Rows.Count, reading.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
            Assert.DoesNotContain(reading.Rows, row => reading.Refused.Any(refusal => refusal.Key == row.SourceKey));
            foreach (var row in reading.Rows)
            {
                Assert.InRange(row.GpuCount, 1, 100_000);
                Assert.Contains(row.Gpu, InstanceSnapshots.GpuMemoryGb.Keys);
                foreach (var price in new[] { row.Prices.OnDemandUsd, row.Prices.SpotUsd, row.Prices.Reserved1YUsd, row.Prices.Reserved3YUsd }.OfType<decimal>())
                    Assert.True(isStated(row, stated, price), $"copy {copy}: {row.SourceKey} {price}");
            }

            foreach (var verdict in InstanceSanity.Judge(reading.Rows, InstanceSnapshots.GpuMemoryGb).Where(verdict => verdict.Quarantine is null))
                Assert.False(verdict.Prices.OnDemandUsd <= 0 || verdict.Prices.SpotUsd <= 0 || verdict.Prices.SpotUsd >= verdict.Prices.OnDemandUsd);
        }

        Assert.InRange(refused, Copies / 20, Copies * 19 / 20);
    }

    private static bool IsSum(HashSet<decimal> stated, decimal price) => stated.Any(part => stated.Contains(price - part));

    private static HashSet<decimal> Numbers(byte[] file) =>
        [.. Number().Matches(Encoding.UTF8.GetString(file)).Select(match => decimal.TryParse(match.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, 8) : 0)];

    [GeneratedRegex(@"-?\d*\.?\d+([eE][+-]?\d+)?|-?\d+\.")]
    private static partial Regex Number();
}

/// <summary>Damages texts: cut off, bytes replaced, pieces twice or missing, values of other types and sizes.</summary>
internal static class InstanceDamage
{
    internal static byte[] Copy(string text, Random random) => random.Next(6) switch
    {
        0 => InstanceFixture.Bytes(text)[..random.Next(text.Length)],
        1 => WithBytes(text, random),
        2 => WithPieces(text, random),
        _ => text.StartsWith('[') || text.StartsWith('{') ? WithValues(text, random) : WithFields(text, random),
    };

    private static byte[] WithBytes(string text, Random random)
    {
        var bytes = InstanceFixture.Bytes(text);
        for (var count = random.Next(1, 5); count > 0; count--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 128 : 256);
        return bytes;
    }

    private static byte[] WithPieces(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (from, count) = (random.Next(lines.Count), random.Next(1, 4));
        var piece = lines.Skip(from).Take(count).ToList();
        if (random.Next(2) == 0)
            lines.InsertRange(random.Next(lines.Count), piece);
        else
            lines.RemoveRange(from, piece.Count);
        return InstanceFixture.Bytes(string.Join('\n', lines));
    }

    private static byte[] WithFields(string text, Random random)
    {
        var lines = text.Split('\n');
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var line = random.Next(lines.Length);
            var fields = lines[line].Split(',');
            fields[random.Next(fields.Length)] = random.Next(10) switch
            {
                0 => "",
                1 => "\"",
                2 => "\"a,b\"",
                3 => "NaN",
                4 => "1e308",
                5 => $"1e-{random.Next(1, 40)}",
                6 => "-1.5",
                7 => "a2-highgpu-8g",
                8 => new string('9', random.Next(1, 40)),
                _ => random.Next(1, 100).ToString(CultureInfo.InvariantCulture),
            };
            lines[line] = string.Join(',', fields);
        }

        return InstanceFixture.Bytes(string.Join('\n', lines));
    }

    private static byte[] WithValues(string text, Random random)
    {
        var file = JsonNode.Parse(text)!;
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var nodes = Containers(file).ToList();
            var node = nodes[random.Next(nodes.Count)];
            if (node is JsonArray array)
                array[random.Next(array.Count)] = Value(random);
            else
                node.AsObject()[node.AsObject().ElementAt(random.Next(node.AsObject().Count)).Key] = Value(random);
        }

        return Encoding.UTF8.GetBytes(file.ToJsonString(new JsonSerializerOptions { MaxDepth = 512 }));
    }

    private static IEnumerable<JsonNode> Containers(JsonNode node)
    {
        var children = node switch
        {
            JsonArray { Count: > 0 } array => array.ToList(),
            JsonObject { Count: > 0 } members => members.Select(member => member.Value).ToList(),
            _ => [],
        };
        return children.Count == 0 ? [] : children.OfType<JsonNode>().SelectMany(Containers).Prepend(node);
    }

    private static JsonNode? Value(Random random) => random.Next(13) switch
    {
        0 => null,
        1 => true,
        2 => "NVIDIA H100",
        3 => "2.5",
        4 => JsonNode.Parse("[1, [2]]"),
        5 => JsonNode.Parse("""{ "usd": 1 }"""),
        6 => JsonNode.Parse(new string('[', 62) + new string(']', 62)),
        7 => JsonNode.Parse("1e308"),
        8 => JsonNode.Parse("-0.000001"),
        9 => JsonNode.Parse("123456789012345678901234567890123456789"),
        10 => JsonNode.Parse($"1e-{random.Next(1, 60)}"),
        11 => "\uD800",
        _ => JsonNode.Parse($"{random.Next(1, 10)}e{random.Next(-12, 12)}"),
    };
}
