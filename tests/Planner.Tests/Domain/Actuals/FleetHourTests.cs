using Planner.Domain.Actuals;
using Xunit;

namespace Planner.Tests.Domain.Actuals;

/// <summary>Work between two readings of an engine's counters, by hand.</summary>
public sealed class FleetHourTests
{
    private static readonly DateTime Ten = new(2026, 11, 2, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Work_across_a_full_hour_is_shared_by_time()
    {
        // From 10:50 to 11:10: half of 1,200 tokens in each hour; 4 and 8 requests at once are 6 on the mean, over 600 s each.
        var hours = FleetHour.Between(Reading(Ten.AddMinutes(50), 1000, 4), Reading(Ten.AddMinutes(70), 2200, 8));
        Assert.Equal([(Ten, 600.0, 600.0, 3600.0), (Ten.AddHours(1), 600, 600, 3600)], hours.Select(hour => (hour.StartUtc, hour.Seconds, hour.GeneratedTokens!.Value, hour.RunningSeconds!.Value)));
    }

    [Fact]
    public void A_restarted_engine_counts_from_nothing()
    {
        var hour = Assert.Single(FleetHour.Between(Reading(Ten, 5_000_000, 4), Reading(Ten.AddMinutes(5), 700, 4)));
        Assert.Equal(700, hour.GeneratedTokens);
    }

    [Fact]
    public void A_gap_stays_a_gap()
    {
        Assert.Empty(FleetHour.Between(Reading(Ten, 0, 1), Reading(Ten.AddMinutes(61), 100, 1)));
        Assert.Empty(FleetHour.Between(Reading(Ten, 0, 1), Reading(Ten, 100, 1)));
    }

    [Fact]
    public void What_one_reading_does_not_say_is_unknown_in_the_hour()
    {
        var hour = Assert.Single(FleetHour.Between(Reading(Ten, 0, 1) with { Running = null }, Reading(Ten.AddMinutes(10), 60, 1)));
        Assert.Null(hour.RunningSeconds);
        Assert.Null(hour.Plus(hour).RunningSeconds);
        Assert.Equal((1200.0, 120.0), (hour.Plus(hour).Seconds, hour.Plus(hour).GeneratedTokens));
    }

    [Fact]
    public void Latency_is_that_of_the_requests_between_the_readings()
    {
        // 100 requests before; ten more since, nine of them below 0.5 s.
        var hour = Assert.Single(FleetHour.Between(
            Reading(Ten, 0, 1) with { Ttft = new LatencyBuckets([0.1, 0.5, double.PositiveInfinity], [80, 10, 10]) },
            Reading(Ten.AddMinutes(10), 60, 1) with { Ttft = new LatencyBuckets([0.1, 0.5, double.PositiveInfinity], [80, 19, 11]) }));
        Assert.Equal([0, 9, 1], hour.Ttft!.Counts);
        // The fifth of nine between 0.1 and 0.5 s.
        Assert.Equal(0.1 + (0.4 * 5 / 9), hour.Ttft.Percentile(0.5)!.Value.Seconds, 9);
        Assert.Equal((0.5, true), hour.Ttft.Percentile(0.95));
    }

    private static FleetReading Reading(DateTime at, double generated, double running) => new("vllm", at, null, generated, null, running, null, null, null, null, null, null);
}
