using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class ApiTermsRulesTests
{
    private static string[] Faults(Scenario scenario) => [.. ScenarioRules.Check(scenario, Documents.Catalog).Select(problem => problem.Path)];

    private static string[] Faults(Func<ApiOption, ApiOption> change) => Faults(Documents.Chat(change(Documents.Api())));

    private static string[] LeverFaults(TokenLevers levers) =>
        Faults(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { Levers = levers } });

    [Fact]
    public void Limits_and_latencies_are_above_zero() => Assert.Equal(
        ["options[0].limits.requestsPerMinute", "options[0].limits.outputTokensPerMinute", "options[0].latency.ttftMs"],
        Faults(option => option with { Limits = new RateLimits { RequestsPerMinute = 0, OutputTokensPerMinute = -1, TokensPerMinute = 1 }, Latency = new ApiLatency { TtftMs = 0 } }));

    [Fact]
    public void Commitments_and_credits_are_not_negative() => Assert.Equal(
        ["options[0].commitment.minimumMonthlyUsd", "options[0].commitment.discountShare", "options[0].creditsUsd"],
        Faults(option => option with { Commitment = new SpendCommitment { MinimumMonthlyUsd = -1, DiscountShare = 1.1m }, CreditsUsd = -1 }));

    [Fact]
    public void Units_need_a_price_a_throughput_and_with_spill_a_number() => Assert.Equal(
        ["options[0].provisioned.usdPerUnitHour", "options[0].provisioned.tokensPerSecondPerUnit", "options[0].provisioned.basis", "options[0].provisioned.units"],
        Faults(option => option with { Provisioned = new ProvisionedThroughput { Basis = "input", SpillToTokens = true } }));

    [Fact]
    public void Units_that_carry_everything_need_no_price_and_those_that_spill_do()
    {
        var units = new ProvisionedThroughput { UsdPerUnitHour = 1, TokensPerSecondPerUnit = 1, Units = 1 };
        Assert.Empty(Faults(option => option with { Price = null, Provisioned = units }));
        Assert.Equal(["options[0].priceKey"], Faults(option => option with { Price = null, Provisioned = units with { SpillToTokens = true } }));
    }

    [Fact]
    public void Announced_prices_need_a_start_month_and_a_month_each_of_their_own()
    {
        var option = Documents.Api() with
        {
            PriceChanges = [new AnnouncedPrice { From = "soon" }, new AnnouncedPrice { From = "2027-03" }, new AnnouncedPrice { From = "2027-03", Price = new TokenPrices { InputUsdPerM = -1 } }],
        };
        Assert.Equal(["options[0].priceChanges[0].from", "options[0].priceChanges[2].from", "options[0].priceChanges[2].price.inputUsdPerM"], Faults(Documents.Chat(option)));
        Assert.Equal(["options[0].priceChanges"], Faults(Documents.Chat(option with { PriceChanges = [option.PriceChanges[1]] }) with { StartMonth = "" }));
    }

    [Fact]
    public void Levers_stay_within_their_ranges_also_where_they_are_off()
    {
        Assert.Empty(LeverFaults(new TokenLevers { Distillation = new Distillation { Share = 1, ApiPriceShare = 0 }, BatchApi = new BatchApi { Share = 1 } }));
        Assert.Equal(
            ["workload.levers.promptCompression.share", "workload.levers.responseCache.hitShare", "workload.levers.prefixCache.share", "workload.levers.outputLimit.share", "workload.levers.distillation.throughputFactor", "workload.levers.batchApi.share"],
            LeverFaults(new TokenLevers
            {
                PromptCompression = new PromptCompression { Share = 1 },
                ResponseCache = new ResponseCache { On = false, HitShare = 1 },
                PrefixCache = new PrefixCache { Share = -0.1m },
                OutputLimit = new OutputLimit { Share = 1 },
                Distillation = new Distillation { ThroughputFactor = 0 },
                BatchApi = new BatchApi { Share = 1.1m },
            }));
    }

    [Fact]
    public void Document_keeps_levers_and_terms_as_they_were_typed()
    {
        const string Typed = """
            { "schema": "planner.scenario/1", "name": "Levers", "startMonth": "2026-12",
              "workload": { "requestsPerMonth": 1000, "inputTokens": 10, "levers": { "responseCache": { "on": false, "hitShare": 0.3, "vendor": "own" } } },
              "options": [ { "kind": "api", "id": "api", "name": "API", "price": { "inputUsdPerM": 1 }, "limits": { "requestsPerMinute": 60 },
                "priceChanges": [ { "from": "2027-03", "price": { "inputUsdPerM": 0.5 } } ] } ] }
            """;
        var (scenario, problem) = ScenarioJson.Read(Typed);
        Assert.Null(problem);
        var again = ScenarioJson.Read(ScenarioJson.Write(scenario!)).Scenario!;
        Assert.Equal((false, 0.3m), (again.Workload.Levers!.ResponseCache!.On, again.Workload.Levers.ResponseCache.HitShare));
        Assert.Equal("own", again.Workload.Levers.ResponseCache.Unknown!["vendor"].GetString());
        var api = Assert.IsType<ApiOption>(again.Options[0]);
        Assert.Equal((60m, "2027-03", 0.5m), (api.Limits!.RequestsPerMinute, api.PriceChanges[0].From, api.PriceChanges[0].Price.InputUsdPerM));
    }
}
