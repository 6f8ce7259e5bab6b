using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

public class ApiCostTests
{
    private static readonly Workload Million = new() { RequestsPerMonth = 1_000_000, InputTokens = 1_000, OutputTokens = 200 };

    private static OptionResult Bill(ApiOption option, Workload workload) =>
        Documents.Evaluate(Documents.Chat(option) with { Workload = workload }, option.Id);

    private static OptionResult Gpt4O(Workload workload, Func<ApiOption, ApiOption>? change = null)
    {
        var option = new ApiOption { Id = "api", Name = "API", PriceKey = "openai:gpt-4o" };
        return Bill(change?.Invoke(option) ?? option, workload);
    }

    [Fact]
    public void Input_and_output_are_priced_apart() =>
        Assert.Equal((1_000m * 2.5m) + (200m * 10m), Gpt4O(Million).OngoingMonthlyUsd);

    [Fact]
    public void Cached_and_written_tokens_are_parts_of_the_prompt()
    {
        // 600 plain × 2.5 + 300 cached × 1.25 + 100 written × 2.5 (no write price: input's) + 200 × 10, per million requests.
        var bill = Gpt4O(Million with { CacheReadShare = 0.3m, CacheWriteShare = 0.1m });
        Assert.Equal(1_500m + 375m + 250m + 2_000m, bill.OngoingMonthlyUsd);
    }

    [Fact]
    public void Reasoning_is_billed_as_output() => Assert.Equal(2_500m + 5_000m, Gpt4O(Million with { ReasoningTokens = 300 }).OngoingMonthlyUsd);

    [Fact]
    public void Batch_share_is_billed_at_the_batch_price() =>
        Assert.Equal((0.6m * 4_500m) + (0.4m * 2_250m), Gpt4O(Million with { BatchShare = 0.4m }).OngoingMonthlyUsd);

    [Fact]
    public void Retries_discount_and_fixed_charge_follow_in_that_order()
    {
        var bill = Gpt4O(Million with { RetryShare = 0.02m }, option => option with { DiscountShare = 0.1m, CommittedMonthlyUsd = 50 });
        Assert.Equal((4_500m * 1.02m * 0.9m) + 50, bill.OngoingMonthlyUsd);
        Assert.Equal(-459m, bill.Ledger.Single(line => line.Item == "Discount").AmountUsd);
    }

    [Fact]
    public void Another_tokenizer_multiplies_every_token() => Assert.Equal(4_500m * 1.2m, Gpt4O(Million, option => option with { TokenFactor = 1.2m }).OngoingMonthlyUsd);

    [Fact]
    public void Unknown_price_makes_the_cost_unknown_not_free()
    {
        var bill = Bill(new ApiOption { Id = "api", Name = "API", PriceKey = "half:known" }, Million);
        Assert.Null(bill.OngoingMonthlyUsd);
        Assert.Null(bill.FirstMonthUsd);
        Assert.False(bill.Feasible);
        Assert.Empty(bill.Ledger);
        Assert.Contains("Generated tokens", Assert.Single(bill.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_price_of_tokens_that_do_not_occur_does_not_matter() =>
        Assert.Equal(1_000m, Bill(new ApiOption { Id = "api", Name = "API", PriceKey = "half:known" }, Million with { OutputTokens = 0 }).OngoingMonthlyUsd);

    [Fact]
    public void Batch_without_a_batch_price_needs_the_users_assumption()
    {
        var batch = Million with { BatchShare = 0.5m };
        Assert.Null(Bill(Documents.Api(2, 4), batch).OngoingMonthlyUsd);
        Assert.Equal((0.5m * 2_800m) + (0.5m * 1_400m), Bill(Documents.Api(2, 4) with { AssumedBatchPriceShare = 0.5m }, batch).OngoingMonthlyUsd);
    }

    [Theory]
    [InlineData(200_000, 3_000)]
    [InlineData(200_001, 6_000)]
    public void Tier_reprices_the_whole_request_once_the_prompt_is_longer(int input, int perThousandRequests)
    {
        var price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 15, Tiers = [new PriceTier { AboveTokens = 200_000, InputUsdPerM = 6, OutputUsdPerM = 22.5m }] };
        var bill = Bill(new ApiOption { Id = "api", Name = "API", Price = price }, new Workload { RequestsPerMonth = 1_000, InputTokens = input });
        Assert.Equal(perThousandRequests / 1_000m * input / 1_000m, bill.OngoingMonthlyUsd);
    }

    [Fact]
    public void Spread_prompts_fall_into_tiers_by_the_lognormal()
    {
        // Mean 100,000, cv 1: σ² = ln 2. Above 200,000: share of requests Φ(−(ln 2 + σ²/2)/σ) = Φ(−1.24883) = 0.105863; of tokens Φ(−1.24883 + 0.83255) = 0.338605.
        var price = new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 1, Tiers = [new PriceTier { AboveTokens = 200_000, InputUsdPerM = 2, OutputUsdPerM = 2 }] };
        var bill = Bill(new ApiOption { Id = "api", Name = "API", Price = price }, new Workload { RequestsPerMonth = 1_000, InputTokens = 100_000, OutputTokens = 1_000, InputCv = 1 });
        Assert.Equal((100 * 1.338605) + 1.105863, (double)bill.OngoingMonthlyUsd!, 3);
    }

    [Fact]
    public void Tier_goes_by_the_tokens_that_the_vendor_counts()
    {
        // 180,000 × 1.3 = 234,000 > 200,000.
        var price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 15, Tiers = [new PriceTier { AboveTokens = 200_000, InputUsdPerM = 6 }] };
        var bill = Bill(new ApiOption { Id = "api", Name = "API", Price = price, TokenFactor = 1.3m }, new Workload { RequestsPerMonth = 1_000, InputTokens = 180_000 });
        Assert.Equal(234m * 6, bill.OngoingMonthlyUsd);
    }

    [Fact]
    public void Vanishing_spread_is_no_spread()
    {
        var price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 15, Tiers = [new PriceTier { AboveTokens = 200_000, InputUsdPerM = 6 }] };
        Assert.Equal(600m, Bill(new ApiOption { Id = "api", Name = "API", Price = price }, new Workload { RequestsPerMonth = 1_000, InputTokens = 200_000, InputCv = 1e-9m }).OngoingMonthlyUsd);
    }

    [Fact]
    public void Tier_that_changes_output_only_keeps_the_batch_price_of_input()
    {
        var price = new TokenPrices { InputUsdPerM = 2, OutputUsdPerM = 4, BatchInputUsdPerM = 1, BatchOutputUsdPerM = 2, Tiers = [new PriceTier { AboveTokens = 100, OutputUsdPerM = 8, BatchOutputUsdPerM = 4 }] };
        Assert.Equal(1_000m + 800m, Bill(new ApiOption { Id = "api", Name = "API", Price = price }, Million with { BatchShare = 1 }).OngoingMonthlyUsd);
    }

    [Fact]
    public void Model_that_ends_on_the_first_day_of_the_plan_is_excluded()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "api", Name = "API", PriceKey = "old:model" }) with { StartMonth = "2026-05" };
        Assert.False(Documents.Evaluate(scenario, "api").Feasible);
        Assert.True(Documents.Evaluate(scenario with { StartMonth = "2026-04" }, "api").Feasible);
    }

    [Fact]
    public void Private_data_exclude_an_api() =>
        Assert.Contains("leave the organisation", Assert.Single(Gpt4O(Million with { Requirements = new Requirements { DataStaysInside = true } }).Reasons), StringComparison.Ordinal);

    [Fact]
    public void Prompt_longer_than_the_context_excludes_it() => Assert.False(Gpt4O(Million with { InputTokens = 128_001 }).Feasible);

    [Fact]
    public void Model_that_the_vendor_stopped_before_the_start_is_excluded() =>
        Assert.Contains("2026-05-01", Bill(new ApiOption { Id = "api", Name = "API", PriceKey = "old:model" }, Million).Reasons[0], StringComparison.Ordinal);

    [Fact]
    public void Catalog_price_names_its_source_and_day() =>
        Assert.All(Gpt4O(Million).Ledger, line => Assert.Contains("2026-11-01", line.Source, StringComparison.Ordinal));

    [Fact]
    public void Groups_are_the_known_ones() => Assert.All(Gpt4O(Million).Ledger, line => Assert.Contains(line.Group, LedgerGroups.All));
}
