using Planner.Domain.Costs;
using Planner.Domain.Numerics;

namespace Planner.Domain.BreakEvens;

/// <summary>How a sized fleet grows along an axis: where each level of its week begins and ends to need a number of instances.</summary>
/// <param name="sizing">The fleet.</param>
/// <param name="loads">Where the load of each level reaches whole replicas.</param>
internal sealed class FleetSteps(FleetSizing sizing, ExactSteps[] loads)
{
    private readonly long _minimumUnits = sizing.UnitsFor((long)sizing.MinimumReplicas + sizing.SpareReplicas);
    private readonly double _instancesPerUnit = (double)sizing.InstancesPerUnit * sizing.Fleets;

    /// <summary>Point from which every level has more than the fewest replicas.</summary>
    public double Settled { get; } = loads.Where(load => !load.AreNone).Select(load => load.At(sizing.MinimumReplicas)).DefaultIfEmpty(0).Max();

    /// <summary>Instances at a level just above a point, and where they end to suffice.</summary>
    public (double Instances, double End) Above(int level, double x)
    {
        var load = loads[level];
        var estimate = load.CountAt(x);
        var units = sizing.UnitsFor(sizing.Needed((long)Math.Max(0, Math.Floor(estimate) + 1)));
        // The double estimate may be off at an edge; the exact edges decide.
        while (units > _minimumUnits && load.At(LargestLoad(units - 1)) > x)
            units = sizing.UnitsFor(sizing.Needed(LargestLoad(units - 1)));
        double end;
        while ((end = load.At(LargestLoad(units))) <= x)
            units = sizing.UnitsFor(sizing.Needed(LargestLoad(units) + 1));
        return (units * _instancesPerUnit, end);
    }

    /// <summary>A band that holds the instances at a level, from 0 on or from <see cref="Settled"/> on.</summary>
    public CostBand Band(int level, bool settled)
    {
        var load = loads[level];
        if (load.AreNone)
            return new CostBand(_minimumUnits * _instancesPerUnit, 0, 0);
        double perUnit = sizing.ReplicasPerUnit;
        var spare = sizing.SpareReplicas / perUnit;
        // A whole unit more than the load needs at most, and what a step of several replicas adds.
        var slack = 1 + ((sizing.Step - 1) / perUnit);
        return _instancesPerUnit * new CostBand(
            (load.CountAt(0) / perUnit) + spare, 1 / load.Step.High / perUnit, settled ? slack : Math.Max(slack, _minimumUnits - spare));
    }

    /// <summary>True where another fleet has its steps at the same points.</summary>
    public bool AreThoseOf(FleetSteps other) => ReferenceEquals(this, other) || (Shape == other.Shape && loads.AsSpan().SequenceEqual(other.Loads));

    private ExactSteps[] Loads => loads;

    private (int, int, int, int, int, int) Shape =>
        (sizing.ReplicasPerUnit, sizing.InstancesPerUnit, sizing.Fleets, sizing.MinimumReplicas, sizing.SpareReplicas, sizing.Step);

    /// <summary>Most replicas for the load that a number of units holds besides the spare ones; at least the fewest units.</summary>
    private long LargestLoad(long units)
    {
        var beyond = (units * sizing.ReplicasPerUnit) - sizing.SpareReplicas - sizing.MinimumReplicas;
        return sizing.MinimumReplicas + (beyond / sizing.Step * sizing.Step);
    }
}
