using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The fleet as the base of a mix with an API.</summary>
internal sealed partial class FleetCost
{
    /// <summary>The option as a mix buys its base: a constant fleet as it is; one that follows the load in the cheapest of the ways that it lists, spot in the proportion stated.</summary>
    public static SelfHostOption AsBase(SelfHostOption option)
    {
        if (option.Fleet.Sizing != FleetSizings.Hourly || option.PurchaseMix == PurchaseMixes.Cheapest)
            return option;
        return option with { PurchaseMix = PurchaseMixes.Cheapest, MaximumSpotShare = option.StatedSpotShare, Purchase = [.. option.Purchase.Where(share => share.Share > 0)] };
    }

    /// <summary>The week's load in units of this fleet; the spare ones are left out, since an API stands in.</summary>
    public LayerLevel[] LayerLevels()
    {
        var week = LoadWeek.Of(Scenario.Workload.Shape);
        var perUnit = UnitsPerWeight;
        var perHour = _hoursPerMonth / LoadWeek.Hours;
        var levels = new LayerLevel[week.Levels.Count];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = new LayerLevel(perUnit * (double)week.Levels[i].Weight, perHour * week.Levels[i].Hours, _sizing.IsConstant ? perHour * week.Levels[i].Hours : _sizing.Levels[i].Hours);
        return levels;
    }

    private double UnitsPerWeight => _sizing.Load!.Value / _sizing.ReplicasPerUnit;

    /// <summary>Units that one request a month needs in the busiest hour.</summary>
    private double PeakUnitsPerRequest => UnitsPerWeight * (double)LoadWeek.Of(Scenario.Workload.Shape).Levels[0].Weight;

    /// <summary>Prices of the layers beside an API.</summary>
    /// <param name="usdPerRequest">What the API asks for a request beyond what serving it here causes, USD.</param>
    /// <param name="replicas">Replicas of the base, where stated.</param>
    /// <param name="limit">Requests a month, spread like the workload's, that the API serves at most.</param>
    /// <param name="terms">Price factors of the month.</param>
    public LayerPrices LayerPrices(double usdPerRequest, int? replicas, double limit, in MonthTerms terms)
    {
        var instances = _sizing.InstancesPerUnit * WithOverhead;
        var hourly = _sizing.IsConstant ? double.PositiveInfinity : instances * _purchases.HourlyUsdPerHour * terms.InstanceFactor;
        var committed = _sizing.IsConstant
            ? _purchases.Month([_sizing.InstancesPerUnit], _sizing.Levels, terms with { Held = default }, Owned).Usd * WithOverhead
            : Math.Min(hourly, instances * _purchases.CommittedUsdPerHour(terms)) * _hoursPerMonth;
        var stated = _option.Fleet.Sizing == FleetSizings.Fixed ? _option.Fleet.Instances!.Value / _sizing.InstancesPerUnit : replicas is { } count ? _sizing.UnitsFor(count) : (long?)null;
        var least = _sizing.UnitsFor(_sizing.MinimumReplicas);
        return new LayerPrices(
            committed, hourly, usdPerRequest * RequestsPerUnitHour, stated is { } units && _sizing.IsConstant ? units : least, stated is { } most ? Math.Max(most, least) : double.PositiveInfinity,
            limit * PeakUnitsPerRequest);
    }

    /// <summary>Cost a month besides instances, USD, and that of a request served here.</summary>
    public (double Usd, double UsdPerRequest) Beside(in MonthTerms terms) =>
        (((ExtrasUsd + _additional.At(terms)) * WithOverhead) + PeopleUsd + HiredUsd(terms.Month), ExtrasPerRequest * WithOverhead);

    /// <summary>What a mix commits to; its cost is a part of the split's.</summary>
    /// <param name="split">The mix.</param>
    /// <param name="terms">Prices of the month.</param>
    public MonthCost CommittedPart(in LayerSplit split, in MonthTerms terms) =>
        // Layers that run all month are not committed where paying them by the hour costs less.
        !_sizing.IsConstant && !IsWorthCommitting(terms)
            ? default
            : _purchases.CommittedMonth(_purchases.Commit(split.Committed * _sizing.InstancesPerUnit, default), terms, Owned) with { Usd = 0 };

    /// <summary>True where an instance that runs all month costs no more committed than by the hour.</summary>
    private bool IsWorthCommitting(in MonthTerms terms) => _purchases.CommittedUsdPerHour(terms) <= _purchases.HourlyUsdPerHour * terms.InstanceFactor;

    /// <summary>What is held of earlier months beyond what a month uses: paid idle.</summary>
    /// <param name="used">The month without it.</param>
    /// <param name="terms">Prices of the month, and what is held.</param>
    public MonthCost Idle(in MonthCost used, in MonthTerms terms)
    {
        var idle = new Commitments(
            Math.Max(0, terms.Held.OneYear - used.OneYear.Instances), Math.Max(0, terms.Held.ThreeYears - used.ThreeYears.Instances), Math.Max(0, terms.Held.Owned - used.OwnedInstances));
        var month = _purchases.CommittedMonth(idle, terms, Owned);
        return month with { Usd = month.Usd * WithOverhead };
    }

    /// <summary>True where a mix can be found with it: its prices and its throughput are known.</summary>
    public bool IsBase => IsComparable && _sizing.Load is { Value: > 0 };

    /// <summary>Requests that fill a unit for an hour: the load of a request a month is spread over the month's hours.</summary>
    public double RequestsPerUnitHour => _sizing.ReplicasPerUnit * (double)(LoadWeek.Hours / LoadWeek.Of(Scenario.Workload.Shape).Sum) / (_sizing.Load!.Value * _hoursPerMonth);

    /// <summary>The outcome of a base fleet of a size that a mix has found.</summary>
    /// <param name="split">The mix.</param>
    /// <param name="served">Requests a month that the fleet serves.</param>
    /// <param name="source">Where the number of instances comes from.</param>
    public OptionResult EvaluateBase(in LayerSplit split, double served, string source)
    {
        // Where paying by the hour costs less, nothing of a mix that is found is committed.
        var isCommitted = _sizing.IsConstant ? !_purchases.IsCheapest || _purchases.Split([1], _sizing.Levels).Committed > 0 : IsWorthCommitting(new MonthTerms(0));
        var committed = split.Committed * _sizing.InstancesPerUnit;
        var size = new FleetSize(
            split.Peak * _sizing.InstancesPerUnit, isCommitted ? committed : 0,
            (split.UnitHours * _sizing.InstancesPerUnit) + (isCommitted ? 0 : committed * _hoursPerMonth));
        var perReplica = _sizing.ReplicaTokensPerSecond!.Value;
        var replicas = (long)split.Peak * _sizing.ReplicasPerUnit;
        var perSecond = (double)_sizing.TokensPerRequest / (_hoursPerMonth * 3600);
        var mean = served * perSecond;
        // In its busiest hour it serves the whole load, or as much as its units hold.
        var busiest = Math.Min((double)Scenario.Workload.RequestsPerMonth, split.Peak / PeakUnitsPerRequest) * perSecond * _sizing.PeakFactor;
        var capacity = new FleetCapacity(replicas * perReplica, _throughput!.Rank, busiest, mean, _throughput.Basis, _sizing.RequestsCarriedBy(replicas)) { ReplicaTokensPerSecond = perReplica };
        return Result(Ledger(size, served, source), [], Utilization(size, replicas, perReplica, mean), replicas, (long)size.Peak, capacity, CashBeyond(size)) with { Estimate = Estimate() };
    }
}
