using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>A replica that a plan may be made of: a model at a precision on an engine, split over some GPUs of a kind.</summary>
/// <param name="Parts">What its capacity rests on; the option in it is the plan's, but for its instance.</param>
/// <param name="Bound">What no replica of it exceeds, and the latency that it is never below.</param>
/// <param name="Broken">Constraints that it breaks.</param>
internal sealed record Serving(CapacityEstimator.Parts Parts, CapacityBound Bound, Constraints Broken)
{
    private ServingFigures? _figures;

    /// <summary>What it delivers at the targets; worked out when first asked for. A replica that misses them at every rate is asked what it would deliver without.</summary>
    /// <param name="workload">What is left to serve once the token levers have acted.</param>
    public ServingFigures Figures(Workload workload) => _figures ??= ServingFigures.Of(
        Parts, Bound.MissesTargets ? workload with { Slo = new ServiceLevel { Percentile = workload.Slo.Percentile } } : workload);
}

/// <summary>A set of <see cref="SearchConstraint"/>.</summary>
internal readonly record struct Constraints(int Bits)
{
    public static Constraints operator |(Constraints one, Constraints other) => new(one.Bits | other.Bits);

    /// <summary>A constraint, where it is broken.</summary>
    public static Constraints If(bool broken, SearchConstraint one) => broken ? new Constraints(1 << (int)one) : default;

    public bool AreNone => Bits == 0;

    /// <summary>The one that is in it; null for none and for several.</summary>
    public SearchConstraint? Only => Bits != 0 && (Bits & (Bits - 1)) == 0 ? (SearchConstraint)System.Numerics.BitOperations.TrailingZeroCount(Bits) : null;

    public bool AreSeveral => (Bits & (Bits - 1)) != 0;
}
