using Planner.Domain.BreakEvens;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What a fleet of instances costs: instances × hours × price by way of buying, further lines, people or overhead, one-off costs.</summary>
/// <remarks>
/// A fleet is resolved once, here; each further part answers one question of the same fleet: how it moves along an axis (Axes), what it is as the base of a mix (Base),
/// hour by hour (Hours), and how its lines follow from the inputs (Workings). They share what was resolved, so that types of their own would only hand it on.
/// </remarks>
internal sealed partial class FleetCost : OptionCost
{
    /// <summary>Beyond this factor a figure and a model that knows no band cannot both be right.</summary>
    private const double FarOff = 2;

    /// <summary>A volume for which every sized fleet has its first unit and no more.</summary>
    private const decimal FirstRequest = 1e-6m;

    private readonly SelfHostOption _option;
    private readonly string _path;
    private readonly FleetSizing _sizing;
    private readonly CatalogSnapshot _catalog;
    private readonly Instance? _instance;
    private readonly CapacityEstimate? _estimate;
    private readonly ReplicaThroughput? _throughput;
    private readonly string _unknown = Texts.ReasonThroughputUnknown;
    private readonly Purchases _purchases;
    private readonly AdditionalMonth _additional;
    private readonly double _hoursPerMonth;
    private readonly decimal _upShare;
    private FleetSteps? _steps;

    /// <param name="option">The option.</param>
    /// <param name="path">Its path in the document.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="capacity">What a replica of a modelled fleet delivers; null for the capacity model itself.</param>
    /// <param name="upShare">Share of the time for which it is up where an API stands in for it, above 0 to 1: what it is sized for stays, what it serves does not.</param>
    public FleetCost(SelfHostOption option, string path, Scenario scenario, CatalogSnapshot catalog, Func<SelfHostOption, Workload, ReplicaThroughput?>? capacity = null, decimal upShare = 1)
        : base(option, scenario, LeverEffect.Of(scenario.Workload, option.PrefixCacheShare))
    {
        _upShare = upShare;
        // What the levers let the engine find in its prefix cache is a share of the prompt that they leave.
        _option = Levers.IsOn ? option with { PrefixCacheShare = Math.Min(0.99m, Workload.CacheReadShare) } : option;
        (_path, _catalog, _hoursPerMonth) = (path, catalog, (double)scenario.HoursPerMonth);
        _instance = option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null;
        if (!option.Throughput.IsGiven && capacity is null)
        {
            (_estimate, var missing) = CapacityEstimator.Of(_option, Workload, catalog);
            if (missing is not null)
                _unknown = Texts.ReasonNotModelled.With(missing);
            // A sized fleet of what serves nothing has no size and so no cost; a fixed one is paid all the same.
            if (_estimate is { Infeasible: { } infeasible } estimate)
            {
                ServesNothing = true;
                (option.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled ? Excluded : Unpriced).Add(new Reason(
                    estimate.Limit == "memory" ? "does-not-fit" : "target-out-of-reach", $"{infeasible} {(estimate.Change is { } change ? Texts.NearestChange.With(change.Words) : Texts.NoChange)}"));
            }
        }

        _throughput = option.Throughput.IsGiven || capacity is null ? ReplicaThroughput.Of(option, _estimate) : capacity(_option, Workload);
        _sizing = new FleetSizing(option, _throughput, _instance?.GpuCount ?? option.GpusPerReplica, Levers, scenario.HoursPerMonth);
        foreach (var extra in option.Extras)
        {
            ExtrasUsd += (double)(extra.UsdPerMonth ?? 0);
            ExtrasPerRequest += (double)(extra.UsdPerMillionTokens ?? 0) * MillionTokensPerRequest;
        }

        Prices = new InstancePrices(option, _instance, _hoursPerMonth);
        _purchases = Prices.Purchases(Unpriced);
        _additional = AdditionalMonth.Of(option, Prices, scenario.HoursPerMonth, Unpriced);
        if (!_sizing.IsStated && _sizing.ReplicaTokensPerSecond is null)
        {
            if (_estimate?.Infeasible is null)
                Unpriced.Add(Unknown);
        }
        else if (_sizing.At(scenario.Workload.RequestsPerMonth) is null)
        {
            ServesNothing = true;
            Unpriced.Add(new Reason(Reason.Other, Texts.ReasonTooManyReplicas.With(Wording.Count(FleetSizing.MostReplicas))));
        }

        AddConstraints(_instance, catalog);
    }

    public override double? CarriesRequests =>
        _sizing.Load is not null && Fleet is { } fleet ? _sizing.RequestsCarriedBy(fleet.HeldReplicas - _sizing.SpareReplicas) : null;

    public override bool IsLimited => _sizing.IsStated;

    /// <summary>Instances in the busiest hour; null where nobody knows.</summary>
    public long? PeakInstances => Fleet?.Instances;

    private (long Replicas, long Instances, long HeldReplicas)? Fleet => _sizing.At(Scenario.Workload.RequestsPerMonth);

    private double WithOverhead => 1 + (double)_option.OverheadShare;

    /// <summary>Million tokens of input, output and reasoning that it serves for one request as typed; what comes while it is down it does not.</summary>
    private double MillionTokensPerRequest =>
        (double)(_upShare * Levers.RequestShare * (Workload.InputTokens + Workload.OutputTokens + Workload.ReasoningTokens)) / 1e6;

    public override CostCurve Curve(bool firstMonth, bool capacityChecked)
    {
        var usd = BesideUsd(firstMonth);
        if (capacityChecked && !_sizing.IsStated)
            return new FleetCurve(_steps ??= StepsByVolume(), _purchases, _sizing.Levels, WithOverhead, usd, SlopeUsd) { Limit = _sizing.RequestsCarriedBy(FleetSizing.MostReplicas) };
        // A fleet whose throughput nobody knows carries nothing that could be promised.
        var limit = capacityChecked ? CarriesRequests ?? 0 : double.PositiveInfinity;
        var standing = new CostPiece(usd + (StandingUsd * WithOverhead), SlopeUsd, double.PositiveInfinity);
        // Without load nothing may run and is billed; with the first request a unit does.
        return Fleet is { Instances: 0 }
            ? new PiecewiseCurve([standing with { End = 0 }, standing with { Fixed = usd + (ComputeUsd(FirstRequest) * WithOverhead) }]) { Limit = limit }
            : new LineCurve(standing.Fixed, standing.Slope) { Limit = limit };
    }

    /// <summary>The instances as they stand, USD a month.</summary>
    private double StandingUsd => ComputeUsd(Fleet is null ? FirstRequest : Scenario.Workload.RequestsPerMonth);

    private FleetSteps StepsByVolume() => new(_sizing, Array.ConvertAll(_sizing.Levels, level => _sizing.Load!.Steps([level.Weight])));

    /// <summary>Instances of the fleet at a volume by what they cost, USD a month.</summary>
    private double ComputeUsd(decimal requests) => _purchases.MonthUsd(InstancesAt(requests), _sizing.Levels);

    private double[] InstancesAt(decimal requests)
    {
        var instances = new double[_sizing.Levels.Length];
        for (var i = 0; i < instances.Length; i++)
            instances[i] = _sizing.Instances(i, requests);
        return instances;
    }

    public override OptionResult Evaluate()
    {
        if (Fleet is not { } fleet)
            return Result([], []) with { Estimate = Estimate() };
        var size = SizeAt(fleet.Instances);
        if (_sizing.ReplicaTokensPerSecond is not { } perReplica)
            return Result(Ledger(size, (double)Volume), _estimate?.Infeasible is null ? [Unknown] : [], replicas: fleet.Replicas, instances: fleet.Instances, cashBeyond: CashBeyond(size)) with { Estimate = Estimate() };

        var mean = (double)Scenario.Workload.RequestsPerMonth * (double)_sizing.TokensPerRequest / ((double)_sizing.RunningHours * 3600);
        var carried = fleet.HeldReplicas - (_sizing.SpareReplicas * _sizing.Fleets);
        var capacity = new FleetCapacity(
            Math.Max(0, carried) * perReplica, _throughput!.Rank, mean * _sizing.PeakFactor, mean, _throughput.Basis, CarriesRequests ?? 0)
        {
            ReplicaTokensPerSecond = perReplica,
        };
        var estimate = Estimate();
        AddEstimateChecks(estimate, perReplica);
        List<Reason> shortfalls = _sizing.Carries(Scenario.Workload.RequestsPerMonth, carried) ? [] : [Shortfall(fleet.Instances, capacity)];
        return Result(Ledger(size, (double)Volume), shortfalls, Utilization(size, fleet.HeldReplicas, perReplica, mean), fleet.Replicas, fleet.Instances, capacity, CashBeyond(size)) with { Estimate = estimate };
    }

    /// <summary>The lines of its bill.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="served">Requests a month that it serves.</param>
    /// <param name="source">Where the number of instances comes from, where not from the option.</param>
    private List<LedgerLine> Ledger(FleetSize size, double served, string? source = null) =>
        new FleetLedger(_option, _path, Scenario, Levers, _sizing, _throughput, _purchases, Prices).Lines(size, served * MillionTokensPerRequest, source);

    private FleetSize SizeAt(long instances)
    {
        var (committed, instanceHours) = _purchases.Split(InstancesAt(Scenario.Workload.RequestsPerMonth), _sizing.Levels);
        return new FleetSize(instances, committed, instanceHours);
    }

    /// <summary>Cash of the first month beyond its cost: machines bought and terms paid ahead, less what the month spreads of them.</summary>
    private double CashBeyond(FleetSize size)
    {
        var cash = 0.0;
        foreach (var (way, share) in _purchases.Committed)
        {
            var count = _purchases.IsCheapest ? size.Committed : share * size.Peak;
            cash += way.Share.Kind == PurchaseKinds.Owned
                ? count * (Owned.CapitalUsd - Owned.Depreciation - Owned.CapitalCharge)
                : count * way.UsdPerHour * _hoursPerMonth * (double)way.Share.UpfrontShare * (PurchaseKinds.TermMonths(way.Share.Kind)!.Value - 1);
        }

        return cash;
    }

    /// <summary>What the model says, also beside a figure of the user's own; null where it lacks a fact.</summary>
    private CapacityEstimate? Estimate() => _estimate ?? CapacityEstimator.Of(_option, Workload, _catalog).Estimate;

    /// <summary>Tokens served ÷ tokens that the paid hours could serve: the spare replicas' too, and those of reservations while the fleet is off.</summary>
    private double? Utilization(FleetSize size, long heldReplicas, double perReplica, double mean)
    {
        var replicaHours = size.Peak > 0 ? size.PaidHours(_hoursPerMonth) * heldReplicas / size.Peak : 0;
        return replicaHours > 0 ? mean * (double)_sizing.RunningHours / (replicaHours * perReplica) : null;
    }

    private Reason Unknown => new("throughput-unknown", _unknown);

    private Reason Shortfall(long instances, FleetCapacity capacity) => new("fleet-too-small", Texts.ReasonShortfall.With(Wording.Count(instances), _option.InstanceKey is { } key ? key.Split(':') is [_, var type, ..] ? type : key : Texts.WordInstances,
        Wording.Count(capacity.TokensPerSecond), Wording.Count(capacity.RequiredTokensPerSecond), Wording.Count(capacity.RequestsPerMonth)));

    private double PeopleUsd => _option.People?.MonthUsd ?? 0;

    private double ExtrasUsd { get; }

    private double ExtrasPerRequest { get; }

    /// <inheritdoc/>
    public override MonthCost Month(in MonthTerms terms)
    {
        Span<double> instances = stackalloc double[_sizing.Levels.Length];
        for (var i = 0; i < instances.Length; i++)
            instances[i] = _sizing.Instances(i, terms.Requests);
        var compute = _purchases.Month(instances, _sizing.Levels, terms, Owned);
        return compute with
        {
            Usd = ((compute.Usd + _additional.At(terms) + ExtrasUsd + (ExtrasPerRequest * terms.Requests)) * WithOverhead) + PeopleUsd + HiredUsd(terms.Month) + Levers.FixedUsd + (Levers.UsdPerRequest * terms.Requests),
        };
    }

    /// <inheritdoc/>
    public override double OneOffUsd(int months)
    {
        var usd = months == 0 ? Levers.OneOffUsd : 0;
        for (var i = 0; i < _option.OneOff.Count; i++)
        {
            var cost = _option.OneOff[i];
            if (months == 0 || (cost.EveryMonths is { } every && months % every == 0))
                usd += cost.AmountUsd;
        }

        return usd;
    }

    /// <inheritdoc/>
    public override OwnedTerms Owned => Prices.Owned;

    /// <inheritdoc/>
    public override int LeadMonths => _option.LeadMonths;

    /// <inheritdoc/>
    public override bool Carries(double requests) => _sizing.Carries(requests);

    private double HiredUsd(int month)
    {
        var usd = 0.0;
        for (var i = 0; i < _option.Hiring.Count; i++)
        {
            var step = _option.Hiring[i];
            if (step.FromMonth <= month)
                usd += (double)step.HoursPerMonth * (double)step.UsdPerHour;
        }

        return usd;
    }

    /// <summary>A figure of the user's own that the model thinks impossible, or far too careful, decides as much as a price does.</summary>
    private void AddEstimateChecks(CapacityEstimate? estimate, double perReplica)
    {
        if (estimate is null || _throughput!.Rank == ThroughputKinds.Modelled || (_throughput.Basis == ThroughputBases.Input) != (estimate.Basis == ThroughputBases.Input))
            return;
        var counted = _throughput.Basis == ThroughputBases.Output ? estimate.OutputTokensPerSecond : estimate.TokensPerSecond;
        // The band is that of all tokens; what is generated of them keeps its share.
        var (low, high, known) = estimate is { Band: { } band, TokensPerSecond: > 0 and var all }
            ? (band.LowTokensPerSecond * counted / all, band.HighTokensPerSecond * counted / all, true)
            : (counted / FarOff, counted * FarOff, false);
        if (estimate.Infeasible is { } infeasible)
            Checks.Add(Check.Of("stated-but-infeasible", Texts.CheckStatedInfeasible.With(infeasible), Id));
        else if (perReplica > high)
            Checks.Add(Check.Of("stated-above-model", (known ? Texts.CheckStatedAboveBand : Texts.CheckStatedAbove).With(Wording.Count(perReplica), Wording.Count(counted), Wording.Count(high)), Id));
        else if (perReplica < low)
            Checks.Add(Check.Of("stated-below-model", (known ? Texts.CheckStatedBelowBand : Texts.CheckStatedBelow).With(Wording.Count(perReplica), Wording.Count(counted), Wording.Count(low)), Id));
    }

    private void AddConstraints(Instance? instance, CatalogSnapshot catalog)
    {
        var workload = Workload;
        if (instance is not null && workload.Requirements.Regions.Count > 0 && !workload.Requirements.Regions.Contains(instance.Region))
            Excluded.Add(new Reason("region-not-allowed", Texts.ReasonRegion.With(instance.Region)));
        if (_option.Model is { } key && catalog.Models.GetValueOrDefault(key) is { } model && workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens > model.ContextTokens)
            Excluded.Add(new Reason("context-too-long", Texts.ReasonContext.With(Wording.Count((double)(workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens)), Wording.Count(model.ContextTokens))));
        if (_option.Fleet.OffHours is { Count: > 0 } off && !LoadWeek.Of(workload.Shape).IsIdleIn(off))
            Excluded.Add(new Reason(Reason.Other, Texts.ReasonOffHours));
        if (_option.People is not null && _option.OverheadShare > 0)
            Checks.Add(Check.Of("people-and-overhead", Texts.CheckPeopleAndOverhead, Id));
        if (_purchases is { Committed.Count: 0, Hourly: [{ Way: { Share.Kind: PurchaseKinds.Spot, LostShare: 0 } }] })
            Checks.Add(Check.Of("spot-without-backup", Texts.CheckSpotOnly, Id));
        foreach (var cost in _option.OneOff)
        {
            if (cost.EveryMonths is { } months)
                Checks.Add(Check.Of("comes-again", Texts.CheckComesAgain.With(cost.Name, months), Id));
        }

        if (_option.Engine is "ollama" or "llama.cpp" && Scenario.Workload.RequestsPerMonth > 0)
            Checks.Add(Check.Of("single-user-engine", Texts.CheckSingleUser, Id));
    }
}
