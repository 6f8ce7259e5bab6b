using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>Prices of one model in the order of time.</summary>
internal static class PriceTimeline
{
    /// <summary>The periods of prices that each hold from a day on; of those that have begun, the last in the list counts.</summary>
    /// <param name="starts">First day and prices, in the feed's order; a day that is null is always.</param>
    internal static IReadOnlyList<DatedPrices> FromStarts(IReadOnlyList<(DateOnly? Start, TokenPrices Prices)> starts)
    {
        var periods = new List<DatedPrices>();
        foreach (var day in starts.Select(start => start.Start).Distinct().Order())
        {
            var prices = starts.Last(start => start.Start is null || start.Start <= day).Prices;
            if (periods.Count > 0 && ReferenceEquals(periods[^1].Prices, prices))
                continue;
            if (periods.Count > 0)
                periods[^1] = periods[^1] with { To = day };
            periods.Add(new(day, null, prices));
        }

        return periods;
    }

    /// <summary>Sorts periods, the earliest first.</summary>
    /// <returns>Null where two of them hold on one day, or one ends before it begins.</returns>
    internal static IReadOnlyList<DatedPrices>? Sort(IEnumerable<DatedPrices> periods)
    {
        var sorted = periods.OrderBy(period => period.From).ToList();
        var isSound = sorted.All(period => period.From is null || period.To is null || period.From < period.To)
            && sorted.Zip(sorted.Skip(1)).All(pair => pair.First.To is { } end && pair.Second.From is { } start && end <= start);
        return isSound ? sorted : null;
    }

    /// <summary>The prices in force on a day; every one unknown where none are.</summary>
    internal static TokenPrices At(IReadOnlyList<DatedPrices> periods, DateOnly day) =>
        periods.FirstOrDefault(period => (period.From is null || period.From <= day) && (period.To is null || day < period.To))?.Prices ?? new TokenPrices();

    /// <summary>The periods where they say more than today's prices; none otherwise.</summary>
    internal static IReadOnlyList<DatedPrices> Stated(IReadOnlyList<DatedPrices> periods) => periods is [{ From: null, To: null }] ? [] : periods;
}
