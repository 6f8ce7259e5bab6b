using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>What a mix of a fleet and an API for what exceeds it is made of.</summary>
/// <param name="ApiFixedUsd">What the API asks besides usage, USD a month.</param>
/// <param name="ApiUsd">What it asks for a request, USD.</param>
/// <param name="ApiLimit">Requests a month, spread like the workload's, that it serves at most.</param>
/// <param name="BesideUsd">Cost of the base besides instances, USD a month.</param>
/// <param name="ServedUsd">What a request causes that the base serves, its downtime counted, USD.</param>
/// <param name="FleetOneOffUsd">The fleet's one-off cost, where it counts.</param>
/// <param name="Downtime">Share of the time for which the fleet is down.</param>
/// <param name="Levels">The week's load in units of the base.</param>
/// <param name="Prices">Prices of its layers.</param>
/// <param name="RequestsPerUnitHour">Requests that fill a unit for an hour.</param>
/// <param name="Fleet">The fleet alone, its one-off cost left out; null where a base is stated.</param>
internal sealed record OverflowTerms(
    double ApiFixedUsd, double ApiUsd, double ApiLimit, double BesideUsd, double ServedUsd, double FleetOneOffUsd, double Downtime,
    LayerLevel[] Levels, LayerPrices Prices, double RequestsPerUnitHour, CostCurve? Fleet);

/// <summary>The least cost of a base fleet with an API for what exceeds it, of the API alone and of the fleet alone, at every volume.</summary>
internal sealed class OverflowCurve(OverflowTerms terms) : CostCurve
{
    /// <summary>The layers take what is this close to a whole unit for whole.</summary>
    private const double Noise = 4e-12;

    public override double Settled => terms.Fleet?.Settled ?? 0;

    public override int Work => 10 + (terms.Fleet?.Work ?? 0);

    public override CostBand? Band(bool settled)
    {
        var ways = new List<CostBand>(3) { Both() };
        if (terms.Fleet is { } alone)
        {
            if (alone.Band(settled) is not { } fleet)
                return null;
            ways.Add(new CostBand(terms.ApiFixedUsd, terms.ApiUsd, 0));
            ways.Add(fleet with { Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd), Slack = fleet.Slack + terms.ApiFixedUsd });
        }

        // The cheapest way costs no less than the lowest of all lines, and no more than the flattest way; one that the API's limit may end has no line above it.
        var flattest = ways.MinBy(way => way.Slope);
        var least = ways.Min(way => way.Intercept);
        return new CostBand(least, flattest.Slope, double.IsFinite(terms.ApiLimit) ? double.PositiveInfinity : flattest.Intercept + flattest.Slack + terms.FleetOneOffUsd - least);
    }

    /// <summary>The curve; where the API alone is never dearer than the other ways, what it serves at most ends it.</summary>
    public static OverflowCurve Of(OverflowTerms terms)
    {
        var curve = new OverflowCurve(terms);
        var isApi = terms.Fleet?.Band(settled: false) is { } fleet && curve.Both() is var both
            && terms.ApiUsd <= Math.Min(both.Slope, fleet.Slope) && terms.ApiFixedUsd <= Math.Min(both.Intercept, fleet.Intercept);
        return isApi ? new OverflowCurve(terms) { Limit = terms.ApiLimit } : curve;
    }

    /// <summary>A band that holds the cost of base and API together.</summary>
    private CostBand Both()
    {
        var prices = terms.Prices;
        var (slope, full, hours) = (0.0, 0.0, 0.0);
        for (var i = 0; i < terms.Levels.Length; i++)
        {
            var level = terms.Levels[i];
            hours += level.LoadHours;
            full += Math.Min(level.PaidHours * prices.HourlyUsd, level.LoadHours * prices.OverflowUsd);
            slope += (level.UnitsPerRequest - (i + 1 < terms.Levels.Length ? terms.Levels[i + 1].UnitsPerRequest : 0)) * Math.Min(prices.CommittedUsd, full);
        }

        var forced = terms.ApiFixedUsd + (prices.Forced > 0 ? prices.Forced * prices.CommittedUsd : 0);
        // A stated base spares the API what it can carry at most, and nothing at least.
        if (double.IsFinite(prices.Most))
            return new CostBand(terms.BesideUsd - (prices.Most * hours * prices.OverflowUsd), terms.ApiUsd, (prices.Most * hours * prices.OverflowUsd) + forced);
        // Units that may be cut like the load cost no more than whole ones, and whole ones take at most one more at each level.
        return new CostBand(terms.BesideUsd, slope + terms.ServedUsd, full + forced);
    }

    protected override CostPiece Above(double x)
    {
        var (both, overflow, busiest) = BothAbove(x);
        // What the API serves, and what its busiest hour amounts to, each just above the point and with its slope.
        var api = (Requests: (overflow.Requests * (1 - terms.Downtime)) + (terms.Downtime * x), Slope: (overflow.Slope * (1 - terms.Downtime)) + terms.Downtime);
        if (terms.Downtime > 0)
            busiest = (x, 1);
        // Its fixed costs are paid only where it takes part; the choice between the ways counts them all the same.
        var takesPart = api is not { Requests: <= 0, Slope: <= 0 };
        var (best, usd) = (both, terms.FleetOneOffUsd - (takesPart ? 0 : terms.ApiFixedUsd));
        if (terms.Fleet is { } alone)
        {
            var fleet = alone.PieceAbove(x);
            fleet = fleet with { Fixed = fleet.Fixed + (terms.Downtime > 0 ? terms.ApiFixedUsd : 0), Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd) };
            var paid = new CostPiece(terms.ApiFixedUsd, terms.ApiUsd, double.PositiveInfinity);
            var isApi = IsBelow(paid, both, x) && IsBelow(paid, fleet, x);
            if (isApi || IsBelow(fleet, both, x))
            {
                (best, usd) = isApi ? (paid, 0) : (fleet, terms.FleetOneOffUsd);
                api = isApi ? (x, 1) : (terms.Downtime * x, terms.Downtime);
                busiest = api;
            }

            best = best with { End = Math.Min(Math.Min(both.End, fleet.End), Math.Min(Turn(best, paid, x), Math.Min(Turn(best, fleet, x), Turn(best, both, x)))) };
        }

        var full = Math.Min(Full(x, api.Requests, api.Slope), Full(x, busiest.Requests, busiest.Slope));
        return full <= x ? CostPiece.Unserved(best.End) : new CostPiece(best.Fixed + usd, best.Slope, Math.Min(best.End, full));
    }

    /// <summary>Where requests that grow along the axis reach the API's limit; not above the point where they are there already.</summary>
    private double Full(double x, double requests, double slope)
    {
        if (requests > terms.ApiLimit * (1 + Noise))
            return x;
        return slope > 0 ? x + ((terms.ApiLimit - requests) / slope) : double.PositiveInfinity;
    }

    /// <summary>Base and API together just above a volume: the cost, the requests beyond the base, and those of a month that is everywhere as far beyond it as the busiest hour.</summary>
    private (CostPiece Piece, (double Requests, double Slope) Overflow, (double Requests, double Slope) Busiest) BothAbove(double x)
    {
        // An edge is passed by a hair, since the layers take it for whole on both sides.
        var at = Math.Max(0, x) * (1 + Noise);
        var split = LoadLayers.Cheapest(terms.Levels, at, terms.Prices);
        var end = IsBeyondMost(at) ? double.PositiveInfinity : split.End;
        var hours = terms.Prices.OverflowUsd > 0 ? split.Slope / terms.Prices.OverflowUsd : 0;
        var carried = split.Peak / terms.Levels[0].UnitsPerRequest;
        var piece = new CostPiece(split.Usd - (split.Slope * at) + terms.BesideUsd + terms.ApiFixedUsd, split.Slope + terms.ServedUsd, Math.Max(end, Math.BitIncrement(at)));
        return (
            piece, (Math.Min(at, split.OverflowHours * terms.RequestsPerUnitHour), Math.Min(1, hours * terms.RequestsPerUnitHour)),
            at > carried * (1 + Noise) ? (at - carried, 1) : (0, 0));
    }

    private bool IsBeyondMost(double x)
    {
        foreach (var level in terms.Levels)
        {
            if (level.UnitsPerRequest > 0 && x * level.UnitsPerRequest < terms.Prices.Most)
                return false;
        }

        return true;
    }

    private static bool IsBelow(in CostPiece one, in CostPiece other, double x)
    {
        var difference = one.At(x) - other.At(x);
        return Math.Abs(difference) > 1e-9 + (1e-14 * Math.Abs(other.At(x))) ? difference < 0 : one.Slope <= other.Slope;
    }

    /// <summary>Where another way becomes cheaper; infinite where it does not.</summary>
    private static double Turn(in CostPiece best, in CostPiece other, double x)
    {
        if (other.Slope >= best.Slope)
            return double.PositiveInfinity;
        var at = (other.Fixed - best.Fixed) / (best.Slope - other.Slope);
        return at > x ? at : double.PositiveInfinity;
    }
}
