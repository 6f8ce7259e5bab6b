using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Capacity;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Costs;

/// <summary>A million requests at gpt-4o's prices cost 1,000 × 2.5 + 200 × 10 = $4,500.</summary>
public class LeversTests
{
    private static readonly Workload Million = new() { RequestsPerMonth = 1_000_000, InputTokens = 1_000, OutputTokens = 200 };

    private static readonly ApiOption Gpt4O = new() { Id = "api", Name = "API", PriceKey = "openai:gpt-4o" };

    private static readonly TokenLevers All = new()
    {
        ResponseCache = new ResponseCache { HitShare = 0.2m },
        PromptCompression = new PromptCompression { Share = 0.4m },
        PrefixCache = new PrefixCache { Share = 0.5m },
        OutputLimit = new OutputLimit { Share = 0.5m },
        BatchApi = new BatchApi { Share = 0.5m },
        Distillation = new Distillation { Share = 0.5m, ApiPriceShare = 0.2m, ThroughputFactor = 4 },
    };

    private static OptionResult Bill(TokenLevers levers, Workload? workload = null) =>
        Documents.Evaluate(Documents.Chat(Gpt4O) with { Workload = (workload ?? Million) with { Levers = levers } }, "api");

    private static OptionResult Fleet(TokenLevers levers, SelfHostOption? option = null) =>
        Documents.Evaluate(With(Documents.Chat(option ?? Documents.Fleet(FleetSizings.WeeklyPeak, null)), levers), "self");

    private static Scenario With(Scenario scenario, TokenLevers levers) => scenario with { Workload = scenario.Workload with { Levers = levers } };

    [Fact]
    public void Response_cache_takes_requests_away_and_costs_its_host()
    {
        var bill = Bill(new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.2m, UsdPerMonth = 50 } });
        Assert.Equal((0.8m * 4_500) + 50, bill.OngoingMonthlyUsd);
        Assert.Equal(50m, bill.Ledger.Single(line => line.Item == "Response cache").AmountUsd);
    }

    [Fact]
    public void Compression_shortens_the_prompt_and_is_paid_for_what_goes_into_it()
    {
        // 600 × 2.5 + 200 × 10, and 800,000 requests × 1,000 tokens × $0.1 with the cache before it.
        Assert.Equal(1_500m + 2_000, Bill(new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m } }).OngoingMonthlyUsd);
        var both = Bill(new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m, UsdPerMillionTokens = 0.1m }, ResponseCache = new ResponseCache { HitShare = 0.2m } });
        Assert.Equal((0.8m * 3_500) + 80, both.OngoingMonthlyUsd);
    }

    [Fact]
    public void Only_what_no_cache_serves_is_compressed()
    {
        // 500 read × 1.25 + 500 × 0.6 × 2.5 + 200 × 10.
        var levers = new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m }, PrefixCache = new PrefixCache { Share = 0.5m } };
        Assert.Equal(625m + 750 + 2_000, Bill(levers).OngoingMonthlyUsd);
        Assert.Equal(Bill(levers).OngoingMonthlyUsd, Bill(new TokenLevers { PromptCompression = levers.PromptCompression }, Million with { CacheReadShare = 0.5m }).OngoingMonthlyUsd);
    }

    [Fact]
    public void Shares_that_are_no_round_numbers_give_round_tokens()
    {
        // 0.3 × 400 read; 0.7 × 400 × 0.6 plain.
        var bill = Bill(new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m }, PrefixCache = new PrefixCache { Share = 0.3m } }, Million with { InputTokens = 400 });
        Assert.Equal([168, 120, 200], bill.Ledger.Select(line => line.Operands[1].Value));
    }

    [Fact]
    public void Prefix_that_is_written_stays_as_it_is_too()
    {
        var served = LeverEffect.Of(Million with { CacheReadShare = 0.3m, CacheWriteShare = 0.2m, Levers = new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m } } }).Workload;
        // 300 read + 200 written + 500 × 0.6.
        Assert.Equal(800m, served.InputTokens);
        Assert.Equal((0.375m, 0.25m), (served.CacheReadShare, served.CacheWriteShare));
    }

    [Fact]
    public void Prefix_cache_raises_the_share_that_is_read_and_never_lowers_it()
    {
        var lever = new TokenLevers { PrefixCache = new PrefixCache { Share = 0.5m } };
        Assert.Equal(0.5m, LeverEffect.Of(Million with { CacheReadShare = 0.2m, Levers = lever }).Workload.CacheReadShare);
        Assert.Equal(0.7m, LeverEffect.Of(Million with { CacheReadShare = 0.7m, Levers = lever }).Workload.CacheReadShare);
        // What is read is not written: 0.9 and 0.3 do not fit into one prompt.
        var full = LeverEffect.Of(Million with { CacheWriteShare = 0.3m, Levers = new TokenLevers { PrefixCache = new PrefixCache { Share = 0.9m } } }).Workload;
        Assert.Equal((0.9m, 0.1m), (full.CacheReadShare, full.CacheWriteShare));
    }

    [Fact]
    public void Output_limit_shortens_answers_and_leaves_reasoning() =>
        Assert.Equal(2_500m + 1_000 + 3_000, Bill(new TokenLevers { OutputLimit = new OutputLimit { Share = 0.5m } }, Million with { ReasoningTokens = 300 }).OngoingMonthlyUsd);

    [Fact]
    public void Batch_lever_raises_the_batch_share() =>
        Assert.Equal((0.6m * 4_500) + (0.4m * 2_250), Bill(new TokenLevers { BatchApi = new BatchApi { Share = 0.4m } }, Million with { BatchShare = 0.1m }).OngoingMonthlyUsd);

    [Fact]
    public void Smaller_model_takes_its_share_at_its_price_and_is_made_once()
    {
        var bill = Bill(new TokenLevers { Distillation = new Distillation { Share = 0.5m, ApiPriceShare = 0.2m, OneOffUsd = 700 } });
        Assert.Equal((0.5m * 4_500) + (0.5m * 900), bill.OngoingMonthlyUsd);
        Assert.Equal(-1_800m, bill.Ledger.Single(line => line.Item == "Smaller model").AmountUsd);
        Assert.Equal(bill.OngoingMonthlyUsd + 700, bill.FirstMonthUsd);
    }

    [Fact]
    public void Fleet_needs_replicas_for_what_the_levers_leave()
    {
        // 10 M × 500 tokens ÷ 2,592,000 s = 1,929.0 tokens/s; 125 a replica.
        Assert.Equal(16, Fleet(new TokenLevers()).Replicas);
        Assert.Equal(13, Fleet(new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.2m } }).Replicas);
        Assert.Equal(14, Fleet(new TokenLevers { OutputLimit = new OutputLimit { Share = 0.5m } }).Replicas);
        Assert.Equal(11, Fleet(new TokenLevers { PromptCompression = new PromptCompression { Share = 0.4m } }).Replicas);
        // 0.5 + 0.5 ÷ 4 = 0.625 of the load: 1,205.6.
        Assert.Equal(10, Fleet(new TokenLevers { Distillation = new Distillation { Share = 0.5m, ThroughputFactor = 4 } }).Replicas);
        // Neither a provider's batch price nor its cache makes machines faster.
        Assert.Equal(16, Fleet(new TokenLevers { BatchApi = new BatchApi() }).Replicas);
    }

    [Fact]
    public void Fleet_that_is_full_after_the_levers_is_not_over()
    {
        // 8.1 M × 0.8 × 500 tokens ÷ 2,592,000 s = 1,250 tokens/s: 10 replicas exactly.
        var scenario = Documents.Chat(Documents.Fleet(FleetSizings.WeeklyPeak, null));
        decimal Replicas(decimal requests) => Documents.Evaluate(
            With(scenario with { Workload = scenario.Workload with { RequestsPerMonth = requests } }, new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.2m } }), "self").Replicas!.Value;
        Assert.Equal(10, Replicas(8_100_000));
        Assert.Equal(11, Replicas(8_100_001));
    }

    [Fact]
    public void Fleet_pays_for_the_levers_and_for_the_tokens_that_are_left()
    {
        var option = Documents.Fleet(FleetSizings.Fixed, 2) with { OverheadShare = 0.5m, Extras = [new ExtraCost { Name = "Egress", UsdPerMillionTokens = 1 }] };
        var levers = new TokenLevers
        {
            ResponseCache = new ResponseCache { HitShare = 0.2m, UsdPerMonth = 50 },
            PromptCompression = new PromptCompression { Share = 0.5m, UsdPerMillionTokens = 0.01m },
            Distillation = new Distillation { Share = 0.1m, OneOffUsd = 700 },
        };
        // 8 M × (200 + 100) tokens at $1; compressor 8 M × 400 at $0.01; no overhead on the levers.
        var bill = Fleet(levers, option);
        Assert.Equal(((8_167.68m + 2_400) * 1.5m) + 50 + 32, bill.OngoingMonthlyUsd);
        Assert.Equal(bill.OngoingMonthlyUsd + 700, bill.FirstMonthUsd);
    }

    [Fact]
    public void Fleets_own_prefix_cache_is_not_compressed_and_the_lever_raises_it()
    {
        var fleet = CapacityEstimatorTests.Fleet();
        var scenario = Documents.Chat(fleet) with { Workload = CapacityEstimatorTests.Chat };
        double Rate(Scenario asked) => Engine.Evaluate(asked, CapacityEstimatorTests.Catalog).Options[0].Estimate!.OutputTokensPerSecond;
        var raised = Rate(With(scenario, new TokenLevers { PrefixCache = new PrefixCache { Share = 0.5m } }));
        Assert.Equal(Rate(scenario with { Options = [fleet with { PrefixCacheShare = 0.5m }] }), raised);
        Assert.True(raised > Rate(scenario));
        // Half of 1,000 prompt tokens kept, the rest halved: 750 tokens, two thirds of them in the cache.
        var compressed = With(scenario with { Options = [fleet with { PrefixCacheShare = 0.5m }] }, new TokenLevers { PromptCompression = new PromptCompression { Share = 0.5m } });
        var byHand = scenario with { Workload = CapacityEstimatorTests.Chat with { InputTokens = 750 }, Options = [fleet with { PrefixCacheShare = 2m / 3 }] };
        Assert.Equal(Rate(byHand), Rate(compressed), 9);
    }

    [Fact]
    public void Applying_twice_is_applying_once()
    {
        var once = LeverEffect.Of(Million with { Levers = All }).Workload;
        Assert.Equal(once, LeverEffect.Of(once).Workload);
    }

    [Fact]
    public void Lever_that_is_off_changes_nothing()
    {
        var off = Million with { Levers = new TokenLevers { ResponseCache = new ResponseCache { On = false, UsdPerMonth = 50 } } };
        Assert.Same(off, LeverEffect.Of(off).Workload);
        Assert.Equal(4_500m, Bill(off.Levers!).OngoingMonthlyUsd);
        Assert.Empty(Engine.Levers(Documents.Chat(Gpt4O) with { Workload = off }, Documents.Catalog)[0].Steps);
    }

    [Fact]
    public void Waterfall_stacks_the_levers_in_their_order_and_adds_up()
    {
        var waterfall = Assert.Single(Engine.Levers(Documents.Chat(Gpt4O) with { Workload = Million with { Levers = All } }, Documents.Catalog));
        Assert.Equal(4_500m, waterfall.BaseMonthlyUsd);
        Assert.Equal(
            [
                // 3,600 left; × 0.8 of 3,500 = 2,800; of 3,375 = 2,700; of 2,375 = 1,900; of half 2,375 and half 1,500 = 1,550; × 0.6 = 930.
                ("responseCache", -900m), ("promptCompression", -800m), ("prefixCache", -100m), ("outputLimit", -800m), ("batchApi", -350m), ("distillation", -620m),
            ],
            waterfall.Steps.Select(step => (step.LeverId, step.DeltaMonthlyUsd!.Value)));
        Assert.Equal(930m, waterfall.EndMonthlyUsd);
        Assert.Equal(waterfall.EndMonthlyUsd, Bill(All).OngoingMonthlyUsd);
        Assert.Equal(waterfall.EndMonthlyUsd, waterfall.BaseMonthlyUsd + waterfall.Steps.Sum(step => step.DeltaMonthlyUsd));
    }

    [Fact]
    public void Step_from_or_to_an_option_that_cannot_serve_has_a_reason_and_no_amount()
    {
        // Two instances carry 250 tokens/s; the load falls from 1,929 to 193 with nine of ten requests answered by the cache.
        var levers = new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.9m }, BatchApi = new BatchApi { Share = 0.5m } };
        var both = Engine.Levers(With(Documents.Chat(Documents.Api(2, 4), Documents.Fleet()), levers), Documents.Catalog);
        Assert.Null(both[1].BaseMonthlyUsd);
        Assert.Contains("carries 250 tokens/s", both[1].BaseReason, StringComparison.Ordinal);
        Assert.Null(both[1].Steps[0].DeltaMonthlyUsd);
        Assert.NotNull(both[1].Steps[0].Reason);
        Assert.Equal((0m, 8_167.68m), (both[1].Steps[1].DeltaMonthlyUsd, both[1].EndMonthlyUsd));
        // The API has no batch price.
        Assert.Equal((-10_800m, null), (both[0].Steps[0].DeltaMonthlyUsd, both[0].Steps[1].DeltaMonthlyUsd));
        Assert.Contains("batch", both[0].EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Break_even_is_asked_in_requests_as_typed()
    {
        // Half of the requests are answered by the cache, so the fleet of $8,167.68 wins only at twice 10,890,240 requests.
        var scenario = With(Documents.HighVolumeChat, new TokenLevers { ResponseCache = new ResponseCache { HitShare = 0.5m } });
        var found = Engine.Evaluate(scenario, Documents.Catalog).BreakEven.Single(one => one is { CapacityChecked: false, FirstMonth: false });
        Assert.Equal(21_780_480, Assert.Single(found.Crossings).Value, 3);
    }

    [Fact]
    public void Limits_of_an_api_hold_for_what_the_levers_leave()
    {
        // 10 a minute as typed, 8 after the cache, 4 of them by the smaller model.
        var scenario = Documents.Chat(Gpt4O with { Limits = new RateLimits { RequestsPerMinute = 4 } }) with { Workload = Million with { RequestsPerMonth = 432_000 } };
        Assert.False(Documents.Evaluate(scenario, "api").Feasible);
        Assert.True(Documents.Evaluate(With(scenario, new TokenLevers { ResponseCache = All.ResponseCache, Distillation = All.Distillation }), "api").Feasible);
    }
}
