using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Capacity;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Planning;

/// <summary>The check "not-used" names an input exactly where another value of it changes nothing.</summary>
public class CheckListTests
{
    private static readonly SelfHostOption Unmodelled = Documents.Fleet();

    /// <summary>So few sequences that requests queue, and the spread of their outputs counts.</summary>
    private static readonly SelfHostOption Modelled = new() { Id = "self", Name = "H100s", Model = "llama-70b", Precision = "bf16", TensorParallel = 4, InstanceKey = "cloud:h100x8:r", MaxSequences = 8 };

    private static readonly SelfHostOption Stated = Modelled with { Throughput = new Throughput { Kind = ThroughputKinds.Stated, TokensPerSecond = 200 } };

    private static readonly HybridOption Mix = new() { Id = "mix", Name = "Mix", FleetOptionId = "self", ApiOptionId = "api" };

    public static TheoryData<string, string[]> Scenarios => new()
    {
        { "api", ["workload.outputCv"] },
        { "unmodelled", ["workload.outputCv", "workload.slo"] },
        { "unmodelled and api", ["workload.outputCv"] },
        { "modelled", [] },
        { "stated", [] },
        { "mix of stated", [] },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Spread_and_targets_are_named_where_they_change_nothing_and_only_there(string kind, string[] unused)
    {
        var scenario = Of(kind);
        var workload = scenario.Workload;
        Assert.Equal(unused, Unused(scenario));

        Assert.Equal(unused.Contains("workload.outputCv"), Told(scenario) == Told(scenario with { Workload = workload with { OutputCv = 1.5m } }));
        Assert.Equal(unused.Contains("workload.slo"), Told(scenario) == Told(scenario with { Workload = workload with { Slo = new ServiceLevel() } }));
    }

    [Fact]
    public void Hours_count_in_a_batch_window_alone()
    {
        var scenario = Of("modelled");
        var idle = With(scenario, new LoadShape { Hours = [1, 2] });
        Assert.Equal(["workload.shape.hours"], Unused(idle));
        Assert.Equal(Told(idle), Told(With(scenario, new LoadShape { Hours = [3] })));
        Assert.Empty(Unused(With(scenario, new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [1, 2] })));
    }

    [Fact]
    public void A_quality_tier_changes_no_figure_in_any_scenario_and_the_check_names_the_search_that_keeps_to_it()
    {
        foreach (var kind in Scenarios.Select(row => row.Data.Item1))
        {
            var scenario = Of(kind);
            var tiered = scenario with { Workload = scenario.Workload with { Requirements = new Requirements { MinimumQualityTier = 2 } } };
            Assert.EndsWith(
                "No figure of an option depends on workload.requirements.minimumQualityTier; only a search for plans keeps to it.",
                Engine.Evaluate(tiered, Catalog).Checks.Single(check => check.Id == "not-used").Message, StringComparison.Ordinal);
            Assert.Equal(Told(scenario), Told(tiered));
        }
    }

    [Fact]
    public void Growth_season_drift_and_spread_of_prompts_are_never_called_unused()
    {
        var scenario = Of("modelled");
        Assert.Empty(Unused(scenario with
        {
            Workload = scenario.Workload with { GrowthPerMonth = 0.02m, InputCv = 1, Seasonality = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3] },
            Horizon = new Horizon { ApiPriceDriftPerYear = -0.2m, InstancePriceDriftPerYear = -0.1m, RampMonths = 3 },
        }));
    }

    private static Scenario Of(string kind)
    {
        Option[] options = kind switch
        {
            "api" => [Documents.Api()],
            "unmodelled" => [Unmodelled],
            "unmodelled and api" => [Documents.Api(), Unmodelled],
            "modelled" => [Modelled],
            "stated" => [Stated],
            _ => [Documents.Api(), Stated, Mix],
        };
        return Documents.Chat(options) with { Workload = CapacityEstimatorTests.Chat with { OutputCv = 0.5m } };
    }

    private static Scenario With(Scenario scenario, LoadShape shape) => scenario with { Workload = scenario.Workload with { Shape = shape } };

    private static CatalogSnapshot Catalog => CapacityEstimatorTests.Catalog with
    {
        Models = CapacityEstimatorTests.Catalog.Models.Concat(Documents.Catalog.Models).ToDictionary(),
        Instances = CapacityEstimatorTests.Catalog.Instances.Concat(Documents.Catalog.Instances).ToDictionary(),
    };

    private static string[] Unused(Scenario scenario)
    {
        var check = Engine.Evaluate(scenario, Catalog).Checks.SingleOrDefault(check => check.Id == "not-used");
        return check is null ? [] : check.Message["No figure of this scenario depends on ".Length..].TrimEnd('.').Split(", ");
    }

    /// <summary>All that the product says of a scenario, but for the check itself.</summary>
    private static string Told(Scenario scenario)
    {
        var result = Engine.Evaluate(scenario, Catalog);
        return System.Text.Json.JsonSerializer.Serialize(new object[]
        {
            result with { Checks = [.. result.Checks.Where(check => check.Id != "not-used")] },
            Engine.Horizon(scenario, Catalog), Engine.Simulate(scenario, Catalog), Engine.Week(scenario, Catalog),
        });
    }
}
