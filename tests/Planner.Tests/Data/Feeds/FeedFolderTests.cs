using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Every file of a feed that is kept beside the repository: none crashes its reader, and none comes out in another unit than prices have.</summary>
public class FeedFolderTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    /// <summary>A list kept by hand, and what describes the files; no feed serves them.</summary>
    private static readonly string[] NoFeeds = ["PROVENANCE.md", "fsdl/cloud-gpus_2025-03-07.csv", "genai-prices/data_v2.schema.json"];

    public static TheoryData<string> Files => Directory.Exists(Snapshots.Folder)
        ? [.. Directory.EnumerateFiles(Snapshots.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Snapshots.Folder, file).Replace('\\', '/')).Except(NoFeeds).Order(StringComparer.Ordinal)]
        : ["litellm/model_prices_2026-08-01.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_is_read_and_its_prices_are_of_the_size_that_prices_have(string path)
    {
        var file = Snapshots.Read(path.Split('/'));
        switch (path.Split('/')[0])
        {
            case "litellm":
                AssertTokens(LiteLlmReader.Read(file));
                break;
            case "genai-prices":
                AssertTokens(GenAiPricesReader.Read(file, Today));
                break;
            case "openrouter":
                AssertTokens(OpenRouterReader.Read(file, Today));
                break;
            case "llm-prices":
                AssertTokens(LlmPricesReader.Read(file, Today));
                break;
            case "vantage":
                AssertHours(VantageReader.Read(file));
                break;
            case "runpod":
                AssertHours(RunPodReader.Read(file));
                break;
            case "skypilot-format":
                AssertHours(SkyPilotReader.Read(file, Path.GetFileName(path).Split('_')[0]));
                break;
            case "aws-spot-advisor":
                Assert.All(SpotAdvisorReader.Read(file).Rows, row => Assert.InRange(row.InterruptionShare, 0.05m, 1));
                break;
            default:
                Assert.Fail($"No reader is named for {path}.");
                break;
        }
    }

    /// <summary>A thousand or a hundred thousand times too high or too low would show in the middle of the file: half of the models cost between 2 cents and $20 per million tokens.</summary>
    private static void AssertTokens(FeedReading<PriceFeedRow> reading)
    {
        Assert.Null(reading.Refusal);
        var inputs = new List<decimal>();
        foreach (var row in reading.Rows)
        {
            var verdict = PriceSanity.Judge(row);
            if (verdict.Quarantine is null && verdict.Prices.InputUsdPerM is { } input)
                inputs.Add(input);
        }

        Assert.InRange(Middle(inputs), 0.02m, 20);
        Assert.All(inputs, input => Assert.InRange(input, 0.0001m, 200));
    }

    private static void AssertHours(FeedReading<InstanceFeedRow> reading)
    {
        Assert.Null(reading.Refusal);
        var verdicts = InstanceSanity.Judge(reading.Rows, InstanceSnapshots.GpuMemoryGb);
        var hours = reading.Rows.Zip(verdicts).Where(pair => pair.Second is { Quarantine: null, Prices.OnDemandUsd: not null })
            .Select(pair => pair.Second.Prices.OnDemandUsd!.Value / pair.First.GpuCount).ToList();
        // Lambda once published its header only.
        if (reading.RowsRead == 0)
            return;
        Assert.InRange(Middle(hours), 0.3m, 12);
        Assert.All(hours, hour => Assert.InRange(hour, 0.05m, 100));
        Assert.All(verdicts.Select(verdict => verdict.Prices), AssertSpotIsCheaper);
    }

    private static void AssertSpotIsCheaper(HourlyPrices prices) => Assert.False(prices.SpotUsd >= prices.OnDemandUsd);

    private static decimal Middle(List<decimal> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
}
