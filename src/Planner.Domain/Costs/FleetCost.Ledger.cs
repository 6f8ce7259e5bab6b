using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The lines of a fleet's bill.</summary>
internal sealed partial class FleetCost
{
    private List<LedgerLine> Ledger(FleetSize size, string? source = null, double? served = null)
    {
        var ledger = new List<LedgerLine>();
        var count = new Operand("instances", size.Peak, "instances", source ?? _option.Fleet.Sizing switch
        {
            FleetSizings.Fixed => $"{_path}.fleet.instances",
            FleetSizings.Scheduled => $"{_path}.fleet.schedule",
            _ => SizedInWords(),
        });
        AddCompute(ledger, size, count);
        AddAdditional(ledger);
        AddExtras(ledger, served ?? (double)Scenario.Workload.RequestsPerMonth);
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

        Levers.AddLines(ledger, Scenario.Workload.RequestsPerMonth);
        AddOneOff(ledger);
        return ledger;
    }

    /// <summary>Where the number of instances of a sized fleet comes from: the load, what a replica serves, and the rank of that.</summary>
    private string SizedInWords()
    {
        var mean = (double)Scenario.Workload.RequestsPerMonth * (double)_sizing.TokensPerRequest / ((double)_sizing.RunningHours * 3600);
        return Texts.SourceSized.With(Wording.Count(mean * _sizing.PeakFactor), Wording.Count(_sizing.ReplicaTokensPerSecond ?? 0), _throughput!.Rank);
    }

    private void AddCompute(List<LedgerLine> ledger, FleetSize size, Operand count)
    {
        foreach (var (way, share) in _purchases.Committed)
        {
            var held = _purchases.IsCheapest
                ? new Operand("instances", size.Committed, "instances", Texts.SourceCheapestMix)
                : count;
            if (way.Share.Kind == PurchaseKinds.Owned)
                AddOwned(ledger, held with { Value = held.Value * share });
            else
                AddHours(ledger, way, held, _purchases.IsCheapest ? null : (double)way.Share.Share, new Operand("hours", _hoursPerMonth, "h/month", "hoursPerMonth"));
        }

        foreach (var (way, share) in _purchases.Hourly)
        {
            if (_sizing.IsConstant && !_purchases.IsCheapest)
                AddHours(ledger, way, count, (double)way.Share.Share, new Operand("hours", _sizing.Levels[0].Hours, "h/month", SourceOfConstantHours));
            else if (size.InstanceHours > 0)
                AddHours(ledger, way, null, share, new Operand("instanceHours", size.InstanceHours, "instance-hours/month", SourceOfHours));
        }
    }

    private string SourceOfConstantHours => _option.Fleet switch
    {
        { RunningHoursPerMonth: not null } => $"{_path}.fleet.runningHoursPerMonth",
        { OffHours: { Count: > 0 } off } => Texts.SourceHoursOn.With(LoadWeek.Hours - off.Count),
        _ => "hoursPerMonth",
    };

    /// <summary>Where the hours above the committed instances come from.</summary>
    private string SourceOfHours => _option.Fleet.Sizing switch
    {
        FleetSizings.Hourly => Texts.SourceAutoscaled,
        FleetSizings.Scheduled => $"{_path}.fleet.schedule",
        _ => Texts.SourceAboveCommitted,
    };

    /// <summary>The line of a way of buying, and that of what stands in while spot instances are gone.</summary>
    private void AddHours(List<LedgerLine> ledger, PurchaseWay way, Operand? count, double? share, Operand hours)
    {
        List<Operand> operands = [];
        if (count is not null)
            operands.Add(count);
        if (share is { } part)
            operands.Add(new Operand("share", part, "share", _purchases.IsCheapest ? Texts.SourceCheapestMix : $"{_path}.purchase"));
        operands.Add(hours);
        AddProduct(ledger, way.Item, [.. operands, new Operand("price", way.UsdPerHour, "USD/h", way.Source)], way.Source);
        if (way.LostShare == 0 || way.BackupUsdPerHour == 0)
            return;
        var spare = way.Share.Backup == SpotBackups.Spare;
        AddProduct(
            ledger, spare ? Texts.ItemSpotSpare : Texts.ItemSpotBackup,
            [.. operands, new Operand("lost", way.LostShare, "share", Texts.SourceInterruptions.With(way.Share.InterruptionsPerMonth, way.Share.RestartMinutes)), new Operand("price", way.BackupUsdPerHour, "USD/h", way.Source)], way.Source);
    }

    private static void AddProduct(List<LedgerLine> ledger, string item, IReadOnlyList<Operand> operands, string source) => ledger.Add(new LedgerLine(
        LedgerGroups.Compute, item, false, string.Join(" × ", operands.Select(operand => operand.Name)), operands, Money.Round(operands.Aggregate(1.0, (product, operand) => product * operand.Value)), source));

    private void AddOwned(List<LedgerLine> ledger, Operand instances)
    {
        var owned = _option.Owned!;
        var path = $"{_path}.owned";
        var capital = new Operand("capital", _owned.CapitalUsd, "USD", $"{path}.priceUsd");
        var residual = new Operand("residual", (double)owned.ResidualShare, "share", $"{path}.residualShare");
        void Add(string item, string formula, double each, params ReadOnlySpan<Operand> operands)
        {
            if (each != 0)
                ledger.Add(new LedgerLine(LedgerGroups.Compute, item, false, formula, [instances, .. operands], Money.Round(instances.Value * each), Texts.SourceOwn));
        }

        Add(Texts.ItemDepreciation, "instances × capital × (1 − residual) ÷ life", _owned.Depreciation, capital, residual, new Operand("life", owned.LifeMonths, "months", $"{path}.lifeMonths"));
        Add(Texts.ItemCapitalCharge, "instances × capital × (1 + residual) ÷ 2 × rate ÷ 12", _owned.CapitalCharge, capital, residual, new Operand("rate", (double)owned.CostOfCapitalPerYear, "share/year", $"{path}.costOfCapitalPerYear"));
        Add(Texts.ItemPower, "instances × power × pue × hours × tariff", _owned.Power,
            new Operand("power", (double)owned.PowerKw!.Value, "kW", $"{path}.powerKw"), new Operand("pue", (double)owned.Pue, "", $"{path}.pue"),
            new Operand("hours", _hoursPerMonth, "h/month", "hoursPerMonth"), new Operand("tariff", (double)owned.UsdPerKwh!.Value, "USD/kWh", $"{path}.usdPerKwh"));
        Add(Texts.ItemColocation, "instances × rent", _owned.Colocation, new Operand("rent", _owned.Colocation, "USD/month", $"{path}.colocationUsdPerMonth"));
        Add(Texts.ItemSupport, "instances × price × support ÷ 12", _owned.Support,
            new Operand("price", (double)owned.PriceUsd!.Value, "USD", $"{path}.priceUsd"), new Operand("support", (double)owned.SupportSharePerYear, "share/year", $"{path}.supportSharePerYear"));
    }

    private void AddAdditional(List<LedgerLine> ledger)
    {
        foreach (var (i, fleet) in _option.AdditionalFleets.Index())
        {
            var (price, source) = AdditionalPrice(fleet)!.Value;
            var path = $"{_path}.additionalFleets[{i}]";
            AddProduct(
                ledger, fleet.Name,
                [
                    new Operand("instances", fleet.Instances, "instances", $"{path}.instances"),
                    new Operand("hours", (double)(fleet.HoursPerMonth ?? Scenario.HoursPerMonth), "h/month", fleet.HoursPerMonth is null ? "hoursPerMonth" : $"{path}.hoursPerMonth"),
                    new Operand("price", price, "USD/h", source),
                ], source);
        }
    }

    private void AddExtras(List<LedgerLine> ledger, double requests)
    {
        var tokens = new Operand("tokens", requests * MillionTokensPerRequest, "M tokens/month", Levers.SourceOf("workload"));
        foreach (var (i, extra) in _option.Extras.Index())
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
        foreach (var (i, cost) in _option.OneOff.Index())
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
}
