using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

/// <summary>Units of 100 tokens/s at $2 an hour. A month of 720 hours has 2,592,000 seconds, so the load is one request of 1,000 tokens a second: 10 units, $14,400.</summary>
public class ProvisionedUnitsTests
{
    private static readonly Workload OneASecond = new() { RequestsPerMonth = 2_592_000, InputTokens = 800, OutputTokens = 200 };

    private static readonly ApiOption Units = new() { Id = "api", Name = "API", Provisioned = new ProvisionedThroughput { UsdPerUnitHour = 2, TokensPerSecondPerUnit = 100 } };

    /// <summary>Half of the hours at 1.5 × the mean, half at 0.5 ×.</summary>
    private static readonly LoadShape HalfAndHalf = new() { Kind = "weights", Weights = [.. Enumerable.Range(0, 168).Select(hour => hour % 2 == 0 ? 3m : 1m)] };

    private static readonly ApiOption Spilling = Documents.Api(1, 1) with { Provisioned = Units.Provisioned! with { Units = 10, SpillToTokens = true } };

    private static OptionResult Bill(ApiOption option, Workload workload) => Documents.Evaluate(Documents.Chat(option) with { Workload = workload }, "api");

    private static ApiCost Cost(ApiOption option, Workload workload) => new(option, "options[0]", Documents.Chat(option) with { Workload = workload }, Documents.Catalog);

    [Fact]
    public void Units_are_the_exact_ceiling_of_what_the_busiest_hour_needs()
    {
        Assert.Equal(10 * 720 * 2m, Bill(Units, OneASecond).OngoingMonthlyUsd);
        Assert.Equal(11 * 720 * 2m, Bill(Units, OneASecond with { RequestsPerMonth = 2_592_001 }).OngoingMonthlyUsd);
        Assert.Equal(20 * 720 * 2m, Bill(Units, OneASecond with { Shape = new LoadShape { Kind = "peak", PeakToMean = 2 } }).OngoingMonthlyUsd);
        Assert.Equal(12 * 720 * 2m, Bill(Units with { TokenFactor = 1.2m }, OneASecond).OngoingMonthlyUsd);
        Assert.Equal(2 * 720 * 2m, Bill(Units with { Provisioned = Units.Provisioned! with { Basis = "output" } }, OneASecond).OngoingMonthlyUsd);
    }

    [Fact]
    public void Line_shows_units_hours_and_price_and_needs_no_token_price()
    {
        var line = Assert.Single(Bill(Units, OneASecond).Ledger);
        Assert.Equal("units × hours × price", line.Formula);
        Assert.Equal([10, 720, 2], line.Operands.Select(operand => operand.Value));
        Assert.Equal("sized for 1,000 tokens/s in the busiest hour", line.Operands[0].Source);
    }

    [Fact]
    public void Stated_units_that_are_too_few_cannot_serve_and_say_what_they_would_carry()
    {
        var nine = Units with { Provisioned = Units.Provisioned! with { Units = 9 } };
        var bill = Bill(nine, OneASecond);
        Assert.Equal("9 provisioned units serve 900 tokens/s; the busiest hour needs 1,000. They would carry 2.33 M requests a month.", Assert.Single(bill.Reasons));
        Assert.Equal(9 * 720 * 2m, bill.OngoingMonthlyUsd);
        Assert.Equal(2_332_800, Cost(nine, OneASecond).CarriesRequests!.Value, 6);
        Assert.True(Bill(nine, OneASecond with { RequestsPerMonth = 2_332_800 }).Feasible);
    }

    [Fact]
    public void Sized_units_step_up_with_the_volume_where_capacity_is_checked()
    {
        var found = Engine.Evaluate(Documents.Chat(Units, Documents.Api(1, 1) with { Id = "tokens" }) with { Workload = OneASecond }, Documents.Catalog).BreakEven.Single(one => one is { CapacityChecked: true, FirstMonth: false });
        // One unit, $1,440 a month, carries 259,200 requests, which cost $259.20 by the token: the units never win.
        Assert.Equal("tokens", Assert.Single(found.Intervals).CheapestOptionId);
        Assert.Equal(2 * 1_440, Cost(Units, OneASecond).Curve(false, true).At(259_201), 6);
        Assert.Equal(1_440, Cost(Units, OneASecond).Curve(false, true).At(259_200), 6);
        Assert.Equal(10 * 1_440, Cost(Units, OneASecond).Curve(false, false).At(1), 6);
    }

    [Fact]
    public void Tokens_above_the_units_of_an_hour_go_at_token_prices()
    {
        // Busy hours need 1,500 tokens/s, 500 above the units, for 360 hours: 648 M tokens at $1.
        var bill = Bill(Spilling, OneASecond with { Shape = HalfAndHalf });
        Assert.True(bill.Feasible);
        Assert.Equal(14_400m + 648m, bill.OngoingMonthlyUsd);
        Assert.StartsWith("25 % of the load", bill.Ledger[0].Operands[0].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_spills_while_the_units_carry_every_hour() => Assert.Equal(14_400m, Bill(Spilling, OneASecond).OngoingMonthlyUsd);

    [Fact]
    public void Spill_bends_the_line_where_each_level_of_the_week_is_full()
    {
        // Busy hours, three quarters of the load, are full at 2,592,000 ÷ 1.5; the others at 2,592,000 ÷ 0.5.
        var pieces = ApiTermsTests.Pieces(Cost(Spilling, OneASecond with { Shape = HalfAndHalf }));
        Assert.Equal([0, 1_728_000, 5_184_000], pieces.Select(piece => Math.Round(piece.Volume, 3)));
        Assert.Equal([0, 0.00075, 0.001], pieces.Select(piece => Math.Round(piece.PerRequest, 9)));
        Assert.Equal([14_400, 14_400 - 1_296, 14_400 - 2_592], pieces.Select(piece => Math.Round(piece.Fixed, 6)));
    }

    [Fact]
    public void Month_walks_the_same_pieces()
    {
        var cost = Cost(Spilling, OneASecond with { Shape = HalfAndHalf });
        Assert.Equal([14_400, 14_400, 15_048, 15_048 + 204 + 1_600], new[] { 0, 1_728_000, 2_592_000, 2_592_000 + 272_000 + 2_133_333.333333 }.Select(volume => Math.Round(cost.Month(new MonthTerms(volume)).Usd, 3)));
        Assert.Equal(14_400 + 324, cost.Month(new MonthTerms(2_592_000, 0, 0.5)).Usd, 6);
    }

    [Fact]
    public void Minimum_and_spill_bend_the_line_together()
    {
        // $1,000 of spilled usage: at 1,728,000 + 1,000 ÷ 0.00075.
        var pieces = ApiTermsTests.Pieces(Cost(Spilling with { Commitment = new SpendCommitment { MinimumMonthlyUsd = 1_000 } }, OneASecond with { Shape = HalfAndHalf }));
        Assert.Equal([0, 3_061_333.333, 5_184_000], pieces.Select(piece => Math.Round(piece.Volume, 3)));
        Assert.Equal(15_400, pieces[0].Fixed, 6);
    }

    [Fact]
    public void Limits_hold_for_what_spills()
    {
        // In the busy hours half a request a second spills: 30 a minute.
        var load = OneASecond with { Shape = HalfAndHalf };
        Assert.True(Bill(Spilling with { Limits = new RateLimits { RequestsPerMinute = 30.001m } }, load).Feasible);
        Assert.False(Bill(Spilling with { Limits = new RateLimits { RequestsPerMinute = 29.9m } }, load).Feasible);
        Assert.True(Bill(Units with { Limits = new RateLimits { RequestsPerMinute = 1 } }, load).Feasible);
    }

    [Fact]
    public void Spill_without_a_token_price_has_no_known_cost() =>
        Assert.Null(Bill(Spilling with { Price = new TokenPrices { InputUsdPerM = 1 } }, OneASecond).OngoingMonthlyUsd);
}
