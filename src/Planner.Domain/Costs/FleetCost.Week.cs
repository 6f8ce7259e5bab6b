using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The fleet hour by hour, and the ways of buying its hours.</summary>
internal sealed partial class FleetCost
{
    /// <summary>The fleet over the week; null where its throughput is unknown.</summary>
    public FleetWeek? Week()
    {
        if (_sizing.ReplicaTokensPerSecond is not { } perReplica || Fleet is null)
            return null;
        var week = LoadWeek.Of(Scenario.Workload.Shape);
        var volume = Scenario.Workload.RequestsPerMonth;
        var perWeight = (double)volume * (double)_sizing.TokensPerRequest * LoadWeek.Hours / ((double)week.Sum * (double)_sizing.RunningHours * 3600) * week.Burst;
        var (load, capacity, instances) = (new double[LoadWeek.Hours], new double[LoadWeek.Hours], new double[LoadWeek.Hours]);
        var perInstance = perReplica * _sizing.ReplicasPerUnit / _sizing.InstancesPerUnit;
        var hoursShort = 0;
        for (var hour = 0; hour < LoadWeek.Hours; hour++)
        {
            load[hour] = perWeight * (double)week.Weights[hour];
            instances[hour] = _sizing.InstancesIn(hour, volume, week);
            capacity[hour] = instances[hour] * perInstance;
            // The load is compared with a double's noise left aside: a full fleet is full, not over.
            if (load[hour] > (capacity[hour] - (_sizing.SpareReplicas * _sizing.Fleets * perReplica)) * (1 + 1e-9))
                hoursShort++;
        }

        return new FleetWeek(Id, _throughput!.Basis, load, capacity, instances, hoursShort, Unpriced.Count == 0 ? Mixes() : []);
    }

    private List<PurchaseComparison> Mixes()
    {
        var instances = InstancesAt(Scenario.Workload.RequestsPerMonth);
        var mixes = new List<PurchaseComparison> { Compare("asStated", _purchases, instances) };
        var ways = PurchaseKinds.All
            .Select(kind => _option.Purchase.FirstOrDefault(share => share.Kind == kind) ?? new PurchaseShare { Kind = kind })
            .Where(share => share.Kind != PurchaseKinds.Owned || _option.Purchase.Any(listed => listed.Kind == PurchaseKinds.Owned))
            .Select(WayOf).OfType<PurchaseWay>().ToList();
        if (ways.Find(way => way.Share.Kind == PurchaseKinds.OnDemand) is { } onDemand)
            mixes.Add(Compare("onDemand", new Purchases([onDemand], true, 0, _hoursPerMonth), instances));
        if (ways.Count > 0)
            mixes.Add(Compare("cheapest", new Purchases(ways, true, (double)_option.LargestSpotShare, _hoursPerMonth), instances));
        return mixes;
    }

    private PurchaseComparison Compare(string id, Purchases purchases, double[] instances)
    {
        var (committed, instanceHours) = purchases.Split(instances, _sizing.Levels);
        var parts = new List<PurchasePart>();
        foreach (var (way, share) in purchases.Committed)
        {
            var count = purchases.IsCheapest ? committed : share * instances[0];
            if (count > 0)
                parts.Add(new PurchasePart(way.Share.Kind, count, count * _hoursPerMonth, Money.Round(count * _hoursPerMonth * way.UsdPerHour)));
        }

        foreach (var (way, share) in purchases.Hourly)
        {
            if (instanceHours * share > 0)
                parts.Add(new PurchasePart(way.Share.Kind, null, instanceHours * share, Money.Round(instanceHours * share * way.EffectiveUsdPerHour)));
        }

        return new PurchaseComparison(id, parts.Sum(part => part.MonthlyUsd), parts);
    }
}
