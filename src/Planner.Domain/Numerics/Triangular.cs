namespace Planner.Domain.Numerics;

/// <summary>A quantity known by its lowest, likeliest and highest value: the density rises in a line to the likeliest and falls in a line from it. The default is 0 for certain.</summary>
public readonly record struct Triangular
{
    private readonly double _shareBelowLikely;

    /// <param name="low">Lowest value.</param>
    /// <param name="likely">Likeliest value, from the lowest to the highest; it may be either.</param>
    /// <param name="high">Highest value; equal to the lowest where the quantity is certain.</param>
    /// <exception cref="ArgumentException">The values are not finite, or not in this order.</exception>
    public Triangular(double low, double likely, double high)
    {
        if (!(low <= likely && likely <= high && double.IsFinite(high - low)))
            throw new ArgumentException("Low, likely and high must be finite and in this order.");
        (Low, Likely, High) = (low, likely, high);
        _shareBelowLikely = high > low ? (likely - low) / (high - low) : 0;
    }

    /// <summary>Lowest value.</summary>
    public double Low { get; }

    /// <summary>Likeliest value.</summary>
    public double Likely { get; }

    /// <summary>Highest value.</summary>
    public double High { get; }

    /// <summary>Value that the quantity stays below with a probability.</summary>
    /// <param name="probability">0 to 1; 0.5 for the median.</param>
    /// <returns>With c = (likely − low) ÷ (high − low): low + (high − low)·√(probability·c) up to c, high − (high − low)·√((1 − probability)·(1 − c)) above.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    /// <remarks>The inverse of the distribution function, two parabolas that meet at the likeliest value.</remarks>
    public double Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        var range = High - Low;
        // Each side is bounded by the likeliest value, so that rounding leads to neither side's neighbour.
        return probability < _shareBelowLikely
            ? Math.Min(Likely, Low + (range * Math.Sqrt(probability * _shareBelowLikely)))
            : Math.Max(Likely, High - (range * Math.Sqrt((1 - probability) * (1 - _shareBelowLikely))));
    }
}
