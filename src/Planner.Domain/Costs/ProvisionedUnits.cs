using Planner.Domain.Loads;
using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Throughput units of an API: how many a volume needs, and what goes past them. Volumes are requests a month as typed.</summary>
internal sealed class ProvisionedUnits
{
    private readonly ProvisionedThroughput _terms;
    private readonly double[] _starts = [];
    private readonly double[] _shares = [];

    /// <param name="terms">The units.</param>
    /// <param name="option">The option.</param>
    /// <param name="levers">What is to be served.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    public ProvisionedUnits(ProvisionedThroughput terms, ApiOption option, LeverEffect levers, decimal hoursPerMonth)
    {
        var workload = levers.Workload;
        var week = LoadWeek.Of(workload.Shape);
        var (above, below) = levers.LoadFactor;
        var tokens = option.TokenFactor * (workload.OutputTokens + workload.ReasoningTokens + (terms.Basis == ThroughputBases.Output ? 0 : workload.InputTokens));
        _terms = terms;
        TokensPerRequest = (double)(tokens * (1 + workload.RetryShare) * levers.RequestShare * above / below);
        HoursPerMonth = (double)hoursPerMonth;
        Load = new ExactQuotient(
            [tokens, 1 + workload.RetryShare, levers.RequestShare, above, week.Levels[0].Weight, LoadWeek.Hours, week.BurstAbove],
            [below, week.Sum, week.BurstBelow, terms.TokensPerSecondPerUnit, hoursPerMonth, 3600m]);
        PeakFactor = week.PeakToMean;
        if (!Spills)
            return;

        // Hours of one weight fill up together: from their start on each further request spills with their share of the load.
        var mean = terms.Units!.Value * (double)terms.TokensPerSecondPerUnit * 3600 * HoursPerMonth / TokensPerRequest;
        var busy = week.Levels[^1].Weight > 0 ? week.Levels.Count : week.Levels.Count - 1;
        (_starts, _shares) = (new double[busy], new double[busy]);
        for (var i = 0; i < busy; i++)
        {
            _starts[i] = mean * (double)(week.Sum / (LoadWeek.Hours * week.Levels[i].Weight));
            _shares[i] = (double)(week.Levels[i].Weight * week.Levels[i].Hours / week.Sum);
        }
    }

    /// <summary>Units that one request a month needs in the busiest hour.</summary>
    public ExactQuotient Load { get; }

    /// <summary>Tokens of a request on the units' basis: retries, levers and the vendor's tokenizer counted.</summary>
    public double TokensPerRequest { get; }

    /// <summary>Load of the busiest hour ÷ mean load.</summary>
    public double PeakFactor { get; }

    /// <summary>Hours for which a unit is paid, a month.</summary>
    public double HoursPerMonth { get; }

    /// <summary>A unit's month, USD.</summary>
    public double UnitUsd => (double)_terms.UsdPerUnitHour * HoursPerMonth;

    /// <summary>True where tokens above the units' capacity go at token prices.</summary>
    public bool Spills => _terms.SpillToTokens;

    /// <summary>True where the number of units follows from the load.</summary>
    public bool IsSized => _terms.Units is null;

    /// <summary>Requests a month that the units carry in the busiest hour; infinite where their number follows from the load.</summary>
    public double CarriesRequests => _terms.Units is { } units ? Load.Inverse(units) : double.PositiveInfinity;

    /// <summary>Units at a volume, exactly.</summary>
    public long UnitsAt(decimal requests) => _terms.Units ?? Load.CeilingTimes(requests);

    /// <summary>Units at a volume that is itself only a double.</summary>
    public double UnitsAt(double requests) => _terms.Units ?? Load.CeilingTimes(requests);

    /// <summary>Requests a month that go at token prices: those above the units' capacity in each hour of the week.</summary>
    /// <remarks>The load within an hour is taken as even; a burst would spill a little more.</remarks>
    public double Spilled(double requests)
    {
        var spilled = 0.0;
        for (var i = 0; i < _starts.Length && requests > _starts[i]; i++)
            spilled += _shares[i] * (requests - _starts[i]);
        return spilled;
    }

    /// <summary>What spills as straight pieces over the volume, by rising start: requests at token prices = Fixed + PerRequest × volume from there on.</summary>
    public (double Volume, double Fixed, double PerRequest)[] Spill()
    {
        var pieces = new (double, double, double)[_starts.Length + 1];
        var (sum, slope) = (0.0, 0.0);
        for (var i = 0; i < _starts.Length; i++)
        {
            (sum, slope) = (sum - (_shares[i] * _starts[i]), slope + _shares[i]);
            pieces[i + 1] = (_starts[i], sum, slope);
        }

        return pieces;
    }

    /// <summary>What the busiest hour needs at a volume, tokens/s on the units' basis.</summary>
    public double PeakTokensPerSecond(double requests) => requests * TokensPerRequest * PeakFactor / (HoursPerMonth * 3600);

    /// <summary>Why a volume is beyond the units, in a sentence.</summary>
    public string Shortfall(decimal requests) => Texts.ReasonUnits.With(Wording.Count(_terms.Units!.Value), Wording.Count(_terms.Units.Value * (double)_terms.TokensPerSecondPerUnit),
        Wording.Count(PeakTokensPerSecond((double)requests)), Wording.Count(CarriesRequests));
}
