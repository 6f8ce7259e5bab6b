using Planner.Domain.Numerics;

namespace Planner.Domain.Capacity;

/// <summary>What the capacity model says of a measured load. Null where it says nothing that could be compared.</summary>
/// <param name="OutputTokensPerSecond">Generated tokens a second of the replica, above 0.</param>
/// <param name="TtftSeconds">Mean time to the first token, above 0.</param>
/// <param name="ItlSeconds">Mean time between the tokens of a request, above 0.</param>
public sealed record ModelledPoint(double? OutputTokensPerSecond, double? TtftSeconds, double? ItlSeconds);

/// <summary>A measured load beside what is modelled for it.</summary>
/// <param name="Measured">What was measured.</param>
/// <param name="Modelled">What the model says of the same load, uncorrected.</param>
public sealed record ComparedPoint(BenchmarkPoint Measured, ModelledPoint Modelled);

/// <summary>How far modelled figures of one kind are from measured ones: the median of |modelled ÷ measured − 1|.</summary>
/// <param name="Points">Points that have both figures.</param>
/// <param name="Before">Without a correction; null without points.</param>
/// <param name="After">Each point corrected by what the others say, so that no point vouches for itself; null below two points.</param>
public sealed record FitError(int Points, double? Before, double? After);

/// <summary>A correction fitted on measured points, with its error.</summary>
/// <param name="Factors">The geometric mean of measured ÷ modelled for each kind of figure, clamped to 0.1 to 10.</param>
/// <param name="Points">Points with at least one comparable figure.</param>
/// <param name="Output">Error of the output rate.</param>
/// <param name="Ttft">Error of the time to the first token.</param>
/// <param name="Itl">Error of the time between tokens.</param>
public sealed record CorrectionFit(CorrectionFactors Factors, int Points, FitError Output, FitError Ttft, FitError Itl)
{
    /// <summary>Least factor; a machine that is still slower was not measured in the way that is modelled.</summary>
    public const double LeastFactor = 0.1;

    /// <summary>Greatest factor.</summary>
    public const double GreatestFactor = 10;

    /// <summary>Fits a correction.</summary>
    /// <returns>The fit; null where no point has a measured and a modelled figure of the same kind.</returns>
    public static CorrectionFit? Of(IReadOnlyList<ComparedPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var output = Ratios(points, point => point.Measured.OutputTokensPerSecond, point => point.Modelled.OutputTokensPerSecond);
        var ttft = Ratios(points, point => point.Measured.TtftSeconds, point => point.Modelled.TtftSeconds);
        var itl = Ratios(points, point => point.Measured.ItlSeconds, point => point.Modelled.ItlSeconds);
        var compared = Enumerable.Range(0, points.Count).Count(i => output[i] is not null || ttft[i] is not null || itl[i] is not null);
        return compared == 0
            ? null
            : new CorrectionFit(new CorrectionFactors(FactorOf(output), FactorOf(ttft), FactorOf(itl)), compared, ErrorOf(output), ErrorOf(ttft), ErrorOf(itl));
    }

    /// <summary>The logarithm of measured ÷ modelled at each point; null where either is missing.</summary>
    private static double?[] Ratios(IReadOnlyList<ComparedPoint> points, Func<ComparedPoint, double?> measured, Func<ComparedPoint, double?> modelled) =>
        [.. points.Select(point => measured(point) is > 0 and var real && modelled(point) is > 0 and var said ? Math.Log(real / said) : (double?)null)];

    private static double? FactorOf(double?[] ratios) => ratios.Average() is { } mean ? Factor(mean) : null;

    private static double Factor(double logarithm) => Math.Clamp(Math.Exp(logarithm), LeastFactor, GreatestFactor);

    private static FitError ErrorOf(double?[] ratios)
    {
        var known = ratios.OfType<double>().ToList();
        var sum = known.Sum();
        return new FitError(
            known.Count,
            Median([.. known.Select(ratio => Math.Abs(Math.Exp(-ratio) - 1))]),
            known.Count < 2 ? null : Median([.. known.Select(ratio => Math.Abs(Factor((sum - ratio) / (known.Count - 1)) * Math.Exp(-ratio) - 1))]));
    }

    private static double? Median(List<double> values) => values.Count == 0 ? null : SampleStatistics.Quantile(values, 0.5);
}
