namespace Planner.Domain.Numerics;

/// <summary>Statistics of samples.</summary>
public static class SampleStatistics
{
    /// <summary>Quantile of a sample, linear between its values.</summary>
    /// <param name="values">At least one value, in any order, none of them NaN or infinite.</param>
    /// <param name="share">Share of the sample below it, 0 to 1: 0.5 for the median.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return QuantileOfSorted(sorted, share);
    }

    /// <summary>Quantile of a sorted sample, linear between its values.</summary>
    /// <param name="sorted">At least one value, none of them NaN or infinite, in rising order.</param>
    /// <param name="share">Share of the sample below it, 0 to 1: 0.5 for the median.</param>
    /// <returns>With n values from index 0: the value at index share × (n − 1), between two of them in proportion.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <remarks>Definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996; that of PERCENTILE in spreadsheets.</remarks>
    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double share)
    {
        // Sorting puts NaN and −∞ first and ∞ last, so that the ends tell.
        if (sorted.IsEmpty || !double.IsFinite(sorted[0]) || !double.IsFinite(sorted[^1]))
            throw new ArgumentException("A quantile needs values, all of them finite.", nameof(sorted));
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is between 0 and 1.");
        var position = share * (sorted.Length - 1);
        var lower = (int)position;
        return lower + 1 < sorted.Length ? sorted[lower] + ((position - lower) * (sorted[lower + 1] - sorted[lower])) : sorted[lower];
    }

    /// <summary>Spearman's rank correlation: the correlation of the ranks, equal values sharing their mean rank.</summary>
    /// <param name="first">Values.</param>
    /// <param name="second">As many values, in the same order.</param>
    /// <returns>−1 to 1; null where a side has fewer than two different values.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double? RankCorrelation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException("Ranks are compared pairwise: the lists must be equally long.", nameof(second));
        var (x, y) = (Ranks(first), Ranks(second));
        var mean = (first.Count + 1) / 2.0;
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - mean, y[i] - mean);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : null;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && values[order[to]].Equals(values[order[from]]))
                to++;
            for (var i = from; i < to; i++)
                ranks[order[i]] = (from + to + 1) / 2.0;
            from = to;
        }

        return ranks;
    }
}
