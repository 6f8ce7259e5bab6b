using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A base fleet with an API for what exceeds it: the split that costs least over the week, or the base that the user states.</summary>
/// <remarks>
/// Where the base is to be found the outcome is the cheapest of three: the API alone, the fleet alone as its own option buys it, and both together. Fixed costs of either are paid only where it takes part.
/// While the fleet is down the API serves: each request that the fleet serves costs downtime × the API's price more, which the split takes into account.
/// Where the API is limited, what overflows keeps to the limit in every hour, and the API alone is a way only up to it; with downtime it must hold the whole load.
/// </remarks>
internal sealed class OverflowCost : OptionCost
{
    private readonly HybridOption _option;
    private readonly ApiCost _api;
    private readonly FleetCost _fleet;
    private readonly FleetCost _base;
    private readonly LayerLevel[] _levels;
    private readonly double _downtime;
    private readonly double _carries = double.PositiveInfinity;
    private readonly Func<decimal, OptionCost> _apiFor;

    /// <param name="option">The mix.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="api">Its API, resolved.</param>
    /// <param name="fleet">Its fleet as an option of its own, resolved.</param>
    /// <param name="baseFleet">Its fleet as a mix buys it, resolved; may be the same.</param>
    /// <param name="apiFor">Resolves the API for another volume.</param>
    public OverflowCost(HybridOption option, Scenario scenario, ApiCost api, FleetCost fleet, FleetCost baseFleet, Func<decimal, OptionCost> apiFor)
        : base(option, scenario, LeverEffect.Of(scenario.Workload))
    {
        (_option, _api, _fleet, _base, _apiFor, _downtime) = (option, api, fleet, baseFleet, apiFor, (double)option.DowntimeShare);
        _levels = [];
        foreach (var part in (OptionCost[])[api, fleet])
        {
            ServesNothing |= part.ServesNothing;
            Unpriced.AddRange(part.Unpriced.Select(reason => Reason.Of(part, reason.Text)));
            Excluded.AddRange(part.Excluded.Select(reason => Reason.Of(part, reason.Text)));
        }

        if (IsComparable && baseFleet.IsBase)
        {
            _levels = baseFleet.LayerLevels();
            if (_downtime > 0)
                _carries = ApiLimit;
            else if (IsStated)
                _carries = ApiLimit + (Prices(0, new MonthTerms(0)).Most / _levels[0].UnitsPerRequest);
        }
        else if (IsComparable)
            Unpriced.Add(Reason.Of(fleet, Texts.ReasonThroughputUnknown));
    }

    private enum Way
    {
        Api,
        Fleet,
        Both,
    }

    public override double? CarriesRequests => _carries;

    /// <inheritdoc/>
    public override bool IsLimited => double.IsFinite(_carries);

    /// <remarks>What was committed to for busier months and is not needed is paid idle; the API is not called less for it.</remarks>
    public override MonthCost Month(in MonthTerms terms)
    {
        var cost = Best(terms with { Held = default }).Cost;
        return cost + _base.Idle(cost, terms) + LeverCost(terms);
    }

    /// <inheritdoc/>
    public override bool HasBegun(in MonthTerms terms) => Levers.OneOffUsd > 0 || Best(terms with { Held = default }).Way != Way.Api;

    /// <inheritdoc/>
    public override double OneOffUsd(int months) => _base.OneOffUsd(months) + (months == 0 ? Levers.OneOffUsd : 0);

    /// <inheritdoc/>
    public override OwnedTerms Owned => _base.Owned;

    /// <inheritdoc/>
    public override int LeadMonths => _base.LeadMonths;

    /// <inheritdoc/>
    public override double CreditsUsd => _api.CreditsUsd;

    /// <remarks>Not with an API whose bill is no straight line: what it asks for one more request then depends on the split. Nor with a stated base whose own lines for a request cost more than the API.</remarks>
    public override bool HasCurve => _api.IsLine && (!IsStated || Terms(false, false) is { Prices.OverflowUsd: > 0 });

    /// <remarks>It chooses by what comes back every month, so that in the first month the API alone may cost less.</remarks>
    public override bool IsNeverDearerThan(OptionCost other, bool firstMonth) =>
        !IsStated && ((other.Id == _fleet.Id && _downtime == 0) || (other.Id == _api.Id && (!firstMonth || _base.OneOffUsd(0) == 0)));

    private bool IsStated => _option.Replicas is not null || _fleet.IsLimited;

    private double ApiLimit => _api.CarriesRequests!.Value;

    /// <summary>Prices of the base's layers beside the API.</summary>
    /// <param name="usdPerRequest">What the API asks for a request beyond what serving it here causes, USD.</param>
    /// <param name="terms">Price factors of the month.</param>
    private LayerPrices Prices(double usdPerRequest, in MonthTerms terms) => _base.LayerPrices(usdPerRequest, _option.Replicas, ApiLimit, terms);

    public override CostCurve Curve(bool firstMonth, bool capacityChecked)
    {
        var terms = Terms(firstMonth, capacityChecked);
        return WithLevers(capacityChecked ? new OverflowCurve(terms) { Limit = _carries } : Standing(terms), firstMonth);
    }

    private OverflowTerms Terms(bool firstMonth, bool capacityChecked)
    {
        var line = _api.Curve(false, false).PieceAbove(0);
        var (beside, servedUsd) = _base.Beside(new MonthTerms(0));
        servedUsd += _downtime * line.Slope;
        return new OverflowTerms(
            line.Fixed, line.Slope, ApiLimit, beside, servedUsd, firstMonth ? _base.OneOffUsd(0) : 0, _downtime, _levels, Prices(line.Slope - servedUsd, new MonthTerms(0)), IsStated ? null : _fleet.Curve(false, capacityChecked));
    }

    /// <summary>The mix as it stands: its units stay, and the API takes what exceeds them.</summary>
    private CostCurve Standing(OverflowTerms terms)
    {
        var volume = (double)Scenario.Workload.RequestsPerMonth;
        var (way, _, split) = Best(new MonthTerms(volume));
        if (way == Way.Api)
            return new LineCurve(terms.ApiFixedUsd, terms.ApiUsd);
        var usd = terms.ApiFixedUsd + terms.FleetOneOffUsd;
        if (way == Way.Fleet)
        {
            // All of it is served here but for the downtime, so that the fleet's own curve as it stands holds.
            return new SumCurve([(terms.Fleet!, 1), (new LineCurve(terms.FleetOneOffUsd + (_downtime > 0 ? terms.ApiFixedUsd : 0), _downtime * terms.ApiUsd), 1)]);
        }

        var prices = terms.Prices;
        var pieces = new List<CostPiece>();
        var (intercept, slope) = (split.Usd - (split.OverflowHours * prices.OverflowUsd) + terms.BesideUsd + usd, terms.ServedUsd);
        foreach (var (full, level) in _levels.Where(level => level.UnitsPerRequest > 0).Select(level => (LayersAt(level, volume, split, prices) / level.UnitsPerRequest, level)).OrderBy(part => part.Item1))
        {
            if (full > 0)
                pieces.Add(new CostPiece(intercept, slope, full));
            var more = level.LoadHours * prices.OverflowUsd * level.UnitsPerRequest;
            (intercept, slope) = (intercept - (more * full), slope + more);
        }

        pieces.Add(new CostPiece(intercept, slope, double.PositiveInfinity));
        return new PiecewiseCurve([.. pieces]);
    }

    /// <summary>Units that run in the hours of a level: those committed, those by the hour that cost less there than the API, and those for what it does not take.</summary>
    private static double LayersAt(LayerLevel level, double volume, in LayerSplit split, in LayerPrices prices)
    {
        var turn = prices.OverflowUsd > 0 ? level.PaidHours * prices.HourlyUsd / (level.LoadHours * prices.OverflowUsd) : double.PositiveInfinity;
        var height = Math.Min(volume * level.UnitsPerRequest, prices.Most);
        var below = Math.Floor(height + 1e-9);
        return Math.Max(Math.Max(split.Committed, prices.Needed(level, volume)), turn < 1 ? below + (height - below > turn ? 1 : 0) : 0);
    }

    public override OptionResult Evaluate()
    {
        if (!IsComparable)
            return Result([], []);
        var volume = Scenario.Workload.RequestsPerMonth;
        var terms = new MonthTerms((double)volume);
        // The ledger counts whole units exactly, so that the choice has to as well.
        var (way, _, split) = Best(terms, IsStated ? 0 : _fleet.Curve(false, capacityChecked: true).At((double)volume));
        if (way == Way.Api)
            return Merge([(_api, _api.Evaluate())]);
        if (way == Way.Fleet)
            return Merge([(_fleet, _fleet.Evaluate()), .. Downtime(volume * _option.DowntimeShare)], OverLimit(split));
        var overflow = Math.Min((double)volume, split.OverflowHours * _base.RequestsPerUnitHour);
        var served = (double)volume - overflow;
        var source = _option.Replicas is null ? Texts.SourceBaseOfMix : Texts.SourceStatedBase;
        var api = Requests(overflow + (served * _downtime));
        return Merge([(_base, _base.EvaluateBase(split, served, source)), .. api > 0 ? [(_api, _apiFor(api).Evaluate())] : Array.Empty<(OptionCost, OptionResult)>()], OverLimit(split));
    }

    public override IReadOnlyList<MixPart> MixParts()
    {
        var volume = (double)Scenario.Workload.RequestsPerMonth;
        if (volume == 0)
            return [];
        var (way, _, split) = Best(new MonthTerms(volume));
        var overflow = way switch
        {
            Way.Api => 1,
            Way.Fleet => 0,
            _ => Math.Min(1, split.OverflowHours * _base.RequestsPerUnitHour / volume),
        };
        var api = overflow + ((1 - overflow) * _downtime);
        return [.. api < 1 ? [new MixPart(_fleet.Id, 1 - api)] : Array.Empty<MixPart>(), .. api > 0 ? [new MixPart(_api.Id, api)] : Array.Empty<MixPart>()];
    }

    /// <summary>Why the API cannot take what is left to it: while the fleet is down, or beside a base that is stated.</summary>
    private Reason[] OverLimit(in LayerSplit split)
    {
        var volume = (double)Scenario.Workload.RequestsPerMonth;
        // Nearer than a month's noise: a token too much is too much.
        if (volume <= _carries * (1 + LoadLayers.Noise))
            return [];
        return _downtime > 0
            ? [new(Reason.Other, Texts.ReasonStandInLimit.With(_api.Name, Wording.Count(ApiLimit), Wording.Count(volume)))]
            // In the busiest hour the API gets the units that the base lacks: as much as it would get of a smaller volume of the same shape.
            : [new(Reason.Other, Texts.ReasonOverflowLimit.With(_api.Name, Wording.Count(ApiLimit), Wording.Count(volume - (split.Peak / _levels[0].UnitsPerRequest))))];
    }

    private IEnumerable<(OptionCost, OptionResult)> Downtime(decimal requests) => requests > 0 ? [(_api, _apiFor(requests).Evaluate())] : [];

    private (Way Way, MonthCost Cost, LayerSplit Split) Best(in MonthTerms terms, double? exactFleetUsd = null)
    {
        var api = _api.Month(terms).Usd;
        var apiFixed = _api.Month(terms with { Requests = 0 }).Usd;
        var perRequest = terms.Requests > 0 ? (api - apiFixed) / terms.Requests : _api.Month(terms with { Requests = 1 }).Usd - apiFixed;
        var (beside, servedUsd) = _base.Beside(terms);
        // A request that the fleet serves causes its own lines, and the API's price for the time in which the fleet is down.
        servedUsd += _downtime * perRequest;
        var split = LoadLayers.Cheapest(_levels, terms.Requests, Prices(perRequest - servedUsd, terms));
        var overflow = Math.Min(terms.Requests, split.OverflowHours * _base.RequestsPerUnitHour);
        var both = _base.CommittedPart(split, terms) with
        {
            Usd = split.Usd + beside + apiFixed + (servedUsd * terms.Requests),
            ApiUsd = apiFixed + (perRequest * (overflow + (_downtime * (terms.Requests - overflow)))),
        };
        if (IsStated)
            return (Way.Both, both, split);
        var alone = _fleet.Month(terms);
        alone = alone with { Usd = exactFleetUsd ?? alone.Usd };
        var standIn = (_downtime * (perRequest * terms.Requests)) + (_downtime > 0 ? apiFixed : 0);
        var fleet = alone with { Usd = alone.Usd + standIn, ApiUsd = standIn };
        // Sums over layers carry a double's noise: what costs the same goes to the simpler way.
        var most = both.Usd * (1 + 1e-12);
        return terms.Requests <= ApiLimit && api <= most && api <= fleet.Usd ? (Way.Api, new MonthCost(api, ApiUsd: api), split) : fleet.Usd <= most ? (Way.Fleet, fleet, split) : (Way.Both, both, split);
    }

    private static decimal Requests(double requests) => decimal.Round((decimal)requests, 6);
}
