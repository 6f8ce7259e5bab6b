namespace Planner.Benchmarks.Fitting;

/// <summary>Least squares with a soft-L1 loss: small residuals count by their square, large ones by their size, so a few odd rows do not bend the fit.</summary>
internal static class LevenbergMarquardt
{
    private const double Step = 1e-4;

    /// <summary>Finds the values that minimise the loss, from a start and without chance.</summary>
    /// <param name="residuals">Writes the residuals of some values; it must always write as many.</param>
    /// <param name="count">Residuals.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="low">Least values.</param>
    /// <param name="high">Greatest values.</param>
    /// <param name="weights">What each residual's loss is multiplied by.</param>
    /// <param name="scale">Residual from which on the loss grows linearly.</param>
    /// <param name="iterations">Most iterations.</param>
    public static Solution Minimise(
        Action<double[], double[]> residuals, int count, double[] start, double[] low, double[] high, double[] weights, double scale, int iterations)
    {
        var values = (double[])start.Clone();
        var current = new double[count];
        residuals(values, current);
        var loss = Loss(current, weights, scale);
        var damping = 1e-3;
        var normal = new double[values.Length, values.Length];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var jacobian = Jacobian(residuals, values, current, high);
            var gradient = Normal(jacobian, current, weights, scale, normal);
            var improved = false;
            for (var attempt = 0; attempt < 12 && !improved; attempt++, damping *= 4)
            {
                var step = Solve(normal, gradient, damping);
                var next = values.Select((value, i) => Math.Clamp(value - step[i], low[i], high[i])).ToArray();
                var there = new double[count];
                residuals(next, there);
                var reached = Loss(there, weights, scale);
                if (!(reached < loss))
                    continue;
                improved = true;
                var gain = (loss - reached) / loss;
                (values, current, loss, damping) = (next, there, reached, damping / 12);
                if (gain < 1e-6)
                    return new Solution(values, loss, normal);
            }

            if (!improved)
                break;
        }

        return new Solution(values, loss, normal);
    }

    private static double Loss(double[] residuals, double[] weights, double scale)
    {
        var sum = 0.0;
        for (var i = 0; i < residuals.Length; i++)
            sum += weights[i] * 2 * scale * scale * (Math.Sqrt(1 + (residuals[i] * residuals[i] / (scale * scale))) - 1);
        return sum;
    }

    private static double[][] Jacobian(Action<double[], double[]> residuals, double[] values, double[] current, double[] high)
    {
        var jacobian = new double[values.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            var moved = (double[])values.Clone();
            var step = moved[i] + Step > high[i] ? -Step : Step;
            moved[i] += step;
            var there = new double[current.Length];
            residuals(moved, there);
            for (var row = 0; row < there.Length; row++)
                there[row] = (there[row] - current[row]) / step;
            jacobian[i] = there;
        }

        return jacobian;
    }

    private static double[] Normal(double[][] jacobian, double[] residuals, double[] weights, double scale, double[,] normal)
    {
        var loads = new double[residuals.Length];
        for (var row = 0; row < loads.Length; row++)
            loads[row] = weights[row] / Math.Sqrt(1 + (residuals[row] * residuals[row] / (scale * scale)));
        var gradient = new double[jacobian.Length];
        for (var i = 0; i < jacobian.Length; i++)
        {
            for (var row = 0; row < residuals.Length; row++)
                gradient[i] += loads[row] * jacobian[i][row] * residuals[row];
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var row = 0; row < residuals.Length; row++)
                    sum += loads[row] * jacobian[i][row] * jacobian[j][row];
                normal[i, j] = normal[j, i] = sum;
            }
        }

        return gradient;
    }

    /// <summary>Gaussian elimination of the damped normal equations; they are positive definite, so no pivot is 0.</summary>
    private static double[] Solve(double[,] normal, double[] gradient, double damping)
    {
        var n = gradient.Length;
        var matrix = (double[,])normal.Clone();
        var right = (double[])gradient.Clone();
        for (var i = 0; i < n; i++)
            matrix[i, i] += (damping * matrix[i, i]) + 1e-12;
        for (var column = 0; column < n; column++)
        {
            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var k = column; k < n; k++)
                    matrix[row, k] -= factor * matrix[column, k];
                right[row] -= factor * right[column];
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++)
                right[row] -= matrix[row, k] * right[k];
            right[row] /= matrix[row, row];
        }

        return right;
    }
}

/// <summary>What a minimisation found.</summary>
/// <param name="Values">The values.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Normal">The normal matrix: how sharply the loss depends on each value.</param>
internal sealed record Solution(double[] Values, double Loss, double[,] Normal);
