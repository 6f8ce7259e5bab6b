namespace Planner.Domain.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Probability that a standard normal value is at most <paramref name="z"/>, to about 1e-15.</summary>
    /// <remarks>Below |z| = 3 the series of the error function, above it the continued fraction of its complement (Abramowitz and Stegun, 7.1.5 and 7.1.14).</remarks>
    public static double Cdf(double z) => z < 0 ? UpperTail(-z) : 1 - UpperTail(z);

    /// <summary>Value that a standard normal one stays below with a probability above 0 and below 1; to about 1e-12.</summary>
    /// <remarks>Newton's method on <see cref="Cdf"/> from the middle; the density is the slope.</remarks>
    public static double Quantile(double probability)
    {
        var z = 0.0;
        for (var i = 0; i < 100; i++)
        {
            var slope = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            // Half a unit at most, so that a flat tail does not throw the next guess far out.
            var move = Math.Clamp((probability - Cdf(z)) / slope, -0.5, 0.5);
            z += move;
            if (Math.Abs(move) < 1e-13)
                break;
        }

        return z;
    }

    private static double UpperTail(double z)
    {
        if (z > 38)
            return 0;
        var x = z / Math.Sqrt(2);
        if (z <= 3)
        {
            var (term, sum) = (x, x);
            for (var n = 1; Math.Abs(term) > 1e-18; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 0.5 - (sum / Math.Sqrt(Math.PI));
        }

        var fraction = 0.0;
        for (var n = 120; n >= 1; n--)
            fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / (2 * Math.Sqrt(Math.PI) * (x + fraction));
    }
}
