using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Uncertainty;

/// <summary>Makes shares, percentiles and histograms of samples.</summary>
internal static class OutlookBuilder
{
    private const int MostBins = 40;

    /// <summary>The place of the cheapest option; −1 where none can serve. A tie goes to the earlier one.</summary>
    /// <param name="usd">Cost by option; NaN where it cannot serve.</param>
    public static int Cheapest(ReadOnlySpan<double> usd)
    {
        var cheapest = -1;
        for (var i = 0; i < usd.Length; i++)
        {
            if (!double.IsNaN(usd[i]) && (cheapest < 0 || usd[i] < usd[cheapest]))
                cheapest = i;
        }

        return cheapest;
    }

    /// <summary>Sums up the samples of one amount.</summary>
    /// <param name="metric">One of <see cref="OutlookMetrics"/>.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="usd">Cost by option and sample; NaN where it cannot serve.</param>
    /// <param name="bills">Present bill by sample; NaN where none is known.</param>
    /// <param name="unknown">By option: why its cost is unknown; null where that is not the reason if it has none.</param>
    public static Outlook Of(string metric, Scenario scenario, double[][] usd, double[] bills, string?[] unknown)
    {
        var samples = bills.Length;
        var (wins, none) = Wins(usd, samples);
        var sorted = Array.ConvertAll(usd, costs => Sorted(Array.FindAll(costs, cost => !double.IsNaN(cost))));
        var edges = EdgesOf(sorted);
        var baseline = scenario.BaselineMonthlyUsd is null ? scenario.BaselineOptionId : null;
        var options = new List<OptionOutlook>(usd.Length);
        for (var i = 0; i < usd.Length; i++)
        {
            var option = scenario.Options[i];
            var cost = SpreadOf(sorted[i]);
            var savings = cost is null || option.Id == baseline ? [] : Sorted([.. usd[i].Zip(bills, (one, bill) => bill - one).Where(saving => !double.IsNaN(saving))]);
            var saving = SpreadOf(savings);
            options.Add(new OptionOutlook(
                option.Id, option.Name, wins[i] / (double)samples, (samples - sorted[i].Length) / (double)samples, cost, saving,
                saving is null ? null : savings.Count(amount => amount > 0) / (double)samples, BinsOf(sorted[i], edges), cost is null ? unknown[i] ?? Texts.SimulationNever : null,
                saving is not null || option.Id == baseline ? null : cost is null ? unknown[i] ?? Texts.SimulationNever : Texts.SimulationNoBaseline));
        }

        return new Outlook(metric, none / (double)samples, options, edges);
    }

    private static (int[] Wins, int None) Wins(double[][] usd, int samples)
    {
        var (wins, none) = (new int[usd.Length], 0);
        Span<double> one = stackalloc double[usd.Length];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var i = 0; i < usd.Length; i++)
                one[i] = usd[i][sample];
            if (Cheapest(one) is >= 0 and var cheapest)
                wins[cheapest]++;
            else
                none++;
        }

        return (wins, none);
    }

    private static double[] Sorted(double[] values)
    {
        Array.Sort(values);
        return values;
    }

    private static Spread? SpreadOf(double[] sorted) => sorted.Length == 0
        ? null
        : new Spread(sorted.Average(), SampleStatistics.QuantileOfSorted(sorted, 0.1), SampleStatistics.QuantileOfSorted(sorted, 0.5), SampleStatistics.QuantileOfSorted(sorted, 0.9));

    /// <summary>Equal bins from the lowest cost of any option to the highest; one bin where all are alike.</summary>
    private static double[] EdgesOf(double[][] sorted)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var costs in sorted)
        {
            if (costs.Length > 0)
                (low, high) = (Math.Min(low, costs[0]), Math.Max(high, costs[^1]));
        }

        if (low > high)
            return [];
        var bins = high > low ? MostBins : 1;
        var edges = new double[bins + 1];
        for (var i = 0; i <= bins; i++)
            edges[i] = i == bins ? high : low + ((high - low) * i / bins);
        return edges;
    }

    private static int[] BinsOf(double[] sorted, double[] edges)
    {
        var bins = new int[Math.Max(0, edges.Length - 1)];
        var bin = 0;
        foreach (var cost in sorted)
        {
            while (bin < bins.Length - 1 && cost >= edges[bin + 1])
                bin++;
            bins[bin]++;
        }

        return bins;
    }
}
