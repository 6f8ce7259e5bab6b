using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>What a mix of a fleet and an API for what exceeds it is made of.</summary>
/// <param name="ApiFixedUsd">What the API asks besides usage, USD a month.</param>
/// <param name="ApiUsd">What it asks for a request, USD.</param>
/// <param name="ApiOneOffUsd">Its one-off cost, where it counts.</param>
/// <param name="ApiLimit">Requests a month that it serves at most.</param>
/// <param name="BesideUsd">Cost of the base besides instances, USD a month.</param>
/// <param name="ServedUsd">What a request causes that the base serves, its downtime counted, USD.</param>
/// <param name="FleetOneOffUsd">The fleet's one-off cost, where it counts.</param>
/// <param name="Downtime">Share of the time for which the fleet is down.</param>
/// <param name="Levels">The week's load in units of the base.</param>
/// <param name="Prices">Prices of its layers.</param>
/// <param name="RequestsPerUnitHour">Requests that fill a unit for an hour.</param>
/// <param name="Fleet">The fleet alone, its one-off cost left out; null where a base is stated.</param>
internal sealed record OverflowTerms(
    double ApiFixedUsd, double ApiUsd, double ApiOneOffUsd, double ApiLimit, double BesideUsd, double ServedUsd, double FleetOneOffUsd, double Downtime,
    LayerLevel[] Levels, LayerPrices Prices, double RequestsPerUnitHour, CostCurve? Fleet);

/// <summary>The least cost of a base fleet with an API for what exceeds it, of the API alone and of the fleet alone, at every volume.</summary>
internal sealed class OverflowCurve(OverflowTerms terms) : CostCurve
{
    /// <summary>The layers take what is this close to a whole unit for whole.</summary>
    private const double Noise = 4e-12;

    public override double Settled => terms.Fleet?.Settled ?? 0;

    /// <remarks>Units that may be cut like load cost no more than whole ones, and at most a unit more at each level is needed for whole ones.</remarks>
    public override CostBand? Band(bool settled)
    {
        var prices = terms.Prices;
        if (double.IsFinite(terms.ApiLimit) || double.IsFinite(prices.Most) || terms.Fleet?.Band(settled) is not { } fleet)
            return null;
        var (slope, full) = (0.0, 0.0);
        for (var i = 0; i < terms.Levels.Length; i++)
        {
            var level = terms.Levels[i];
            if (level.PaidHours < 0)
                return null;
            full += Math.Min(level.PaidHours * prices.HourlyUsd, level.LoadHours * prices.OverflowUsd);
            var next = i + 1 < terms.Levels.Length ? terms.Levels[i + 1].UnitsPerRequest : 0;
            slope += (level.UnitsPerRequest - next) * Math.Min(prices.CommittedUsd, full);
        }

        var forced = prices.Forced > 0 ? prices.Forced * prices.CommittedUsd : 0;
        CostBand[] ways =
        [
            new(terms.ApiFixedUsd + terms.ApiOneOffUsd, terms.ApiUsd, 0),
            new(terms.BesideUsd, slope + terms.ServedUsd, full + forced + terms.ApiFixedUsd + terms.ApiOneOffUsd + terms.FleetOneOffUsd),
            fleet with { Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd), Slack = fleet.Slack + terms.ApiFixedUsd + terms.ApiOneOffUsd + terms.FleetOneOffUsd },
        ];
        // The cheapest way costs no less than the lowest of all lines, and no more than the flattest way.
        var flattest = ways.MinBy(way => way.Slope);
        var least = ways.Min(way => way.Intercept);
        return new CostBand(least, flattest.Slope, flattest.Intercept + flattest.Slack - least);
    }

    protected override CostPiece Above(double x)
    {
        var (both, apiRequests, apiSlope) = Both(x);
        var best = both;
        var oneOff = terms.FleetOneOffUsd;
        if (terms.Fleet is { } alone)
        {
            var fleet = alone.PieceAbove(x);
            fleet = fleet with { Fixed = fleet.Fixed + (terms.Downtime > 0 ? terms.ApiFixedUsd : 0), Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd) };
            var api = new CostPiece(terms.ApiFixedUsd, terms.ApiUsd, double.PositiveInfinity);
            var isApi = IsBelow(api, both, x) && IsBelow(api, fleet, x);
            if (isApi || IsBelow(fleet, both, x))
            {
                best = isApi ? api : fleet;
                apiSlope = isApi ? 1 : terms.Downtime;
                apiRequests = apiSlope * x;
                oneOff = isApi ? 0 : terms.FleetOneOffUsd;
            }

            best = best with { End = Math.Min(Math.Min(both.End, fleet.End), Math.Min(Turn(best, api, x), Math.Min(Turn(best, fleet, x), Turn(best, both, x)))) };
        }

        // Fixed and one-off costs of the API are paid only where it takes part.
        if (apiRequests > 0 || apiSlope > 0)
            best = best with { Fixed = best.Fixed + terms.ApiOneOffUsd };
        else
            best = best with { Fixed = best.Fixed - terms.ApiFixedUsd };
        if (apiSlope > 0 && apiRequests + (apiSlope * (best.End - x)) > terms.ApiLimit)
        {
            if (apiRequests >= terms.ApiLimit)
                return CostPiece.Unserved(best.End);
            best = best with { End = Math.Max(Math.BitIncrement(x), x + ((terms.ApiLimit - apiRequests) / apiSlope)) };
        }

        return best with { Fixed = best.Fixed + oneOff };
    }

    /// <summary>Base and API together just above a volume: the cost, the requests that the API serves, and how many of one more it serves.</summary>
    private (CostPiece Piece, double ApiRequests, double ApiSlope) Both(double x)
    {
        // An edge is passed by a hair, since the layers take it for whole on both sides.
        var at = Math.Max(0, x) * (1 + Noise);
        var split = LoadLayers.Cheapest(terms.Levels, at, terms.Prices);
        var end = IsBeyondMost(at) ? double.PositiveInfinity : split.End;
        var hours = terms.Prices.OverflowUsd > 0 ? split.Slope / terms.Prices.OverflowUsd : 0;
        var overflow = Math.Min(at, split.OverflowHours * terms.RequestsPerUnitHour);
        var piece = new CostPiece(
            split.Usd - (split.Slope * at) + terms.BesideUsd + terms.ApiFixedUsd, split.Slope + terms.ServedUsd, Math.Max(end, Math.BitIncrement(at)));
        var slope = Math.Min(1, hours * terms.RequestsPerUnitHour);
        return (piece, (overflow * (1 - terms.Downtime)) + (terms.Downtime * at), (slope * (1 - terms.Downtime)) + terms.Downtime);
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
