using Planner.Domain.Numerics;

namespace Planner.Domain.Capacity;

/// <summary>How far the model is from published benchmarks. Error = |predicted ÷ measured − 1|.</summary>
/// <param name="Rows">Rows of the core engines: vLLM, SGLang, TensorRT-LLM.</param>
/// <param name="OutputTokensPerSecond">Generated tokens a second, all of those rows.</param>
/// <param name="Itl">Time between tokens, those rows that state it.</param>
/// <param name="Ttft">Time to the first token, those rows that state it.</param>
/// <param name="PairOrder">Share of the pairs of configurations that are put in the right order, 0 to 1; null where there is no pair.</param>
/// <param name="Pairs">Pairs that were compared.</param>
/// <param name="DoesNotFit">Rows of which the model says that they do not fit into memory. They count as predicted 0, an error of 100 %, in the throughput; the times leave them out.</param>
/// <param name="BySource">The same by who published the run.</param>
/// <param name="ByGpu">The same by GPU.</param>
/// <param name="ByEngine">The same by engine, with the engines that are not among the core ones: llama.cpp, TGI, Gaudi.</param>
/// <param name="ByFamily">The same by family of models.</param>
/// <param name="ByBand">The same by kind of estimate, whose bands differ.</param>
public sealed record AccuracyReport(
    int Rows, ErrorStatistics OutputTokensPerSecond, ErrorStatistics Itl, ErrorStatistics Ttft, double? PairOrder, int Pairs, int DoesNotFit,
    IReadOnlyDictionary<string, GroupAccuracy> BySource, IReadOnlyDictionary<string, GroupAccuracy> ByGpu, IReadOnlyDictionary<string, GroupAccuracy> ByEngine,
    IReadOnlyDictionary<string, GroupAccuracy> ByFamily, IReadOnlyDictionary<BandClass, GroupAccuracy> ByBand);

/// <summary>The accuracy of one group of rows.</summary>
/// <param name="OutputTokensPerSecond">Generated tokens a second.</param>
/// <param name="Itl">Time between tokens.</param>
/// <param name="Ttft">Time to the first token.</param>
public sealed record GroupAccuracy(ErrorStatistics OutputTokensPerSecond, ErrorStatistics Itl, ErrorStatistics Ttft);

/// <summary>Statistics of errors. All null where there is no row.</summary>
/// <param name="N">Rows.</param>
/// <param name="MedianError">Median of |predicted ÷ measured − 1|.</param>
/// <param name="P90Error">Its 90th percentile.</param>
/// <param name="Bias">Median of predicted ÷ measured − 1: above 0 the model is optimistic about throughput, pessimistic about times.</param>
/// <param name="Within25">Share of the rows with an error of at most 25 %.</param>
/// <param name="Within50">Share of the rows with an error of at most 50 %.</param>
/// <param name="RankCorrelation">Spearman's rank correlation of predicted and measured values.</param>
/// <param name="BandCoverage">Share of the measurements within the 80 % band of their estimate.</param>
public sealed record ErrorStatistics(
    int N, double? MedianError, double? P90Error, double? Bias, double? Within25, double? Within50, double? RankCorrelation, double? BandCoverage);

/// <summary>A figure as predicted and as measured, both above 0 but for a predicted 0 of what does not fit, and the band of the estimate.</summary>
public readonly record struct Comparison(double Predicted, double Measured, Band Band);

/// <summary>Compares predictions with measurements.</summary>
public static class Accuracy
{
    /// <summary>Measured throughputs that differ by less than this share are no pair: repeated runs of one configuration differ by as much.</summary>
    private const double PairDifference = 0.15;

    /// <summary>Compares a fit with benchmark runs.</summary>
    /// <param name="rows">The runs, of any engines.</param>
    /// <param name="calibration">The fit and its bands.</param>
    public static AccuracyReport Of(IReadOnlyList<CalibrationRow> rows, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return Of(rows, [.. rows.Select(row => row.Predict(calibration.Parameters))], (row, layout) =>
            ErrorBand.Of(calibration, row.Model, row.Gpu, row.Spec with { Layout = layout }));
    }

    /// <summary>Compares predictions with the runs they are about.</summary>
    /// <param name="rows">The runs.</param>
    /// <param name="predictions">The prediction of each.</param>
    /// <param name="bandOf">The band of a run's estimate at a layout.</param>
    public static AccuracyReport Of(
        IReadOnlyList<CalibrationRow> rows, IReadOnlyList<CalibrationPrediction> predictions, Func<CalibrationRow, Layout, ErrorBand> bandOf)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var all = rows.Zip(predictions, (row, prediction) => new Judged(row, prediction, bandOf(row, prediction.Layout))).ToList();
        var core = all.Where(judged => judged.Row.IsCore).ToList();
        var (order, pairs) = PairOrder(core);
        var total = Group(core);
        return new AccuracyReport(
            core.Count, total.OutputTokensPerSecond, total.Itl, total.Ttft, order, pairs, core.Count(judged => judged.Prediction.OutputTokensPerSecond == 0),
            By(core, judged => judged.Row.Source), By(core, judged => judged.Row.Gpu), By(all, judged => judged.Row.Engine), By(core, judged => judged.Row.Family),
            By(core, judged => judged.Band.Class));
    }

    /// <summary>Statistics of a list of comparisons.</summary>
    public static ErrorStatistics Statistics(IReadOnlyList<Comparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        if (comparisons.Count == 0)
            return new ErrorStatistics(0, null, null, null, null, null, null, null);
        var deviations = comparisons.Select(pair => (pair.Predicted / pair.Measured) - 1).ToList();
        var errors = deviations.Select(Math.Abs).ToList();
        double Share(Func<int, bool> holds) => (double)Enumerable.Range(0, comparisons.Count).Count(holds) / comparisons.Count;
        return new ErrorStatistics(
            comparisons.Count, SampleStatistics.Quantile(errors, 0.5), SampleStatistics.Quantile(errors, 0.9), SampleStatistics.Quantile(deviations, 0.5),
            Share(i => errors[i] <= 0.25), Share(i => errors[i] <= 0.5),
            SampleStatistics.RankCorrelation([.. comparisons.Select(pair => pair.Predicted)], [.. comparisons.Select(pair => pair.Measured)]),
            Share(i => comparisons[i].Band.Covers(comparisons[i].Predicted, comparisons[i].Measured)));
    }

    private static Dictionary<TKey, GroupAccuracy> By<TKey>(IEnumerable<Judged> judged, Func<Judged, TKey> key) where TKey : notnull =>
        judged.GroupBy(key).OrderByDescending(group => group.Count()).ToDictionary(group => group.Key, group => Group([.. group]));

    private static GroupAccuracy Group(IReadOnlyList<Judged> judged)
    {
        var fitting = judged.Where(row => row.Prediction.OutputTokensPerSecond > 0).ToList();
        return new GroupAccuracy(
            Statistics([.. judged.Select(row => new Comparison(row.Prediction.OutputTokensPerSecond, row.Row.OutputTokensPerSecond, row.Band.Throughput))]),
            Statistics([.. Times(fitting, row => row.Prediction.ItlSeconds, row => row.Row.ItlSeconds, row => row.Band.Itl)]),
            Statistics([.. Times(fitting, row => row.Prediction.TtftSeconds, row => row.Row.TtftSeconds, row => row.Band.Ttft)]));
    }

    private static IEnumerable<Comparison> Times(IEnumerable<Judged> judged, Func<Judged, double> predicted, Func<Judged, double?> measured, Func<Judged, Band> band) =>
        from row in judged
        where measured(row) is not null
        select new Comparison(predicted(row), measured(row)!.Value, band(row));

    /// <summary>
    /// The question behind a plan: which of two configurations serves the same requests faster. A pair is two rows of the same model and the same prompt and
    /// output lengths whose measured tokens a second and GPU differ by more than 15 % of the smaller.
    /// </summary>
    private static (double? Share, int Pairs) PairOrder(IEnumerable<Judged> judged)
    {
        var (right, pairs) = (0, 0);
        foreach (var group in judged.GroupBy(row => (row.Row.Model, Math.Round(row.Row.Load.InputTokens), Math.Round(row.Row.Load.OutputTokens))))
        {
            var rates = group.Select(row => (Measured: row.Row.OutputTokensPerSecond / row.Row.GpuCount, Predicted: row.Prediction.OutputTokensPerSecond / row.Row.GpuCount)).ToList();
            for (var i = 0; i < rates.Count; i++)
            {
                for (var j = i + 1; j < rates.Count; j++)
                {
                    var (slow, fast) = rates[i].Measured < rates[j].Measured ? (rates[i], rates[j]) : (rates[j], rates[i]);
                    if (fast.Measured <= slow.Measured * (1 + PairDifference))
                        continue;
                    pairs++;
                    if (fast.Predicted > slow.Predicted)
                        right++;
                }
            }
        }

        return (pairs == 0 ? null : (double)right / pairs, pairs);
    }

    private sealed record Judged(CalibrationRow Row, CalibrationPrediction Prediction, ErrorBand Band);
}
