using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Counts of the files themselves; <c>feeds.md</c> names 2,984 models, 16 unit errors, 146 missing prices and 9 outputs below half of input.</summary>
public class LiteLlmSnapshotTests
{
    [Fact]
    public void Kinds_of_models_of_2026_08_01_are_counted()
    {
        var reading = LiteLlmReader.Read(Snapshots.LiteLlm("2026-08-01"));

        Assert.Equal(2984, reading.RowsRead);
        Assert.Equal(2532, reading.Rows.Count);
        Assert.Empty(reading.Refused);
        Assert.Equal(2287, reading.Rows.Count(row => row.Mode == "chat"));
        Assert.Equal(36, reading.Rows.Count(row => row.Mode == "completion"));
        Assert.Equal(85, reading.Rows.Count(row => row.Mode == "responses"));
        Assert.Equal(124, reading.Rows.Count(row => row.Mode == "embedding"));
        Assert.Equal(452, reading.Skipped.Values.Sum());
        Assert.Equal(209, reading.Skipped["image_generation"]);
        Assert.Equal(25, reading.Skipped["rerank"]);
        Assert.Equal(8, reading.Skipped["none"]);
        Assert.Equal(["fallback_generalizations", "sample_spec"], reading.NotRows.Order());
        Assert.Equal(reading.Rows.Count, reading.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void File_of_2026_08_01_quarantines_its_16_unit_errors_and_nothing_else()
    {
        var rows = LiteLlmReader.Read(Snapshots.LiteLlm("2026-08-01")).Rows;

        Assert.Equal(
            [
                "azure_ai/jais-30b-chat",
                "wandb/Qwen/Qwen3-235B-A22B-Instruct-2507", "wandb/Qwen/Qwen3-235B-A22B-Thinking-2507", "wandb/Qwen/Qwen3-Coder-480B-A35B-Instruct",
                "wandb/deepseek-ai/DeepSeek-R1-0528", "wandb/deepseek-ai/DeepSeek-V3-0324", "wandb/deepseek-ai/DeepSeek-V3.1",
                "wandb/meta-llama/Llama-3.1-8B-Instruct", "wandb/meta-llama/Llama-3.3-70B-Instruct", "wandb/meta-llama/Llama-4-Scout-17B-16E-Instruct",
                "wandb/microsoft/Phi-4-mini-instruct", "wandb/openai/gpt-oss-120b", "wandb/openai/gpt-oss-20b", "wandb/zai-org/GLM-4.5",
                "watsonx/bigscience/mt0-xxl-13b", "watsonx/core42/jais-13b-chat",
            ],
            rows.Where(row => PriceSanity.Judge(row).Quarantine is not null).Select(row => row.SourceKey).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-08-01", 16, 150, 3, 6, 4, 94)]
    [InlineData("2026-07-24", 16, 149, 3, 6, 4, 94)]
    public void Outcomes_are_counted_apart(string date, int quarantined, int unavailable, int cheapOutput, int zeroOutput, int zeroInput, int zero)
    {
        var verdicts = LiteLlmReader.Read(Snapshots.LiteLlm(date)).Rows.Select(row => PriceSanity.Judge(row)).ToList();

        Assert.Equal(quarantined, verdicts.Count(verdict => verdict.Quarantine is not null));
        Assert.Equal(unavailable, verdicts.Count(verdict => verdict.IsUnavailable));
        Assert.Equal(cheapOutput + zeroOutput, Count(PriceWarnings.OutputBelowHalfInput));
        Assert.Equal(zeroOutput, Count(PriceWarnings.ZeroOutput));
        Assert.Equal(zeroInput, Count(PriceWarnings.ZeroInput));
        Assert.Equal(zero, Count(PriceWarnings.Zero));

        int Count(string code) => verdicts.Count(verdict => verdict.Warnings.Contains(code));
    }

    [Theory]
    [InlineData("2025-02-06")]
    [InlineData("2025-10-16")]
    [InlineData("2026-02-12")]
    [InlineData("2026-07-24")]
    [InlineData("2026-08-01")]
    public void No_price_of_any_snapshot_is_published_as_zero_or_beyond_the_bounds(string date)
    {
        var verdicts = LiteLlmReader.Read(Snapshots.LiteLlm(date)).Rows
            .Select(row => (row.Mode, Verdict: PriceSanity.Judge(row)))
            .Where(row => row.Verdict.Quarantine is null);

        Assert.All(verdicts, row =>
        {
            Assert.False(row.Verdict.Prices.InputUsdPerM is <= 0 or > 200);
            Assert.False(row.Verdict.Prices.OutputUsdPerM is < 0 or > 1000);
            Assert.False(row.Verdict.Prices.OutputUsdPerM == 0 && row.Mode != "embedding");
        });
    }

    [Fact]
    public void Prices_of_a_known_model_are_those_of_its_vendor()
    {
        var row = LiteLlmReader.Read(Snapshots.LiteLlm("2026-08-01")).Rows.Single(row => row.Key == "openai:gpt-5.6-luna");

        Assert.Equal(0.2m, row.Prices.InputUsdPerM);
        Assert.Equal(1.2m, row.Prices.OutputUsdPerM);
        Assert.Equal(0.02m, row.Prices.CacheReadUsdPerM);
        Assert.Equal(0.25m, row.Prices.CacheWriteUsdPerM);
        Assert.Equal(0.1m, row.Prices.BatchInputUsdPerM);
        Assert.Equal(0.6m, row.Prices.BatchOutputUsdPerM);
        var tier = Assert.Single(row.Prices.Tiers);
        Assert.Equal((272_000m, 0.4m, 1.8m), (tier.AboveTokens, tier.InputUsdPerM, tier.OutputUsdPerM));
    }
}
