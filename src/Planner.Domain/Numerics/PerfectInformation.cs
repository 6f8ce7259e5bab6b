namespace Planner.Domain.Numerics;

/// <summary>What knowing uncertain inputs before choosing an option is worth, estimated from samples.</summary>
/// <remarks>
/// Costs are given by option: one array for each, with its cost in each sample, in one currency and finite, or NaN where the option cannot serve. An option
/// may be chosen for a set of futures only if it serves in all of them: without information in all samples, with perfect information in the one at hand. So
/// knowing more never takes a choice away, and the value is never negative. Howard, "Information Value Theory", 1966.
/// </remarks>
public static class PerfectInformation
{
    private const int Folds = 4;

    /// <summary>Value of knowing every input (EVPI): the lowest mean cost of an option less the mean of each sample's lowest cost.</summary>
    /// <param name="costsByOption">Costs by option and sample; NaN where the option cannot serve.</param>
    /// <returns>The value per decision in the costs' unit, at least 0, or the reason why there is none.</returns>
    /// <exception cref="ArgumentException">There is no option or sample, the options differ in samples, or a cost is infinite.</exception>
    public static InformationValue Total(IReadOnlyList<double[]> costsByOption)
    {
        if (Chosen(costsByOption) is not { } chosen)
            return new InformationValue(null, Texts.InformationNoOption);
        var gain = 0.0;
        for (var sample = 0; sample < chosen.Length; sample++)
        {
            var lowest = chosen[sample];
            foreach (var costs in costsByOption)
            {
                if (costs[sample] < lowest)
                    lowest = costs[sample];
            }

            gain += chosen[sample] - lowest;
        }

        return new InformationValue(gain / chosen.Length, null);
    }

    /// <summary>Value of knowing one input and nothing else (EVPPI): the lowest mean cost of an option less the mean cost when the option is chosen by the input.</summary>
    /// <param name="input">The input's value in each sample.</param>
    /// <param name="costsByOption">Costs by option and sample, in the input's order; NaN where the option cannot serve.</param>
    /// <returns>The value per decision in the costs' unit, 0 to that of <see cref="Total"/>, or the reason why there is none.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Total"/>, or the input has NaN or another number of samples.</exception>
    /// <remarks>
    /// Samples are sorted by the input and cut into 0.4·√n bins of equal count (40 for 10,000), equal values never apart; within a bin the input counts as
    /// known. A minimum of the bins' own means would be too low, and would find a value in an input that has none: 5 % of the EVPI for two equal options and
    /// 10,000 samples. So each quarter of a bin is decided by the means of the other three. That leaves a bias the other way: a weak input's value is too low,
    /// by a third where it is a tenth of the EVPI, and by less than 5 % where it is a third. The sampling error is near 1 % of the EVPI.
    /// <para>An option that fails in k of n samples may be chosen where it serves in the whole bin, provided that the bin lies in a stretch of the sorted
    /// samples, without a failure, of at least n ÷ k·ln(100·k) samples: failures that have nothing to do with the input leave one so long less than once in a
    /// hundred. A shorter one is luck, not information. It follows that up to six failures in a column rule an option out throughout.</para>
    /// </remarks>
    public static InformationValue Of(ReadOnlySpan<double> input, IReadOnlyList<double[]> costsByOption)
    {
        var chosen = Chosen(costsByOption);
        if (input.Length != costsByOption[0].Length)
            throw new ArgumentException("The input needs a value for each sample.", nameof(input));
        var values = input.ToArray();
        if (Array.Exists(values, double.IsNaN))
            throw new ArgumentException("The input must be a number in every sample.", nameof(input));
        if (chosen is null)
            return new InformationValue(null, Texts.InformationNoOption);

        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(values, order);
        var sorted = costsByOption.Select(costs => Sorted(costs, order)).ToArray();
        var usual = costsByOption.TakeWhile(costs => costs != chosen).Count();
        var bins = Math.Max(1, (int)Math.Round(0.4 * Math.Sqrt(values.Length)));
        var (gain, from) = (0.0, 0);
        for (var bin = 1; bin <= bins; bin++)
        {
            var to = Math.Max(from, (int)((long)bin * values.Length / bins));
            while (to > from && to < values.Length && values[to].Equals(values[to - 1]))
                to++;
            gain += BinGain(sorted, usual, from, to);
            from = to;
        }

        return new InformationValue(Math.Max(0, gain / values.Length), null);
    }

    /// <summary>The costs of the option to choose without information: the lowest mean among those that serve in every sample; null where none does.</summary>
    private static double[]? Chosen(IReadOnlyList<double[]> costsByOption)
    {
        ArgumentNullException.ThrowIfNull(costsByOption);
        if (costsByOption.Count == 0 || costsByOption[0].Length == 0)
            throw new ArgumentException("There must be an option and a sample.", nameof(costsByOption));
        var (chosen, lowest) = ((double[]?)null, double.PositiveInfinity);
        foreach (var costs in costsByOption)
        {
            if (costs.Length != costsByOption[0].Length || Array.Exists(costs, double.IsInfinity))
                throw new ArgumentException("Each option needs a cost for each sample, finite or NaN.", nameof(costsByOption));
            var mean = costs.Average();
            if (mean < lowest)
                (chosen, lowest) = (costs, mean);
        }

        return chosen;
    }

    /// <summary>Costs in the input's order, with NaN also in the stretches between failures that may be luck.</summary>
    private static double[] Sorted(double[] costs, int[] order)
    {
        var sorted = Array.ConvertAll(order, sample => costs[sample]);
        var failures = sorted.Count(double.IsNaN);
        if (failures == 0)
            return sorted;
        var enough = sorted.Length / (double)failures * Math.Log(100.0 * failures);
        var start = 0;
        for (var i = 0; i <= sorted.Length; i++)
        {
            if (i < sorted.Length && !double.IsNaN(sorted[i]))
                continue;
            if (i - start < enough)
                Array.Fill(sorted, double.NaN, start, i - start);
            start = i + 1;
        }

        return sorted;
    }

    /// <summary>What choosing by the bin saves over the usual option, summed over its samples.</summary>
    private static double BinGain(double[][] sorted, int usual, int from, int to)
    {
        var sums = new double[sorted.Length, Folds];
        for (var option = 0; option < sorted.Length; option++)
        {
            for (var i = from; i < to; i++)
                sums[option, i % Folds] += sorted[option][i];
        }

        var gain = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var (best, lowest) = (usual, Others(sums, usual, fold));
            for (var option = 0; option < sorted.Length; option++)
            {
                // NaN is not below anything: an option that fails anywhere in the bin is passed over.
                var others = Others(sums, option, fold);
                if (others < lowest && !double.IsNaN(sums[option, fold]))
                    (best, lowest) = (option, others);
            }

            gain += sums[usual, fold] - sums[best, fold];
        }

        return gain;
    }

    private static double Others(double[,] sums, int option, int fold)
    {
        var sum = 0.0;
        for (var other = 0; other < Folds; other++)
            sum += other == fold ? 0 : sums[option, other];
        return sum;
    }
}

/// <summary>What information is worth, or why that is unknown.</summary>
/// <param name="Value">Value per decision in the unit of the costs, at least 0. Null where <paramref name="Reason"/> says why.</param>
/// <param name="Reason">A sentence; null where there is a value.</param>
public sealed record InformationValue(double? Value, string? Reason);
