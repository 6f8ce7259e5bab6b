using Planner.Domain.Scenarios;

namespace Planner.Domain.Loads;

/// <summary>The weeks that a shape can be named by.</summary>
/// <remarks>The two daily profiles are round figures of ours for an office and for a consumer product; a measured profile replaces them as weights.</remarks>
public static class LoadPresets
{
    private const int HoursPerDay = 24;

    private static readonly decimal[] OfficeDay = Day(1, (8, 5), (9, 10), (12, 8), (13, 10), (17, 5), (19, 1));
    private static readonly decimal[] OfficeWeekend = Day(0.5m);
    private static readonly decimal[] ConsumerDay = Day(1, (6, 3), (9, 4), (17, 6), (19, 10), (23, 5));
    private static readonly decimal[] ConsumerWeekend = Day(1.5m, (7, 4), (10, 7), (17, 10), (23, 6));
    private static readonly decimal[] Even = [.. Enumerable.Repeat(1m, LoadWeek.Hours)];
    private static readonly decimal[] BusinessHours = Week(OfficeDay, OfficeWeekend);
    private static readonly decimal[] ConsumerEvening = Week(ConsumerDay, ConsumerWeekend);

    /// <summary>The 168 weights of a shape, from Monday 00:00.</summary>
    /// <param name="shape">A shape without faults.</param>
    /// <param name="highestHourly">Ratio of the busiest hour to the mean beyond which a burst is shorter than an hour.</param>
    internal static IReadOnlyList<decimal> Weights(LoadShape shape, decimal highestHourly) => shape.Kind switch
    {
        ShapeKinds.Weights => shape.Weights!,
        ShapeKinds.BusinessHours => BusinessHours,
        ShapeKinds.ConsumerEvening => ConsumerEvening,
        ShapeKinds.BatchWindow => Only(shape.Hours!),
        ShapeKinds.Peak when shape.PeakToMean > 1 => Bursts(Math.Min(shape.PeakToMean, highestHourly)),
        _ => Even,
    };

    /// <summary>The weights of a shape, as an editor starts from.</summary>
    public static IReadOnlyList<decimal> WeightsOf(LoadShape shape) => LoadWeek.Of(shape).Weights;

    /// <summary>About half of the load in bursts of an hour, evenly over the week, the rest even; the busiest hour is exactly <paramref name="ratio"/> × the mean.</summary>
    private static decimal[] Bursts(decimal ratio)
    {
        var busy = (int)Math.Max(1, LoadWeek.Hours / (2 * ratio));
        // Both weights × (168 − busy), so that they are exact: the mean is then 168 − busy.
        var week = Enumerable.Repeat(LoadWeek.Hours - (busy * ratio), LoadWeek.Hours).ToArray();
        for (var i = 0; i < busy; i++)
            week[i * LoadWeek.Hours / busy] = ratio * (LoadWeek.Hours - busy);
        return week;
    }

    private static decimal[] Only(IReadOnlyList<int> hours)
    {
        var week = new decimal[LoadWeek.Hours];
        foreach (var hour in hours)
            week[hour] = 1;
        return week;
    }

    private static decimal[] Week(decimal[] day, decimal[] weekend) => [.. day, .. day, .. day, .. day, .. day, .. weekend, .. weekend];

    private static decimal[] Day(decimal night, params ReadOnlySpan<(int From, decimal Weight)> changes)
    {
        var day = new decimal[HoursPerDay];
        Array.Fill(day, night);
        foreach (var (from, weight) in changes)
            Array.Fill(day, weight, from, HoursPerDay - from);
        return day;
    }
}
