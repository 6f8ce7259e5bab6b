using System.Runtime.CompilerServices;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Loads;

/// <summary>A level that the load reaches in some hours of the week.</summary>
/// <param name="Weight">Weight of those hours, at least 0.</param>
/// <param name="Hours">How many of the week's 168 hours lie at this level.</param>
/// <param name="Starts">How often in a week the load rises from below this level to it or above; 0 where it is never below.</param>
public readonly record struct LoadLevel(decimal Weight, int Hours, int Starts);

/// <summary>How a month's load spreads over the 168 hours of the week, and the distinct levels that costs depend on.</summary>
public sealed class LoadWeek
{
    /// <summary>Hours of a week.</summary>
    public const int Hours = 168;

    // Beyond this ratio a burst is shorter than an hour: no hour of a week carries more than this many times the mean here.
    private const decimal HighestHourly = 24;

    /// <summary>Weight of an hour in which nothing runs: below that of one without load.</summary>
    private const decimal Off = -1;

    // Derived from the shape alone, and asked for by every option at every edit.
    private static readonly ConditionalWeakTable<LoadShape, LoadWeek> Known = [];

    private LoadWeek(LoadShape shape)
    {
        Weights = LoadPresets.Weights(shape, HighestHourly);
        Sum = Weights.Sum();
        (BurstAbove, BurstBelow) = shape.Kind switch
        {
            ShapeKinds.Flat => (shape.PeakToMean, 1m),
            ShapeKinds.Peak => (shape.PeakToMean, Math.Min(shape.PeakToMean, HighestHourly)),
            _ => (shape.BurstWithinHour, 1m),
        };
        Levels = LevelsOf(Weights);
    }

    /// <summary>168 weights from Monday 00:00 in the shape's time zone, each at least 0, not all 0.</summary>
    public IReadOnlyList<decimal> Weights { get; }

    /// <summary>Sum of the weights, above 0.</summary>
    public decimal Sum { get; }

    /// <summary>The distinct levels, the highest first; an idle hour is a level of weight 0.</summary>
    public IReadOnlyList<LoadLevel> Levels { get; }

    /// <summary>Load of the busiest moment of an hour ÷ the hour's mean load, at least 1.</summary>
    public double Burst => (double)(BurstAbove / BurstBelow);

    /// <summary>Load of the busiest moment of the week ÷ mean load of the week, at least 1.</summary>
    public double PeakToMean => (double)(Levels[0].Weight * Hours / Sum) * Burst;

    /// <summary>Numerator and denominator of <see cref="Burst"/>, so that whole units are ceilings of exact quotients.</summary>
    internal decimal BurstAbove { get; }

    /// <inheritdoc cref="BurstAbove"/>
    internal decimal BurstBelow { get; }

    /// <summary>The week of a shape without faults.</summary>
    public static LoadWeek Of(LoadShape shape) => Known.GetValue(shape, static shape => new LoadWeek(shape));

    /// <summary>Forgets the week of a shape whose numbers have changed in place.</summary>
    internal static void Forget(LoadShape shape) => Known.Remove(shape);

    /// <summary>Share of the week's load that falls into an hour, 0 to 1.</summary>
    /// <param name="hour">Hour of the week, 0 to 167 from Monday 00:00.</param>
    public double ShareOf(int hour) => (double)(Weights[hour] / Sum);

    /// <summary>The levels of the hours in which something runs; a start follows each hour off.</summary>
    /// <param name="off">Hours of the week that are left out; null or empty for none.</param>
    internal IReadOnlyList<LoadLevel> LevelsWithout(IReadOnlyList<int>? off)
    {
        if (off is not { Count: > 0 })
            return Levels;
        var weights = Weights.ToArray();
        foreach (var hour in off)
            weights[hour] = Off;
        return LevelsOf(weights);
    }

    /// <summary>True where no load falls into any of the hours.</summary>
    internal bool IsIdleIn(IReadOnlyList<int> hours) => hours.All(hour => Weights[hour] == 0);

    /// <summary>Share of the week's load that falls into some hours, 0 to 1.</summary>
    internal decimal ShareOf(IReadOnlyList<int> hours) => hours.Sum(hour => Weights[hour]) / Sum;

    private static LoadLevel[] LevelsOf(IReadOnlyList<decimal> weights)
    {
        var distinct = weights.Distinct().Where(weight => weight > Off).OrderDescending().ToList();
        return [.. distinct.Select(level => new LoadLevel(level, weights.Count(weight => weight == level), StartsOf(weights, level)))];
    }

    /// <summary>The week is a circle: Monday 00:00 follows Sunday 23:00.</summary>
    internal static int StartsOf(IReadOnlyList<decimal> weights, decimal level)
    {
        var starts = 0;
        for (var hour = 0; hour < weights.Count; hour++)
        {
            if (weights[hour] >= level && weights[(hour + weights.Count - 1) % weights.Count] < level)
                starts++;
        }

        return starts;
    }
}
