using Planner.Domain.Numerics;

namespace Planner.Domain.BreakEvens;

/// <summary>Cost of a month against requests a month: a line plus the steps of a fleet that grows by whole units. Between two edges it is straight.</summary>
internal readonly struct CostCurve
{
    public CostCurve()
    {
    }

    /// <summary>Cost that does not depend on the volume, USD.</summary>
    public double Fixed { get; init; }

    /// <summary>Cost of one more request, USD.</summary>
    public double PerRequest { get; init; }

    /// <summary>Cost of one unit of the fleet, USD; 0 where nothing grows.</summary>
    public double UnitUsd { get; init; }

    /// <summary>Replicas that one request a month needs at weight 1; null where nothing grows.</summary>
    public ExactQuotient? Load { get; init; }

    /// <summary>Weight of the hour that decides the size.</summary>
    public decimal Weight { get; init; } = 1;

    private double LoadValue => Load is { } load ? load.Value * (double)Weight : 0;

    /// <summary>Replicas in a unit.</summary>
    public long ReplicasPerUnit { get; init; } = 1;

    /// <summary>Replicas kept besides those that the load needs.</summary>
    public long SpareReplicas { get; init; }

    /// <summary>Fewest units.</summary>
    public long MinimumUnits { get; init; }

    /// <summary>Volume beyond which the option cannot serve; included. A curve that grows has one, and is not to be asked beyond it.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>Units just above a volume (on the stretch that begins there).</summary>
    public long UnitsAbove(double requests)
    {
        if (Load is not { Value: > 0 } load)
            return MinimumUnits;
        var estimate = Math.Floor(((requests * LoadValue) + SpareReplicas) / ReplicasPerUnit) + 1;
        var units = Math.Max(MinimumUnits, (long)estimate);
        // Below the limit the double estimate is at most one off, at an edge; the exact edges decide.
        if (units > MinimumUnits && Edge(units - 1) > requests)
            return units - 1;
        return Edge(units) <= requests ? units + 1 : units;
    }

    /// <summary>Largest volume that a number of units carries; 0 where it carries none, infinite where nothing grows.</summary>
    public double Edge(long units) => Load is { Value: > 0 } load ? load.Inverse(Math.Max(0, (units * ReplicasPerUnit) - SpareReplicas), Weight) : double.PositiveInfinity;

    /// <summary>The straight piece on the stretch that begins just above a volume, and where it ends.</summary>
    public (double Intercept, double End) PieceAbove(double requests)
    {
        var units = UnitsAbove(requests);
        return (Fixed + (units * UnitUsd), Edge(units));
    }

    /// <summary>The start of the straight piece that ends at, or contains, a volume.</summary>
    public double StartBelow(double requests)
    {
        if (Load is not { Value: > 0 })
            return 0;
        var units = UnitsAbove(Math.BitDecrement(requests));
        return units > MinimumUnits ? Edge(units - 1) : 0;
    }

    /// <summary>True where the cost rises by whole units.</summary>
    public bool Grows => Load is not null && UnitUsd > 0;

    /// <summary>True where another curve is dearer, or equal, in every part, and has its steps at the same volumes if this one has any: then it never wins.</summary>
    public bool IsNeverAbove(in CostCurve other) =>
        (!Grows || SharesStepsWith(other)) && Fixed <= other.Fixed && UnitUsd <= other.UnitUsd && PerRequest <= other.PerRequest;

    /// <summary>A line that lies nowhere above the distance from this curve up to another, once this one has more than its fewest units.</summary>
    public (double Intercept, double Slope) GapTo(in CostCurve other)
    {
        if (SharesStepsWith(other))
        {
            // Both have the same number of units at every volume, so only the difference of their prices is uncertain.
            var unit = other.UnitUsd - UnitUsd;
            var (perReplica, spare) = (unit * LoadValue / ReplicasPerUnit, unit * SpareReplicas / ReplicasPerUnit);
            return (other.Fixed - Fixed + spare + Math.Min(0, unit), other.PerRequest - PerRequest + perReplica);
        }

        var (floor, ceiling) = (other.Floor, Floor);
        return (floor.Intercept - ceiling.Intercept - (Grows ? UnitUsd : 0), floor.Slope - ceiling.Slope);
    }

    /// <summary>A line that lies nowhere above the curve; a unit higher it lies nowhere below, once there are more than the fewest units.</summary>
    private (double Intercept, double Slope) Floor => Grows
        ? (Fixed + (UnitUsd * SpareReplicas / ReplicasPerUnit), PerRequest + (UnitUsd * LoadValue / ReplicasPerUnit))
        : (Fixed + (UnitUsd * MinimumUnits), PerRequest);

    private bool SharesStepsWith(in CostCurve other) =>
        Load is not null && other.Load is not null && LoadValue == other.LoadValue
        && (ReplicasPerUnit, SpareReplicas, MinimumUnits) == (other.ReplicasPerUnit, other.SpareReplicas, other.MinimumUnits);

    /// <summary>Cost at a volume, USD; at an edge the fleet is full, not over.</summary>
    public double At(double requests) => requests <= 0
        ? Fixed + (UnitUsd * MinimumUnits)
        : PieceAbove(Math.BitDecrement(requests)).Intercept + (PerRequest * requests);
}
