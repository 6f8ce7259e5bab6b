using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>What a mix of a fleet and an API for what exceeds it is made of.</summary>
/// <param name="ApiFixedUsd">What the API asks besides usage, USD a month.</param>
/// <param name="ApiUsd">What it asks for a request, USD.</param>
/// <param name="ApiLimit">Requests a month, spread like the workload's, that it serves at most; the prices of the layers keep to it in every hour.</param>
/// <param name="BesideUsd">Cost of the base besides instances, USD a month.</param>
/// <param name="ServedUsd">What a request causes that the base serves, its downtime counted, USD.</param>
/// <param name="FleetOneOffUsd">The fleet's one-off cost, where it counts.</param>
/// <param name="Downtime">Share of the time for which the fleet is down.</param>
/// <param name="Levels">The week's load in units of the base.</param>
/// <param name="Prices">Prices of its layers.</param>
/// <param name="Fleet">The fleet alone, its one-off cost left out; null where a base is stated.</param>
internal sealed record OverflowTerms(
    double ApiFixedUsd, double ApiUsd, double ApiLimit, double BesideUsd, double ServedUsd, double FleetOneOffUsd, double Downtime,
    LayerLevel[] Levels, LayerPrices Prices, CostCurve? Fleet);

/// <summary>The least cost of a base fleet with an API for what exceeds it, of the API alone and of the fleet alone, at every volume.</summary>
internal sealed class OverflowCurve(OverflowTerms terms) : CostCurve
{
    /// <summary>The layers take what is this close to a whole unit for whole.</summary>
    private const double Noise = 4e-12;

    public override double Settled => terms.Fleet?.Settled ?? 0;

    public override int Work => 10 + (terms.Fleet?.Work ?? 0);

    public override CostBand? Band(bool settled)
    {
        // Up to the curve's own end the API's limit changes nothing about its cost.
        var isHeld = double.IsFinite(terms.ApiLimit) && double.IsPositiveInfinity(Limit);
        var both = isHeld ? Held() : Both();
        var (flattest, least) = (both, both.Intercept);
        if (terms.Fleet is { } alone)
        {
            if (alone.Band(settled) is not { } fleet)
                return null;
            fleet = fleet with { Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd), Slack = fleet.Slack + terms.ApiFixedUsd };
            flattest = fleet.Slope < both.Slope ? fleet : both;
            var api = terms.ApiFixedUsd;
            if (isHeld)
                api -= Math.Max(0, flattest.Slope - terms.ApiUsd) * terms.ApiLimit;
            else if (terms.ApiUsd < flattest.Slope)
                flattest = new CostBand(terms.ApiFixedUsd, terms.ApiUsd, 0);
            least = Math.Min(Math.Min(both.Intercept, fleet.Intercept), api);
        }

        // The cheapest way costs no less than the lowest of all lines, and no more than the flattest way that there is at any volume.
        return new CostBand(least, flattest.Slope, flattest.Intercept + flattest.Slack + terms.FleetOneOffUsd - least);
    }

    /// <summary>A band that holds the cost of base and API together where the API takes only so much in an hour.</summary>
    private CostBand Held()
    {
        var prices = terms.Prices;
        var (slope, all, hours) = (0.0, 0.0, 0.0);
        for (var i = 0; i < terms.Levels.Length; i++)
        {
            var level = terms.Levels[i];
            hours += level.LoadHours;
            all += level.PaidHours * prices.HourlyUsd;
            slope += (level.UnitsPerRequest - (i + 1 < terms.Levels.Length ? terms.Levels[i + 1].UnitsPerRequest : 0)) * Math.Min(prices.CommittedUsd, all);
        }

        // With as many units all month as hold what the API takes, the base would carry everything; and it may do so with one unit more than the load fills.
        var unit = Math.Min(prices.CommittedUsd, all);
        var spared = (Math.Ceiling(prices.Limit) * unit) + (Math.Max(0, -prices.OverflowUsd) * prices.Limit * hours);
        return new CostBand(terms.BesideUsd - spared, slope + terms.ServedUsd, spared + unit + terms.ApiFixedUsd + (prices.Forced * unit));
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
        return new CostBand(terms.BesideUsd, slope + terms.ServedUsd, Math.Max(0, full) + forced);
    }

    protected override CostPiece Above(double x)
    {
        var (both, takesPart) = BothAbove(x);
        // The API's fixed costs are paid only where it takes part; the choice between the ways counts them all the same.
        var (best, usd) = (both, terms.FleetOneOffUsd - (takesPart ? 0 : terms.ApiFixedUsd));
        if (terms.Fleet is { } alone)
        {
            var fleet = alone.PieceAbove(x);
            fleet = fleet with { Fixed = fleet.Fixed + (terms.Downtime > 0 ? terms.ApiFixedUsd : 0), Slope = fleet.Slope + (terms.Downtime * terms.ApiUsd) };
            var paid = x < terms.ApiLimit ? new CostPiece(terms.ApiFixedUsd, terms.ApiUsd, terms.ApiLimit) : CostPiece.Unserved(double.PositiveInfinity);
            if (IsBelow(paid, both, x) && IsBelow(paid, fleet, x))
                (best, usd) = (paid, 0);
            else if (IsBelow(fleet, both, x))
                (best, usd) = (fleet, terms.FleetOneOffUsd);
            var end = Math.Min(both.End, Math.Min(fleet.End, paid.End));
            best = best with { End = Math.Min(end, Math.Min(Turn(best, paid, x), Math.Min(Turn(best, fleet, x), Turn(best, both, x)))) };
        }

        return new CostPiece(best.Fixed + usd, best.Slope, best.End);
    }

    /// <summary>Base and API together just above a volume, and whether the API serves anything there.</summary>
    private (CostPiece Piece, bool TakesPart) BothAbove(double x)
    {
        // An edge is passed by a hair, since the layers take it for whole on both sides.
        var at = Math.Max(0, x) * (1 + Noise);
        var split = LoadLayers.Cheapest(terms.Levels, at, terms.Prices);
        var end = IsBeyondMost(at) ? double.PositiveInfinity : split.End;
        var piece = new CostPiece(split.Usd - (split.Slope * at) + terms.BesideUsd + terms.ApiFixedUsd, split.Slope + terms.ServedUsd, Math.Max(end, Math.BitIncrement(at)));
        return (piece, terms.Downtime > 0 || split.OverflowHours > 0 || split.Growth > 0);
    }

    private bool IsBeyondMost(double x)
    {
        foreach (var level in terms.Levels)
        {
            if (level.UnitsPerRequest > 0 && (x * level.UnitsPerRequest < terms.Prices.Most || (double.IsFinite(terms.Prices.Limit) && terms.Prices.Needed(level, x) < terms.Prices.Most)))
                return false;
        }

        return true;
    }

    private static bool IsBelow(in CostPiece one, in CostPiece other, double x)
    {
        var difference = one.At(x) - other.At(x);
        // Slopes that differ by a double's noise are the same, and what costs the same goes to the simpler way.
        return Math.Abs(difference) > 1e-9 + (1e-14 * Math.Abs(other.At(x))) ? difference < 0 : one.Slope <= other.Slope + (1e-12 * Math.Abs(other.Slope));
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
