using Planner.Domain.Capacity;

namespace Planner.Benchmarks.Fitting;

/// <summary>A row as predicted by a fit that has not seen it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Prediction">What that fit says of it.</param>
/// <param name="Seen">The calibration without the row: its counts say what was new.</param>
internal sealed record UnseenRow(CalibrationRow Row, CalibrationPrediction Prediction, Calibration Seen)
{
    /// <summary>Band of the estimate for one who knows only the other rows.</summary>
    public ErrorBand Band(Layout layout) => ErrorBand.Of(Seen, Row.Model, Row.Gpu, Row.Spec with { Layout = layout });
}

/// <summary>Fits without some rows and predicts them: what the model says of what it has not seen.</summary>
internal static class CrossValidation
{
    private const int Iterations = 25;

    /// <summary>Predicts each group by a fit to the rows outside it.</summary>
    /// <param name="rows">The rows; only those of core engines are used.</param>
    /// <param name="calibration">The bands.</param>
    /// <param name="groupOf">The group that a row is held out with.</param>
    public static IReadOnlyList<UnseenRow> Predict<TGroup>(
        IReadOnlyList<CalibrationRow> rows, Calibration calibration, Func<CalibrationRow, TGroup> groupOf)
        where TGroup : notnull
    {
        var core = rows.Where(row => row.IsCore).ToList();
        return [.. core.Select(groupOf).Distinct().AsParallel().AsOrdered().SelectMany(held =>
        {
            var seen = core.Where(row => !groupOf(row).Equals(held)).ToList();
            var fit = CapacityFit.Run(seen, Iterations).Parameters;
            var known = calibration with { Parameters = fit, Rows = seen.Count, Counts = Counts(seen) };
            return core.Where(row => groupOf(row).Equals(held)).Select(row => new UnseenRow(row, row.Predict(fit), known));
        })];
    }

    /// <summary>The accuracy of such predictions.</summary>
    public static AccuracyReport Report(IReadOnlyList<UnseenRow> unseen)
    {
        var bands = unseen.ToDictionary(row => row.Row, row => row, ReferenceEqualityComparer.Instance as IEqualityComparer<CalibrationRow>);
        return Accuracy.Of([.. unseen.Select(row => row.Row)], [.. unseen.Select(row => row.Prediction)], (row, layout) => bands[row].Band(layout));
    }

    /// <summary>Rows by what they are about. Models of one shape are one model: Llama 3 and 3.1 differ in their weights, not in their speed.</summary>
    public static CalibrationCounts Counts(IReadOnlyCollection<CalibrationRow> rows)
    {
        var shapes = rows.CountBy(row => row.Spec.Model).ToDictionary();
        return new CalibrationCounts(
            Sorted(rows.DistinctBy(row => row.Model).Select(row => KeyValuePair.Create(row.Model, shapes[row.Spec.Model]))),
            Sorted(rows.CountBy(row => row.Gpu)), Sorted(rows.CountBy(row => row.Engine)));
    }

    private static SortedDictionary<string, int> Sorted(IEnumerable<KeyValuePair<string, int>> counts) => new(counts.ToDictionary(), StringComparer.Ordinal);
}
