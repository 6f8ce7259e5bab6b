namespace Planner.Domain.BreakEvens;

/// <summary>A curve of a few pieces that are known ahead: a bill with a least amount, tokens that spill over.</summary>
internal sealed class PiecewiseCurve : CostCurve
{
    private readonly CostPiece[] _pieces;

    /// <param name="pieces">The pieces by rising end; the last ends nowhere.</param>
    public PiecewiseCurve(CostPiece[] pieces) => _pieces = pieces;

    public override CostBand? Band(bool settled)
    {
        // From the last edge on the curve is a line; before it, it strays from that line by so much at its corners.
        var slope = _pieces[^1].Slope;
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        var start = 0.0;
        foreach (var piece in _pieces)
        {
            if (!double.IsFinite(piece.Fixed))
                return null;
            (least, most) = (Math.Min(least, piece.At(start) - (slope * start)), Math.Max(most, piece.At(start) - (slope * start)));
            if (!double.IsFinite(piece.End))
                break;
            start = piece.End;
            (least, most) = (Math.Min(least, piece.At(start) - (slope * start)), Math.Max(most, piece.At(start) - (slope * start)));
        }

        return new CostBand(least, slope, most - least);
    }

    protected override CostPiece Above(double x)
    {
        var (low, high) = (0, _pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pieces[middle].End > x)
                high = middle;
            else
                low = middle + 1;
        }

        return _pieces[low];
    }
}
