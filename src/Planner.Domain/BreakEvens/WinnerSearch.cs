namespace Planner.Domain.BreakEvens;

/// <summary>Finds the cheapest of several cost curves at every volume. It visits the straight pieces between edges, so that no crossing is missed, and passes over stretches whose winner a bound proves.</summary>
internal static class WinnerSearch
{
    /// <summary>Most crossings listed.</summary>
    public const int MostCrossings = 64;

    /// <summary>Pieces visited in one direction before the search ends; what was found until then is kept.</summary>
    private const int MostPieces = 50_000;

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

    /// <summary>Searches a range of volumes.</summary>
    /// <param name="curves">The curves, in the order that breaks ties; at least one.</param>
    /// <param name="from">Start of the range, at least 0.</param>
    /// <param name="to">End of the range, above <paramref name="from"/>.</param>
    public static Outcome Search(IReadOnlyList<CostCurve> curves, double from, double to)
    {
        var changes = new List<Change>();
        var pieces = 0;
        var position = from;
        while (position < to && changes.Count <= MostCrossings && pieces++ < MostPieces)
        {
            if (changes.Count > 0 && Certain(curves, changes[^1].Winner, position, to, forward: true) is var certain && certain > position)
            {
                position = certain;
                continue;
            }

            var end = Math.Min(to, EndAbove(curves, position));
            foreach (var change in Winners(curves, position, end))
            {
                if (changes.Count == 0 || change.Winner != changes[^1].Winner)
                    changes.Add(change with { AtEdge = change.AtEdge && change.At > from });
            }

            position = end;
        }

        var listed = changes[..Math.Min(changes.Count, MostCrossings + 1)];
        if (position >= to)
            return new Outcome(listed, changes.Count > listed.Count ? changes[^1] : null, null);

        var (last, searched) = LastChange(curves, changes[^1].Winner, position, to);
        return searched
            ? new Outcome(listed, last ?? (changes.Count > listed.Count ? changes[^1] : null), null)
            : new Outcome(listed, null, position);
    }

    /// <summary>The last change of the winner in a range, sought backwards; null where there is none.</summary>
    private static (Change? Last, bool Searched) LastChange(IReadOnlyList<CostCurve> curves, int winnerBefore, double from, double to)
    {
        int? last = null;
        var position = to;
        for (var pieces = 0; position > from; pieces++)
        {
            if (pieces >= MostPieces)
                return (null, false);
            if (last is { } winner && Certain(curves, winner, position, from, forward: false) is var certain && certain < position)
            {
                position = certain;
                continue;
            }

            var start = Math.Max(from, StartBelow(curves, position));
            var winners = Winners(curves, start, position);
            if (last is { } after && winners[^1].Winner != after)
                return (new Change(position, after, true), true);
            last = winners[^1].Winner;
            if (winners.Count > 1)
                return (winners[^1], true);
            position = start;
        }

        return (last is { } end && end != winnerBefore ? new Change(from, end, true) : null, true);
    }

    /// <summary>The winners on one stretch without edges, from just above its start; the first entry is the start.</summary>
    private static List<Change> Winners(IReadOnlyList<CostCurve> curves, double start, double end)
    {
        Span<double> intercepts = stackalloc double[curves.Count];
        var best = -1;
        for (var i = 0; i < curves.Count; i++)
        {
            intercepts[i] = curves[i].Limit > start ? curves[i].PieceAbove(start).Intercept : double.PositiveInfinity;
            if (double.IsFinite(intercepts[i]) && (best < 0 || Wins(i, best, intercepts, curves, start)))
                best = i;
        }

        var found = new List<Change>(1) { new(start, best, true) };
        for (var position = start; best >= 0;)
        {
            var (next, at) = (-1, end);
            for (var i = 0; i < curves.Count; i++)
            {
                if (!double.IsFinite(intercepts[i]) || !IsFlatter(curves[i], curves[best]))
                    continue;
                var crossing = (intercepts[i] - intercepts[best]) / (curves[best].PerRequest - curves[i].PerRequest);
                if (crossing > position && (crossing < at || (crossing == at && next >= 0 && curves[i].PerRequest < curves[next].PerRequest)))
                    (next, at) = (i, crossing);
            }

            if (next < 0 || at >= end)
                break;
            (best, position) = (next, at);
            found.Add(new Change(Plain(at), best, false));
        }

        return found;
    }

    /// <summary>Is curve i cheaper than the best so far just above a point? At a tie the flatter one is, and else the earlier.</summary>
    private static bool Wins(int i, int best, ReadOnlySpan<double> intercepts, IReadOnlyList<CostCurve> curves, double at)
    {
        var difference = intercepts[i] - intercepts[best] + ((curves[i].PerRequest - curves[best].PerRequest) * at);
        var tie = Tie + (1e-14 * Math.Abs(intercepts[best] + (curves[best].PerRequest * at)));
        return difference < -tie || (difference <= tie && IsFlatter(curves[i], curves[best]));
    }

    private static bool IsFlatter(in CostCurve curve, in CostCurve other) => curve.PerRequest < other.PerRequest * (1 - SameSlope);

    private static double EndAbove(IReadOnlyList<CostCurve> curves, double position)
    {
        var end = double.PositiveInfinity;
        foreach (var curve in curves)
        {
            if (curve.Limit > position)
                end = Math.Min(end, Math.Min(curve.Limit, curve.PieceAbove(position).End));
        }

        return end;
    }

    private static double StartBelow(IReadOnlyList<CostCurve> curves, double position)
    {
        var start = 0.0;
        foreach (var curve in curves)
            start = Math.Max(start, curve.Limit < position ? curve.Limit : curve.StartBelow(position));
        return start;
    }

    /// <summary>How far, from a point towards a bound, one curve is certain to stay cheapest.</summary>
    private static double Certain(IReadOnlyList<CostCurve> curves, int winner, double position, double bound, bool forward)
    {
        if (winner < 0 || (!forward && curves[winner].Limit < position))
            return position;
        var curve = curves[winner];
        if (curve.Grows && (forward ? position : bound) < curve.Edge(curve.MinimumUnits))
            return position;
        var reach = forward ? Math.Min(bound, curve.Limit) : bound;
        for (var i = 0; i < curves.Count; i++)
        {
            if (i == winner || (forward && curves[i].Limit <= position) || curve.IsNeverAbove(curves[i]))
                continue;
            var (gap, slope) = curve.GapTo(curves[i]);
            gap -= 2 * Tie;
            if (gap + (slope * position) <= 0)
                return position;
            // The gap closes in the direction of travel only where its slope points that way.
            if (forward ? slope < 0 : slope > 0)
                reach = forward ? Math.Min(reach, -gap / slope) : Math.Max(reach, -gap / slope);
        }

        return forward ? Math.Max(position, reach) : Math.Min(position, reach);
    }

    /// <summary>A crossing without the noise of a double's last digits, where a number of at most six decimals is within it.</summary>
    private static double Plain(double value)
    {
        var rounded = Math.Round(value, 6);
        return Math.Abs(rounded - value) <= 8 * (Math.BitIncrement(value) - value) ? rounded : value;
    }
}
