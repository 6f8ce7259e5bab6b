using Planner.Domain.BreakEvens;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What a fleet of instances costs: instances × hours × price by way of buying, further lines, people or overhead, one-off costs.</summary>
internal sealed class FleetCost : OptionCost
{
    /// <summary>Beyond this factor a figure and the model cannot both be right: nine in ten published measurements are nearer.</summary>
    private const double FarOff = 2;

    private readonly SelfHostOption _option;
    private readonly string _path;
    private readonly FleetSizing _sizing;
    private readonly CatalogSnapshot _catalog;
    private readonly CapacityEstimate? _estimate;
    private readonly ReplicaThroughput? _throughput;
    private readonly string _unknown = Texts.ReasonThroughputUnknown;
    private readonly List<Purchase> _purchases = [];

    /// <summary>A share of the instances with its price and the hours it is paid for.</summary>
    private readonly record struct Purchase(string Item, double Share, double UsdPerHour, double Hours, string PriceSource, string HoursSource);

    public FleetCost(SelfHostOption option, string path, Scenario scenario, CatalogSnapshot catalog)
        : base(option, scenario)
    {
        (_option, _path, _catalog) = (option, path, catalog);
        var instance = option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null;
        if (!option.Throughput.IsGiven)
        {
            (_estimate, var missing) = CapacityEstimator.Of(option, scenario.Workload, catalog);
            if (missing is not null)
                _unknown = Wording.Say(Texts.ReasonNotModelled, missing);
            // A sized fleet of what serves nothing has no size and so no cost; a fixed one is paid all the same.
            if (_estimate is { Infeasible: { } infeasible } estimate)
                (option.Fleet.Sizing == FleetSizings.Fixed ? Excluded : Unpriced).Add($"{infeasible} {(estimate.Change is { } change ? Wording.Say(Texts.NearestChange, change.Words) : Texts.NoChange)}");
        }

        _throughput = ReplicaThroughput.Of(option, _estimate);
        _sizing = new FleetSizing(option, _throughput, instance?.GpuCount ?? option.GpusPerReplica, scenario.Workload, scenario.HoursPerMonth);
        foreach (var share in option.Purchase.Where(share => share.Share > 0))
            AddPurchase(share, instance);
        if (!_sizing.IsFixed && _sizing.ReplicaTokensPerSecond is null)
        {
            if (_estimate?.Infeasible is null)
                Unpriced.Add(_unknown);
        }
        else if (_sizing.At(scenario.Workload.RequestsPerMonth) is null)
            Unpriced.Add(Wording.Say(Texts.ReasonTooManyReplicas, Wording.Count(FleetSizing.MostReplicas)));
        AddConstraints(instance, catalog);
    }

    public override double? CarriesRequests =>
        _sizing.Load is not null && Fleet is { } fleet ? _sizing.RequestsCarriedBy(fleet.HeldReplicas - _sizing.SpareReplicas) : null;

    public override bool IsLimited => _sizing.IsFixed;

    private (long Replicas, long Instances, long HeldReplicas)? Fleet => _sizing.At(Scenario.Workload.RequestsPerMonth);

    private double InstanceMonthUsd => _purchases.Sum(purchase => purchase.Share * purchase.Hours * purchase.UsdPerHour);

    private double WithOverhead => 1 + (double)_option.OverheadShare;

    /// <summary>Million tokens of input, output and reasoning that one request serves.</summary>
    private double MillionTokensPerRequest =>
        (double)(Scenario.Workload.InputTokens + Scenario.Workload.OutputTokens + Scenario.Workload.ReasoningTokens) / 1e6;

    /// <summary>Instances of the fleet as it stands; a sized one that stands at none has still to begin with a unit.</summary>
    private long StandingInstances => Fleet is { Instances: > 0 } fleet ? fleet.Instances : _sizing.InstancesPerUnit;

    private double OneOffUsd => _option.OneOff.Sum(OneOffAmount);

    public override double MonthUsd(in MonthTerms terms) => Curve(firstMonth: false, capacityChecked: true).At(terms.Requests);

    public override CostCurve Curve(bool firstMonth, bool capacityChecked)
    {
        var instanceUsd = InstanceMonthUsd * WithOverhead;
        var grows = capacityChecked && !_sizing.IsFixed;
        return new CostCurve
        {
            Fixed = (_option.Extras.Sum(extra => (double)(extra.UsdPerMonth ?? 0)) * WithOverhead) + PeopleUsd
                + (firstMonth ? OneOffUsd : 0) + (grows ? 0 : StandingInstances * instanceUsd),
            PerRequest = _option.Extras.Sum(extra => (double)(extra.UsdPerMillionTokens ?? 0)) * MillionTokensPerRequest * WithOverhead,
            UnitUsd = grows ? instanceUsd * _sizing.InstancesPerUnit : 0,
            Load = grows ? _sizing.Load : null,
            ReplicasPerUnit = _sizing.ReplicasPerUnit,
            SpareReplicas = _sizing.SpareReplicas,
            MinimumUnits = grows ? _sizing.MinimumUnits : 0,
            // A fleet whose throughput nobody knows carries nothing that could be promised.
            Limit = grows ? _sizing.RequestsCarriedBy(FleetSizing.MostReplicas) : capacityChecked ? CarriesRequests ?? 0 : double.PositiveInfinity,
        };
    }

    public override OptionResult Evaluate()
    {
        if (Fleet is not { } fleet)
            return Result([], []) with { Estimate = Estimate() };
        if (_sizing.ReplicaTokensPerSecond is not { } perReplica)
            return Result(Ledger(fleet.Instances), _estimate?.Infeasible is null ? [_unknown] : [], replicas: fleet.Replicas, instances: fleet.Instances) with { Estimate = Estimate() };

        var seconds = (double)_sizing.RunningHours * 3600;
        var mean = (double)Scenario.Workload.RequestsPerMonth * (double)_sizing.TokensPerRequest / seconds;
        var capacity = new FleetCapacity(
            Math.Max(0, fleet.HeldReplicas - _sizing.SpareReplicas) * perReplica, _throughput!.Rank, mean * _sizing.PeakFactor, mean,
            _throughput.Basis, CarriesRequests ?? 0)
        {
            ReplicaTokensPerSecond = perReplica,
        };
        var estimate = Estimate();
        AddEstimateChecks(estimate, perReplica);
        var carries = _sizing.Load!.Value.CeilingTimes(Scenario.Workload.RequestsPerMonth) <= fleet.HeldReplicas - _sizing.SpareReplicas;
        List<string> shortfalls = carries ? [] : [Shortfall(fleet.Instances, capacity)];
        return Result(Ledger(fleet.Instances), shortfalls, Utilization(fleet.HeldReplicas, perReplica, mean), fleet.Replicas, fleet.Instances, capacity) with { Estimate = estimate };
    }

    /// <summary>What the model says, also beside a figure of the user's own; null where it lacks a fact.</summary>
    private CapacityEstimate? Estimate() => _estimate ?? CapacityEstimator.Of(_option, Scenario.Workload, _catalog).Estimate;

    /// <summary>Tokens served ÷ tokens that the paid hours could serve: the spare replicas' too, and those of reservations while the fleet is off.</summary>
    private double? Utilization(long heldReplicas, double perReplica, double mean) =>
        heldReplicas > 0 && _purchases.Sum(purchase => purchase.Share * purchase.Hours) is > 0 and var paidHours
            ? mean * (double)_sizing.RunningHours / (heldReplicas * perReplica * paidHours)
            : null;

    private string Shortfall(long instances, FleetCapacity capacity) => Wording.Say(
        Texts.ReasonShortfall, Wording.Count(instances), _option.InstanceKey is { } key ? key.Split(':') is [_, var type, ..] ? type : key : Texts.WordInstances,
        Wording.Count(capacity.TokensPerSecond), Wording.Count(capacity.RequiredTokensPerSecond), Wording.Count(capacity.RequestsPerMonth));

    private List<LedgerLine> Ledger(long instances)
    {
        var ledger = new List<LedgerLine>();
        var count = new Operand("instances", instances, "instances", _sizing.IsFixed ? $"{_path}.fleet.instances" : SizedInWords());
        foreach (var purchase in _purchases)
        {
            ledger.Add(new LedgerLine(
                LedgerGroups.Compute, purchase.Item, false, "instances × share × hours × price",
                [
                    count,
                    new Operand("share", purchase.Share, "share", $"{_path}.purchase"),
                    new Operand("hours", purchase.Hours, "h/month", purchase.HoursSource),
                    new Operand("price", purchase.UsdPerHour, "USD/h", purchase.PriceSource),
                ],
                Money.Round(instances * purchase.Share * purchase.Hours * purchase.UsdPerHour), purchase.PriceSource));
        }

        AddExtras(ledger);
        if (_option.OverheadShare > 0)
        {
            var infrastructure = (double)ledger.Sum(line => line.AmountUsd);
            ledger.Add(new LedgerLine(
                LedgerGroups.Operations, Texts.ItemOverhead, false, "infrastructure × overhead",
                [new Operand("infrastructure", infrastructure, "USD/month", Texts.SourceLinesAbove), new Operand("overhead", (double)_option.OverheadShare, "share", $"{_path}.overheadShare")],
                Money.Round(infrastructure * (double)_option.OverheadShare), Texts.SourceOwn));
        }

        if (_option.People is { } people)
        {
            ledger.Add(new LedgerLine(
                LedgerGroups.Operations, Texts.ItemPeople, false, "hours × rate",
                [new Operand("hours", (double)people.HoursPerMonth, "h/month", $"{_path}.people.hoursPerMonth"), new Operand("rate", (double)people.UsdPerHour, "USD/h", $"{_path}.people.usdPerHour")],
                Money.Round(PeopleUsd), Texts.SourceOwn));
        }

        AddOneOff(ledger);
        return ledger;
    }

    /// <summary>Where the number of instances of a sized fleet comes from: the load, what a replica serves, and the rank of that.</summary>
    private string SizedInWords()
    {
        var mean = (double)Scenario.Workload.RequestsPerMonth * (double)_sizing.TokensPerRequest / ((double)_sizing.RunningHours * 3600);
        return Wording.Say(Texts.SourceSized, Wording.Count(mean * _sizing.PeakFactor), Wording.Count(_sizing.ReplicaTokensPerSecond ?? 0), _throughput!.Rank);
    }

    private double PeopleUsd => _option.People is { } people ? (double)people.HoursPerMonth * (double)people.UsdPerHour : 0;

    private void AddExtras(List<LedgerLine> ledger)
    {
        var tokens = new Operand("tokens", (double)Scenario.Workload.RequestsPerMonth * MillionTokensPerRequest, "M tokens/month", "workload");
        foreach (var (extra, i) in _option.Extras.Select((extra, i) => (extra, i)))
        {
            if (extra.UsdPerMonth is { } month)
                ledger.Add(new LedgerLine(LedgerGroups.Extras, extra.Name, false, "fixed", [new Operand("fixed", (double)month, "USD/month", $"{_path}.extras[{i}].usdPerMonth")], Money.Round((double)month), Texts.SourceOwn));
            if (extra.UsdPerMillionTokens is { } perMillion)
            {
                var price = new Operand("price", (double)perMillion, "USD/M tokens", $"{_path}.extras[{i}].usdPerMillionTokens");
                ledger.Add(new LedgerLine(LedgerGroups.Extras, extra.Name, false, "tokens × price", [tokens, price], Money.Round(tokens.Value * price.Value), Texts.SourceOwn));
            }
        }
    }

    private void AddOneOff(List<LedgerLine> ledger)
    {
        foreach (var (cost, i) in _option.OneOff.Select((cost, i) => (cost, i)))
        {
            List<Operand> operands = [];
            if (cost.Hours is { } hours)
                operands.AddRange([new Operand("hours", (double)hours, "h", $"{_path}.oneOff[{i}].hours"), new Operand("rate", (double)(cost.UsdPerHour ?? 0), "USD/h", $"{_path}.oneOff[{i}].usdPerHour")]);
            if (cost.Usd is { } sum)
                operands.Add(new Operand("sum", (double)sum, "USD", $"{_path}.oneOff[{i}].usd"));
            var formula = (cost.Hours, cost.Usd) switch { (not null, not null) => "hours × rate + sum", (not null, _) => "hours × rate", _ => "sum" };
            ledger.Add(new LedgerLine(LedgerGroups.OneOff, cost.Name, true, formula, operands, Money.Round(OneOffAmount(cost)), Texts.SourceOwn));
        }
    }

    private static double OneOffAmount(OneOffCost cost) => ((double)(cost.Hours ?? 0) * (double)(cost.UsdPerHour ?? 0)) + (double)(cost.Usd ?? 0);

    private void AddPurchase(PurchaseShare share, Instance? instance)
    {
        var (item, listed) = share.Kind switch
        {
            PurchaseKinds.Spot => (Texts.ItemSpot, instance?.Prices.SpotUsd),
            PurchaseKinds.Reserved1Y => (Texts.ItemReserved1Y, instance?.Prices.Reserved1YUsd),
            PurchaseKinds.Reserved3Y => (Texts.ItemReserved3Y, instance?.Prices.Reserved3YUsd),
            _ => (Texts.ItemOnDemand, instance?.Prices.OnDemandUsd),
        };
        var own = share.UsdPerHour ?? (share.Kind == PurchaseKinds.OnDemand ? _option.InstanceUsdPerHour : null);
        if ((own ?? listed) is not { } price)
        {
            Unpriced.Add(Wording.Say(Texts.ReasonNoInstancePrice, item));
            return;
        }

        // A reservation is paid whether used or not.
        var always = share.Kind is PurchaseKinds.Reserved1Y or PurchaseKinds.Reserved3Y;
        _purchases.Add(new Purchase(
            item, (double)share.Share, (double)price, (double)(always ? Scenario.HoursPerMonth : _sizing.RunningHours),
            own is not null ? Texts.SourceOwn : Wording.CatalogSource(instance!.Key, instance.Provenance),
            always || _option.Fleet.RunningHoursPerMonth is null ? "hoursPerMonth" : $"{_path}.fleet.runningHoursPerMonth"));
    }

    /// <summary>A figure of the user's own that the model thinks impossible, or far too careful, decides as much as a price does.</summary>
    private void AddEstimateChecks(CapacityEstimate? estimate, double perReplica)
    {
        if (estimate is null || _throughput!.Rank == ThroughputKinds.Modelled || (_throughput.Basis == ThroughputBases.Input) != (estimate.Basis == ThroughputBases.Input))
            return;
        var counted = _throughput.Basis == ThroughputBases.Output ? estimate.OutputTokensPerSecond : estimate.TokensPerSecond;
        if (estimate.Infeasible is { } infeasible)
            Checks.Add(new Check("stated-but-infeasible", CheckSeverities.Warning, Wording.Say(Texts.CheckStatedInfeasible, infeasible), Id));
        else if (perReplica > counted * FarOff)
            Checks.Add(new Check("stated-above-model", CheckSeverities.Warning, Wording.Say(Texts.CheckStatedAbove, Wording.Count(perReplica), Wording.Count(counted)), Id));
        else if (perReplica < counted / FarOff)
            Checks.Add(new Check("stated-below-model", CheckSeverities.Info, Wording.Say(Texts.CheckStatedBelow, Wording.Count(perReplica), Wording.Count(counted)), Id));
    }

    private void AddConstraints(Instance? instance, CatalogSnapshot catalog)
    {
        var workload = Scenario.Workload;
        if (instance is not null && workload.Requirements.Regions.Count > 0 && !workload.Requirements.Regions.Contains(instance.Region))
            Excluded.Add(Wording.Say(Texts.ReasonRegion, instance.Region));
        if (_option.Model is { } key && catalog.Models.GetValueOrDefault(key) is { } model && workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens > model.ContextTokens)
            Excluded.Add(Wording.Say(Texts.ReasonContext, Wording.Count((double)(workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens)), Wording.Count(model.ContextTokens)));
        if (_option.People is not null && _option.OverheadShare > 0)
            Checks.Add(new Check("people-and-overhead", CheckSeverities.Warning, Texts.CheckPeopleAndOverhead, Id));
        if (_option.Purchase.Any(share => share.Kind == PurchaseKinds.Spot && share.Share == 1))
            Checks.Add(new Check("spot-without-backup", CheckSeverities.Warning, Texts.CheckSpotOnly, Id));
        if (_option.Engine is "ollama" or "llama.cpp" && Scenario.Workload.RequestsPerMonth > 0)
            Checks.Add(new Check("single-user-engine", CheckSeverities.Warning, Texts.CheckSingleUser, Id));
    }
}
