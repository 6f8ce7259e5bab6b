using Planner.Domain;
using Planner.Domain.Scenarios;
using Xunit;
using static Planner.Tests.Domain.Uncertainty.Simulations;

namespace Planner.Tests.Domain.Scenarios;

public class RangeRulesTests
{
    private static readonly Scenario Chat = Documents.HighVolumeChat with { Options = [Documents.HighVolumeChat.Options[0], Documents.Fleet() with { Purchase = [new PurchaseShare { UsdPerHour = 5 }], People = new PeopleCost() }] };

    private static IReadOnlyList<Problem> Problems(Scenario scenario, params InputRange[] ranges) => ScenarioRules.Check(scenario with { Ranges = ranges }, Documents.Catalog);

    private static string[] Faults(params InputRange[] ranges) => [.. Problems(Chat, ranges).Select(problem => problem.Path)];

    [Theory]
    [InlineData("workload.requestsPerMonth", 1, 2, 3)]
    [InlineData("workload.slo.ttftMs", 500, 1000, 2000)]
    [InlineData("workload.shape.peakToMean", 1, 2, 5)]
    [InlineData("options[0].price.inputUsdPerM", 0, 1, 2)]
    [InlineData("options[0].discountShare", 0, 0.1, 0.3)]
    [InlineData("options[1].fleet.instances", 1, 2, 3)]
    [InlineData("options[1].instanceUsdPerHour", 4, 5, 6)]
    [InlineData("options[1].purchase[0].usdPerHour", 4, 5, 6)]
    [InlineData("options[1].people.usdPerHour", 50, 90, 120)]
    [InlineData("horizon.discountRatePerYear", 0.05, 0.1, 0.15)]
    [InlineData("horizon.months", 12, 36, 60)]
    [InlineData("hoursPerMonth", 700, 720, 744)]
    [InlineData("baselineMonthlyUsd", 1, 2, 3)]
    public void Any_number_of_the_document_may_have_a_range(string path, double low, double likely, double high) =>
        Assert.Empty(Faults(Range(path, (decimal)low, (decimal)likely, (decimal)high)));

    [Theory]
    [InlineData("")]
    [InlineData("workload.moonPhase")]
    [InlineData("workload")]
    [InlineData("name")]
    [InlineData("startMonth")]
    [InlineData("options[1].fleet.sizing")]
    [InlineData("options[7].discountShare")]
    [InlineData("options[0].limits.tokensPerMinute")]
    [InlineData("options[1].purchase[1].share")]
    [InlineData("exchange.unitsPerUsd")]
    [InlineData("ranges[0].low")]
    [InlineData("workload.shape.hours[0]")]
    [InlineData("workload.requirements.minimumQualityTier")]
    [InlineData("options[99999999999].discountShare")]
    public void Path_that_is_no_number_of_the_document_is_refused(string path)
    {
        var exchanged = Chat with { Workload = Chat.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BatchWindow, Hours = [1, 2] } }, Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.9m, AsOf = new DateOnly(2026, 11, 1) } };
        Assert.Equal(["ranges[0].path"], Problems(exchanged, Range(path, 1, 2, 3)).Select(problem => problem.Path));
    }

    [Fact]
    public void An_input_has_one_range() =>
        Assert.Equal(["ranges[1].path"], Faults(Volume(1, 2, 3), Volume(1, 2, 3)));

    [Theory]
    [InlineData(3, 2, 4)]
    [InlineData(1, 5, 4)]
    [InlineData(4, 4, 1)]
    public void Low_likely_and_high_stand_in_this_order(int low, int likely, int high) =>
        Assert.Equal(["ranges[0].low"], Faults(Volume(low, likely, high)));

    [Fact]
    public void End_that_makes_the_scenario_faulty_is_refused_with_the_rules_own_words()
    {
        var share = Problems(Chat, Range("options[0].discountShare", -0.1m, 0.5m, 1.5m));

        Assert.Equal(["ranges[0].low", "ranges[0].high"], share.Select(problem => problem.Path));
        Assert.All(share, problem => Assert.Equal("Must be between 0 and 1.", problem.Message));
        Assert.Equal(["ranges[0].high"], Faults(Range("hoursPerMonth", 700, 720, 800)));
        Assert.Equal(["ranges[0].low"], Faults(Range("options[1].throughput.tokensPerSecond", 0, 100, 200)));
    }

    [Fact]
    public void End_that_disturbs_another_field_names_it()
    {
        var problem = Assert.Single(Problems(Chat, Range("options[1].purchase[0].share", 1, 1, 0.5m) with { Low = 0.5m, High = 1 }));

        Assert.Equal("ranges[0].low", problem.Path);
        Assert.Contains("options[1].purchase", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_of_one_whole_may_not_exceed_it_together()
    {
        var (read, write) = (Range("workload.cacheReadShare", 0, 0.2m, 0.7m), Range("workload.cacheWriteShare", 0, 0.2m, 0.6m));

        Assert.Empty(Faults(read, write with { High = 0.3m }));
        Assert.Equal(["ranges"], Faults(read, write));
    }

    [Fact]
    public void Faults_of_the_scenario_itself_are_not_told_twice() =>
        Assert.Equal(["workload.retryShare"], Problems(Chat with { Workload = Chat.Workload with { RetryShare = 2 } }, Volume(1, 2, 3)).Select(problem => problem.Path));

    [Fact]
    public void Whole_inputs_need_whole_ends() =>
        Assert.Equal(["ranges[0].low", "ranges[0].high"], Faults(Range("options[1].fleet.instances", 1.5m, 2, 2.5m)));

    [Fact]
    public void Modelled_throughput_has_a_range_of_its_own()
    {
        var modelled = Chat with { Options = [Chat.Options[0], Documents.Fleet() with { Throughput = new Throughput() }] };

        Assert.Equal(["ranges[0].path"], Problems(modelled, Range("options[1].throughput.tokensPerSecond", 100, 200, 300)).Select(problem => problem.Path));
    }

    [Fact]
    public void Volume_and_what_it_follows_from_cannot_both_have_one()
    {
        var typed = Chat with { Workload = Chat.Workload with { Volume = new VolumeEntry { Basis = VolumeBases.RequestsPerMonth, Value = 10_000_000 } } };

        Assert.Empty(Problems(typed, Volume(1, 2, 3)));
        Assert.Empty(Problems(typed, Range("workload.volume.value", 1, 2, 3)));
        Assert.Equal(["ranges[1].path"], Problems(typed, Volume(1, 2, 3), Range("workload.volume.value", 1, 2, 3)).Select(problem => problem.Path));
    }

    [Fact]
    public void Scenario_has_at_most_60_ranges() =>
        Assert.Equal(["ranges"], Faults([.. Enumerable.Repeat(Volume(1, 2, 3), 61)]));

    [Fact]
    public void Checking_leaves_the_scenario_as_it_was()
    {
        var scenario = Chat with { Ranges = [Volume(1, 2, 3)] };
        var before = ScenarioJson.Write(scenario);

        ScenarioRules.Check(scenario, Documents.Catalog);

        Assert.Equal(before, ScenarioJson.Write(scenario));
    }
}
