using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.BreakEvens;

public class WinnerMapTests
{
    private static readonly Scenario Sized = Documents.Chat(Documents.Api(10, 10), Documents.Fleet(FleetSizings.WeeklyPeak, null));

    [Fact]
    public void Cells_agree_with_evaluating_at_their_centres()
    {
        var map = Engine.Map(Sized, Documents.Catalog, new MapAxis(BreakEvenAxes.RequestsPerMonth, null, 1e5, 1e7), new MapAxis(BreakEvenAxes.Throughput, "self", 50, 500, IsLinear: true), 12, 9, firstMonth: false);
        Assert.Equal((12, 9), (map.X.Centres.Count, map.Cells.Count));
        foreach (var (tokens, row) in map.Y.Centres.Zip(map.Cells))
        {
            foreach (var (requests, cell) in map.X.Centres.Zip(row))
            {
                var fleet = (SelfHostOption)Sized.Options[1];
                var at = Sized with
                {
                    Workload = Sized.Workload with { RequestsPerMonth = (decimal)requests },
                    Options = [Sized.Options[0], fleet with { Throughput = fleet.Throughput with { TokensPerSecond = (decimal)tokens } }],
                };
                Assert.Equal(Engine.Evaluate(at, Documents.Catalog).Verdict.CheapestOptionId, map.OptionIds[cell]);
            }
        }
    }

    [Fact]
    public void Turned_map_has_the_same_cells()
    {
        MapAxis output = new(BreakEvenAxes.OutputTokens, null, 10, 1000), price = new(BreakEvenAxes.ApiPrice, "api", 1, 30);
        var map = Engine.Map(Sized, Documents.Catalog, output, price, 8, 5, firstMonth: true);
        var turned = Engine.Map(Sized, Documents.Catalog, price, output, 5, 8, firstMonth: true);
        for (var row = 0; row < 5; row++)
            Assert.Equal(turned.Cells.Select(line => line[row]), map.Cells[row]);
        Assert.Equal([0, 1], map.Cells.SelectMany(row => row).Distinct().Order());
    }

    [Fact]
    public void Centres_are_middles_of_equal_steps_or_geometric_means()
    {
        var map = Engine.Map(Sized, Documents.Catalog, new MapAxis(BreakEvenAxes.RequestsPerMonth, null, 1e4, 1e8), new MapAxis(BreakEvenAxes.InstancePrice, null, 0, 8, IsLinear: true), 2, 4, firstMonth: false);
        Assert.Equal([1e5, 1e7], map.X.Centres, (expected, actual) => Math.Abs(expected / actual - 1) < 1e-12);
        Assert.Equal([1, 3, 5, 7], map.Y.Centres);
        Assert.Equal(5.672, map.Y.Here);
    }

    [Fact]
    public void Nobody_wins_where_a_fleet_of_a_stated_size_is_full()
    {
        // Two instances carry 1,296,000 requests.
        var map = Engine.Map(Documents.Chat(Documents.Fleet()), Documents.Catalog, new MapAxis(BreakEvenAxes.RequestsPerMonth, null, 1_200_000, 1_400_000, IsLinear: true), new MapAxis(BreakEvenAxes.InstancePrice), 2, 1, firstMonth: false);
        Assert.Equal([0, -1], map.Cells[0]);
    }

    [Fact]
    public void Map_that_nobody_waits_for_ends_early() => Assert.Throws<OperationCanceledException>(() => Engine.Map(
        Sized, Documents.Catalog, new MapAxis(BreakEvenAxes.RequestsPerMonth), new MapAxis(BreakEvenAxes.ApiPrice), 10, 10, firstMonth: false, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("requestsPerMonth", "tokensPerMonth", 10, 10, "y.axis")]
    [InlineData("apiPrice", "apiPrice", 10, 10, "y.axis")]
    [InlineData("moon", "apiPrice", 10, 10, "x.axis")]
    [InlineData("outputTokens", "apiPrice", 201, 10, "columns")]
    [InlineData("outputTokens", "apiPrice", 10, 0, "rows")]
    public void Faulty_question_is_refused_by_name(string x, string y, int columns, int rows, string path) =>
        Assert.Equal(path, Assert.Single(Engine.CheckMap(Sized, Documents.Catalog, new MapAxis(x), new MapAxis(y), columns, rows)).Path);
}
