using Planner.Domain.Capacity;

namespace Planner.Benchmarks.Fitting;

/// <summary>A fit and how well the rows determine it.</summary>
/// <param name="Parameters">The values.</param>
/// <param name="Loss">The loss that is left.</param>
/// <param name="Notes">Values at a bound, and values that the rows say little about.</param>
internal sealed record FitResult(CapacityParameters Parameters, double Loss, IReadOnlyList<string> Notes);

/// <summary>Fits the capacity model to benchmark runs: robust least squares on the logarithms of throughput, time between tokens and time to the first token.</summary>
internal static class CapacityFit
{
    /// <summary>Residual (in logarithms) from which on a row counts by its size only.</summary>
    private const double Scale = 0.15;

    /// <summary>Weights of the three figures: a plan rests on the throughput first, and schedulers make the time to the first token noisy.</summary>
    private const double RateWeight = 1, ItlWeight = 0.5, TtftWeight = 0.2;

    /// <summary>Residual of a row of which the model says that it does not fit.</summary>
    private const double Misfit = 3;

    /// <summary>What all the priors together weigh against all rows.</summary>
    private const double PriorWeight = 0.05;

    /// <summary>Fits to the rows of core engines. The same rows give the same values.</summary>
    /// <param name="all">Runs of any engines.</param>
    /// <param name="iterations">Most iterations.</param>
    public static FitResult Run(IEnumerable<CalibrationRow> all, int iterations = 60)
    {
        var rows = all.Where(row => row.IsCore).ToList();
        var parameters = FittedParameters.All;
        // Only what is not fitted, the times of Gaudi, is taken from the shipped calibration.
        var rest = Calibration.Shipped.Parameters;
        double[] prior = [.. parameters.Select(parameter => Math.Log(parameter.Prior))];
        double[] low = [.. parameters.Select(parameter => Math.Log(parameter.Low))], high = [.. parameters.Select(parameter => Math.Log(parameter.High))];
        var solution = LevenbergMarquardt.Minimise(
            (values, residuals) =>
            {
                var fit = FittedParameters.Apply(rest, values);
                for (var i = 0; i < rows.Count; i++)
                    Residuals(rows[i], fit, residuals.AsSpan(3 * i, 3));
                for (var i = 0; i < values.Length; i++)
                    residuals[(3 * rows.Count) + i] = (values[i] - prior[i]) / parameters[i].Looseness;
            },
            (3 * rows.Count) + prior.Length, prior, low, high, Weights(rows), Scale, iterations);
        return new FitResult(FittedParameters.Apply(rest, solution.Values), solution.Loss, [.. Notes(solution, low, high)]);
    }

    private static void Residuals(CalibrationRow row, CapacityParameters fit, Span<double> residuals)
    {
        residuals.Clear();
        var prediction = row.Predict(fit);
        if (prediction.OutputTokensPerSecond == 0)
        {
            residuals[0] = Misfit;
            return;
        }

        residuals[0] = Math.Log(prediction.OutputTokensPerSecond / row.OutputTokensPerSecond);
        if (row.ItlSeconds is { } itl)
            residuals[1] = Math.Log(prediction.ItlSeconds / itl);
        if (row.TtftSeconds is { } ttft)
            residuals[2] = Math.Log(prediction.TtftSeconds / ttft);
    }

    /// <summary>A row counts 1 ÷ √(rows of its group), so that a source with thousands of rows does not decide alone; the weights add up to 1.</summary>
    private static double[] Weights(List<CalibrationRow> rows)
    {
        var sizes = rows.CountBy(row => row.Group).ToDictionary();
        var count = FittedParameters.All.Count;
        var weights = new double[(3 * rows.Count) + count];
        var total = rows.Sum(row => 1 / Math.Sqrt(sizes[row.Group]));
        for (var i = 0; i < rows.Count; i++)
        {
            var weight = 1 / Math.Sqrt(sizes[rows[i].Group]) / total;
            (weights[3 * i], weights[(3 * i) + 1], weights[(3 * i) + 2]) = (weight * RateWeight, weight * ItlWeight, weight * TtftWeight);
        }

        Array.Fill(weights, PriorWeight / count, 3 * rows.Count, count);
        return weights;
    }

    private static IEnumerable<string> Notes(Solution solution, double[] low, double[] high)
    {
        for (var i = 0; i < solution.Values.Length; i++)
        {
            var parameter = FittedParameters.All[i];
            var prior = PriorWeight / solution.Values.Length / (parameter.Looseness * parameter.Looseness);
            if (solution.Values[i] <= low[i] || solution.Values[i] >= high[i])
                yield return $"{parameter.Name} is at its bound";
            else if (solution.Normal[i, i] < 2 * prior)
                yield return $"{parameter.Name} is hardly determined by the rows: its prior decides as much as they do or more";
        }
    }
}
