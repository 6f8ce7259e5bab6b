using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What a hosted API costs: per request <c>(ISL − cached − written) × input + cached × cacheRead + written × cacheWrite + (OSL + reasoning) × output</c>, by tier and batch share, with retries, discounts, a least bill, units paid by the hour and announced prices.</summary>
internal sealed partial class ApiCost : OptionCost
{
    private readonly ApiOption _option;
    private readonly string _path;
    private readonly PriceSheet? _sheet;
    private readonly IReadOnlyList<AnnouncedPrice> _changes;
    private readonly AnnouncedPrice? _inForce;
    private readonly TokenRates? _rates;
    private readonly ProvisionedUnits? _units;
    private readonly ApiCapacity? _limits;

    // What a month is made of, so that asking for one costs no more than this arithmetic. Per request as typed.
    private readonly double _fixed;
    private readonly double _minimum;
    private readonly double _usdPerRequest;
    private readonly (int Month, double UsdPerRequest)[] _later = [];
    private double? _carries;

    public ApiCost(ApiOption option, string path, Scenario scenario, CatalogSnapshot catalog)
        : base(option, scenario, LeverEffect.Of(scenario.Workload))
    {
        (_option, _path) = (option, path);
        _sheet = option.PriceKey is { } key ? catalog.Prices.GetValueOrDefault(key) : null;
        _changes = option.ChangesWith(_sheet);
        _fixed = (double)option.CommittedMonthlyUsd + Levers.FixedUsd;
        _minimum = (double)(option.Commitment?.MinimumMonthlyUsd ?? 0);
        AddConstraints();
        if (option.Provisioned is { } provisioned)
        {
            _units = new ProvisionedUnits(provisioned, option, Levers, scenario.HoursPerMonth);
            if (_units.UnitsAt(scenario.Workload.RequestsPerMonth) > FleetSizing.MostReplicas)
            {
                ServesNothing = true;
                Unpriced.Add(new Reason(Reason.Other, Texts.ReasonTooManyUnits.With(Wording.Count(FleetSizing.MostReplicas))));
            }
        }

        if (_units?.Spills != false)
        {
            _limits = ApiCapacity.Of(option, Levers, scenario.HoursPerMonth, _units?.CarriesRequests ?? 0);
            var start = _changes.Count > 0 ? scenario.FirstDay : null;
            if (start is { } first)
                _inForce = InForce(first);
            if ((_inForce?.Price ?? option.Price ?? _sheet?.Prices) is { } prices)
            {
                _rates = new TokenRates(prices, Workload, option);
                foreach (var (kind, above) in _rates.Missing)
                    Unpriced.Add(new Reason(kind is TokenKind.BatchInput or TokenKind.BatchOutput ? "batch-price-missing" : "price-unknown", Texts.ReasonPriceMissing.With(TokenRates.Item(kind, above))));
                _usdPerRequest = UsdPerTypedRequest(_rates);
                if (start is { } day)
                    _later = Later(day);
            }
            else
            {
                Unpriced.Add(new Reason("price-unknown", Texts.ReasonNoPrice));
            }
        }

        AddChecks();
    }

    public override double? CarriesRequests => _carries ??=
        Math.Min(_limits?.CarriesRequests ?? double.PositiveInfinity, _units is { Spills: false } ? _units.CarriesRequests : double.PositiveInfinity);

    public override bool IsLimited => _limits is not null || _units is { Spills: false, IsSized: false };

    public override MonthCost Month(in MonthTerms terms)
    {
        var usdPerRequest = _usdPerRequest;
        foreach (var (month, later) in _later)
        {
            if (month <= terms.Month)
                usdPerRequest = later;
        }

        var besideUsage = _fixed + (Levers.UsdPerRequest * terms.Requests);
        var usd = _units is null
            ? Math.Max(_minimum, terms.Requests * usdPerRequest * terms.ApiFactor) + besideUsage
            : Math.Max(_minimum, _units.Spilled(terms.Requests) * usdPerRequest * terms.ApiFactor) + besideUsage + (_units.UnitsAt(terms.Requests) * _units.UnitUsd);
        return new MonthCost(usd, ApiUsd: usd);
    }

    public override CostCurve Curve(bool firstMonth, bool capacityChecked)
    {
        var pieces = Pieces(firstMonth);
        if (capacityChecked && _units is { IsSized: true })
            return new UnitCurve(_units.Load.Steps([]), _units.UnitUsd, pieces[0].Fixed - StandingUnitsUsd, pieces[0].PerRequest) { Limit = _units.Load.Inverse(FleetSizing.MostReplicas) };
        var limit = capacityChecked ? CarriesRequests!.Value : double.PositiveInfinity;
        // Without load no unit is billed; with the first request one is.
        if (_units is { IsSized: true } && _units.UnitsAt(Scenario.Workload.RequestsPerMonth) == 0)
            return new PiecewiseCurve([new CostPiece(pieces[0].Fixed - StandingUnitsUsd, pieces[0].PerRequest, 0), .. CostPieces(pieces)]) { Limit = limit };
        if (pieces is [var line])
            return new LineCurve(line.Fixed, line.PerRequest) { Limit = limit };
        return new PiecewiseCurve([.. CostPieces(pieces)]) { Limit = limit };
    }

    private static IEnumerable<CostPiece> CostPieces((double Volume, double Fixed, double PerRequest)[] pieces) =>
        pieces.Select((piece, i) => new CostPiece(piece.Fixed, piece.PerRequest, i + 1 < pieces.Length ? pieces[i + 1].Volume : double.PositiveInfinity));

    /// <summary>Cost of a month against requests a month as typed, by straight pieces: from each volume up to the next it is Fixed + PerRequest × volume.</summary>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <returns>max(least bill, usage) + what does not depend on usage, by rising volume from 0. Units that follow from the load stand as at the scenario's volume.</returns>
    private (double Volume, double Fixed, double PerRequest)[] Pieces(bool firstMonth)
    {
        var pieces = new List<(double Volume, double Fixed, double PerRequest)>();
        var besideUsage = _fixed + StandingUnitsUsd + (firstMonth ? Levers.OneOffUsd : 0);
        if (_minimum > 0)
            pieces.Add((0, _minimum + besideUsage, Levers.UsdPerRequest));
        var usage = _units is null ? [(0, 0, 1)] : _units.Spill();
        for (var i = 0; i < usage.Length; i++)
        {
            var (intercept, slope) = (usage[i].Fixed * _usdPerRequest, usage[i].PerRequest * _usdPerRequest);
            // Usage only ever rises, so the least bill ends at one volume.
            var start = _minimum > 0 ? Math.Max(usage[i].Volume, slope > 0 ? (_minimum - intercept) / slope : double.PositiveInfinity) : usage[i].Volume;
            if (start < (i + 1 < usage.Length ? usage[i + 1].Volume : double.PositiveInfinity))
                pieces.Add((start, intercept + besideUsage, slope + Levers.UsdPerRequest));
        }

        return [.. pieces];
    }

    public override OptionResult Evaluate()
    {
        var requests = Scenario.Workload.RequestsPerMonth;
        List<Reason> shortfalls = [];
        if (_limits?.Carries(requests) == false)
            shortfalls.Add(new Reason("rate-limit", _limits.Shortfall(requests)));
        if (_units is { Spills: false, IsSized: false } && _units.Load.CeilingTimes(requests) > _units.UnitsAt(requests))
            shortfalls.Add(new Reason("rate-limit", _units.Shortfall(requests)));
        var result = Result(Unpriced.Count == 0 ? new ApiLedger(_option, _path, Scenario, Levers, _units).Lines(_rates, PriceSource) : [], shortfalls);
        return result with { CashDueFirstMonthUsd = result.CashDueFirstMonthUsd - Math.Min(_option.CreditsUsd, result.OngoingMonthlyUsd ?? 0) };
    }

    /// <summary>True where units paid by the hour serve some of it.</summary>
    public bool HasUnits => _units is not null;

    /// <summary>Least bill of a month, USD.</summary>
    public double MinimumUsd => _minimum;

    /// <summary>Usage of the scenario's month as it is billed, USD.</summary>
    public double UsageUsd => _usdPerRequest * (_units is null ? (double)Scenario.Workload.RequestsPerMonth : _units.Spilled((double)Scenario.Workload.RequestsPerMonth));

    /// <summary>True where its bill is a straight line over the volume.</summary>
    public bool IsLine => _units is null && _minimum == 0;

    /// <inheritdoc/>
    public override double OneOffUsd(int months) => months == 0 ? Levers.OneOffUsd : 0;

    /// <inheritdoc/>
    public override double CreditsUsd => (double)_option.CreditsUsd;

    private double StandingUnitsUsd => _units is null ? 0 : Math.Max(1, _units.UnitsAt(Scenario.Workload.RequestsPerMonth)) * _units.UnitUsd;

    private string PriceSource => _inForce is { } change ? Texts.SourceAnnounced.With(change.From)
        : _option.Price is not null || _sheet is null ? Texts.SourceOwn
        : Wording.CatalogSource(_sheet.Key, _sheet.Provenance);

    private double UsdPerTypedRequest(TokenRates rates) =>
        rates.UsdPerRequest * (double)Levers.RequestShare * Levers.PriceFactor * (1 + (double)Workload.RetryShare) * (1 - (double)_option.DiscountShare)
        * (1 - (double)(_option.Commitment?.DiscountShare ?? 0));

    /// <summary>The announced prices that hold when the plan starts; null where none do yet.</summary>
    private AnnouncedPrice? InForce(DateOnly start)
    {
        AnnouncedPrice? found = null;
        foreach (var change in _changes)
        {
            if (change.FirstDay <= start && (found is null || change.FirstDay > found.FirstDay))
                found = change;
        }

        return found;
    }

    /// <summary>The announced prices that begin within the plan, in their order.</summary>
    private (int Month, double UsdPerRequest)[] Later(DateOnly start)
    {
        var later = new List<(int Month, double UsdPerRequest)>();
        foreach (var change in _changes)
        {
            var month = MonthsBetween(start, change.FirstDay!.Value);
            if (month <= 0 || month >= Scenario.Horizon.Months)
                continue;
            var rates = new TokenRates(change.Price, Workload, _option);
            foreach (var (kind, above) in rates.Missing)
                Unpriced.Add(new Reason("price-unknown", Texts.ReasonAnnouncedPriceMissing.With(change.From, TokenRates.Item(kind, above))));
            later.Add((month, UsdPerTypedRequest(rates)));
        }

        later.Sort(static (one, other) => one.Month.CompareTo(other.Month));
        return [.. later];
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private void AddConstraints()
    {
        var (requirements, slo) = (Workload.Requirements, Workload.Slo);
        var prompt = Workload.InputTokens * _option.TokenFactor;
        if (requirements.DataStaysInside)
            Excluded.Add(new Reason("data-stays-inside", Texts.ReasonDataStaysInside));
        if (_sheet?.ContextTokens is { } context && prompt > context)
            Excluded.Add(new Reason("context-too-long", Texts.ReasonContext.With(Wording.Count((double)prompt), Wording.Count(context))));
        if (_sheet?.DeprecatedFrom is { } end && Scenario.FirstDay is { } start && end <= start)
            Excluded.Add(new Reason("api-withdrawn", Texts.ReasonDeprecated.With(Wording.Day(end))));
        if (_option.Latency?.TtftMs > slo.TtftMs)
            Excluded.Add(new Reason("api-too-slow", Texts.ReasonApiTtft.With(Wording.Count((double)_option.Latency.TtftMs), Wording.Count((double)slo.TtftMs))));
        if (_option.Latency?.TpotMs > slo.TpotMs)
            Excluded.Add(new Reason("api-too-slow", Texts.ReasonApiTpot.With(Wording.Count((double)_option.Latency.TpotMs), Wording.Count((double)slo.TpotMs))));
    }

    private void AddChecks()
    {
        if (Workload.Requirements.CustomModel)
            Checks.Add(Check.Of("api-custom-model", Texts.CheckCustomModel, Id));
        if ((Workload.Slo.TtftMs is not null && _option.Latency?.TtftMs is null) || (Workload.Slo.TpotMs is not null && _option.Latency?.TpotMs is null))
            Checks.Add(Check.Of("api-latency-unknown", Texts.CheckApiLatency.With(Name), Id));
        if (_sheet?.DeprecatedFrom is { } end && Scenario.FirstDay is { } start && end > start && end < start.AddMonths(Scenario.Horizon.Months))
            Checks.Add(Check.Of("api-deprecated-in-horizon", Texts.CheckApiDeprecated.With(Name, Wording.Day(end), MonthsBetween(start, end), Scenario.Horizon.Months), Id));
        if (_option.CreditsUsd > 0 && Unpriced.Count == 0 && Month(new MonthTerms((double)Scenario.Workload.RequestsPerMonth)).Usd is > 0 and var bill)
            Checks.Add(Check.Of("api-credits", Texts.CheckApiCredits.With(Wording.Money(_option.CreditsUsd, DisplayCurrency.Of(Scenario)), Name, Wording.Count((double)_option.CreditsUsd / bill)), Id));
    }
}
