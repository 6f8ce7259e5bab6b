using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Xunit;

namespace Planner.Tests.Scenarios;

/// <summary>The shipped examples on the shipped catalog: the right-hand figures of the source documents, worked out by hand.</summary>
public sealed class ExampleFiguresTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Result> EvaluateAsync(string id)
    {
        var scenario = _database.Get<ExampleStore>().Find(id)!.Scenario;
        var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(scenario);
        Assert.Empty(ScenarioRules.Check(scenario, snapshot));
        return Engine.Evaluate(scenario, snapshot);
    }

    private static OptionResult Option(Result result, string id) => result.Options.Single(option => option.Id == id);

    [Fact]
    public async Task Every_example_has_a_verdict_and_a_known_cost_of_every_option()
    {
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var result = await EvaluateAsync(example.Id);
            Assert.NotNull(result.Verdict.CheapestOptionId);
            Assert.All(result.Options, option => Assert.NotNull(option.OngoingMonthlyUsd));
            Assert.DoesNotContain(result.Checks, check => check.Id == "unknown-members");
        }
    }

    [Fact]
    public async Task High_volume_chat_gives_the_corrected_figures()
    {
        var result = await EvaluateAsync("high-volume-chat");
        Assert.Equal(7_500.00m, Option(result, "api").OngoingMonthlyUsd);
        Assert.Equal(8_167.68m, Option(result, "self").OngoingMonthlyUsd);
        Assert.Equal(14_167.68m, Option(result, "self").FirstMonthUsd);
        Assert.Equal([10_890_240, 18_890_240], result.BreakEven.Where(found => !found.CapacityChecked).Select(found => Assert.Single(found.Crossings).Value));
    }

    [Fact]
    public async Task Internal_code_generation_costs_1500_against_4083_84_always_on_or_1200_for_211_6_hours()
    {
        var result = await EvaluateAsync("internal-code-generation");
        Assert.Equal(1_500.00m, Option(result, "api").OngoingMonthlyUsd);
        Assert.Equal(4_083.84m, Option(result, "always-on").OngoingMonthlyUsd);
        Assert.Equal(1_200.00m, decimal.Round(Option(result, "batch-window").OngoingMonthlyUsd!.Value, 2));
        // 95 tokens/s × 211.6 h × 3,600 = 72.4 M of the 100 M tokens.
        Assert.False(Option(result, "batch-window").Feasible);
        Assert.True(Option(result, "always-on").Feasible);
    }

    [Fact]
    public async Task Daily_classifier_costs_between_4500_and_22500_at_list_price()
    {
        var result = await EvaluateAsync("daily-classifier");
        Assert.Equal(4_500.00m, Option(result, "sonnet-all-input").OngoingMonthlyUsd);
        Assert.Equal(22_500.00m, Option(result, "sonnet-all-output").OngoingMonthlyUsd);
        // 1.5 M × (950 × 3 + 50 × 15) ÷ 10⁶
        Assert.Equal(5_400.00m, Option(result, "sonnet").OngoingMonthlyUsd);
        Assert.Equal(1_500.00m, Option(result, "self-host").OngoingMonthlyUsd);
        Assert.Equal(1_600.00m, Option(result, "self-host").FirstMonthUsd);
    }

    [Fact]
    public async Task One_sre_day_saves_800_dollars_and_is_not_a_wash()
    {
        var result = await EvaluateAsync("one-sre-day");
        Assert.Equal(800m, result.Verdict.MonthlySavingUsd);
    }

    [Fact]
    public async Task Support_assistant_sets_a_peak_fleet_an_autoscaled_one_and_a_mix_beside_the_API()
    {
        var result = await EvaluateAsync("support-assistant");
        // 900 × $3 + 900 × $0.3 + 350 × $15 per M is $0.00822 a request.
        Assert.Equal(16_440m, Option(result, "sonnet").OngoingMonthlyUsd);
        Assert.Equal(1_895m, Option(result, "gpt-5-mini").OngoingMonthlyUsd);
        // The busiest hour needs 3,458 tokens/s at 800 a replica: 5 and a spare one. 6 × 730 × $4.29, lines of $205 and $43, people of $2,880.
        Assert.Equal((6L, 21_918.20m), (Option(result, "self-host").Instances!.Value, Option(result, "self-host").OngoingMonthlyUsd!.Value));
        // 601 instance-hours a week and 28 starts of 5 minutes, × 730 ÷ 168 × $2.69, and the same $3,128.
        Assert.Equal(10_180.18, (double)Option(result, "self-host-community").OngoingMonthlyUsd!.Value, 0.01);
    }

    [Fact]
    public async Task Mix_of_the_support_assistant_keeps_two_GPUs_and_sends_the_peak_to_the_API()
    {
        var result = await EvaluateAsync("support-assistant");
        var mix = Option(result, "mix");
        Assert.Equal(2, mix.Instances);
        // Above 1,600 tokens/s lie 28.11 % of the load; with 0.5 % of the rest that is 28.4695 % of 2 M requests at $0.00822.
        var api = mix.Ledger.Where(line => line.Item.StartsWith("Claude", StringComparison.Ordinal)).Sum(line => line.AmountUsd);
        Assert.Equal(2_000_000 * 0.284695 * 0.00822, (double)api, 0.05);
        Assert.Equal(2 * 730 * 4.29m, mix.Ledger.First(line => line.Item.EndsWith("On-demand instances", StringComparison.Ordinal)).AmountUsd);
    }

    [Fact]
    public async Task H100_at_1111_tokens_per_second_costs_half_a_dollar_per_million_when_full()
    {
        var scenario = _database.Get<ExampleStore>().Find("h100-utilization")!.Scenario;
        var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(scenario);
        var line = Engine.UtilizationLines(scenario, snapshot).Single(line => line.OptionId == "h100-fast");
        var (utilization, usd) = line.Points[^1];
        Assert.Equal(1, utilization, 9);
        Assert.Equal(0.50, usd, 3);
    }
}
