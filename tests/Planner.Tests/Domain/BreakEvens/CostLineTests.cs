using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

/// <summary>The lines of a chart along any axis: 10 M requests of 500 tokens at $1.50, two instances at $5.672 for 720 hours.</summary>
public class CostLineTests
{
    private static readonly Scenario Chat = Documents.Chat(Documents.Api(), Documents.Fleet());

    private static IReadOnlyList<CostLine> Lines(string axis, double from, double to, bool asItStands, Scenario? scenario = null) =>
        Engine.CostLines(scenario ?? Chat, Documents.Catalog, axis, from, to, firstMonth: false, asItStands);

    [Fact]
    public void Price_moves_its_own_option_and_no_other()
    {
        var lines = Lines(BreakEvenAxes.ApiPrice, 0, 4, asItStands: true);

        // 5,000 M tokens at $4.
        Assert.Equal([(0.0, 0.0), (4, 20_000)], Ends(lines[0]), Near);
        Assert.Equal([(0.0, 8167.68), (4, 8167.68)], Ends(lines[1]), Near);
    }

    [Fact]
    public void Fleet_that_cannot_carry_the_load_at_any_price_is_marked_all_along()
    {
        var lines = Lines(BreakEvenAxes.InstancePrice, 0, 10, asItStands: false);

        // 1,440 hours at $10.
        Assert.Equal([(0.0, 0.0), (10, 14_400)], Ends(lines[1]), Near);
        Assert.True(lines[1].BeyondCapacityFrom < 0);
        Assert.Null(lines[0].BeyondCapacityFrom);
    }

    [Fact]
    public void Fixed_fleet_begins_at_the_throughput_that_its_load_needs()
    {
        // 5,000 M tokens ÷ (720 × 3,600 s) on two replicas are 964.506 tokens/s each.
        var line = Lines(BreakEvenAxes.Throughput, 100, 2000, asItStands: false).Single(line => line.OptionId == "self");

        Assert.Equal([(964.506, 8167.68), (2000, 8167.68)], Ends(line), (expected, actual) => Math.Abs(expected.Item1 - actual.Item1) < 1e-3 && Math.Abs(expected.Item2 - actual.Item2) < 1e-6);
        Assert.Equal([(100.0, 8167.68), (2000, 8167.68)], Ends(Lines(BreakEvenAxes.Throughput, 100, 2000, asItStands: true)[1]), Near);
    }

    [Fact]
    public void Sized_fleet_steps_at_its_exact_edges()
    {
        // A request a second: 400 + x tokens/s fill n units of 1,000 at 1,000 n − 400; a unit is 720 × $0.90.
        var scenario = Chat with
        {
            Options = [Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1000 } }],
            Workload = Chat.Workload with { RequestsPerMonth = 2_592_000 },
        };
        var points = Assert.Single(Lines(BreakEvenAxes.OutputTokens, 1, 2000, asItStands: false, scenario)).Points;

        Assert.Equal([(1.0, 648.0), (1, 648), (600, 648), (600, 1296), (1600, 1296), (1600, 1944), (2000, 1944)], points, Near);
    }

    [Fact]
    public void Utilization_is_drawn_on_its_own_axis()
    {
        var lines = Lines(BreakEvenAxes.Utilization, 0, 1, asItStands: true);

        // Two replicas are full at 1,296,000 requests, for which the API asks $972; beyond the axis nothing is marked.
        Assert.Equal((1, 972), Ends(lines[0])[1], Near);
        Assert.Equal((1, 8167.68), Ends(lines[1])[1], Near);
        Assert.Null(lines[1].BeyondCapacityFrom);
    }

    [Fact]
    public void Line_of_the_volume_is_marked_where_the_fleet_is_full() =>
        Assert.Equal(1_296_000 * 500.0, Lines(BreakEvenAxes.TokensPerMonth, 0, 1e9, asItStands: false)[1].BeyondCapacityFrom!.Value, 1e-3);

    [Theory]
    [InlineData(BreakEvenAxes.RequestsPerMonth, 0, 2e7)]
    [InlineData(BreakEvenAxes.TokensPerMonth, 0, 1e10)]
    [InlineData(BreakEvenAxes.Utilization, 0, 1)]
    [InlineData(BreakEvenAxes.OutputTokens, 1, 2000)]
    [InlineData(BreakEvenAxes.ApiPrice, 0, 20)]
    [InlineData(BreakEvenAxes.InstancePrice, 0, 10)]
    [InlineData(BreakEvenAxes.Throughput, 100, 5000)]
    public void Lowest_line_is_that_of_the_winner(string axis, double from, double to)
    {
        var random = new Random(20261121);
        var checkedPoints = 0;
        for (var round = 0; round < 100; round++)
        {
            var shape = RandomScenarios.Shape(random);
            Option[] options = [RandomScenarios.PlainApi(random), RandomScenarios.Base(random), RandomScenarios.Mix(random, shape), RandomScenarios.Option(random)];
            var scenario = Documents.Chat([.. options.Select((option, i) => option with { Id = $"o{i}" })]);
            scenario = scenario with { Workload = scenario.Workload with { Shape = shape } };
            if (ScenarioRules.Check(scenario, Documents.Catalog).Count > 0 || Engine.CheckAxis(scenario, Documents.Catalog, axis, from, to).Count > 0)
                continue;
            foreach (var found in Engine.BreakEven(scenario, Documents.Catalog, axis, from, to).Where(found => found.Tail is null && found.SearchedFrom is null && found.SearchedTo is null))
            {
                var lines = Engine.CostLines(scenario, Documents.Catalog, axis, from, to, found.FirstMonth, asItStands: !found.CapacityChecked);
                if (lines.Any(line => line.Points.Count > 300))
                    continue;
                for (var i = 0; i < 10; i++)
                {
                    var at = from + ((to - from) * random.NextDouble());
                    var usd = lines.Where(line => !found.CapacityChecked || !(at > line.BeyondCapacityFrom)).Select(line => (line.OptionId, Usd: ValueAt(line, at))).Where(one => one.Usd is not null).ToList();
                    var winner = found.Intervals.Single(interval => interval.From <= at && at < interval.To).CheapestOptionId;
                    var message = $"round {round}, {axis} {at:R}: {winner} of {string.Join(", ", usd)}";
                    Assert.True(winner is null ? usd.Count == 0 : usd.Find(one => one.OptionId == winner).Usd <= usd.Min(one => one.Usd) * (1 + 1e-9) + 1e-5, message);
                    checkedPoints++;
                }
            }
        }

        Assert.True(checkedPoints >= 500, $"{checkedPoints} points");
    }

    private static double? ValueAt(CostLine line, double at)
    {
        var next = line.Points.ToList().FindIndex(point => point.At > at);
        if (next <= 0)
            return null;
        var (low, high) = (line.Points[next - 1], line.Points[next]);
        return low.Usd + ((high.Usd - low.Usd) * (at - low.At) / (high.At - low.At));
    }

    [Fact]
    public void No_point_is_without_a_number_where_an_option_cannot_serve()
    {
        // An API of one request a minute serves 43,200 a month.
        var limited = Documents.Api() with { Limits = new RateLimits { RequestsPerMinute = 1 } };
        foreach (var axis in BreakEvenAxes.All)
        {
            var (from, to) = BreakEvenAxes.Range(axis, Chat.Workload);
            foreach (var asItStands in (bool[])[false, true])
                Assert.All(Lines(axis, from, to, asItStands, Chat with { Options = [limited, Documents.Fleet(FleetSizings.WeeklyPeak, null)] }).SelectMany(line => line.Points), point => Assert.True(double.IsFinite(point.At) && double.IsFinite(point.Usd)));
        }

        Assert.Equal(43_200, Lines(BreakEvenAxes.RequestsPerMonth, 0, 1e6, asItStands: false, Chat with { Options = [limited] })[0].BeyondCapacityFrom!.Value, 1e-6);
    }

    [Fact]
    public void Question_that_cannot_be_answered_is_refused() =>
        Assert.Throws<ArgumentException>(() => Engine.CostLines(Chat, Documents.Catalog, BreakEvenAxes.ApiPrice, 0, 4, firstMonth: false, optionId: "self"));

    [Theory]
    [InlineData(BreakEvenAxes.RequestsPerMonth, 10_000_000)]
    [InlineData(BreakEvenAxes.TokensPerMonth, 5e9)]
    [InlineData(BreakEvenAxes.ApiPrice, 1.5)]
    [InlineData(BreakEvenAxes.InstancePrice, 5.672)]
    [InlineData(BreakEvenAxes.Utilization, 10_000_000 / 1_296_000.0)]
    public void Scenario_lies_at_its_own_point(string axis, double here) => Assert.Equal(here, Engine.AxisHere(Chat, Documents.Catalog, axis)!.Value, 1e-9 * here);

    private static (double, double)[] Ends(CostLine line) => [line.Points[0], line.Points[^1]];

    private static bool Near((double, double) expected, (double, double) actual) => Math.Abs(expected.Item1 - actual.Item1) < 1e-6 && Math.Abs(expected.Item2 - actual.Item2) < 1e-6;
}
