namespace Planner.Domain.Numerics;

/// <summary>Where something that grows in proportion reaches whole numbers, to twice a double's precision: each such point comes out as the nearest double, without whole-number arithmetic.</summary>
/// <param name="Step">Distance between two of them and what its double leaves.</param>
/// <param name="Offset">What is taken off, likewise.</param>
internal readonly record struct ExactSteps((double High, double Low) Step, (double High, double Low) Offset)
{
    /// <summary>The steps of what does not grow.</summary>
    public static ExactSteps None { get; } = new((double.PositiveInfinity, 0), (0, 0));

    /// <summary>The steps of what grows by so much a point, where that is only known as a double.</summary>
    /// <param name="slope">Growth from one point to the next, at least 0.</param>
    /// <param name="offset">What the points are counted beyond.</param>
    public static ExactSteps Of(double slope, double offset) => slope > 0 ? new ExactSteps((1 / slope, 0), (offset, 0)) : None;

    /// <summary>True where nothing grows.</summary>
    public bool AreNone => double.IsInfinity(Step.High);

    /// <summary>The point at which a whole number is reached: number × step − offset.</summary>
    /// <param name="count">The number, below 2⁵³.</param>
    public double At(long count)
    {
        if (AreNone)
            return double.PositiveInfinity;
        var product = Step.High * count;
        var rest = Math.FusedMultiplyAdd(Step.High, count, -product) + (Step.Low * count);
        var point = product - Offset.High;
        var part = point - product;
        return point + (product - (point - part) - (Offset.High + part) + (rest - Offset.Low));
    }

    /// <summary>How many steps lie below a point, as a double that may be off by a few units in its last place.</summary>
    public double CountAt(double point) => AreNone ? 0 : (point + Offset.High) / Step.High;
}
