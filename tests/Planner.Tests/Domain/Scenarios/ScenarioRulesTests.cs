using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class ScenarioRulesTests
{
    private static string[] Faults(Scenario scenario) => [.. ScenarioRules.Check(scenario, Documents.Catalog).Select(problem => problem.Path)];

    private static string[] WorkloadFaults(Func<Workload, Workload> change) =>
        Faults(Documents.HighVolumeChat with { Workload = change(Documents.HighVolumeChat.Workload) });

    private static string[] FleetFaults(Func<SelfHostOption, SelfHostOption> change) => Faults(Documents.Chat(Documents.Api(), change(Documents.Fleet())));

    [Fact]
    public void Sound_scenario_has_no_faults() => Assert.Empty(Faults(Documents.HighVolumeChat));

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_path()
    {
        var faulty = Documents.HighVolumeChat with { Name = " ", HoursPerMonth = 0, StartMonth = "soon", Currency = "dollars", BaselineOptionId = "nobody", BaselineMonthlyUsd = -1 };
        Assert.Equal(["name", "startMonth", "hoursPerMonth", "currency", "baselineMonthlyUsd", "baselineOptionId"], Faults(faulty));
    }

    [Fact]
    public void Messages_are_sentences_that_name_the_range() =>
        Assert.Equal("Must be between 672 and 744.", ScenarioRules.Check(Documents.HighVolumeChat with { HoursPerMonth = 24 }, Documents.Catalog)[0].Message);

    [Fact]
    public void Negative_and_huge_volumes_are_refused()
    {
        Assert.Equal(["workload.requestsPerMonth"], WorkloadFaults(load => load with { RequestsPerMonth = -1 }));
        Assert.Equal(["workload.requestsPerMonth"], WorkloadFaults(load => load with { RequestsPerMonth = 1e13m }));
        Assert.Equal(["workload.outputTokens"], WorkloadFaults(load => load with { OutputTokens = 2e7m }));
    }

    [Fact]
    public void Request_without_tokens_is_refused() => Assert.Equal(["workload.inputTokens"], WorkloadFaults(load => load with { InputTokens = 0, OutputTokens = 0 }));

    [Fact]
    public void Cache_shares_are_parts_of_one_prompt() => Assert.Equal(["workload.cacheWriteShare"], WorkloadFaults(load => load with { CacheReadShare = 0.6m, CacheWriteShare = 0.5m }));

    [Theory]
    [InlineData("wave", "workload.shape.kind")]
    [InlineData("weights", "workload.shape.weights")]
    public void Shape_must_be_a_known_one(string kind, string path) => Assert.Equal([path], WorkloadFaults(load => load with { Shape = new LoadShape { Kind = kind } }));

    [Fact]
    public void Week_without_load_is_refused() =>
        Assert.Equal(["workload.shape.weights"], WorkloadFaults(load => load with { Shape = new LoadShape { Kind = "weights", Weights = new decimal[168] } }));

    [Fact]
    public void Unknown_catalog_rows_are_named()
    {
        Assert.Equal(["options[1].model", "options[1].instanceKey"], FleetFaults(fleet => fleet with { Model = "gpt-9", InstanceKey = "aws:none:nowhere" }));
        Assert.Equal(["options[0].priceKey"], Faults(Documents.Chat(new ApiOption { Id = "a", Name = "A", PriceKey = "nobody:nothing" })));
    }

    [Fact]
    public void Option_without_a_price_is_refused_at_its_field()
    {
        Assert.Equal(["options[0].priceKey"], Faults(Documents.Chat(new ApiOption { Id = "a", Name = "A" })));
        Assert.Equal(["options[1].instanceKey"], FleetFaults(fleet => fleet with { InstanceKey = null }));
    }

    [Fact]
    public void Purchase_shares_must_add_up_to_one()
    {
        var problem = Assert.Single(ScenarioRules.Check(Documents.Chat(Documents.Fleet() with { Purchase = [new PurchaseShare { Share = 0.7m }, new PurchaseShare { Kind = "spot", Share = 0.2m }] }), Documents.Catalog));
        Assert.Equal("options[0].purchase", problem.Path);
        Assert.Contains("90 %", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixed_fleet_needs_its_number_of_instances() => Assert.Equal(["options[1].fleet.instances"], FleetFaults(fleet => fleet with { Fleet = new Fleet { Sizing = "fixed" } }));

    [Fact]
    public void Running_hours_fit_into_the_month() =>
        Assert.Equal(["options[1].fleet.runningHoursPerMonth"], FleetFaults(fleet => fleet with { Fleet = fleet.Fleet with { RunningHoursPerMonth = 721 } }));

    [Fact]
    public void Throughput_of_zero_is_refused() =>
        Assert.Equal(["options[1].throughput.tokensPerSecond"], FleetFaults(fleet => fleet with { Throughput = fleet.Throughput with { TokensPerSecond = 0 } }));

    [Fact]
    public void Basis_that_counts_no_token_of_the_workload_is_refused()
    {
        var scenario = Documents.Chat(Documents.Fleet() with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 100, Basis = "output" } });
        Assert.Equal(["options[0].throughput.basis"], Faults(scenario with { Workload = scenario.Workload with { OutputTokens = 0 } }));
    }

    [Fact]
    public void Two_options_may_not_share_an_id() => Assert.Equal(["options[1].id"], Faults(Documents.Chat(Documents.Api(), Documents.Api())));

    [Fact]
    public void Scenario_has_one_to_twelve_options()
    {
        Assert.Equal(["options"], Faults(Documents.Chat()));
        Assert.Equal(["options"], Faults(Documents.Chat([.. Enumerable.Range(0, 13).Select(i => Documents.Api() with { Id = $"o{i}" })])));
    }

    [Fact]
    public void Range_with_low_above_high_is_refused() =>
        Assert.Equal(["ranges[0].low"], Faults(Documents.HighVolumeChat with { Ranges = [new InputRange { Path = "workload.inputTokens", Low = 3, Likely = 2, High = 1 }] }));

    [Fact]
    public void Engine_refuses_what_the_rules_refuse() =>
        Assert.Throws<ArgumentException>(() => Engine.Evaluate(Documents.HighVolumeChat with { HoursPerMonth = 0 }, Documents.Catalog));
}
