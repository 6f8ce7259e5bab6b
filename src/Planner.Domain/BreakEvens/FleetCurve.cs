using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>A fleet that grows by whole units at every level of its week. Asked from left to right, it looks only at the levels whose edge was passed.</summary>
internal sealed class FleetCurve : CostCurve
{
    private readonly FleetSteps _steps;
    private readonly Purchases _purchases;
    private readonly FleetLevel[] _levels;
    private readonly double _withOverhead;
    private readonly double _fixedUsd;
    private readonly double _slope;
    private readonly PurchaseWeights _weights;
    private readonly double[] _instances;
    private readonly double[] _ends;
    private double _usd;
    private double _from = double.NaN;
    private double _end;

    /// <param name="steps">Where the fleet grows.</param>
    /// <param name="purchases">What its instances cost.</param>
    /// <param name="levels">Its levels.</param>
    /// <param name="withOverhead">Factor on the instances' cost, at least 1.</param>
    /// <param name="fixedUsd">Further cost that does not depend on the axis, USD.</param>
    /// <param name="slope">Further cost of one more on the axis, USD.</param>
    public FleetCurve(FleetSteps steps, Purchases purchases, FleetLevel[] levels, double withOverhead, double fixedUsd, double slope)
    {
        (_steps, _purchases, _levels, _withOverhead, _fixedUsd, _slope) = (steps, purchases, levels, withOverhead, fixedUsd, slope);
        _weights = purchases.Weights(levels);
        (_instances, _ends) = (new double[levels.Length], new double[levels.Length]);
    }

    public override double Settled => _steps.Settled;

    public override CostBand? Band(bool settled)
    {
        var band = new CostBand(_fixedUsd, _slope, 0);
        for (var i = 0; i < _levels.Length; i++)
            band += _withOverhead * Weigh(i, _weights.PerInstance[i], _weights.PerUncommitted[i], settled);
        return band;
    }

    public override (double Intercept, double Slope)? GapTo(CostCurve other, bool settled)
    {
        if (other is not FleetCurve fleet || fleet._weights.CommittedShare != _weights.CommittedShare || !_steps.AreThoseOf(fleet._steps))
            return base.GapTo(other, settled);
        // Both have the same number of instances everywhere, so only the difference of their prices is uncertain.
        var gap = new CostBand(fleet._fixedUsd - _fixedUsd, fleet._slope - _slope, 0);
        for (var i = 0; i < _levels.Length; i++)
        {
            gap += Weigh(
                i, (fleet._withOverhead * fleet._weights.PerInstance[i]) - (_withOverhead * _weights.PerInstance[i]),
                (fleet._withOverhead * fleet._weights.PerUncommitted[i]) - (_withOverhead * _weights.PerUncommitted[i]), settled);
        }

        return (gap.Intercept, gap.Slope);
    }

    protected override CostPiece Above(double x)
    {
        if (!(_from <= x && x < _end))
            Move(x);
        return new CostPiece(_fixedUsd + _usd, _slope, _end);
    }

    private void Move(double x)
    {
        var forward = _from <= x;
        (_from, _end) = (x, double.PositiveInfinity);
        for (var i = 0; i < _levels.Length; i++)
        {
            if (!forward || _ends[i] <= x)
                (_instances[i], _ends[i]) = _steps.Above(i, x);
            _end = Math.Min(_end, _ends[i]);
        }

        _usd = _purchases.MonthUsd(_instances, _levels) * _withOverhead;
    }

    private CostBand Weigh(int level, double perInstance, double perUncommitted, bool settled)
    {
        var band = _steps.Band(level, settled);
        return perUncommitted == 0
            ? perInstance * band
            : (perInstance * band) + (perUncommitted * (band + (-_weights.CommittedShare * _steps.Band(0, settled))).Positive());
    }
}
