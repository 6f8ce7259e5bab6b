using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Domain.Usage;

/// <summary>What a measured workload makes of a scenario, against sums by hand.</summary>
public sealed class MeasuredScenarioTests
{
    private static readonly DateTime Monday = new(2026, 9, 7, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_month_is_taken_from_the_last_four_weeks()
    {
        // 100 requests an hour for four weeks, then 200: 200 × 730 a month.
        var measured = MeasuredScenario.Of(Before(), Profile(56, hour => hour < 28 * 24 ? 100 : 200), "Logs", TimeZoneInfo.Utc);
        Assert.Equal(200 * 730, measured.Scenario.Workload.RequestsPerMonth);
        Assert.Equal(1000, measured.Scenario.Workload.InputTokens);
        Assert.Equal(50, measured.Scenario.Workload.OutputTokens);
        // A quarter of the prompt from the cache; the batch share nobody knows stays.
        Assert.Equal(0.25m, measured.Scenario.Workload.CacheReadShare);
        Assert.Equal(0.3m, measured.Scenario.Workload.BatchShare);
        // $0.01 a request: 200 × 730 × 0.01.
        Assert.Equal(1460m, measured.Scenario.BaselineMonthlyUsd);
        Assert.Equal(["workload.requestsPerMonth", "workload.inputTokens", "workload.outputTokens", "workload.cacheReadShare", "workload.retryShare", "workload.growthPerMonth", "workload.shape", "baselineMonthlyUsd"], measured.Scenario.Evidence.Select(entry => entry.Path));
        Assert.Equal(measured.Inputs.Select(input => input.After), measured.Scenario.Evidence.Select(entry => entry.Measured));
    }

    [Fact]
    public void Growth_is_the_trend_of_whole_weeks()
    {
        // Each week 2 % more than the one before, for 12 weeks: 1.02^(365.25 ÷ 84) a month.
        var measured = MeasuredScenario.Of(Before(), Profile(84, hour => (long)(1_000_000 * Math.Pow(1.02, hour / 168))), "Logs", TimeZoneInfo.Utc);
        Assert.Equal(0.0899m, measured.Scenario.Workload.GrowthPerMonth, 3);
        Assert.Equal(Math.Pow(1.02, 365.25 / 84) - 1, (double)measured.Scenario.Workload.GrowthPerMonth, 3);
    }

    [Fact]
    public void Ups_and_downs_without_a_trend_change_no_growth()
    {
        var measured = MeasuredScenario.Of(Before(), Profile(56, hour => (hour / 168) % 2 == 0 ? 100 : 300), "Logs", TimeZoneInfo.Utc);
        Assert.Equal(0.01m, measured.Scenario.Workload.GrowthPerMonth);
        Assert.Contains(measured.Unknown, text => text.Contains("trend", StringComparison.Ordinal));
    }

    [Fact]
    public void The_hours_of_the_week_are_counted_where_people_live()
    {
        // All requests at 07:00 UTC on weekdays: 09:00 in Berlin while summer lasts.
        var profile = Profile(14, hour => hour % 24 == 7 && hour / 24 % 7 < 5 ? 240 : 0);
        var shape = MeasuredScenario.Of(Before(), profile, "Logs", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Scenario.Workload.Shape;
        Assert.Equal(ShapeKinds.Weights, shape.Kind);
        Assert.Equal([9, 33, 57, 81, 105], Enumerable.Range(0, 168).Where(hour => shape.Weights![hour] > 0));
        Assert.Equal(336 / 10.0, UsageWeek.Of(profile, TimeZoneInfo.Utc)!.PeakToMean, 9);
    }

    [Fact]
    public void A_source_that_counts_no_requests_keeps_the_length_of_answers()
    {
        var profile = Profile(28, _ => 100);
        profile = profile with { Hours = [.. profile.Hours.Select(hour => hour with { Totals = hour.Totals with { Requests = null } })], Days = [.. profile.Days.Select(day => day with { Totals = day.Totals with { Requests = null } })] };
        var before = Before();
        var measured = MeasuredScenario.Of(before, profile, "Logs", TimeZoneInfo.Utc).Scenario.Workload;
        // 100 requests × 50 tokens an hour are 12.5 answers of 400 tokens, each after 8,000 prompt tokens.
        Assert.Equal((9125, 8000, 400), (measured.RequestsPerMonth, measured.InputTokens, measured.OutputTokens));
    }

    [Fact]
    public void What_failed_requests_used_is_counted_once()
    {
        // 95 answered requests of 1,000 and 50 tokens, and 5 that failed after as many: 5 ÷ 95 on top.
        var totals = new UsageTotals(95, 5, null, 100_000, null, null, 5_000, 1);
        var lengths = new LengthDistribution(95, 1_000, 0, 1_000, 1_000, 1_000, 1_000, []);
        var profile = Profile(28, _ => 100) with
        {
            Hours = [new UsageHour(Monday, totals)],
            Days = [new UsageDay(DateOnly.FromDateTime(Monday), "openai", "gpt-4o", totals)],
            InputLengths = lengths,
            OutputLengths = lengths with { Mean = 50, P50 = 50, P95 = 50, P99 = 50, Longest = 50 },
        };
        var measured = MeasuredScenario.Of(Before(), profile, "Logs", TimeZoneInfo.Utc).Scenario.Workload;
        Assert.Equal((1_000m, 50m, 0.0526m), (measured.InputTokens, measured.OutputTokens, measured.RetryShare));

        // Failures that used nothing cost nothing.
        var cheap = totals with { InputTokens = 95_000, OutputTokens = 4_750 };
        var unused = MeasuredScenario.Of(Before(), profile with { Days = [profile.Days[0] with { Totals = cheap }] }, "Logs", TimeZoneInfo.Utc).Scenario.Workload;
        Assert.Equal((1_000m, 0m), (unused.InputTokens, unused.RetryShare));

        // Sums do not tell them apart: they stay in the lengths.
        var summed = MeasuredScenario.Of(Before(), profile with { InputLengths = null, OutputLengths = null }, "Logs", TimeZoneInfo.Utc).Scenario.Workload;
        Assert.Equal((1_053m, 0m), (summed.InputTokens, summed.RetryShare));
    }

    [Fact]
    public void Less_than_a_day_tells_no_month()
    {
        var profile = Profile(1, _ => 100) with { ToUtc = Monday.AddHours(23) };
        var measured = MeasuredScenario.Of(Before(), profile, "Logs", TimeZoneInfo.Utc);
        Assert.Equal((5, 1_000, null), (measured.Scenario.Workload.RequestsPerMonth, measured.Scenario.Workload.InputTokens, measured.Scenario.BaselineMonthlyUsd));
        Assert.Contains("The log covers 23 hours, less than a day, of which no month can be told: volume and bill stay as they were.", measured.Unknown);
    }

    private static Scenario Before() => new() { Name = "Chat", Workload = new Workload { RequestsPerMonth = 5, InputTokens = 7, OutputTokens = 400, BatchShare = 0.3m, GrowthPerMonth = 0.01m } };

    /// <summary>Requests of 1,000 prompt tokens, 250 of them cached, and 50 generated ones, at a cent each, from a Monday on.</summary>
    private static UsageProfile Profile(int days, Func<int, long> requestsOfHour)
    {
        var hours = Enumerable.Range(0, days * 24).Select(hour => new UsageHour(Monday.AddHours(hour), Totals(requestsOfHour(hour)))).Where(hour => hour.Totals.Requests > 0).ToList();
        return new UsageProfile
        {
            FromUtc = Monday,
            ToUtc = Monday.AddDays(days),
            Resolution = UsageResolution.Request,
            Hours = hours,
            Days = [.. hours.GroupBy(hour => DateOnly.FromDateTime(hour.StartUtc)).Select(day => new UsageDay(day.Key, "openai", "gpt-4o", UsageTotals.Sum(day.Select(hour => hour.Totals))))],
        };
    }

    private static UsageTotals Totals(long requests) => new(requests, 0, null, 1000 * requests, 250 * requests, null, 50 * requests, requests / 100m);
}
