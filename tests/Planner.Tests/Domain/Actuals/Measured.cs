using Planner.Domain.Actuals;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Tests.Domain.Scenarios;

namespace Planner.Tests.Domain.Actuals;

/// <summary>Scenarios and what was measured of them, in figures that can be worked out by hand.</summary>
internal static class Measured
{
    /// <summary>10 M requests of 400 and 100 tokens from September 2026 on, $1.50 per million tokens: $7,500 a month.</summary>
    public static Scenario Chat(params Option[] options) => Documents.Chat(options) with { StartMonth = "2026-09" };

    /// <summary>So much of a model on each day from one to another.</summary>
    public static IEnumerable<UsageDay> Days(DateOnly from, DateOnly to, decimal? usd, long input = 1_000_000, long output = 100_000, string model = "gpt-4o") =>
        Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(day => new UsageDay(from.AddDays(day), "openai", model, new UsageTotals(2_500, 0, 0, input, 0, 0, output, usd)));

    public static ActualSources Usage(IEnumerable<UsageDay> days, params string[] models)
    {
        IReadOnlyList<UsageDay> all = [.. days.OrderBy(day => day.Day)];
        var profile = new UsageProfile
        {
            FromUtc = all[0].Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            ToUtc = all[^1].Day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Resolution = UsageResolution.Day,
            Hours = [.. all.GroupBy(day => day.Day).Select(day => new UsageHour(day.Key.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), UsageTotals.Sum(day.Select(one => one.Totals))))],
            Days = all,
        };
        return new ActualSources(new MeasuredUsage("November's log", profile, models), []);
    }

    /// <summary>Full hours from a moment on, each with so many tokens.</summary>
    public static IEnumerable<FleetHour> Hours(DateTime from, int count, double? input = 400_000, double? output = 50_000, double requests = 1_000) =>
        Enumerable.Range(0, count).Select(hour => new FleetHour
        {
            StartUtc = from.AddHours(hour),
            Seconds = 3600,
            PromptTokens = input,
            GeneratedTokens = output,
            Requests = requests,
            PrefixQueries = null,
            PrefixHits = null,
        });

    public static ActualSources Fleet(decimal? instances, IEnumerable<FleetHour> hours) => new(null, [new WatchedFleet("vLLM in the cellar", instances, [.. hours])]);

    public static DateTime Start(int month, int day = 1, int hour = 0) => new(2026, month, day, hour, 0, 0, DateTimeKind.Utc);
}
