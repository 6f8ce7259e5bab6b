using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

public class WinnerSearchTests
{
    private static BreakEven Find(bool capacityChecked, params Option[] options) =>
        Engine.Evaluate(Documents.Chat(options), Documents.Catalog).BreakEven.Single(found => found.CapacityChecked == capacityChecked && !found.FirstMonth);

    [Fact]
    public void Growing_fleet_wins_and_loses_again_at_every_step_until_it_wins_for_good()
    {
        // A unit carries 648,000 requests for $648; the API asks $0.0012 a request: n units tie at 540,000 n, the edge is at 648,000 n.
        var found = Find(true, Documents.Api(2.4m, 2.4m), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m });
        Assert.Equal([540_000, 648_000, 1_080_000, 1_296_000, 1_620_000, 1_944_000, 2_160_000, 2_592_000, 2_700_000], found.Crossings.Select(crossing => crossing.Value));
        Assert.Equal("self", found.Intervals[^1].CheapestOptionId);
        Assert.Null(found.Tail);
    }

    [Fact]
    public void After_64_crossings_the_list_says_until_when_it_alternates()
    {
        // $0.001 a request against $0.001 − ε: the fleet's units (648 $ for 648,000 requests) tie at 648,000 n × (1 − 1/1000).
        var found = Find(true, Documents.Api(2.002002002002m, 2.002002002002m), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m });
        Assert.Equal(64, found.Crossings.Count);
        Assert.NotNull(found.Tail);
        // The last loss is the step at 999 units or just before: n × 648,000 × 0.001 < 648 ⇔ n < 1,000.
        Assert.InRange(found.Tail.AlternatesUntil, 648_000d * 997, 648_000d * 1_001);
        Assert.Equal("self", found.Tail.ThenOptionId);
        Assert.Equal(1e12, found.Intervals[^1].To);
    }

    [Fact]
    public void Equal_costs_stay_with_the_earlier_option()
    {
        var found = Find(false, Documents.Api() with { Id = "first" }, Documents.Api() with { Id = "second" });
        Assert.Equal("first", Assert.Single(found.Intervals).CheapestOptionId);
    }

    [Fact]
    public void Fixed_fleet_is_left_out_beyond_what_it_carries()
    {
        var found = Find(true, Documents.Api(20, 20), Documents.Fleet());
        Assert.Equal(["api", "self", "api"], found.Intervals.Select(interval => interval.CheapestOptionId));
        Assert.Equal(1_296_000, found.Crossings[1].Value);
        // Full is not over: the edge itself is still the fleet's.
        Assert.True(found.Intervals[1].To > 1_296_000);
    }

    [Fact]
    public void Nobody_wins_where_nobody_can_serve()
    {
        var found = Find(true, Documents.Fleet());
        Assert.Equal(["self", null], found.Intervals.Select(interval => interval.CheapestOptionId));
    }

    [Fact]
    public void Options_without_a_known_cost_take_no_part()
    {
        var found = Find(false, new ApiOption { Id = "unknown", Name = "Unknown", PriceKey = "half:known" }, Documents.Api());
        Assert.Equal("api", Assert.Single(found.Intervals).CheapestOptionId);
    }

    [Fact]
    public void Axis_of_tokens_is_the_axis_of_requests_times_tokens()
    {
        var found = Engine.BreakEven(Documents.HighVolumeChat, Documents.Catalog, BreakEvenAxes.TokensPerMonth)[0];
        Assert.Equal(10_890_240d * 500, Assert.Single(found.Crossings).Value);
        Assert.Equal(1e12 * 500, found.Intervals[^1].To);
    }

    [Theory]
    [InlineData("colour", null, null, "axis")]
    [InlineData("requestsPerMonth", -1d, null, "from")]
    [InlineData("requestsPerMonth", double.NaN, null, "from")]
    [InlineData("requestsPerMonth", 5d, 5d, "to")]
    [InlineData("requestsPerMonth", null, 1.1e12, "to")]
    [InlineData("tokensPerMonth", null, 5.1e14, "to")]
    public void Faulty_question_is_refused_by_name(string axis, double? from, double? to, string path) =>
        Assert.Equal(path, Assert.Single(Engine.CheckAxis(Documents.HighVolumeChat, Documents.Catalog, axis, from, to)).Path);

    [Fact]
    public void Crossing_among_the_largest_volumes_that_a_workload_may_have_is_found()
    {
        // $100,000 a month more for $0.000001 a request less.
        var cheap = Documents.Api(2, 2) with { Id = "cheap", CommittedMonthlyUsd = 100_000 };
        var scenario = Documents.Chat(Documents.Api(2.002m, 2.002m), cheap);
        scenario = scenario with { Workload = scenario.Workload with { RequestsPerMonth = 1e12m } };

        var result = Engine.Evaluate(scenario, Documents.Catalog);
        var found = result.BreakEven.Single(found => found is { CapacityChecked: true, FirstMonth: false });
        Assert.Equal("cheap", result.Verdict.CheapestOptionId);
        Assert.Equal("cheap", found.Intervals[^1].CheapestOptionId);
        Assert.Equal(1e11, Assert.Single(found.Crossings).Value, 1e3);
    }

    [Fact]
    public void Fleets_of_tiny_replicas_are_searched_to_the_end()
    {
        // Millions of steps up to 10¹² requests: bounds pass over them.
        var small = Documents.Fleet(FleetSizings.WeeklyPeak, null) with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 0.5m }, InstanceUsdPerHour = 0.01m };
        var found = Find(true, Documents.Api(20, 20), small with { Id = "other", InstanceUsdPerHour = 0.013m, Throughput = small.Throughput with { TokensPerSecond = 0.63m } }, small);
        Assert.Equal(1e12, found.Intervals[^1].To);
        Assert.NotNull(found.Intervals[^1].CheapestOptionId);
    }

    private static SelfHostOption Small(string id, Func<SelfHostOption, SelfHostOption>? change = null)
    {
        var fleet = Documents.Fleet(FleetSizings.WeeklyPeak, null) with { Id = id, LoadFactor = 0.8m };
        return change?.Invoke(fleet) ?? fleet;
    }

    private static IReadOnlyList<BreakEven> Crowded(params Option[] options)
    {
        var scenario = Documents.Chat(options);
        return Engine.Evaluate(scenario with { Workload = scenario.Workload with { InputTokens = 4_000, OutputTokens = 500, Shape = new LoadShape { PeakToMean = 2 } } }, Documents.Catalog).BreakEven;
    }

    [Fact]
    public void Two_equal_fleets_of_300_000_steps_are_compared_to_the_end()
    {
        var found = Crowded(Small("a"), Small("b"))[2];
        Assert.Equal("a", Assert.Single(found.Intervals).CheapestOptionId);
        Assert.Equal((1e12, null, null), (found.Intervals[0].To, found.Tail, found.SearchedTo));
    }

    [Fact]
    public void Fleet_that_differs_by_one_monthly_line_is_never_cheaper()
    {
        var found = Crowded(Small("a", fleet => fleet with { Extras = [new ExtraCost { Name = "Monitoring", UsdPerMonth = 100 }] }), Small("b"))[2];
        Assert.Equal("b", Assert.Single(found.Intervals).CheapestOptionId);
    }

    [Fact]
    public void One_crossing_before_equal_fleets_is_listed_without_a_tail()
    {
        var found = Crowded(Documents.Api(0.5m, 0.5m) with { CommittedMonthlyUsd = 10 }, Small("a"), Small("b"))[2];
        Assert.Null(found.Tail);
        Assert.Null(found.SearchedTo);
        Assert.All(found.Intervals, interval => Assert.NotEqual("b", interval.CheapestOptionId));
    }

    [Fact]
    public void Search_that_gives_up_says_how_far_it_came()
    {
        // Two fleets of almost the same price per request, whose steps do not coincide: no bound tells them apart for hundreds of thousands of steps.
        var found = Crowded(
            Small("a", fleet => fleet with { InstanceUsdPerHour = 1m, Throughput = fleet.Throughput with { TokensPerSecond = 1.0m } }),
            Small("b", fleet => fleet with { InstanceUsdPerHour = 1.0000001m, Throughput = fleet.Throughput with { TokensPerSecond = 1.0000001m } }))[2];
        Assert.NotEmpty(found.Intervals);
        Assert.True(found.Tail is not null || found.SearchedTo is not null || found.Intervals[^1].To == 1e12);
    }

    [Fact]
    public void Absurdly_small_throughput_ends_at_what_can_be_sized()
    {
        var tiny = Documents.Fleet(FleetSizings.WeeklyPeak, null) with
        {
            LoadFactor = 0.01m,
            Model = null,
            Throughput = new Throughput { Kind = "stated", TokensPerSecond = 0.01m },
            Fleet = new Fleet { RunningHoursPerMonth = 1 },
        };
        var scenario = Documents.Chat(tiny with { Id = "a" }, tiny with { Id = "b" });
        var result = Engine.Evaluate(scenario with { Workload = scenario.Workload with { RequestsPerMonth = 1, InputTokens = 1e7m, OutputTokens = 1e7m, Shape = new LoadShape { PeakToMean = 1000 } } }, Documents.Catalog);
        Assert.Null(result.BreakEven[2].Intervals[^1].CheapestOptionId);
    }

    [Fact]
    public void Equal_prices_reached_by_different_arithmetic_are_a_tie()
    {
        var found = Find(false, Documents.Api(7, 7) with { Id = "list" }, Documents.Api(10, 10) with { Id = "discounted", DiscountShare = 0.3m });
        Assert.Equal("list", Assert.Single(found.Intervals).CheapestOptionId);
    }

    [Fact]
    public void Where_nobody_can_serve_the_sentence_says_so()
    {
        var scenario = Documents.Chat(Documents.Fleet() with { Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 1 } });
        var sentence = Engine.BreakEven(scenario, Documents.Catalog, BreakEvenAxes.RequestsPerMonth, 1e6, 1e7)[2].Sentence;
        Assert.Equal("No option can serve any volume from 1 M to 10 M requests/month.", sentence);
    }
}
