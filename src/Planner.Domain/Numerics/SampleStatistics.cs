namespace Planner.Domain.Numerics;

/// <summary>Statistics of samples.</summary>
public static class SampleStatistics
{
    /// <summary>Quantile of a sample, linear between its values.</summary>
    /// <param name="values">At least one value, in any order.</param>
    /// <param name="share">Share of the sample below it, 0 to 1: 0.5 for the median.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("A quantile needs a value.", nameof(values));
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
