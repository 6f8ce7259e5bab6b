namespace Planner.Domain.Numerics;

/// <summary>Sums Σ a_t·e^(−t·s) over t = 0, 1, 2 …: a present value as a function of s = ln(1 + rate).</summary>
internal static class ExponentialSum
{
    private const double UnitInLastPlace = 2.2e-16;

    /// <summary>Every point inside an interval at which the sum changes its sign, in rising order.</summary>
    /// <param name="coefficients">The a_t, finite.</param>
    /// <param name="from">Lower end of s.</param>
    /// <param name="to">Upper end of s.</param>
    public static List<double> SignChanges(ReadOnlySpan<double> coefficients, double from, double to) =>
        [.. Zeros(Scaled(coefficients.ToArray()), from, to).Where(zero => zero.ChangesSign).Select(zero => zero.At)];

    /// <remarks>
    /// Between two zeros of its derivative a function is monotonic and crosses 0 at most once, so the derivative's zeros isolate the function's. The sum is
    /// first multiplied by e^(p·s), which moves no zero, with p between two coefficients of opposite sign: a_t becomes (p − t)·a_t in the derivative, which
    /// has one change of sign among its coefficients less. Without any the sum has no zero (the proof of Descartes' rule of signs). So no zero can be
    /// missed, and the depth is the number of changes of sign, seldom more than a handful, rather than the number of months.
    /// </remarks>
    private static List<(double At, bool ChangesSign)> Zeros(double[] coefficients, double from, double to)
    {
        var zeros = new List<(double At, bool ChangesSign)>();
        if (Pivot(coefficients) is not { } pivot)
            return zeros;
        var derivative = new double[coefficients.Length];
        for (var t = 0; t < derivative.Length; t++)
            derivative[t] = (pivot - t) * coefficients[t];
        var (last, lastSign) = (from, SignAt(coefficients, from));
        foreach (var point in Zeros(Scaled(derivative), from, to).Select(zero => zero.At).Append(to))
        {
            var sign = SignAt(coefficients, point);
            // A zero to within rounding: a touch, or the middle of a crossing too flat to place better; the change of sign, if any, is found further on.
            if (sign == 0)
            {
                if (point < to)
                    zeros.Add((point, false));
                continue;
            }

            if (sign * lastSign < 0)
                zeros.Add((Bisect(coefficients, last, point, lastSign), true));
            (last, lastSign) = (point, sign);
        }

        zeros.Sort((first, second) => first.At.CompareTo(second.At));
        return zeros;
    }

    /// <summary>The middle between the first two coefficients of opposite sign; null where there are none.</summary>
    private static double? Pivot(double[] coefficients)
    {
        var last = -1;
        for (var t = 0; t < coefficients.Length; t++)
        {
            if (coefficients[t] == 0)
                continue;
            if (last >= 0 && Math.Sign(coefficients[t]) != Math.Sign(coefficients[last]))
                return (last + t) / 2.0;
            last = t;
        }

        return null;
    }

    private static double[] Scaled(double[] coefficients)
    {
        var largest = 0.0;
        foreach (var coefficient in coefficients)
            largest = Math.Max(largest, Math.Abs(coefficient));
        if (largest > 0)
        {
            for (var t = 0; t < coefficients.Length; t++)
                coefficients[t] /= largest;
        }

        return coefficients;
    }

    private static double Bisect(double[] coefficients, double low, double high, int lowSign)
    {
        // The widest interval, 7, is below 1e-16 after 56 halvings.
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var sign = Math.Sign(At(coefficients, middle).Value);
            if (sign == 0)
                return middle;
            if (sign == lowSign)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>Sign of the sum; 0 where rounding could have made it.</summary>
    private static int SignAt(double[] coefficients, double s)
    {
        var (value, size) = At(coefficients, s);
        return Math.Abs(value) <= size * coefficients.Length * UnitInLastPlace ? 0 : Math.Sign(value);
    }

    /// <summary>The sum and the sum of its terms' sizes, both over the largest power in it, so that neither overflows.</summary>
    private static (double Value, double Size) At(double[] coefficients, double s)
    {
        var shrink = Math.Exp(-Math.Abs(s));
        var (value, size) = (0.0, 0.0);
        for (var i = 0; i < coefficients.Length; i++)
        {
            var coefficient = coefficients[s < 0 ? i : coefficients.Length - 1 - i];
            (value, size) = ((value * shrink) + coefficient, (size * shrink) + Math.Abs(coefficient));
        }

        return (value, size);
    }
}
