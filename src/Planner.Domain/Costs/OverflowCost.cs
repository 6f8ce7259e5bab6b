using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A base fleet with an API for what exceeds it: the split that costs least over the week, or the base that the user states.</summary>
/// <remarks>
/// Where the base is to be found the outcome is the cheapest of three: the API alone, the fleet alone as its own option buys it, and both together. Fixed costs of either are paid only where it takes part.
/// While the fleet is down the API serves: each request that the fleet serves costs downtime × the API's price more, which the split takes into account.
/// </remarks>
internal sealed class OverflowCost : OptionCost
{
    private readonly HybridOption _option;
    private readonly ApiCost _api;
    private readonly FleetCost _fleet;
    private readonly FleetCost _base;
    private readonly LayerLevel[] _levels;
    private readonly double _downtime;
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
            Unpriced.AddRange(part.Unpriced.Select(reason => Wording.Say(Texts.PartOfMix, part.Name, reason)));
            Excluded.AddRange(part.Excluded.Select(reason => Wording.Say(Texts.PartOfMix, part.Name, reason)));
        }

        if (IsComparable && baseFleet.IsBase)
            _levels = baseFleet.LayerLevels();
        else if (IsComparable)
            Unpriced.Add(Wording.Say(Texts.PartOfMix, fleet.Name, Texts.ReasonThroughputUnknown));
    }

    private enum Way
    {
        Api,
        Fleet,
        Both,
    }

    public override double? CarriesRequests => double.PositiveInfinity;

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

    /// <inheritdoc/>
    public override bool Carries(double requests)
    {
        if (!_api.IsLimited)
            return true;
        var (way, _, split) = Best(new MonthTerms(requests));
        return way == Way.Both ? _api.Carries(Busiest(requests, split)) : way == Way.Fleet && _downtime == 0 ? _fleet.Carries(requests) : _api.Carries(requests);
    }

    /// <remarks>Not with an API whose bill is no straight line: what it asks for one more request then depends on the split. Nor with a stated base whose own lines for a request cost more than the API.</remarks>
    public override bool HasCurve => _api.IsLine && (!IsStated || Terms(false, false) is { Prices.OverflowUsd: > 0 });

    /// <remarks>It chooses by what comes back every month, so that in the first month the API alone may cost less. Where the API is limited, what it chooses may be out of reach.</remarks>
    public override bool IsNeverDearerThan(OptionCost other, bool firstMonth) =>
        !IsStated && !_api.IsLimited && ((other.Id == _fleet.Id && _downtime == 0) || (other.Id == _api.Id && (!firstMonth || _base.OneOffUsd(0) == 0)));

    private bool IsStated => _option.Replicas is not null || _fleet.IsLimited;

    public override CostCurve Curve(bool firstMonth, bool capacityChecked)
    {
        var terms = Terms(firstMonth, capacityChecked);
        return WithLevers(capacityChecked ? OverflowCurve.Of(terms) : Standing(terms), firstMonth);
    }

    private OverflowTerms Terms(bool firstMonth, bool capacityChecked)
    {
        var line = _api.Curve(false, false).PieceAbove(0);
        var (beside, servedUsd) = _base.Beside(new MonthTerms(0));
        servedUsd += _downtime * line.Slope;
        return new OverflowTerms(
            line.Fixed, line.Slope, capacityChecked ? _api.CarriesRequests!.Value : double.PositiveInfinity, beside, servedUsd, firstMonth ? _base.OneOffUsd(0) : 0, _downtime,
            _levels, _base.LayerPrices(line.Slope - servedUsd, _option.Replicas, new MonthTerms(0)), _base.RequestsPerUnitHour, IsStated ? null : _fleet.Curve(false, capacityChecked));
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
            // All of it is served here but for the downtime, so that the fleet's own line as it stands holds.
            var line = terms.Fleet!.PieceAbove(volume);
            return new LineCurve(line.Fixed + terms.FleetOneOffUsd + (_downtime > 0 ? terms.ApiFixedUsd : 0), line.Slope + (_downtime * terms.ApiUsd));
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

    /// <summary>Units that run in the hours of a level: those committed, and those by the hour that cost less there than the API.</summary>
    private static double LayersAt(LayerLevel level, double volume, in LayerSplit split, in LayerPrices prices)
    {
        var turn = level.PaidHours * prices.HourlyUsd / (level.LoadHours * prices.OverflowUsd);
        var height = Math.Min(volume * level.UnitsPerRequest, prices.Most);
        var below = Math.Floor(height + 1e-9);
        return Math.Max(split.Committed, turn < 1 ? below + (height - below > turn ? 1 : 0) : 0);
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
            return Merge([(_fleet, _fleet.Evaluate()), .. Downtime(volume * _option.DowntimeShare)]);
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

    /// <summary>Whether the API's limits hold in the hour with the most overflow, and while the fleet is down.</summary>
    private string[] OverLimit(in LayerSplit split)
    {
        if (_api.CarriesRequests is not { } carries || !double.IsFinite(carries))
            return [];
        var volume = (double)Scenario.Workload.RequestsPerMonth;
        var busiest = Busiest(volume, split);
        return busiest > carries ? [Wording.Say(Texts.ReasonOverflowLimit, _api.Name, Wording.Count(carries), Wording.Count(busiest))] : [];
    }

    /// <summary>In the busiest hour the API gets the units that the base lacks: as much as it would get of a smaller volume of the same shape.</summary>
    private double Busiest(double volume, in LayerSplit split) => _downtime > 0 ? volume : volume - Math.Min(volume, split.Peak / _levels[0].UnitsPerRequest);

    private IEnumerable<(OptionCost, OptionResult)> Downtime(decimal requests) => requests > 0 ? [(_api, _apiFor(requests).Evaluate())] : [];

    private (Way Way, MonthCost Cost, LayerSplit Split) Best(in MonthTerms terms, double? exactFleetUsd = null)
    {
        var api = _api.Month(terms).Usd;
        var apiFixed = _api.Month(terms with { Requests = 0 }).Usd;
        var perRequest = terms.Requests > 0 ? (api - apiFixed) / terms.Requests : _api.Month(terms with { Requests = 1 }).Usd - apiFixed;
        var (beside, servedUsd) = _base.Beside(terms);
        // A request that the fleet serves causes its own lines, and the API's price for the time in which the fleet is down.
        servedUsd += _downtime * perRequest;
        var split = LoadLayers.Cheapest(_levels, terms.Requests, _base.LayerPrices(perRequest - servedUsd, _option.Replicas, terms));
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
        return api <= both.Usd && api <= fleet.Usd ? (Way.Api, new MonthCost(api, ApiUsd: api), split) : fleet.Usd <= both.Usd ? (Way.Fleet, fleet, split) : (Way.Both, both, split);
    }

    private static decimal Requests(double requests) => decimal.Round((decimal)requests, 6);
}
