using Planner.Domain.Loads;

namespace Planner.Domain.Usage;

/// <summary>How measured usage spreads over the hours of the week.</summary>
public sealed class UsageWeek
{
    private UsageWeek(IReadOnlyList<decimal> means, IReadOnlyList<int> seen, UsageMeasure measure, double peakToMean)
    {
        Means = means;
        Seen = seen;
        Measure = measure;
        PeakToMean = peakToMean;
    }

    /// <summary>Mean usage of each hour of the week, 168 from Monday 00:00 in the given time zone, counted over all such hours of the measured time, idle ones included.</summary>
    public IReadOnlyList<decimal> Means { get; }

    /// <summary>How often each hour of the week was measured, 168.</summary>
    public IReadOnlyList<int> Seen { get; }

    /// <summary>What is counted.</summary>
    public UsageMeasure Measure { get; }

    /// <summary>Usage of the busiest single hour ÷ the mean of all measured hours, at least 1.</summary>
    public double PeakToMean { get; }

    /// <summary>True where every hour of the week was measured, so that the week is one to plan with.</summary>
    public bool IsWhole => Seen.All(times => times > 0);

    /// <summary>Spreads a profile over the week: its requests, or its tokens where nobody counted requests.</summary>
    /// <param name="profile">The measured workload.</param>
    /// <param name="zone">Time zone in which the hours are counted.</param>
    /// <returns>The week; null where the source sums up whole days, or nothing was used.</returns>
    public static UsageWeek? Of(UsageProfile profile, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(zone);
        if (profile.Resolution == UsageResolution.Day || profile.Hours.Count == 0)
            return null;
        var measure = profile.Hours.All(hour => hour.Totals.Requests is not null) ? UsageMeasure.Requests : UsageMeasure.Tokens;
        var sums = new decimal[LoadWeek.Hours];
        var seen = new int[LoadWeek.Hours];
        var (total, highest, hours) = (0m, 0m, 0);
        var used = profile.Hours.ToDictionary(hour => hour.StartUtc, hour => (measure == UsageMeasure.Requests ? hour.Totals.Requests : hour.Totals.Tokens) ?? 0);
        for (var start = FullHour(profile.FromUtc); start < profile.ToUtc; start = start.AddHours(1))
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(start, zone);
            var hourOfWeek = ((((int)local.DayOfWeek + 6) % 7) * 24) + local.Hour;
            var usage = used.GetValueOrDefault(start);
            sums[hourOfWeek] += usage;
            seen[hourOfWeek]++;
            (total, highest, hours) = (total + usage, Math.Max(highest, usage), hours + 1);
        }

        return total == 0 ? null : new UsageWeek([.. sums.Select((sum, hour) => seen[hour] == 0 ? 0 : sum / seen[hour])], seen, measure, (double)(highest * hours / total));
    }

    private static DateTime FullHour(DateTime time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc);
}

/// <summary>What a measured week counts.</summary>
public enum UsageMeasure
{
    /// <summary>Answered requests.</summary>
    Requests,

    /// <summary>Prompt and generated tokens.</summary>
    Tokens,
}
