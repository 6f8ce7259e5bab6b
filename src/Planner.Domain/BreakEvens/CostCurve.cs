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

    /// <summary>Replicas that one request a month needs; null where nothing grows.</summary>
    public ExactQuotient? Load { get; init; }

    /// <summary>Replicas in a unit.</summary>
    public long ReplicasPerUnit { get; init; } = 1;

    /// <summary>Replicas kept besides those that the load needs.</summary>
    public long SpareReplicas { get; init; }

    /// <summary>Fewest units.</summary>
    public long MinimumUnits { get; init; }

    /// <summary>Volume beyond which the option cannot serve; included.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>Units just above a volume (on the stretch that begins there).</summary>
    public long UnitsAbove(double requests)
    {
        if (Load is not { Value: > 0 } load)
            return MinimumUnits;
        var estimate = Math.Floor(((requests * load.Value) + SpareReplicas) / ReplicasPerUnit) + 1;
        var units = Math.Max(MinimumUnits, (long)Math.Min(estimate, 1e18));
        // The double estimate may be one off at an edge; the exact edges decide.
        while (units > MinimumUnits && Edge(units - 1) > requests)
            units--;
        while (Edge(units) <= requests)
            units++;
        return units;
    }

    /// <summary>Largest volume that a number of units carries; 0 where it carries none, infinite where nothing grows.</summary>
    public double Edge(long units) => Load is { Value: > 0 } load ? load.Inverse(Math.Max(0, (units * ReplicasPerUnit) - SpareReplicas)) : double.PositiveInfinity;

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

    /// <summary>A line that lies nowhere above the curve.</summary>
    public (double Intercept, double Slope) Floor => Load is { } load && UnitUsd > 0
        ? (Fixed + (UnitUsd * SpareReplicas / ReplicasPerUnit), PerRequest + (UnitUsd * load.Value / ReplicasPerUnit))
        : (Fixed + (UnitUsd * MinimumUnits), PerRequest);

    /// <summary>A line that lies nowhere below the curve, once it has more than its fewest units.</summary>
    public (double Intercept, double Slope) Ceiling => Load is not null && UnitUsd > 0 ? (Floor.Intercept + UnitUsd, Floor.Slope) : Floor;

    /// <summary>Cost at a volume, USD; at an edge the fleet is full, not over.</summary>
    public double At(double requests) => requests <= 0
        ? Fixed + (UnitUsd * MinimumUnits)
        : PieceAbove(Math.BitDecrement(requests)).Intercept + (PerRequest * requests);
}
