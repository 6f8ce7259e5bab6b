using Planner.Domain.Actuals;
using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Domain.Actuals;

/// <summary>Which hours say what a deployment can do, and what they say.</summary>
public sealed class SaturatedHourTests
{
    /// <summary>An hour of two replicas that were full: 1,800 requests of 1,000 and 200 tokens, 64 at once, 4 waiting.</summary>
    private static readonly FleetHour Full = new()
    {
        StartUtc = new DateTime(2026, 11, 2, 10, 0, 0, DateTimeKind.Utc),
        Seconds = 3600,
        PromptTokens = 1_800_000,
        GeneratedTokens = 360_000,
        Requests = 1800,
        RunningSeconds = 64 * 3600,
        WaitingSeconds = 4 * 3600,
        KvShareSeconds = 0.9 * 3600,
        LeastWaiting = 0,
        ReplicaSeconds = 2 * 3600,
        Ttft = new LatencyBuckets([1, double.PositiveInfinity], [1800, 0]) { SumSeconds = 900 },
        Itl = new LatencyBuckets([0.1, double.PositiveInfinity], [360_000, 0]) { SumSeconds = 14_400 },
    };

    [Fact]
    public void A_point_is_of_one_replica()
    {
        var point = SaturatedHour.Point(Full)!;
        // 360,000 ÷ 3,600 s ÷ 2; 64 ÷ 2; 900 s ÷ 1,800; 14,400 s ÷ 360,000.
        Assert.Equal((1000.0, 200.0, 32.0, 50.0, 0.5, 0.04), (point.InputTokens, point.OutputTokens, point.Concurrency!.Value, point.OutputTokensPerSecond, point.TtftSeconds!.Value, point.ItlSeconds!.Value));
        Assert.Null(point.RequestsPerSecond);
    }

    [Fact]
    public void Only_an_hour_with_more_to_do_than_could_be_done_is_saturated()
    {
        Assert.True(SaturatedHour.IsSaturated(Full));
        Assert.False(SaturatedHour.IsSaturated(Full with { KvShareSeconds = 0.8 * 3600 }));
        Assert.False(SaturatedHour.IsSaturated(Full with { WaitingSeconds = 0 }));
        Assert.False(SaturatedHour.IsSaturated(Full with { WaitingSeconds = null }));
        Assert.False(SaturatedHour.IsSaturated(Full with { KvShareSeconds = null }));
        // Where requests waited all the time the cache need not be full, nor known: the engine's own limit held them back.
        Assert.True(SaturatedHour.IsSaturated(Full with { KvShareSeconds = null, LeastWaiting = 1 }));
        Assert.False(SaturatedHour.IsSaturated(Full with { KvShareSeconds = 0, LeastWaiting = 0.5 }));
        Assert.True(SaturatedHour.IsSaturated(Full with { Seconds = 2700 }));
        Assert.False(SaturatedHour.IsSaturated(Full with { Seconds = 2699 }));
    }

    [Fact]
    public void An_hour_that_does_not_say_enough_has_no_point()
    {
        Assert.Null(SaturatedHour.Point(Full with { Requests = 19 }));
        Assert.Null(SaturatedHour.Point(Full with { Requests = null }));
        Assert.Null(SaturatedHour.Point(Full with { PromptTokens = null }));
        Assert.Null(SaturatedHour.Point(Full with { GeneratedTokens = 0 }));
        Assert.Null(SaturatedHour.Point(Full with { ReplicaSeconds = 0 }));
        var quiet = SaturatedHour.Point(Full with { RunningSeconds = null, Ttft = null, Itl = null })!;
        Assert.Equal((null, null, null), (quiet.Concurrency, quiet.TtftSeconds, quiet.ItlSeconds));
    }

    [Fact]
    public void Of_each_kind_of_load_the_fastest_and_the_promptest_stand_for_all()
    {
        var (slow, fast, prompt) = (Point(1000, 100, 2), Point(1100, 300, 3), Point(900, 200, 0.5));
        var other = Point(4000, 50, 9);
        Assert.Equal([fast, prompt, other], SaturatedHour.Chosen([slow, fast, prompt, other], point => point));
        // Thirty kinds of load, one point each: the latest 24.
        var many = Enumerable.Range(0, 30).Select(kind => Point(Math.Pow(2, kind), 100, 1)).ToList();
        Assert.Equal(many[6..], SaturatedHour.Chosen(many, point => point));

        static BenchmarkPoint Point(double input, double rate, double ttft) => new(input, 256, 32, null, rate, ttft, 0.02);
    }
}
