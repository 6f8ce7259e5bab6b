using System.Globalization;
using System.Text;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>
/// Forms that the feeds may take one day. What is still known is read; a price whose unit nobody can tell is not published: the file or the row is refused by name, the
/// row is held back, or it has no price.
/// </summary>
public class FutureFileTests
{
    private const string Header = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone,Arch";
    private const string Row = "g5.12xlarge,A10G,4.0,48.0,192.0,,5.672,2.10,us-east-1,use1-az1,x86_64";

    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    // Fields that nobody knows.
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05, "carbon": { "g": [1] }, "input_cost_per_thought": 9 } }""", "acme:m 2.5/15")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05, "pricing": { "input": { "usd": 7 } }, "tiers": [[1, 2]] } }""", "acme:m 2.5/15")]
    // Fields of another name or unit.
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "prompt_cost_per_token": 2.5e-06, "completion_cost_per_token": 1.5e-05 } }""", "acme:m -/-")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_1k_tokens": 0.0025, "output_cost_per_1k_tokens": 0.015 } }""", "acme:m -/-")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_million_tokens": 2.5, "output_cost_per_token": 1.5e-05 } }""", "acme:m -/15")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token_above_200k": 5e-06, "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05 } }""", "acme:m 2.5/15")]
    // The known names with the price per 1,000 or per million tokens.
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 0.0025, "output_cost_per_token": 0.015 } }""", "m held back")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5, "output_cost_per_token": 15 } }""", "m held back")]
    // Values of another kind.
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": "2.5e-06", "output_cost_per_token": 1.5e-05 } }""", "m refused: input_cost_per_token")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": "$2.50 / 1M", "output_cost_per_token": 1.5e-05 } }""", "m refused: input_cost_per_token")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": { "usd": 2.5e-06 }, "output_cost_per_token": 1.5e-05 } }""", "m refused: input_cost_per_token")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": [2.5e-06, 5e-06], "output_cost_per_token": 1.5e-05 } }""", "m refused: input_cost_per_token")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5e-06, "output_cost_per_token_above_200k_tokens": { "from": 200000 } } }""", "m refused: output_cost_per_token_above_200k_tokens")]
    [InlineData("""{ "m": { "litellm_provider": "acme", "mode": "chat", "currency": "EUR", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05 } }""", "m refused: m is in another currency")]
    // Another shape around the models.
    [InlineData("""{ "models": { "m": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5e-06 } } }""", "file refused: The file lists no model")]
    [InlineData("""[ { "id": "m", "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2.5e-06 } ]""", "file refused: The file must be a JSON object")]
    public void LiteLlm(string text, string expected) => Assert.Equal(expected, Prices(LiteLlmReader.Read(Encoding.UTF8.GetBytes(text)), expected));

    [Theory]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt": "0.0000025", "completion": "0.000015", "prompt_batch": { "usd": 1 } }, "region": [] }""", "openrouter:acme/m 2.5/15")]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt": 0.0000025, "completion": 0.000015 } }""", "openrouter:acme/m 2.5/15")]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt_per_million": "2.5", "completion_per_million": "15" } }""", "openrouter:acme/m -/-")]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt": "2.5", "completion": "15" } }""", "acme/m held back")]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt": { "amount": "0.0000025", "unit": "token" }, "completion": "0.000015" } }""", "acme/m refused: prompt")]
    [InlineData("""{ "id": "acme/m", "pricing": { "prompt": "0.0000025", "completion": "0.000015", "currency": "EUR" } }""", "acme/m refused: pricing is in another currency")]
    [InlineData("""{ "id": "acme/m", "pricing": [ { "prompt": "0.0000025" } ] }""", "acme/m refused: pricing")]
    public void OpenRouter(string model, string expected) =>
        Assert.Equal(expected, Prices(OpenRouterReader.Read(Encoding.UTF8.GetBytes($$"""{ "data": [ {{model}} ] }"""), Today), expected));

    [Theory]
    [InlineData("""{ "input_mtok": 2.5, "output_mtok": 15, "sparkle_mtok": { "base": [] } }""", "acme:m 2.5/15")]
    [InlineData("""{ "input_ktok": 0.0025, "output_ktok": 0.015 }""", "acme:m -/-")]
    [InlineData("""{ "input_mtok": { "base": 2.5, "steps": [ { "at": 200000, "usd": 5 } ] }, "output_mtok": 15 }""", "acme/m refused: input_mtok")]
    [InlineData("""{ "input_mtok": { "bands": { "200000": 5 } }, "output_mtok": 15 }""", "acme/m refused: input_mtok")]
    [InlineData("""{ "input_mtok": 2500, "output_mtok": 15000 }""", "acme/m held back")]
    public void GenAiPrices(string prices, string expected) => Assert.Equal(
        expected,
        Prices(GenAiPricesReader.Read(Encoding.UTF8.GetBytes($$"""[ { "id": "acme", "models": [ { "id": "m", "match": { "equals": "m" }, "prices": {{prices}} } ] } ]"""), Today), expected));

    [Theory]
    [InlineData(Header + "\n" + Row + "\n", "aws:g5.12xlarge:us-east-1 5.672/2.1")]
    [InlineData("\uFEFF" + Header + "\r\n" + Row + "\r\n", "aws:g5.12xlarge:us-east-1 5.672/2.1")]
    [InlineData("Region,Price,Carbon,InstanceType,SpotPrice,AcceleratorCount,AcceleratorName,MemoryGiB,vCPUs\nus-east-1,5.672,9.9,g5.12xlarge,2.10,4.0,A10G,192.0,48.0\n", "aws:g5.12xlarge:us-east-1 5.672/2.1")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,PricePerMonth,SpotPrice,Region\ng5.12xlarge,A10G,4,48,192,4140,2.1,us-east-1\n", "file refused: The table has no column Price")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,Price\ng5.12xlarge,A10G,4,48,192,5.672,2.1,us-east-1,9\n", "file refused: The table has the column Price")]
    [InlineData("InstanceType;AcceleratorName;AcceleratorCount;vCPUs;MemoryGiB;Price;SpotPrice;Region\ng5.12xlarge;A10G;4;48;192;5,672;2,1;us-east-1\n", "file refused: The table has no column InstanceType")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region\ng5.12xlarge,A10G,4,48,192,$5.672,2.1,us-east-1\n", "g5.12xlarge:us-east-1 refused: Price")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region\ng5.12xlarge,A10G,4,48,192,\"5,672\",2.1,us-east-1\n", "g5.12xlarge:us-east-1 refused: Price")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,Currency\ng5.12xlarge,A10G,4,48,192,5.672,2.1,us-east-1,EUR\n", "line 2 refused: g5.12xlarge is in another currency")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region\ng5.12xlarge,A10G,4,48,192,4140.56,2.1,us-east-1\n", "g5.12xlarge:us-east-1 held back")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region\ng5.12xlarge,A10G,4,48,192,5.672,us-east-1\n", "line 2 refused: This row has 7 fields")]
    public void SkyPilot(string text, string expected) => Assert.Equal(expected, Hours(SkyPilotReader.Read(Encoding.UTF8.GetBytes(text), "aws"), expected));

    [Theory]
    [InlineData("""{ "linux": { "ondemand": 5.672, "spot_avg": "2.1", "spot_min": "2", "capacity_block": { "usd": 3 } } }""", "aws:g5.12xlarge:us-east-1 5.672/2.1")]
    [InlineData("""{ "linux": { "ondemand": { "usd": "5.672", "unit": "hour" } } }""", "g5.12xlarge:us-east-1 refused: ondemand")]
    [InlineData("""{ "linux": { "ondemand": "4140.56" } }""", "g5.12xlarge:us-east-1 held back")]
    [InlineData("""{ "linux": { "ondemand_per_month": "4140.56" } }""", "aws:g5.12xlarge:us-east-1 -/-")]
    public void Vantage(string region, string expected) => Assert.Equal(
        expected,
        Hours(VantageReader.Read(Encoding.UTF8.GetBytes($$"""[ { "instance_type": "g5.12xlarge", "GPU": 4, "GPU_model": "NVIDIA A10G", "GPU_memory": 96, "pricing": { "us-east-1": {{region}} } } ]""")), expected));

    [Theory]
    [InlineData("\"1.59\"", "runpod:1x_A100-SXM_SECURE:global 1.59/-")]
    [InlineData("159", "1x_A100-SXM_SECURE:global held back")]
    [InlineData("{ \"hour\": 1.59 }", "1x_A100-SXM_SECURE:global refused: securePrice")]
    public void RunPod(string price, string expected) => Assert.Equal(
        expected,
        Hours(
            RunPodReader.Read(Encoding.UTF8.GetBytes($$"""{ "data": { "gpuTypes": [ { "id": "NVIDIA A100-SXM4-80GB", "displayName": "A100 SXM", "memoryInGb": 80, "securePrice": {{price}}, "communityPrice": 0 } ] } }""")),
            expected));

    private static string Prices(FeedReading<PriceFeedRow> reading, string expected) =>
        Told(reading, expected, row => PriceSanity.Judge(row) is { Quarantine: null } verdict ? $"{row.Key} {Text(verdict.Prices.InputUsdPerM)}/{Text(verdict.Prices.OutputUsdPerM)}" : null);

    private static string Hours(FeedReading<InstanceFeedRow> reading, string expected) => Told(
        reading, expected,
        row => InstanceSanity.Judge([row], InstanceSnapshots.GpuMemoryGb)[0] is { Quarantine: null } verdict ? $"{row.Key} {Text(verdict.Prices.OnDemandUsd)}/{Text(verdict.Prices.SpotUsd)}" : null);

    /// <summary>What became of the one row of a file; of a reason as much as was expected, where it begins so.</summary>
    private static string Told<TRow>(FeedReading<TRow> reading, string expected, Func<TRow, string?> publish) where TRow : IFeedRow
    {
        var told = reading switch
        {
            { Refusal: { } refusal } => $"file refused: {refusal}",
            { Refused: [var refused] } => $"{refused.Key} refused: {refused.Reason}",
            _ => publish(Assert.Single(reading.Rows)) ?? $"{reading.Rows[0].SourceKey} held back",
        };
        return told.StartsWith(expected, StringComparison.Ordinal) && expected.Contains(" refused: ", StringComparison.Ordinal) ? expected : told;
    }

    private static string Text(decimal? usd) => usd?.ToString("0.######", CultureInfo.InvariantCulture) ?? "-";
}
