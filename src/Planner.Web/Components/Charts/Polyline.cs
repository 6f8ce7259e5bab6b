namespace Planner.Web.Components.Charts;

/// <summary>Reading lines between their points.</summary>
internal static class Polyline
{
    /// <returns>y at x; at a step the value after it; null outside the line.</returns>
    public static double? ValueAt(IReadOnlyList<(double X, double Y)> points, double x)
    {
        (double X, double Y)? before = null;
        foreach (var point in points)
        {
            if (point.X > x)
            {
                return before is { } last ? last.Y + ((point.Y - last.Y) * (x - last.X) / (point.X - last.X)) : null;
            }

            before = point;
        }

        return before is { } end && end.X == x ? end.Y : null;
    }

    /// <summary>Points that can be drawn: NaN and infinity left out.</summary>
    public static IReadOnlyList<double[]> Finite(IReadOnlyList<(double X, double Y)> points) =>
        [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point => new[] { point.X, point.Y })];

    /// <summary>The x values worth a row in the table: the ends, even steps between and whatever is marked.</summary>
    public static IReadOnlyList<double> Rows(IReadOnlyList<ChartSeries> series, IEnumerable<double> marked)
    {
        var all = series.SelectMany(one => one.Points).Select(point => point.X).Where(double.IsFinite).ToList();
        if (all.Count == 0)
        {
            return [];
        }

        var (least, most) = (all.Min(), all.Max());
        var even = Enumerable.Range(0, 6).Select(i => least + ((most - least) * i / 5));
        return [.. even.Concat(marked).Where(x => x >= least && x <= most).Distinct().Order()];
    }

    /// <summary>Each whole x of the lines and whatever is marked.</summary>
    public static IReadOnlyList<double> Whole(IReadOnlyList<ChartSeries> series, IEnumerable<double> marked)
    {
        var all = series.SelectMany(one => one.Points).Select(point => point.X).Where(double.IsFinite).ToList();
        if (all.Count == 0)
        {
            return [];
        }

        var (least, most) = (Math.Ceiling(all.Min()), Math.Floor(all.Max()));
        var whole = Enumerable.Range(0, Math.Max(0, (int)(most - least) + 1)).Select(i => least + i);
        return [.. whole.Concat(marked).Where(x => x >= all.Min() && x <= all.Max()).Distinct().Order()];
    }
}
