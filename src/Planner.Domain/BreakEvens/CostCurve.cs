namespace Planner.Domain.BreakEvens;

/// <summary>The straight line that a cost follows from a point on.</summary>
/// <param name="Fixed">Where it meets the axis' 0, USD; infinite where the option cannot serve.</param>
/// <param name="Slope">Cost of one more on the axis, USD.</param>
/// <param name="End">Where it ends; included, because a fleet at an edge is full, not over.</param>
internal readonly record struct CostPiece(double Fixed, double Slope, double End)
{
    /// <summary>A stretch on which the option cannot serve.</summary>
    public static CostPiece Unserved(double end) => new(double.PositiveInfinity, 0, end);

    /// <summary>Cost at a point, USD.</summary>
    public double At(double x) => Fixed + (Slope * x);
}

/// <summary>An option's cost of a month along an axis, in straight pieces.</summary>
internal abstract class CostCurve
{
    /// <summary>Point beyond which the option cannot serve; included.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>The piece just above a point; its end lies above the point too.</summary>
    public CostPiece PieceAbove(double x)
    {
        if (x >= Limit)
            return CostPiece.Unserved(double.PositiveInfinity);
        var piece = Above(x);
        return piece.End <= Limit ? piece : piece with { End = Limit };
    }

    /// <summary>Cost at a point, USD; infinite where the option cannot serve.</summary>
    public double At(double x) => PieceAbove(x > 0 ? Math.BitDecrement(x) : -double.Epsilon).At(x);

    /// <summary>The piece just above a point below <see cref="Limit"/>.</summary>
    protected abstract CostPiece Above(double x);

    /// <summary>How long it takes to find a piece, as a multiple of a fleet's.</summary>
    public virtual int Work => 1;

    /// <summary>Point from which its bands are narrower.</summary>
    public virtual double Settled => 0;

    /// <summary>A band that holds the curve up to its <see cref="Limit"/>, from 0 on or from <see cref="Settled"/> on. Null where there is none.</summary>
    public abstract CostBand? Band(bool settled);

    /// <summary>A line that lies nowhere above the distance from this curve up to another one, from 0 on or from where both are settled; null where none is known.</summary>
    public virtual (double Intercept, double Slope)? GapTo(CostCurve other, bool settled) =>
        Band(settled) is { } own && other.Band(settled) is { } others ? (others.Intercept - own.Intercept - own.Slack, others.Slope - own.Slope) : null;
}

/// <summary>A line that lies nowhere above something and, raised by the slack, nowhere below it, from 0 on.</summary>
/// <param name="Intercept">The line at 0.</param>
/// <param name="Slope">Its slope.</param>
/// <param name="Slack">The band's height, at least 0.</param>
internal readonly record struct CostBand(double Intercept, double Slope, double Slack)
{
    public static CostBand operator +(CostBand one, CostBand other) => new(one.Intercept + other.Intercept, one.Slope + other.Slope, one.Slack + other.Slack);

    /// <summary>The band of a multiple, which may be negative.</summary>
    public static CostBand operator *(double factor, CostBand band) => factor >= 0
        ? new CostBand(factor * band.Intercept, factor * band.Slope, factor * band.Slack)
        : new CostBand(factor * (band.Intercept + band.Slack), factor * band.Slope, -factor * band.Slack);

    /// <summary>The band of what is above 0.</summary>
    public CostBand Positive() => Slope > 0 ? this with { Slack = Math.Max(Slack, -Intercept) } : new CostBand(0, 0, Math.Max(0, Intercept + Slack));
}

/// <summary>A straight line: an API, a fleet that stays as it stands.</summary>
/// <param name="fixedUsd">Cost that does not depend on the axis, USD.</param>
/// <param name="slope">Cost of one more on the axis, USD.</param>
internal sealed class LineCurve(double fixedUsd, double slope) : CostCurve
{
    protected override CostPiece Above(double x) => new(fixedUsd, slope, double.PositiveInfinity);

    public override CostBand? Band(bool settled) => new CostBand(fixedUsd, slope, 0);
}
