using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Finance;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

/// <summary>Limits, latency, commitments, credits, dates. A month of 720 hours has 43,200 minutes.</summary>
public class ApiTermsTests
{
    /// <summary>Ten requests a minute, each of 1,000 prompt and 200 generated tokens: $3,024 a month at gpt-4o's prices less what batch saves.</summary>
    private static readonly Workload TenAMinute = new() { RequestsPerMonth = 432_000, InputTokens = 1_000, OutputTokens = 200 };

    private static readonly Workload Million = TenAMinute with { RequestsPerMonth = 1_000_000 };

    private static readonly ApiOption Gpt4O = new() { Id = "api", Name = "API", PriceKey = "openai:gpt-4o" };

    private static Result Evaluate(ApiOption option, Workload workload, Func<Scenario, Scenario>? change = null)
    {
        var scenario = Documents.Chat(option) with { Workload = workload };
        return Engine.Evaluate(change?.Invoke(scenario) ?? scenario, Documents.Catalog);
    }

    private static OptionResult Bill(ApiOption option, Workload workload) => Evaluate(option, workload).Options[0];

    private static ApiCost Cost(ApiOption option, Workload workload, string startMonth = "2026-12") =>
        new(option, "options[0]", Documents.Chat(option) with { Workload = workload, StartMonth = startMonth }, Documents.Catalog);

    private static bool Fits(RateLimits limits, Workload? workload = null, decimal tokenFactor = 1) =>
        Bill(Gpt4O with { Limits = limits, TokenFactor = tokenFactor }, workload ?? TenAMinute).Feasible;

    [Fact]
    public void Load_of_exactly_the_limit_fits_and_a_hair_more_does_not()
    {
        Assert.True(Fits(new RateLimits { RequestsPerMinute = 10, TokensPerMinute = 12_000, InputTokensPerMinute = 10_000, OutputTokensPerMinute = 2_000 }));
        Assert.False(Fits(new RateLimits { RequestsPerMinute = 9.999m }));
        Assert.False(Fits(new RateLimits { TokensPerMinute = 11_999 }));
        Assert.False(Fits(new RateLimits { InputTokensPerMinute = 9_999 }));
        Assert.False(Fits(new RateLimits { OutputTokensPerMinute = 1_999 }));
    }

    [Fact]
    public void Busiest_hour_retries_reasoning_and_the_tokenizer_count_against_a_limit()
    {
        Assert.False(Fits(new RateLimits { RequestsPerMinute = 19.9m }, TenAMinute with { Shape = new LoadShape { Kind = "peak", PeakToMean = 2 } }));
        Assert.True(Fits(new RateLimits { RequestsPerMinute = 20 }, TenAMinute with { Shape = new LoadShape { Kind = "peak", PeakToMean = 2 } }));
        Assert.False(Fits(new RateLimits { RequestsPerMinute = 10.9m }, TenAMinute with { RetryShare = 0.1m }));
        Assert.False(Fits(new RateLimits { OutputTokensPerMinute = 2_999 }, TenAMinute with { ReasoningTokens = 100 }));
        Assert.False(Fits(new RateLimits { InputTokensPerMinute = 10_999 }, tokenFactor: 1.1m));
    }

    [Fact]
    public void Requests_in_a_batch_have_a_queue_of_their_own() => Assert.True(Fits(new RateLimits { RequestsPerMinute = 5 }, TenAMinute with { BatchShare = 0.5m }));

    [Fact]
    public void Shortfall_names_the_tightest_limit_the_need_and_the_volume_that_fits()
    {
        var bill = Bill(Gpt4O with { Limits = new RateLimits { RequestsPerMinute = 8, TokensPerMinute = 6_000 } }, TenAMinute);
        Assert.Equal("Its limit is 6,000 tokens a minute; the busiest hour needs 12,000. It would carry 216,000 requests a month.", Assert.Single(bill.Reasons));
        Assert.NotNull(bill.OngoingMonthlyUsd);
    }

    [Fact]
    public void Limit_ends_the_api_where_capacity_is_checked_and_only_there()
    {
        var found = Evaluate(Gpt4O with { Limits = new RateLimits { RequestsPerMinute = 10 } }, TenAMinute).BreakEven;
        Assert.Equal([0, 432_000], found.Single(one => one is { CapacityChecked: true, FirstMonth: false }).Intervals.Select(interval => Math.Round(interval.From, 6)));
        Assert.Null(found.Single(one => one is { CapacityChecked: true, FirstMonth: false }).Intervals[1].CheapestOptionId);
        Assert.Equal("api", Assert.Single(found.Single(one => one is { CapacityChecked: false, FirstMonth: false }).Intervals).CheapestOptionId);
    }

    [Fact]
    public void Limited_api_keeps_its_flat_line_against_utilization() =>
        Assert.True(Assert.Single(Engine.UtilizationLines(Documents.Chat(Gpt4O with { Limits = new RateLimits { RequestsPerMinute = 10 } }) with { Workload = TenAMinute }, Documents.Catalog)).IsFlat);

    [Fact]
    public void Latency_above_a_target_excludes_and_one_at_the_target_does_not()
    {
        var load = Million with { Slo = new ServiceLevel { TtftMs = 800, TpotMs = 30 } };
        Assert.True(Bill(Gpt4O with { Latency = new ApiLatency { TtftMs = 800, TpotMs = 30 } }, load).Feasible);
        Assert.Equal("Its first token takes 801 ms as measured; the target is 800 ms.", Assert.Single(Bill(Gpt4O with { Latency = new ApiLatency { TtftMs = 801 } }, load).Reasons));
        Assert.Equal("A token takes 31 ms as measured; the target is 30 ms.", Assert.Single(Bill(Gpt4O with { Latency = new ApiLatency { TpotMs = 31 } }, load).Reasons));
    }

    [Fact]
    public void Latency_that_nobody_measured_is_a_check_only_where_there_is_a_target()
    {
        string? Severity(Workload load, ApiLatency? latency = null) => Evaluate(Gpt4O with { Latency = latency }, load).Checks.SingleOrDefault(check => check.Id == "api-latency-unknown")?.Severity;
        var targets = Million with { Slo = new ServiceLevel { TtftMs = 800 } };
        Assert.Null(Severity(Million));
        Assert.Equal("info", Severity(targets));
        Assert.Equal("info", Severity(targets, new ApiLatency { TpotMs = 20 }));
        Assert.Null(Severity(targets, new ApiLatency { TtftMs = 500 }));
        Assert.True(Evaluate(Gpt4O, targets).Options[0].Feasible);
    }

    [Fact]
    public void Model_that_ends_within_the_horizon_is_warned_of_with_day_and_months()
    {
        // Served until 2026-05-01.
        Check? Warning(string start) =>
            Evaluate(Gpt4O with { PriceKey = "old:model" }, Million, scenario => scenario with { StartMonth = start, Horizon = new Horizon { Months = 12 } }).Checks.SingleOrDefault(check => check.Id == "api-deprecated-in-horizon");
        Assert.Equal(("warning", "The vendor stops serving API on 2026-05-01, 3 months into a plan of 12."), (Warning("2026-02")!.Severity, Warning("2026-02")!.Message));
        Assert.NotNull(Warning("2025-06"));
        Assert.Null(Warning("2025-05"));
        Assert.Null(Warning("2026-05"));
    }

    [Fact]
    public void Committed_discount_follows_the_options_own_and_the_minimum_is_topped_up()
    {
        // 4,500 × 0.9 × 0.8 = 3,240.
        var option = Gpt4O with { DiscountShare = 0.1m, Commitment = new SpendCommitment { MinimumMonthlyUsd = 3_000, DiscountShare = 0.2m }, CommittedMonthlyUsd = 50 };
        Assert.Equal(3_240m + 50, Bill(option, Million).OngoingMonthlyUsd);
        var below = Bill(option with { Commitment = option.Commitment! with { MinimumMonthlyUsd = 5_000 } }, Million);
        Assert.Equal(5_000m + 50, below.OngoingMonthlyUsd);
        var topUp = below.Ledger.Single(line => line.Item == "Top-up to the committed minimum");
        Assert.Equal((1_760m, "minimum − usage"), (topUp.AmountUsd, topUp.Formula));
        Assert.Equal([5_000, 3_240], topUp.Operands.Select(operand => operand.Value));
        Assert.Equal(-810m, below.Ledger.Single(line => line.Item == "Discount for the commitment").AmountUsd);
    }

    /// <summary>The straight pieces of an API's month: from each volume up to the next it is Fixed + PerRequest × volume.</summary>
    internal static List<(double Volume, double Fixed, double PerRequest)> Pieces(ApiCost cost)
    {
        var curve = cost.Curve(firstMonth: false, capacityChecked: true);
        var pieces = new List<(double, double, double)>();
        for (var volume = 0.0; double.IsFinite(volume);)
        {
            var piece = curve.PieceAbove(volume);
            pieces.Add((volume, piece.Fixed, piece.Slope));
            volume = piece.End;
        }

        return pieces;
    }

    [Fact]
    public void Commitment_bends_the_line_where_the_usage_reaches_the_minimum()
    {
        // 0.0045 a request; 9,000 ÷ 0.0045 = 2 million.
        var cost = Cost(Gpt4O with { Commitment = new SpendCommitment { MinimumMonthlyUsd = 9_000 }, CommittedMonthlyUsd = 100 }, Million);
        Assert.Equal([(0, 9_100, 0), (2_000_000, 100, 0.0045)], Pieces(cost).Select(piece => (Math.Round(piece.Volume, 3), Math.Round(piece.Fixed, 6), Math.Round(piece.PerRequest, 9))));
    }

    [Fact]
    public void Drift_moves_the_usage_and_neither_the_minimum_nor_fixed_charges()
    {
        var cost = Cost(Gpt4O with { Commitment = new SpendCommitment { MinimumMonthlyUsd = 3_000 }, CommittedMonthlyUsd = 50 }, Million);
        Assert.Equal(3_650, cost.Month(new MonthTerms(1_000_000, 1, 0.8)).Usd, 6);
        Assert.Equal(3_050, cost.Month(new MonthTerms(1_000_000, 1, 0.5)).Usd, 6);
    }

    [Fact]
    public void Credits_lower_the_cash_of_the_first_month_and_not_its_cost()
    {
        var result = Evaluate(Gpt4O with { CreditsUsd = 10_000 }, Million);
        Assert.Equal((4_500m, 4_500m, 0m), (result.Options[0].OngoingMonthlyUsd, result.Options[0].FirstMonthUsd, result.Options[0].CashDueFirstMonthUsd));
        Assert.Equal("Credits of $10,000 pay for API during 2.222 months at this month's bill. They lower cash, not the cost of a month.", result.Checks.Single(check => check.Id == "api-credits").Message);
        Assert.Equal(4_400m, Bill(Gpt4O with { CreditsUsd = 100 }, Million).CashDueFirstMonthUsd);
    }

    [Fact]
    public void Credits_pay_the_first_bills_until_they_are_used_up()
    {
        decimal[] Cash(decimal credits) => Horizons.Cash(Horizons.Of(12, Million.RequestsPerMonth, Gpt4O with { CreditsUsd = credits }) with { Workload = Million });
        Assert.Equal([0, 0, 3_500, 4_500], Cash(10_000)[..4]);
        Assert.All(Cash(0), month => Assert.Equal(4_500, month));
    }

    [Fact]
    public void Announced_price_holds_from_its_month_on()
    {
        // $2,800 a month by today's sheet, $1,400 from March, $4,200 from May.
        var option = Documents.Api(2, 4) with
        {
            CommittedMonthlyUsd = 100,
            PriceChanges = [Announced("2027-05", 3, 6), Announced("2027-03", 1, 2)],
        };
        var cost = Cost(option, Million);
        Assert.Equal([2_900, 2_900, 2_900, 1_500, 1_500, 4_300, 4_300], Enumerable.Range(0, 7).Select(month => Math.Round(cost.Month(new MonthTerms(1_000_000, month)).Usd, 6)));
        Assert.Equal(800, cost.Month(new MonthTerms(1_000_000, 3, 0.5)).Usd, 6);
        Assert.Equal(2_900m, Bill(option, Million).OngoingMonthlyUsd);
    }

    [Fact]
    public void Plan_that_starts_after_a_change_starts_with_it_and_says_so()
    {
        var option = Documents.Api(2, 4) with { PriceChanges = [Announced("2026-03", 5, 5), Announced("2026-12", 1, 2)] };
        var bill = Bill(option, Million);
        Assert.Equal(1_400m, bill.OngoingMonthlyUsd);
        Assert.All(bill.Ledger, line => Assert.Equal("announced from 2026-12", line.Source));
    }

    [Fact]
    public void Announced_sheet_without_a_needed_price_makes_the_cost_unknown_only_within_the_plan()
    {
        var option = Documents.Api(2, 4) with { PriceChanges = [new AnnouncedPrice { From = "2028-01", Price = new TokenPrices { InputUsdPerM = 1 } }] };
        var bill = Bill(option, Million);
        Assert.Null(bill.OngoingMonthlyUsd);
        Assert.Equal("The prices announced from 2028-01 name none for: Generated tokens. An unknown price is not counted as free.", Assert.Single(bill.Reasons));
        Assert.Equal(2_800m, Evaluate(option, Million, scenario => scenario with { Horizon = new Horizon { Months = 13 } }).Options[0].OngoingMonthlyUsd);
    }

    [Fact]
    public void Month_is_what_the_ledger_adds_up_to()
    {
        var option = Gpt4O with { DiscountShare = 0.07m, TokenFactor = 1.13m, Commitment = new SpendCommitment { MinimumMonthlyUsd = 100, DiscountShare = 0.05m }, CommittedMonthlyUsd = 12 };
        var load = Million with { CacheReadShare = 0.4m, CacheWriteShare = 0.1m, BatchShare = 0.3m, RetryShare = 0.02m, ReasoningTokens = 77 };
        Assert.Equal((double)Bill(option, load).OngoingMonthlyUsd!.Value, Cost(option, load).Month(new MonthTerms(1_000_000)).Usd, 4);
    }

    private static AnnouncedPrice Announced(string from, decimal input, decimal output) => new() { From = from, Price = new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output } };
}
