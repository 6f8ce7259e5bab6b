using Planner.Domain.Capacity;
using Planner.Domain.Loads;
using Planner.Domain.Planning;

namespace Planner.Domain.Costs;

/// <summary>What hours of a fleet's instances cost, and what they can serve.</summary>
/// <param name="Committed">Instances that the plan pays whether they run or not.</param>
/// <param name="PlannedHours">Hours of instances above them that the plan pays in a month.</param>
/// <param name="UsdPerHour">Price of an instance by the running hour, with what stands in for spot, USD; that of a committed one where nothing is paid by the hour.</param>
/// <param name="RunningShare">Share of the month's hours in which an instance runs, above 0 to 1.</param>
/// <param name="TokensPerSecond">What an instance can serve at the SLO, tokens/s; null where the throughput is unknown.</param>
/// <param name="Basis">Which tokens are counted.</param>
/// <param name="Gpus">GPUs of an instance; 0 for a machine of CPUs.</param>
internal readonly record struct InstanceHours(double Committed, double PlannedHours, double UsdPerHour, double RunningShare, double? TokensPerSecond, string Basis, int Gpus);

/// <summary>The fleet hour by hour: over the week, and to be compared with hours that really ran.</summary>
internal sealed partial class FleetCost
{
    /// <summary>Hours of instances in a month and their price.</summary>
    /// <param name="requests">Requests of the month.</param>
    /// <param name="instanceFactor">Prices by the running hour ÷ today's.</param>
    public InstanceHours HoursOf(decimal requests, double instanceFactor)
    {
        var instances = InstancesAt(requests);
        var (committed, hours) = _purchases.Split(instances, _sizing.Levels);
        var running = 0.0;
        for (var i = 0; i < instances.Length; i++)
            running += instances[i] > 0 ? _sizing.Levels[i].Hours : 0;
        var price = _purchases.Hourly.Count > 0 ? _purchases.HourlyUsdPerHour * instanceFactor : _purchases.CommittedUsdPerHour(new MonthTerms(0));
        // A fleet that needs no instance yet would run all month.
        var share = running > 0 ? Math.Min(1, running / _hoursPerMonth) : 1;
        return new InstanceHours(committed, hours, price, share, _sizing.ReplicaTokensPerSecond * _sizing.ReplicasPerUnit / _sizing.InstancesPerUnit, _throughput?.Basis ?? _option.Throughput.Basis, IsOnCpus ? 0 : _instance?.GpuCount ?? _option.GpusPerReplica);
    }

    // The catalog counts virtual CPUs where a machine has no GPU.
    private bool IsOnCpus => (_instance?.Gpu ?? _option.Gpu) is { } key && _catalog.Gpus.GetValueOrDefault(key)?.Vendor == EncoderModel.CpuVendor;

    /// <summary>Instances that carry a load, spare replicas and the fewest replicas counted; null where the throughput is unknown.</summary>
    /// <param name="tokensPerSecond">The load, tokens/s on the throughput's basis.</param>
    public long? InstancesFor(double tokensPerSecond)
    {
        if (_sizing.ReplicaTokensPerSecond is not { } perReplica || !(tokensPerSecond / perReplica < FleetSizing.MostReplicas))
            return null;
        // A full replica is full, not over: sums of hours carry a double's noise.
        var needed = (long)Math.Ceiling((tokensPerSecond / perReplica * (1 - 1e-9)) - 1e-9);
        return _sizing.UnitsFor(Math.Max(needed + _sizing.SpareReplicas, Math.Max(1, _sizing.MinimumReplicas))) * _sizing.InstancesPerUnit;
    }

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

        return new FleetWeek(Id, _throughput!.Basis, load, capacity, instances, hoursShort, Unpriced.Count == 0 ? Prices.Compare(_purchases, InstancesAt(volume), _sizing.Levels) : []);
    }
}
