using Planner.Domain.Capacity;

namespace Planner.Benchmarks.Fitting;

/// <summary>Where the 80 % bands lie, from predictions of rows that the fit had not seen.</summary>
internal static class BandEstimate
{
    /// <summary>
    /// Kinds that the calibration has too few rows of, or none: the 10th and 90th percentile of measured ÷ predicted as published for the reference fit on
    /// rows that it had not seen. PCIe: two machines that contradict each other; AMD: two rows; Gaudi: fitted apart; new twice: what is held out here shares its
    /// source and its makers with what is left, which nothing quite new does; llama.cpp: a rule of thumb.
    /// </summary>
    private static readonly Dictionary<BandClass, (Band Throughput, Band Itl)> Published = new()
    {
        [BandClass.PcieTensorParallel] = (new Band(0.55, 0.69, 1.22), new Band(0.7, 1.3, 2.2)),
        [BandClass.Amd] = (new Band(0.9, 1.5, 2.65), new Band(0.38, 0.67, 1.11)),
        [BandClass.Gaudi] = (new Band(0.75, 1, 1.33), new Band(0.75, 1, 1.33)),
        [BandClass.NewTwice] = (new Band(0.6, 1, 2.5), new Band(0.74, 1, 1.5)),
        [BandClass.SingleUser] = (new Band(0.5, 1, 3), new Band(0.33, 1, 2)),
    };

    /// <summary>
    /// What rows that were quite new needed of the reference fit. Rows left out here share their source and makers with the rest and so ask for too little;
    /// the band lies halfway between the two.
    /// </summary>
    private static readonly Dictionary<BandClass, (Band Throughput, Band Itl)> QuiteNew = new()
    {
        [BandClass.DenseNew] = (new Band(0.8, 1, 1.2), new Band(0.88, 1, 1.24)),
        [BandClass.Experts] = (new Band(0.76, 1, 1.58), new Band(0.69, 1, 1.23)),
    };

    /// <summary>The bands of every kind of estimate.</summary>
    /// <param name="rows">The rows of the calibration.</param>
    /// <param name="calibration">The fit to all of them; its bands are not used.</param>
    public static IReadOnlyDictionary<BandClass, BandSet> Of(IReadOnlyList<CalibrationRow> rows, Calibration calibration)
    {
        var byModel = CrossValidation.Predict(rows, calibration, row => row.Model);
        var byGpu = CrossValidation.Predict(rows, calibration, row => row.Gpu);
        var bySource = CrossValidation.Predict(rows, calibration, row => row.Source);
        var byPair = CrossValidation.Predict(rows, calibration, row => (row.Model, row.Gpu));
        var ttft = Quantiles([.. byModel, .. byGpu, .. bySource], row => row.Row.TtftSeconds / row.Prediction.TtftSeconds);
        IReadOnlyList<UnseenRow> newOnce = [.. byModel, .. byGpu];
        Dictionary<BandClass, IReadOnlyList<UnseenRow>> unseen = new()
        {
            [BandClass.DenseKnown] = [.. byPair.Concat(bySource).Where(IsPlainDense)],
            [BandClass.DenseNew] = [.. newOnce.Where(IsPlainDense)],
            [BandClass.Experts] = [.. newOnce.Concat(bySource).Where(row => row.Row.Spec.Model.Experts is not null && IsPlain(row))],
            [BandClass.Amd2024] = [.. byModel.Where(row => row.Row.Spec.Gpu.Vendor == "amd" && row.Row.Spec.Software2024)],
        };
        var bands = new SortedDictionary<BandClass, BandSet>();
        foreach (var kind in Enum.GetValues<BandClass>())
        {
            bands[kind] = Published.TryGetValue(kind, out var published)
                ? new BandSet(published.Throughput, published.Itl, ttft)
                : new BandSet(
                    Quantiles(unseen[kind], row => row.Row.OutputTokensPerSecond / row.Prediction.OutputTokensPerSecond),
                    // Nobody has measured the time between tokens on that software: what a rate is low by, a time is long by.
                    kind == BandClass.Amd2024 ? Inverse(Quantiles(unseen[kind], row => row.Row.OutputTokensPerSecond / row.Prediction.OutputTokensPerSecond))
                        : Quantiles(unseen[kind], row => row.Row.ItlSeconds / row.Prediction.ItlSeconds),
                    ttft);
            if (QuiteNew.TryGetValue(kind, out var needed))
                bands[kind] = new BandSet(Halfway(bands[kind].Throughput, needed.Throughput), Halfway(bands[kind].Itl, needed.Itl), ttft);
        }

        return bands;
    }

    /// <summary>The geometric mean of the ends; the centre is that of the rows.</summary>
    private static Band Halfway(Band rows, Band needed) =>
        new(Math.Round(Math.Sqrt(rows.Low * needed.Low), 2), rows.Centre, Math.Round(Math.Sqrt(rows.High * needed.High), 2));

    private static bool IsPlain(UnseenRow row) => row.Row.Spec.Gpu.Vendor == "nvidia" && !(row.Row.Spec.Layout.Tensor > 1 && row.Row.Spec.HasOnlyPcie);

    private static bool IsPlainDense(UnseenRow row) => row.Row.Spec.Model.Experts is null && IsPlain(row);

    private static Band Inverse(Band band) => new(Math.Round(1 / band.High, 2), Math.Round(1 / band.Centre, 2), Math.Round(1 / band.Low, 2));

    /// <summary>Tenth, half and nine tenths of the rows, each weighing 1 ÷ √(rows of its group) as in the fit.</summary>
    private static Band Quantiles(IReadOnlyList<UnseenRow> rows, Func<UnseenRow, double?> ratioOf)
    {
        var sizes = rows.CountBy(row => row.Row.Group).ToDictionary();
        var ratios = rows.Where(row => row.Prediction.OutputTokensPerSecond > 0 && ratioOf(row) is not null)
            .Select(row => (Ratio: ratioOf(row)!.Value, Weight: 1 / Math.Sqrt(sizes[row.Row.Group]))).OrderBy(pair => pair.Ratio).ToList();
        var total = ratios.Sum(pair => pair.Weight);
        double At(double share)
        {
            var below = 0.0;
            return Math.Round(ratios.First(pair => (below += pair.Weight) >= share * total).Ratio, 2);
        }

        return new Band(At(0.1), At(0.5), At(0.9));
    }
}
