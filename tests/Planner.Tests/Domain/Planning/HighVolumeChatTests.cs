using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Planning;

/// <summary>10 M requests of 500 tokens: an API at $1.50 against two g5.12xlarge, by hand: 5,000 M × 1.5; 5.672 × 720 × 2; + 40 × 150.</summary>
public class HighVolumeChatTests
{
    private readonly Result _result = Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog);

    [Fact]
    public void Api_costs_7500_dollars() => Assert.Equal(7_500.00m, _result.Options[0].OngoingMonthlyUsd);

    [Fact]
    public void Fleet_costs_8167_68_ongoing_and_14167_68_in_the_first_month()
    {
        Assert.Equal(8_167.68m, _result.Options[1].OngoingMonthlyUsd);
        Assert.Equal(14_167.68m, _result.Options[1].FirstMonthUsd);
    }

    [Fact]
    public void A_730_hour_month_costs_8281_12() =>
        Assert.Equal(8_281.12m, Documents.Evaluate(Documents.HighVolumeChat with { HoursPerMonth = 730 }, "self").OngoingMonthlyUsd);

    [Fact]
    public void Fleet_carries_250_of_1929_tokens_per_second_and_is_infeasible_at_772_percent()
    {
        var fleet = _result.Options[1];
        Assert.False(fleet.Feasible);
        Assert.Equal(250, fleet.Capacity!.TokensPerSecond, 9);
        Assert.Equal(1_929.01, fleet.Capacity.RequiredTokensPerSecond, 2);
        Assert.Equal(7.716, fleet.Utilization!.Value, 3);
        Assert.Equal(1_296_000, fleet.Capacity.RequestsPerMonth, 6);
        Assert.Contains("250", fleet.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("1,929", fleet.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 10_890_240)]
    [InlineData(true, 18_890_240)]
    public void Break_even_as_the_fleet_stands_is_exact(bool firstMonth, double requests)
    {
        var breakEven = _result.BreakEven.Single(found => !found.CapacityChecked && found.FirstMonth == firstMonth);
        var crossing = Assert.Single(breakEven.Crossings);
        Assert.Equal(requests, crossing.Value);
        Assert.Equal(("api", "self"), (crossing.FromOptionId, crossing.ToOptionId));
        Assert.Equal(requests, breakEven.Intervals[0].To);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_capacity_checked_self_hosting_never_wins(bool firstMonth)
    {
        var breakEven = _result.BreakEven.Single(found => found.CapacityChecked && found.FirstMonth == firstMonth);
        Assert.Empty(breakEven.Crossings);
        Assert.Equal("api", Assert.Single(breakEven.Intervals).CheapestOptionId);
        Assert.StartsWith("Never", breakEven.Sentence, StringComparison.Ordinal);
        Assert.Contains("1.3 M", breakEven.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_names_the_cheaper_option_and_what_would_flip_it()
    {
        Assert.Equal("api", _result.Verdict.CheapestOptionId);
        Assert.Equal(0, _result.Verdict.MonthlySavingUsd);
        Assert.Equal("API is cheaper by $668 a month than Fleet at 10 M requests. Fleet would win above 10.89 M requests a month, but as it stands it carries only 1.3 M.", _result.Verdict.Sentence);
    }

    [Fact]
    public void Ledger_lines_explain_themselves_and_add_up()
    {
        foreach (var option in _result.Options)
        {
            Assert.Equal(option.OngoingMonthlyUsd, option.Ledger.Where(line => !line.OneOff).Sum(line => line.AmountUsd));
            Assert.Equal(option.FirstMonthUsd, option.Ledger.Sum(line => line.AmountUsd));
            Assert.All(option.Ledger, line => Assert.All(line.Operands, operand => Assert.NotEmpty(operand.Source)));
        }
    }

    [Fact]
    public void Result_is_the_same_after_a_round_trip_of_its_inputs()
    {
        var (again, problem) = ScenarioJson.Read(ScenarioJson.Write(Documents.HighVolumeChat));
        Assert.Null(problem);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(_result, ScenarioJson.Options),
            System.Text.Json.JsonSerializer.Serialize(Engine.Evaluate(again!, Documents.Catalog), ScenarioJson.Options));
    }
}
