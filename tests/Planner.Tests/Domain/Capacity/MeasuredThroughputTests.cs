using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

public sealed class MeasuredThroughputTests
{
    private static readonly Workload Chat = new() { InputTokens = 1000, OutputTokens = 250, Slo = new ServiceLevel { TtftMs = 1000, TpotMs = 50 } };

    private static BenchmarkPoint Point(double rate, double ttft, double itl, double input = 1000, double output = 250) => new(input, output, 32, null, rate, ttft, itl);

    [Fact]
    public void Fastest_point_that_kept_the_targets_counts() =>
        Assert.Equal(900, MeasuredThroughput.Best([Point(500, 0.2, 0.02), Point(900, 0.8, 0.04), Point(1500, 3, 0.09)], Chat)!.OutputTokensPerSecond);

    [Fact]
    public void Point_of_other_lengths_counts_only_where_none_is_nearer()
    {
        var elsewhere = Point(4000, 0.1, 0.01, input: 100, output: 50);

        Assert.Equal(900, MeasuredThroughput.Best([elsewhere, Point(900, 0.8, 0.04)], Chat)!.OutputTokensPerSecond);
        Assert.Equal(elsewhere, MeasuredThroughput.Best([elsewhere], Chat));
    }

    [Fact]
    public void Nothing_counts_where_no_point_kept_the_targets() => Assert.Null(MeasuredThroughput.Best([Point(1500, 3, 0.09)], Chat));
}
