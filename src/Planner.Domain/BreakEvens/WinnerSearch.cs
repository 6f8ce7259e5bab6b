namespace Planner.Domain.BreakEvens;

/// <summary>Finds the cheapest of several cost curves at every point of an axis. It visits the straight pieces between edges, so that no crossing is missed, and passes over stretches whose winner a bound proves.</summary>
/// <param name="curves">The curves, in the order that breaks ties; at least one.</param>
/// <param name="isNeverAbove">Which curves are known to lie nowhere above which others, as a mix does that may choose one of its parts; null where nothing is known. Such a one, once cheapest, does not yield to what it only equals.</param>
internal sealed class WinnerSearch(IReadOnlyList<CostCurve> curves, Func<int, int, bool>? isNeverAbove = null)
{
    /// <summary>Most crossings listed.</summary>
    public const int MostCrossings = 64;

    /// <summary>Pieces of ordinary curves visited in one direction before the search ends; what was found until then is kept.</summary>
    private const int MostPieces = 50_000;

    /// <summary>The first stretch that is searched backwards is this part of the range; then as long as it takes to hold about <see cref="PiecesPerStride"/> pieces.</summary>
    private const double FirstStrides = 1 << 20;

    private const int PiecesPerStride = 256;

    /// <summary>Differences below this are ties, USD: a tenth of the unit to which ledger lines are rounded.</summary>
    private const double Tie = 1e-7;

    /// <summary>Slopes that differ by less than this share are the same: the rest is a double's noise.</summary>
    private const double SameSlope = 1e-12;

    /// <summary>A change of the winner: where, to which curve (−1 for none), and whether the point itself still belongs to the one before.</summary>
    internal readonly record struct Change(double At, int Winner, bool AtEdge);

    /// <summary>What was found.</summary>
    /// <param name="Changes">The first entry is the start of the range; at most <see cref="MostCrossings"/> more.</param>
    /// <param name="Tail">The last change of the range where more lie between; null where all are listed or where it was not found.</param>
    /// <param name="SearchedTo">Where the search gave up; null where it covers the range.</param>
    internal readonly record struct Outcome(IReadOnlyList<Change> Changes, Change? Tail, double? SearchedTo);

    private readonly int _mostPieces = MostPieces / MostWork(curves);
    private readonly List<Change> _found = [];

    // Not a number in an intercept is a gap that nobody has asked for yet, in a slope one that is not known.
    private readonly (double Intercept, double Slope)[] _gaps = NoGaps(curves.Count);

    /// <summary>Searches a range of an axis.</summary>
    /// <param name="from">Start of the range, at least 0.</param>
    /// <param name="to">End of the range, above <paramref name="from"/>.</param>
    public Outcome Search(double from, double to)
    {
        var changes = new List<Change>();
        var pieces = 0;
        var position = from;
        while (position < to && changes.Count <= MostCrossings && pieces++ < _mostPieces)
        {
            if (changes.Count > 0 && Certain(changes[^1].Winner, position, to, forward: true) is var certain && certain > position)
            {
                position = certain;
                continue;
            }

            var end = Math.Min(to, EndAbove(position));
            foreach (var change in Winners(position, end, changes.Count > 0 ? changes[^1].Winner : -1))
            {
                if (changes.Count == 0 || change.Winner != changes[^1].Winner)
                    changes.Add(change with { AtEdge = change.AtEdge && change.At > from });
            }

            position = end;
        }

        var listed = changes.Count > MostCrossings + 1 ? changes[..(MostCrossings + 1)] : changes;
        if (position >= to)
            return new Outcome(listed, changes.Count > listed.Count ? changes[^1] : null, null);

        var (last, searched) = LastChange(changes[^1].Winner, position, to);
        return searched
            ? new Outcome(listed, last ?? (changes.Count > listed.Count ? changes[^1] : null), null)
            : new Outcome(listed, null, position);
    }

    /// <summary>The last change of the winner in a range, sought backwards stretch by stretch; null where there is none.</summary>
    private (Change? Last, bool Searched) LastChange(int winnerBefore, double from, double to)
    {
        int? above = null;
        var position = to;
        var stride = (to - from) / FirstStrides;
        for (var pieces = 0; position > from;)
        {
            if (pieces >= _mostPieces)
                return (null, false);
            if (above is { } winner && Certain(winner, position, from, forward: false) is var certain && certain < position)
            {
                position = certain;
                continue;
            }

            var start = Math.Max(from, position - stride);
            var (before, last) = (pieces, default(Change?));
            int? now = null;
            for (var at = start; at < position && pieces < _mostPieces; pieces++)
            {
                var end = Math.Min(position, EndAbove(at));
                foreach (var change in Winners(at, end, now ?? -1))
                {
                    if (now is { } known && change.Winner != known)
                        last = change;
                    now = change.Winner;
                }

                at = end;
            }

            if (above is { } after && now != after)
                return (new Change(position, after, true), true);
            if (last is not null)
                return (last, true);
            above = now;
            position = start;
            stride *= pieces - before < PiecesPerStride ? 2 : 0.5;
        }

        return (above is { } first && first != winnerBefore ? new Change(from, first, true) : null, true);
    }

    /// <summary>The winners on one stretch without edges, from just above its start; the first entry is the start. The list is used again by the next call.</summary>
    /// <param name="start">Start of the stretch.</param>
    /// <param name="end">Its end.</param>
    /// <param name="before">The winner before it; −1 for none.</param>
    private List<Change> Winners(double start, double end, int before)
    {
        Span<CostPiece> pieces = stackalloc CostPiece[curves.Count];
        var best = -1;
        for (var i = 0; i < pieces.Length; i++)
        {
            pieces[i] = curves[i].PieceAbove(start);
            if (double.IsFinite(pieces[i].Fixed) && (best < 0 || Wins(pieces[i], pieces[best], start)))
                best = i;
        }

        if (best >= 0 && before >= 0 && double.IsFinite(pieces[before].Fixed) && isNeverAbove?.Invoke(before, best) == true)
            best = before;
        _found.Clear();
        _found.Add(new Change(start, best, true));
        for (var position = start; best >= 0;)
        {
            var (next, at) = (-1, end);
            for (var i = 0; i < pieces.Length; i++)
            {
                if (!double.IsFinite(pieces[i].Fixed) || !IsFlatter(pieces[i], pieces[best]))
                    continue;
                var crossing = (pieces[i].Fixed - pieces[best].Fixed) / (pieces[best].Slope - pieces[i].Slope);
                if (crossing > position && (crossing < at || (crossing == at && next >= 0 && pieces[i].Slope < pieces[next].Slope)))
                    (next, at) = (i, crossing);
            }

            if (next < 0 || at >= end)
                break;
            (best, position) = (next, at);
            _found.Add(new Change(Plain(at), best, false));
        }

        return _found;
    }

    /// <summary>Is a piece cheaper than the best so far just above a point? At a tie the flatter one is, and else the earlier.</summary>
    private static bool Wins(in CostPiece piece, in CostPiece best, double at)
    {
        var difference = piece.Fixed - best.Fixed + ((piece.Slope - best.Slope) * at);
        var tie = Tie + (1e-14 * Math.Abs(best.At(at)));
        return difference < -tie || (difference <= tie && IsFlatter(piece, best));
    }

    private static bool IsFlatter(in CostPiece piece, in CostPiece other) => piece.Slope < other.Slope - (SameSlope * Math.Abs(other.Slope));

    private double EndAbove(double position)
    {
        var end = double.PositiveInfinity;
        for (var i = 0; i < curves.Count; i++)
            end = Math.Min(end, curves[i].PieceAbove(position).End);
        return end;
    }

    private static int MostWork(IReadOnlyList<CostCurve> curves)
    {
        var most = 1;
        for (var i = 0; i < curves.Count; i++)
            most = Math.Max(most, curves[i].Work);
        return most;
    }

    private static (double Intercept, double Slope)[] NoGaps(int curves)
    {
        var gaps = new (double, double)[2 * curves * curves];
        Array.Fill(gaps, (double.NaN, 0));
        return gaps;
    }

    /// <summary>How far, from a point towards a bound, one curve is certain to stay cheapest.</summary>
    private double Certain(int winner, double position, double bound, bool forward)
    {
        if (winner < 0 || (!forward && curves[winner].Limit < position))
            return position;
        var curve = curves[winner];
        var reach = forward ? Math.Min(bound, curve.Limit) : bound;
        for (var i = 0; i < curves.Count; i++)
        {
            if (i == winner || (forward && curves[i].Limit <= position))
                continue;
            if (Gap(winner, i, Math.Min(position, bound)) is not var (gap, slope))
                return position;
            if (gap >= 0 && slope >= 0)
                continue;
            gap -= 2 * Tie;
            if (gap + (slope * position) <= 0)
                return position;
            // The gap closes in the direction of travel only where its slope points that way.
            if (forward ? slope < 0 : slope > 0)
                reach = forward ? Math.Min(reach, -gap / slope) : Math.Max(reach, -gap / slope);
        }

        return forward ? Math.Max(position, reach) : Math.Min(position, reach);
    }

    /// <summary>The gap between two curves, kept, because the search asks at every piece.</summary>
    private (double Intercept, double Slope)? Gap(int winner, int other, double from)
    {
        var settled = from >= curves[winner].Settled && from >= curves[other].Settled;
        var place = (((winner * curves.Count) + other) * 2) + (settled ? 1 : 0);
        if (double.IsNaN(_gaps[place].Intercept))
            _gaps[place] = (isNeverAbove?.Invoke(winner, other) == true ? (0, 0) : curves[winner].GapTo(curves[other], settled)) ?? (0, double.NaN);
        return double.IsNaN(_gaps[place].Slope) ? null : _gaps[place];
    }

    /// <summary>A crossing without the noise of a double's last digits, where a number of at most six decimals is within it.</summary>
    public static double Plain(double value)
    {
        var rounded = Math.Round(value, 6);
        return Math.Abs(rounded - value) <= 8 * (Math.BitIncrement(value) - value) ? rounded : value;
    }
}
