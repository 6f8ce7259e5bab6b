using Planner.Domain.Numerics;

namespace Planner.Domain.BreakEvens;

/// <summary>A line and units of one price that are bought whole as the load grows, such as an API's throughput units.</summary>
/// <param name="load">Where the load reaches whole units.</param>
/// <param name="unitUsd">A unit's month, USD.</param>
/// <param name="fixedUsd">Cost that does not depend on the axis, USD.</param>
/// <param name="slope">Cost of one more on the axis besides units, USD.</param>
internal sealed class UnitCurve(ExactSteps load, double unitUsd, double fixedUsd, double slope) : CostCurve
{
    public override CostBand? Band(bool settled) => new CostBand(fixedUsd + (load.CountAt(0) * unitUsd), slope + (load.AreNone ? 0 : unitUsd / load.Step.High), unitUsd);

    protected override CostPiece Above(double x)
    {
        var units = (long)Math.Max(0, Math.Floor(load.CountAt(x)) + 1);
        while (units > 0 && load.At(units - 1) > x)
            units--;
        while (load.At(units) <= x)
            units++;
        return new CostPiece(fixedUsd + (units * unitUsd), slope, load.At(units));
    }
}
