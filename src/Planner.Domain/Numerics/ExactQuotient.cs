using System.Numerics;

namespace Planner.Domain.Numerics;

/// <summary>A quotient of products of decimals, such as load ÷ capacity. Its ceiling is exact, because 100 % full is full, not over: a ceiling of rounded doubles buys one replica too many.</summary>
internal readonly struct ExactQuotient
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;
    private readonly double _approximate;

    /// <param name="numerator">Factors above the line, each at least 0.</param>
    /// <param name="denominator">Factors below the line, each above 0.</param>
    public ExactQuotient(ReadOnlySpan<decimal> numerator, ReadOnlySpan<decimal> denominator)
    {
        (_numerator, var numeratorScale) = Product(numerator);
        (_denominator, var denominatorScale) = Product(denominator);
        if (numeratorScale < denominatorScale)
            _numerator *= BigInteger.Pow(10, denominatorScale - numeratorScale);
        else
            _denominator *= BigInteger.Pow(10, numeratorScale - denominatorScale);
        _approximate = Ratio(_numerator, _denominator);
    }

    /// <summary>The quotient as the nearest double, to a few units in the last place.</summary>
    public double Value => _approximate;

    /// <summary>Smallest whole number that is at least <paramref name="factor"/> × the quotient.</summary>
    /// <param name="factor">A factor on the quotient, at least 0.</param>
    /// <returns>The ceiling; <see cref="long.MaxValue"/> where it is beyond that.</returns>
    public long CeilingTimes(decimal factor)
    {
        var estimate = (double)factor * _approximate;
        if (estimate >= 1e18)
            return long.MaxValue;
        // Far from a whole number the double decides; near one only whole-number arithmetic can.
        if (Math.Abs(estimate - Math.Round(estimate)) > 1e-9 * Math.Max(1, estimate))
            return (long)Math.Ceiling(estimate);
        var (number, scale) = Parts(factor);
        var above = number * _numerator;
        var below = _denominator * BigInteger.Pow(10, scale);
        return (long)((above + below - BigInteger.One) / below);
    }

    /// <summary><paramref name="count"/> ÷ the quotient as the nearest double: the point at which <see cref="CeilingTimes"/> reaches <paramref name="count"/>.</summary>
    public double Inverse(long count) => _numerator.IsZero ? double.PositiveInfinity : Ratio(count * _denominator, _numerator);

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
