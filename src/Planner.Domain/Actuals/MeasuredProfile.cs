using Planner.Domain.Usage;

namespace Planner.Domain.Actuals;

/// <summary>Sources of actual figures as one measured workload, from which a scenario can be set anew.</summary>
internal static class MeasuredProfile
{
    /// <summary>What was served within some months.</summary>
    /// <param name="sources">Where it is known from; only those that count for the option.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day.</param>
    /// <returns>The workload; null where nothing was served.</returns>
    public static UsageProfile? Of(ActualSources sources, DateOnly first, DateOnly last)
    {
        var (days, hours) = (new List<UsageDay>(), new List<UsageHour>());
        var byHour = true;
        var lengths = default(UsageProfile);
        if (sources.Usage is { } usage)
        {
            days.AddRange(usage.Days.Where(day => day.Day >= first && day.Day <= last));
            // Hours and lengths are those of all models: of some of them, and beside a fleet, only days are known.
            byHour = usage.Models.Count == 0 && usage.Profile.Resolution != UsageResolution.Day && sources.Fleets.Count == 0;
            if (byHour)
                hours.AddRange(usage.Profile.Hours.Where(hour => DayOf(hour.StartUtc) >= first && DayOf(hour.StartUtc) <= last));
            lengths = byHour ? usage.Profile : null;
        }

        foreach (var fleet in sources.Fleets)
        {
            foreach (var day in fleet.Hours.Where(hour => DayOf(hour.StartUtc) >= first && DayOf(hour.StartUtc) <= last).GroupBy(hour => DayOf(hour.StartUtc)))
                days.Add(new UsageDay(day.Key, null, fleet.Name, UsageTotals.Sum(day.Select(TotalsOf))));
            if (byHour)
                hours.AddRange(fleet.Hours.Where(hour => DayOf(hour.StartUtc) >= first && DayOf(hour.StartUtc) <= last).Select(hour => new UsageHour(hour.StartUtc, TotalsOf(hour))));
        }

        if (!byHour)
            hours = [.. days.Select(day => new UsageHour(day.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), day.Totals))];
        return days.Count == 0 ? null : new UsageProfile
        {
            FromUtc = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            ToUtc = last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Resolution = byHour ? lengths?.Resolution ?? UsageResolution.Hour : UsageResolution.Day,
            Hours = [.. hours.GroupBy(hour => hour.StartUtc).OrderBy(hour => hour.Key).Select(hour => new UsageHour(hour.Key, UsageTotals.Sum(hour.Select(one => one.Totals))))],
            Days = [.. days.OrderBy(day => day.Day).ThenBy(day => day.Model, StringComparer.Ordinal)],
            InputLengths = lengths?.InputLengths,
            OutputLengths = lengths?.OutputLengths,
        };
    }

    /// <summary>Metrics know nothing of failures, batches, caches of a provider and bills. A short gap within an hour is filled at the hour's own pace.</summary>
    private static UsageTotals TotalsOf(FleetHour hour)
    {
        long? Whole(double? counted) => counted is { } count && hour.Seconds > 0 ? (long)Math.Min(1e15, Math.Round(count * 3600 / hour.Seconds)) : null;
        return new UsageTotals(Whole(hour.Requests), null, null, Whole(hour.PromptTokens), null, null, Whole(hour.GeneratedTokens), null);
    }

    private static DateOnly DayOf(DateTime time) => DateOnly.FromDateTime(time);
}
