using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Share;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>What the reader of a shared page may try, on the first worked example: the API at $1.5 per M tokens, two machines at $5.672 for 720 hours.</summary>
public class WhatIfTests
{
    private static readonly IReadOnlyList<WhatIfInput> Inputs = WhatIf.InputsOf(Documents.HighVolumeChat, Documents.Catalog);

    [Theory]
    // 100^(−50/100) is a tenth: 1,000,000 × 500 × $1.5 ÷ 10⁶.
    [InlineData("workload.requestsPerMonth", -50, 1_000_000, 750)]
    [InlineData("workload.requestsPerMonth", 50, 100_000_000, 75_000)]
    [InlineData("workload.requestsPerMonth", 100, 1_000_000_000, 750_000)]
    // 4^(50/100) is twice: 10,000,000 × (400 + 200) × $1.5 ÷ 10⁶.
    [InlineData("workload.outputTokens", 50, 200, 9_000)]
    [InlineData("workload.outputTokens", -50, 50, 6_750)]
    public void Grip_moves_the_input_and_the_engine_answers(string path, int place, decimal value, decimal usd)
    {
        var input = Inputs.Single(input => input.Path == path);
        Assert.Equal(value, input.At(place));

        var (answer, problem) = WhatIf.Ask(Documents.HighVolumeChat, Documents.Catalog, new Dictionary<string, decimal> { [path] = input.At(place) });

        Assert.Null(problem);
        Assert.Equal(usd, answer!.Answer.Options[0].Result.OngoingMonthlyUsd);
    }

    [Fact]
    public void Grip_in_the_middle_is_the_shared_value_to_the_last_digit() =>
        Assert.Equal(12_345_678.9m, new WhatIfInput("p", "n", null, false, false, 12_345_678.9m, 4).At(0));

    [Fact]
    public void Values_have_three_figures_that_count_and_keep_to_whole_numbers_and_shares()
    {
        Assert.Equal(0.000141m, new WhatIfInput("p", "n", null, false, false, 0.0001m, 4).At(25));
        Assert.Equal(3, new WhatIfInput("p", "n", null, false, true, 2, 4).At(25));
        Assert.Equal(1, new WhatIfInput("p", "n", null, false, true, 1, 4).At(-100));
        Assert.Equal(1, new WhatIfInput("p", "n", null, true, false, 0.5m, 4).At(100));
    }

    [Fact]
    public void Offered_are_requests_output_tokens_and_the_three_inputs_that_move_the_decision_most()
    {
        // The difference moves by $4,083.84 with a machine more or less, by $1,633.54 with a fifth of its hourly price, by $1,200 with a fifth of the prompt, and as much with the price of input, which stands further down.
        Assert.Equal(["workload.requestsPerMonth", "workload.outputTokens", "options[1].fleet.instances", "options[1].instanceUsdPerHour", "workload.inputTokens"], Inputs.Select(input => input.Path));
        Assert.Equal([10_000_000m, 100m, 2m, 5.672m, 400m], Inputs.Select(input => input.Value));
    }

    [Fact]
    public void Price_of_the_catalog_becomes_one_s_own_for_the_question()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "listed", Name = "Listed", PriceKey = "openai:gpt-4o" }, Documents.Api());

        var (answer, _) = WhatIf.Ask(scenario, Documents.Catalog, new Dictionary<string, decimal> { ["options[0].price.inputUsdPerM"] = 5 });

        // 10,000,000 × (400 × $5 + 100 × $10) ÷ 10⁶; output stays at the sheet's price.
        Assert.Equal(30_000, answer!.Answer.Options[0].Result.OngoingMonthlyUsd);
        Assert.Equal(20_000, Engine.Evaluate(scenario, Documents.Catalog).Options[0].OngoingMonthlyUsd);
    }

    [Fact]
    public void How_a_replica_is_laid_out_is_not_offered()
    {
        var scenario = Documents.Chat(Documents.Api(), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 125 } });

        var paths = WhatIf.InputsOf(scenario, Documents.Catalog).Select(input => input.Path).ToList();

        Assert.Contains("options[1].instanceUsdPerHour", paths);
        Assert.DoesNotContain(paths, path => path.EndsWith("Parallel", StringComparison.Ordinal));
    }

    [Theory]
    // A quarter of 1,000 and three quarters of 200 are the workload's 400: at twice as much, 10,000,000 × (0.25 × (2,000 + 100) × $3 + 0.75 × (400 + 100) × $1) ÷ 10⁶.
    [InlineData("workload.inputTokens", 800, 19_500)]
    // 10,000,000 × (0.25 × (1,000 + 200) × $3 + 0.75 × (200 + 200) × $1) ÷ 10⁶.
    [InlineData("workload.outputTokens", 200, 12_000)]
    public void Lengths_of_the_tasks_of_a_mix_follow_the_workload_s(string path, decimal value, decimal usd)
    {
        var mix = new HybridOption
        {
            Id = "mix",
            Name = "By task",
            Mode = HybridModes.Tasks,
            Routes = [new TaskRoute { Task = "Hard", Share = 0.25m, OptionId = "dear", InputTokens = 1_000 }, new TaskRoute { Task = "Easy", Share = 0.75m, OptionId = "api", InputTokens = 200 }],
        };
        var scenario = Documents.Chat(Documents.Api(3, 3) with { Id = "dear", Name = "Dear" }, Documents.Api(1, 1), mix);

        Assert.Contains(path, WhatIf.InputsOf(scenario, Documents.Catalog).Select(input => input.Path));
        var (answer, problem) = WhatIf.Ask(scenario, Documents.Catalog, new Dictionary<string, decimal> { [path] = value });

        Assert.Null(problem);
        Assert.Equal(usd, answer!.Answer.Options[2].Result.OngoingMonthlyUsd);
    }

    [Fact]
    public void Volume_typed_in_another_way_does_not_hold_the_grip_back()
    {
        var scenario = Documents.HighVolumeChat;
        scenario = scenario with { HoursPerMonth = 720, Workload = scenario.Workload with { Volume = new VolumeEntry { Basis = VolumeBases.RequestsPerDay, Value = 333_333.333333m }, RequestsPerMonth = 9_999_999.99999m } };

        var (answer, problem) = WhatIf.Ask(scenario, Documents.Catalog, new Dictionary<string, decimal> { ["workload.requestsPerMonth"] = 1_000_000 });

        Assert.Null(problem);
        Assert.Equal(750, answer!.Answer.Options[0].Result.OngoingMonthlyUsd);
    }

    [Fact]
    public void What_the_rules_refuse_is_said_and_not_answered()
    {
        var (answer, problem) = WhatIf.Ask(Documents.HighVolumeChat, Documents.Catalog, new Dictionary<string, decimal> { ["workload.requestsPerMonth"] = -1 });

        Assert.Null(answer);
        Assert.StartsWith("Requests per month: ", problem, StringComparison.Ordinal);
    }
}
