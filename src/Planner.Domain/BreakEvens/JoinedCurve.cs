namespace Planner.Domain.BreakEvens;

/// <summary>Curves that follow one another along an axis, each on a stretch of its own.</summary>
/// <param name="stretches">The curves by rising end; null where nothing is served. Beyond the last end nothing is.</param>
internal sealed class JoinedCurve(IReadOnlyList<(double End, CostCurve? Curve)> stretches) : CostCurve
{
    public override CostBand? Band(bool settled) => null;

    protected override CostPiece Above(double x)
    {
        var (low, high) = (0, stretches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (stretches[middle].End > x)
                high = middle;
            else
                low = middle + 1;
        }

        if (low == stretches.Count)
            return CostPiece.Unserved(double.PositiveInfinity);
        var (end, curve) = stretches[low];
        if (curve is null)
            return CostPiece.Unserved(end);
        var piece = curve.PieceAbove(x);
        return piece with { End = Math.Min(piece.End, end) };
    }
}
