using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Data.Seed;

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

    private async Task<IReadOnlyList<OptionHorizon>> HorizonAsync(string id, Func<Scenario, Scenario> change)
    {
        var scenario = change(_database.Get<ExampleStore>().Find(id)!.Scenario);
        return Engine.Horizon(scenario, await _database.Get<CatalogStore>().SnapshotAsync(scenario)).Options;
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
    public async Task Every_example_is_drawn_along_every_axis_and_mapped_over_two()
    {
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var scenario = example.Scenario;
            var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(scenario);
            var options = AnswerModel.From(scenario, snapshot, Engine.Evaluate(scenario, snapshot)).Options;
            var offers = AxisOffer.Of(scenario, snapshot);
            Assert.All(offers.Where(offer => offer.Reason is null), offer =>
            {
                var faces = BreakEvenView.Along(scenario, snapshot, offer, options).Faces;
                Assert.Equal(4, faces.Count);
                Assert.All(faces.SelectMany(face => face.Series).SelectMany(line => line.Points), point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
                Assert.All(faces, face => Assert.True(face.Here is not null || face.Elsewhere is not null));
            });
            Assert.Equal(2, MapView.Of(scenario, snapshot, offers[0], AxisOffer.Beside(offers, offers[0])!, options).Faces.Count);
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
    public async Task Fine_tuned_classifier_pays_its_data_people_and_retraining_back_in_the_eleventh_month()
    {
        var option = Option(await EvaluateAsync("daily-classifier"), "fine-tuned");
        // 720 × $2.0833 and 8 × $120; once 1,200 + 12,000 + 9,600 + 48 × $2.0833 + (1,920 + 240), of which the last two, 2,260, come again.
        Assert.Equal((2_460.00m, 27_520.00m), (decimal.Round(option.OngoingMonthlyUsd!.Value, 2), decimal.Round(option.FirstMonthUsd!.Value, 2)));

        var horizon = Assert.Single(await HorizonAsync("daily-classifier", scenario => scenario), found => found.Id == "fine-tuned");
        // 27,520 + 11 × 2,460 + 3 × 2,260 in months 3, 6 and 9.
        Assert.Equal((27_520.00m, 2_460.00m, 61_360.00m), (decimal.Round(horizon.Totals!.FirstMonthUsd, 2), decimal.Round(horizon.Totals.OngoingMonthlyUsd, 2), decimal.Round(horizon.Totals.YearOneUsd, 2)));
        // 2,940 a month less 25,060 at the start and 2,260 each third month: −2,440 after ten months, 500 after eleven.
        var switching = horizon.Switching!;
        Assert.Equal((0, "2027-10"), (switching.StartMonth, switching.Months[switching.Payback!.Index].Date));
        // What is paid once is due when its month begins, and the saving comes in evenly: ten months, and so much of the eleventh.
        Assert.Equal(10 + (2_440 / 2_940.0), switching.Payback.Elapsed, 4);
        Assert.Equal([-2_440.00m, 500.00m], switching.Months.Skip(9).Take(2).Select(month => decimal.Round(month.CumulativeCashUsd, 2)));
    }

    [Fact]
    public async Task Fine_tuned_classifier_is_not_paid_back_by_an_API_a_third_cheaper()
    {
        // 36 × (3,600 − 2,460) − 25,060 − 11 × 2,260 = −8,880.
        var options = await HorizonAsync("daily-classifier", scenario => scenario with
        {
            Horizon = scenario.Horizon with { SwitchMonth = 0, DiscountRatePerYear = 0 },
            Options = [.. scenario.Options.Select(option => option is ApiOption { Id: "sonnet" } api ? api with { Price = new TokenPrices { InputUsdPerM = 2, OutputUsdPerM = 10 } } : option)],
        });
        var switching = options.Single(option => option.Id == "fine-tuned").Switching!;
        Assert.Null(switching.Payback);
        Assert.Equal(-8_880.00m, decimal.Round(switching.PresentValueUsd, 2));
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

    private Scenario Mix(decimal requestsPerMinute)
    {
        var scenario = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        return scenario with
        {
            Ranges = [],
            Options = [.. scenario.Options.Select((option, i) => i == 0 ? (ApiOption)option with { Limits = new RateLimits { RequestsPerMinute = requestsPerMinute } } : option is HybridOption mix ? mix with { DowntimeShare = 0 } : option)],
        };
    }

    [Theory]
    [InlineData(40, 3, 14_559.03)]
    [InlineData(10, 4, null)]
    public async Task Mix_of_the_support_assistant_keeps_to_a_limit_of_its_API(int requestsPerMinute, int replicas, double? usd)
    {
        // The busiest hour has 96.5 requests a minute, and a replica carries 22.3 of them: 86.5 need four.
        var scenario = Mix(requestsPerMinute);
        var mix = Option(Engine.Evaluate(scenario, await _database.Get<CatalogStore>().SnapshotAsync(scenario)), "mix");
        Assert.True(mix.Feasible);
        Assert.Equal(replicas, mix.Replicas);
        if (usd is { } expected)
            Assert.Equal(expected, (double)mix.OngoingMonthlyUsd!.Value, 0.01);
    }

    [Fact]
    public async Task Support_assistant_is_told_that_its_figure_is_above_nine_in_ten_measurements()
    {
        var checks = (await EvaluateAsync("support-assistant")).Checks;
        Assert.Equal(["self-host", "self-host-community"], checks.Where(check => check.Id == "stated-above-model").Select(check => check.OptionId));
        Assert.DoesNotContain(checks, check => check.Id == "range-off");
    }

    [Fact]
    public async Task Switch_of_the_support_assistant_to_the_community_cloud_is_paid_back_in_the_third_month()
    {
        var scenario = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        var options = Engine.Horizon(scenario, await _database.Get<CatalogStore>().SnapshotAsync(scenario)).Options;
        // $15,600 at once, against $6,260 in the first month and a little more in each of the next.
        Assert.Equal(2.46, options.Single(option => option.Id == "self-host-community").Switching!.Payback!.Elapsed, 0.005);
        var lambda = options.Single(option => option.Id == "self-host").Switching!;
        Assert.Equal((0, null), (lambda.StartMonth, lambda.BestStartMonth));
        Assert.Equal(-177_857, (double)lambda.PresentValueUsd, 0.5);
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
