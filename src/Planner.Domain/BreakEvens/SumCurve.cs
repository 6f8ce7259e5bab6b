namespace Planner.Domain.BreakEvens;

/// <summary>The curve of a mix whose parts each serve a share of the axis.</summary>
internal sealed class SumCurve : CostCurve
{
    private readonly IReadOnlyList<(CostCurve Curve, double Factor)> _parts;

    /// <param name="parts">The parts' curves, and what a point of the axis is multiplied by to become one of theirs, above 0.</param>
    /// <param name="limit">Point beyond which the mix cannot serve whatever its parts can.</param>
    public SumCurve(IReadOnlyList<(CostCurve Curve, double Factor)> parts, double limit = double.PositiveInfinity)
    {
        _parts = parts;
        Limit = Math.Min(limit, parts.Min(part => part.Curve.Limit / part.Factor));
    }

    public override int Work => _parts.Sum(part => part.Curve.Work);

    public override double Settled => _parts.Max(part => part.Curve.Settled / part.Factor);

    public override CostBand? Band(bool settled)
    {
        var sum = default(CostBand);
        foreach (var (curve, factor) in _parts)
        {
            if (curve.Band(settled) is not { } band)
                return null;
            sum += band with { Slope = band.Slope * factor };
        }

        return sum;
    }

    protected override CostPiece Above(double x)
    {
        var sum = new CostPiece(0, 0, double.PositiveInfinity);
        foreach (var (curve, factor) in _parts)
        {
            var piece = curve.PieceAbove(x * factor);
            // An edge may come out a last digit lower on the mix' axis than on the part's.
            while (piece.End / factor <= x)
                piece = curve.PieceAbove(piece.End);
            sum = new CostPiece(sum.Fixed + piece.Fixed, sum.Slope + (piece.Slope * factor), Math.Min(sum.End, piece.End / factor));
        }

        return sum;
    }
}
