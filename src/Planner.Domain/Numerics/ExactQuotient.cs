using System.Numerics;

namespace Planner.Domain.Numerics;

/// <summary>A quotient of products of decimals, such as load ÷ capacity. Its ceiling is exact, because 100 % full is full, not over: a ceiling of rounded doubles buys one replica too many.</summary>
internal sealed class ExactQuotient
{
    /// <summary>A double further than this share from a whole number is on the right side of it.</summary>
    private const double Certain = 1e-9;

    private readonly decimal[] _above;
    private readonly decimal[] _below;

    // Whole-number arithmetic is needed only near whole numbers, so it waits until then.
    private (BigInteger Numerator, BigInteger Denominator)? _exact;

    /// <param name="numerator">Factors above the line, each at least 0.</param>
    /// <param name="denominator">Factors below the line, each above 0.</param>
    public ExactQuotient(ReadOnlySpan<decimal> numerator, ReadOnlySpan<decimal> denominator)
    {
        (_above, _below) = (numerator.ToArray(), denominator.ToArray());
        var value = 1.0;
        foreach (var factor in numerator)
            value *= (double)factor;
        foreach (var factor in denominator)
            value /= (double)factor;
        Value = value;
    }

    /// <summary>The quotient as a double, to a few units in the last place.</summary>
    public double Value { get; }

    private (BigInteger Numerator, BigInteger Denominator) Exact => _exact ??= Terms();

    /// <summary>Smallest whole number that is at least <paramref name="factor"/> × <paramref name="weight"/> × the quotient.</summary>
    /// <param name="factor">A factor on the quotient, at least 0.</param>
    /// <param name="weight">A second one, at least 0.</param>
    /// <returns>The ceiling; <see cref="long.MaxValue"/> where it is beyond that.</returns>
    public long CeilingTimes(decimal factor, decimal weight = 1)
    {
        var estimate = (double)factor * (double)weight * Value;
        if (estimate >= 1e18)
            return long.MaxValue;
        // Far from a whole number the double decides; near one only whole-number arithmetic can.
        if (Math.Abs(estimate - Math.Round(estimate)) > Certain * Math.Max(1, estimate))
            return (long)Math.Ceiling(estimate);
        var (number, scale) = Product([factor, weight]);
        var above = number * Exact.Numerator;
        var below = Exact.Denominator * BigInteger.Pow(10, scale);
        return (long)((above + below - BigInteger.One) / below);
    }

    /// <summary>The same for a factor that is a double already, such as a simulated volume: what lies within a double's noise of a whole number is that number.</summary>
    /// <inheritdoc cref="CeilingTimes(decimal, decimal)"/>
    public long CeilingTimes(double factor, decimal weight = 1) => NearCeiling(factor * (double)weight * Value);

    /// <summary>Smallest whole number that is at least a double, its noise left aside; <see cref="long.MaxValue"/> beyond 10¹⁸.</summary>
    public static long NearCeiling(double value)
    {
        if (value >= 1e18)
            return long.MaxValue;
        var nearest = Math.Round(value);
        return (long)(Math.Abs(value - nearest) <= Certain * Math.Max(1, value) ? nearest : Math.Ceiling(value));
    }

    /// <summary><paramref name="count"/> ÷ (<paramref name="weight"/> × the quotient) as the nearest double: the point at which <see cref="CeilingTimes(decimal, decimal)"/> reaches <paramref name="count"/>.</summary>
    public double Inverse(long count, decimal weight = 1)
    {
        if (Value == 0 || weight == 0)
            return double.PositiveInfinity;
        if (weight == 1)
            return Ratio(count * Exact.Denominator, Exact.Numerator);
        var (number, scale) = Product([weight]);
        return Ratio(count * Exact.Denominator * BigInteger.Pow(10, scale), Exact.Numerator * number);
    }

    /// <summary>The points at which <paramref name="factors"/> × (<paramref name="offset"/> + point) × the quotient reaches whole numbers.</summary>
    /// <param name="factors">Factors on the quotient, each at least 0.</param>
    /// <param name="offset">What the point is counted beyond, at least 0.</param>
    /// <param name="over">What the factors are divided by, above 0.</param>
    public ExactSteps Steps(ReadOnlySpan<decimal> factors, decimal offset = 0, decimal over = 1)
    {
        var (number, scale) = Product(factors);
        if (Value == 0 || number.IsZero)
            return ExactSteps.None;
        var (offsetNumber, offsetScale) = Parts(offset);
        var (overNumber, overScale) = Parts(over);
        return new ExactSteps(
            Doubled(Exact.Denominator * overNumber * BigInteger.Pow(10, scale), Exact.Numerator * number * BigInteger.Pow(10, overScale)),
            Doubled(offsetNumber, BigInteger.Pow(10, offsetScale)));
    }

    /// <summary>A quotient as the nearest double and what that leaves.</summary>
    private static (double High, double Low) Doubled(BigInteger above, BigInteger below)
    {
        var high = Ratio(above, below);
        if (high == 0)
            return (0, 0);
        var exponent = Math.ILogB(high) - 52;
        var mantissa = new BigInteger(Math.ScaleB(high, -exponent));
        if (exponent < 0)
            above <<= -exponent;
        else
            mantissa <<= exponent;
        var rest = above - (mantissa * below);
        var low = Ratio(BigInteger.Abs(rest), below);
        return (high, rest.Sign * (exponent < 0 ? Math.ScaleB(low, exponent) : low));
    }

    private (BigInteger Numerator, BigInteger Denominator) Terms()
    {
        var (numerator, numeratorScale) = Product(_above);
        var (denominator, denominatorScale) = Product(_below);
        return numeratorScale < denominatorScale
            ? (numerator * BigInteger.Pow(10, denominatorScale - numeratorScale), denominator)
            : (numerator, denominator * BigInteger.Pow(10, numeratorScale - denominatorScale));
    }

    private static double Ratio(BigInteger above, BigInteger below)
    {
        // Shift so that the whole-number quotient holds 62 significant bits, then scale back.
        var shift = 62 - (int)(above.GetBitLength() - below.GetBitLength());
        var quotient = shift >= 0 ? (above << shift) / below : above / (below << -shift);
        return Math.ScaleB((double)(ulong)quotient, -shift);
    }

    private static (BigInteger Number, int Scale) Product(ReadOnlySpan<decimal> factors)
    {
        var (number, scale) = (BigInteger.One, 0);
        foreach (var factor in factors)
        {
            var (part, partScale) = Parts(factor);
            number *= part;
            scale += partScale;
        }

        return (number, scale);
    }

    private static (BigInteger Number, int Scale) Parts(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var number = new BigInteger(new decimal(bits[0], bits[1], bits[2], false, 0));
        return (number, (bits[3] >> 16) & 0xFF);
    }
}
