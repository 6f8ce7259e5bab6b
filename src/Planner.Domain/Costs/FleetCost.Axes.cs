using Planner.Domain.BreakEvens;
using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The fleet's cost along axes other than the volume.</summary>
internal sealed partial class FleetCost
{
    /// <summary>True where the capacity model says what a replica serves.</summary>
    public bool IsModelled => !_option.Throughput.IsGiven;

    /// <summary>What a replica delivers; null where that is unknown.</summary>
    public ReplicaThroughput? Throughput => _throughput;

    /// <summary>What its instances cost.</summary>
    public InstancePrices Prices { get; }

    /// <summary>Cost of one more request besides instances, USD.</summary>
    private double SlopeUsd => (ExtrasPerRequest * WithOverhead) + Levers.UsdPerRequest;

    private decimal Volume => Scenario.Workload.RequestsPerMonth;

    private double BesideUsd(bool firstMonth) => ((ExtrasUsd + _additional.TotalUsd) * WithOverhead) + PeopleUsd + Levers.FixedUsd + (firstMonth ? OneOffUsd(0) : 0);

    /// <summary>Cost against output tokens of a request where a throughput is given: the load is a straight line, so that whole units are exact.</summary>
    /// <param name="near">Output tokens for which this was resolved.</param>
    /// <param name="more">The same fleet for a million tokens more.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    public CostCurve OutputCurve(decimal near, FleetCost more, bool firstMonth)
    {
        const decimal Distance = 1e6m;
        var slope = (more.SlopeUsd - SlopeUsd) / (double)Distance * (double)Volume;
        var usd = BesideUsd(firstMonth) + (SlopeUsd * (double)Volume) - (slope * (double)near);
        var perToken = (more._sizing.TokensPerRequest - _sizing.TokensPerRequest) / Distance;
        if (_sizing.IsStated || perToken == 0)
            return new LineCurve(usd + (StandingUsd * WithOverhead), slope);
        var offset = (_sizing.TokensPerRequest / perToken) - near;
        return Grown(Array.ConvertAll(_sizing.Levels, level => _sizing.Load!.Steps([Volume, level.Weight, perToken], offset, _sizing.TokensPerRequest)), usd, slope);
    }

    /// <summary>Cost against output tokens between two lengths for which the fleet was modelled: the load of a request is taken as a straight line there.</summary>
    /// <param name="low">The shorter length.</param>
    /// <param name="more">The fleet at the longer one.</param>
    /// <param name="high">That length.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <returns>Null where it cannot serve at one of the two.</returns>
    public CostCurve? OutputCurve(double low, FleetCost more, double high, bool firstMonth)
    {
        if (_sizing.Load is not { } load || more._sizing.Load is not { } longer || Excluded.Count + more.Excluded.Count > 0)
            return null;
        var slope = (more.SlopeUsd - SlopeUsd) / (high - low) * (double)Volume;
        var usd = BesideUsd(firstMonth) + (SlopeUsd * (double)Volume) - (slope * low);
        if (_sizing.IsStated)
        {
            var (at, then) = ((double)Volume / CarriesRequests!.Value, (double)Volume / more.CarriesRequests!.Value);
            if (at > 1)
                return null;
            return new LineCurve(usd + (StandingUsd * WithOverhead), slope) { Limit = then > 1 ? low + ((1 - at) / (then - at) * (high - low)) : double.PositiveInfinity };
        }

        // A longer answer never needs less; where the model says so by a hair, the load stays as it is.
        var perToken = Math.Max((longer.Value - load.Value) / (high - low), load.Value * 1e-12);
        return Grown(Array.ConvertAll(_sizing.Levels, level => ExactSteps.Of(perToken * (double)Volume * (double)level.Weight, (load.Value / perToken) - low)), usd, slope);
    }

    /// <summary>The instances as they stand at their own length of answers, while the rest of the cost moves with it.</summary>
    /// <param name="near">Output tokens for which <paramref name="at"/> was resolved.</param>
    /// <param name="at">The fleet for a length.</param>
    /// <param name="more">The same fleet for a million tokens more.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    public CostCurve StandingOutputCurve(double near, FleetCost at, FleetCost more, bool firstMonth)
    {
        var slope = (more.SlopeUsd - at.SlopeUsd) / 1e6 * (double)Volume;
        return new LineCurve(BesideUsd(firstMonth) + (StandingUsd * WithOverhead) + (at.SlopeUsd * (double)Volume) - (slope * near), slope);
    }

    /// <summary>Cost against 1 ÷ throughput of a replica.</summary>
    /// <param name="tokensPerSecond">Throughput for which this was resolved.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    public CostCurve ThroughputCurve(decimal tokensPerSecond, bool firstMonth)
    {
        var usd = BesideUsd(firstMonth) + (SlopeUsd * (double)Volume);
        return _sizing.IsStated
            ? new LineCurve(usd + (StandingUsd * WithOverhead), 0) { Limit = Volume > 0 ? CarriesRequests!.Value / (double)Volume / (double)tokensPerSecond : double.PositiveInfinity }
            : Grown(Array.ConvertAll(_sizing.Levels, level => _sizing.Load!.Steps([Volume, level.Weight, tokensPerSecond])), usd, 0);
    }

    /// <summary>Factors on the rents at which the cheapest mix of ways changes; empty where all ways move alike.</summary>
    public IEnumerable<double> PriceKinks()
    {
        if (!_purchases.IsCheapest || _purchases.Ways.FirstOrDefault(way => way.Share.Kind == PurchaseKinds.Owned) is not { } owned)
            yield break;
        foreach (var way in _purchases.Ways)
            yield return owned.UsdPerHour / way.EffectiveUsdPerHour;
        var hours = 0.0;
        foreach (var level in _sizing.Levels)
        {
            hours += level.Hours;
            yield return owned.UsdPerHour * _hoursPerMonth / (_purchases.HourlyUsdPerHour * hours);
        }
    }

    private FleetCurve Grown(ExactSteps[] loads, double usd, double slope) => new(new FleetSteps(_sizing, loads), _purchases, _sizing.Levels, WithOverhead, usd, slope)
    {
        Limit = loads[0].At(FleetSizing.MostReplicas),
    };
}
