using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The fleet over the week at a volume.</summary>
/// <param name="Peak">Instances in the busiest hour.</param>
/// <param name="Committed">Instances paid whether used or not.</param>
/// <param name="InstanceHours">Hours a month of those above them.</param>
internal readonly record struct FleetSize(double Peak, double Committed, double InstanceHours)
{
    /// <summary>Hours of instances that are paid in a month.</summary>
    public double PaidHours(double hoursPerMonth) => (Committed * hoursPerMonth) + InstanceHours;
}

/// <summary>The lines of a fleet's month.</summary>
internal sealed class FleetLedger(
    SelfHostOption option, string path, Scenario scenario, LeverEffect levers, FleetSizing sizing, ReplicaThroughput? throughput, Purchases purchases, InstancePrices prices)
{
    private readonly List<LedgerLine> _lines = [];

    /// <summary>The lines in the order in which each builds on those above it.</summary>
    /// <param name="size">The fleet's size.</param>
    /// <param name="millionTokens">Tokens that it serves, millions a month.</param>
    /// <param name="source">Where the number of instances comes from, where not from the option.</param>
    public List<LedgerLine> Lines(FleetSize size, double millionTokens, string? source)
    {
        var count = new Operand("instances", size.Peak, "instances", source ?? option.Fleet.Sizing switch
        {
            FleetSizings.Fixed => $"{path}.fleet.instances",
            FleetSizings.Scheduled => $"{path}.fleet.schedule",
            _ => SizedInWords(),
        });
        AddCompute(size, count);
        AddAdditional();
        AddExtras(millionTokens);
        if (option.OverheadShare > 0)
        {
            var infrastructure = (double)_lines.Sum(line => line.AmountUsd);
            _lines.Add(new LedgerLine(
                LedgerGroups.Operations, Texts.ItemOverhead, false, "infrastructure × overhead",
                [new Operand("infrastructure", infrastructure, "USD/month", Texts.SourceLinesAbove), new Operand("overhead", (double)option.OverheadShare, "share", $"{path}.overheadShare")],
                Money.Round(infrastructure * (double)option.OverheadShare), Texts.SourceOwn));
        }

        if (option.People is { } people)
        {
            _lines.Add(new LedgerLine(
                LedgerGroups.Operations, Texts.ItemPeople, false, "hours × rate",
                [new Operand("hours", (double)people.HoursPerMonth, "h/month", $"{path}.people.hoursPerMonth"), new Operand("rate", (double)people.UsdPerHour, "USD/h", $"{path}.people.usdPerHour")],
                Money.Round(people.MonthUsd), Texts.SourceOwn));
        }

        levers.AddLines(_lines, scenario.Workload.RequestsPerMonth);
        AddOneOff();
        return _lines;
    }

    /// <summary>Where the number of instances of a sized fleet comes from: the load, what a replica serves, and the rank of that.</summary>
    private string SizedInWords()
    {
        var mean = (double)scenario.Workload.RequestsPerMonth * (double)sizing.TokensPerRequest / ((double)sizing.RunningHours * 3600);
        return Texts.SourceSized.With(Wording.Count(mean * sizing.PeakFactor), Wording.Count(sizing.ReplicaTokensPerSecond ?? 0), throughput!.Rank);
    }

    private void AddCompute(FleetSize size, Operand count)
    {
        foreach (var (way, share) in purchases.Committed)
        {
            var held = purchases.IsCheapest
                ? new Operand("instances", size.Committed, "instances", Texts.SourceCheapestMix)
                : count;
            if (way.Share.Kind == PurchaseKinds.Owned)
                AddOwned(held with { Value = held.Value * share });
            else
                AddHours(way, held, purchases.IsCheapest ? null : (double)way.Share.Share, new Operand("hours", (double)scenario.HoursPerMonth, "h/month", "hoursPerMonth"));
        }

        foreach (var (way, share) in purchases.Hourly)
        {
            if (sizing.IsConstant && !purchases.IsCheapest)
                AddHours(way, count, (double)way.Share.Share, new Operand("hours", sizing.Levels[0].Hours, "h/month", SourceOfConstantHours));
            else if (size.InstanceHours > 0)
                AddHours(way, null, share, new Operand("instanceHours", size.InstanceHours, "instance-hours/month", SourceOfHours));
        }
    }

    private string SourceOfConstantHours => option.Fleet switch
    {
        { RunningHoursPerMonth: not null } => $"{path}.fleet.runningHoursPerMonth",
        { OffHours: { Count: > 0 } off } => Texts.SourceHoursOn.With(LoadWeek.Hours - off.Count),
        _ => "hoursPerMonth",
    };

    /// <summary>Where the hours above the committed instances come from.</summary>
    private string SourceOfHours => option.Fleet.Sizing switch
    {
        FleetSizings.Hourly => Texts.SourceAutoscaled,
        FleetSizings.Scheduled => $"{path}.fleet.schedule",
        _ => Texts.SourceAboveCommitted,
    };

    /// <summary>The line of a way of buying, and that of what stands in while spot instances are gone.</summary>
    private void AddHours(PurchaseWay way, Operand? count, double? share, Operand hours)
    {
        List<Operand> operands = [];
        if (count is not null)
            operands.Add(count);
        if (share is { } part)
            operands.Add(new Operand("share", part, "share", purchases.IsCheapest ? Texts.SourceCheapestMix : $"{path}.purchase"));
        operands.Add(hours);
        AddProduct(way.Item, [.. operands, new Operand("price", way.UsdPerHour, "USD/h", way.Source)], way.Source);
        if (way.LostShare == 0 || way.BackupUsdPerHour == 0)
            return;
        var spare = way.Share.Backup == SpotBackups.Spare;
        AddProduct(
            spare ? Texts.ItemSpotSpare : Texts.ItemSpotBackup,
            [.. operands, new Operand("lost", way.LostShare, "share", Texts.SourceInterruptions.With(way.Share.InterruptionsPerMonth, way.Share.RestartMinutes)), new Operand("price", way.BackupUsdPerHour, "USD/h", way.Source)], way.Source);
    }

    private void AddProduct(string item, IReadOnlyList<Operand> operands, string source) => _lines.Add(new LedgerLine(
        LedgerGroups.Compute, item, false, string.Join(" × ", operands.Select(operand => operand.Name)), operands, Money.Round(operands.Aggregate(1.0, (product, operand) => product * operand.Value)), source));

    private void AddOwned(Operand instances)
    {
        var owned = option.Owned!;
        var place = $"{path}.owned";
        var capital = new Operand("capital", prices.Owned.CapitalUsd, "USD", $"{place}.priceUsd");
        var residual = new Operand("residual", (double)owned.ResidualShare, "share", $"{place}.residualShare");
        void Add(string item, string formula, double each, params ReadOnlySpan<Operand> operands)
        {
            if (each != 0)
                _lines.Add(new LedgerLine(LedgerGroups.Compute, item, false, formula, [instances, .. operands], Money.Round(instances.Value * each), Texts.SourceOwn));
        }

        Add(Texts.ItemDepreciation, "instances × capital × (1 − residual) ÷ life", prices.Owned.Depreciation, capital, residual, new Operand("life", owned.LifeMonths, "months", $"{place}.lifeMonths"));
        Add(Texts.ItemCapitalCharge, "instances × capital × (1 + residual) ÷ 2 × rate ÷ 12", prices.Owned.CapitalCharge, capital, residual, new Operand("rate", (double)owned.CostOfCapitalPerYear, "share/year", $"{place}.costOfCapitalPerYear"));
        Add(Texts.ItemPower, "instances × power × pue × hours × tariff", prices.Owned.Power,
            new Operand("power", (double)owned.PowerKw!.Value, "kW", $"{place}.powerKw"), new Operand("pue", (double)owned.Pue, "", $"{place}.pue"),
            new Operand("hours", (double)scenario.HoursPerMonth, "h/month", "hoursPerMonth"), new Operand("tariff", (double)owned.UsdPerKwh!.Value, "USD/kWh", $"{place}.usdPerKwh"));
        Add(Texts.ItemColocation, "instances × rent", prices.Owned.Colocation, new Operand("rent", prices.Owned.Colocation, "USD/month", $"{place}.colocationUsdPerMonth"));
        Add(Texts.ItemSupport, "instances × price × support ÷ 12", prices.Owned.Support,
            new Operand("price", (double)owned.PriceUsd!.Value, "USD", $"{place}.priceUsd"), new Operand("support", (double)owned.SupportSharePerYear, "share/year", $"{place}.supportSharePerYear"));
    }

    private void AddAdditional()
    {
        foreach (var (i, fleet) in option.AdditionalFleets.Index())
        {
            var way = prices.WayOf(fleet)!;
            var place = $"{path}.additionalFleets[{i}]";
            AddProduct(
                fleet.Name,
                [
                    new Operand("instances", fleet.Instances, "instances", $"{place}.instances"),
                    new Operand("hours", (double)(fleet.HoursPerMonth ?? scenario.HoursPerMonth), "h/month", fleet.HoursPerMonth is null ? "hoursPerMonth" : $"{place}.hoursPerMonth"),
                    new Operand("price", way.UsdPerHour, "USD/h", way.Source),
                ], way.Source);
        }
    }

    private void AddExtras(double millionTokens)
    {
        var tokens = new Operand("tokens", millionTokens, "M tokens/month", levers.SourceOf("workload"));
        foreach (var (i, extra) in option.Extras.Index())
        {
            if (extra.UsdPerMonth is { } month)
                _lines.Add(new LedgerLine(LedgerGroups.Extras, extra.Name, false, "fixed", [new Operand("fixed", (double)month, "USD/month", $"{path}.extras[{i}].usdPerMonth")], Money.Round((double)month), Texts.SourceOwn));
            if (extra.UsdPerMillionTokens is { } perMillion)
            {
                var price = new Operand("price", (double)perMillion, "USD/M tokens", $"{path}.extras[{i}].usdPerMillionTokens");
                _lines.Add(new LedgerLine(LedgerGroups.Extras, extra.Name, false, "tokens × price", [tokens, price], Money.Round(tokens.Value * price.Value), Texts.SourceOwn));
            }
        }
    }

    private void AddOneOff()
    {
        foreach (var (i, cost) in option.OneOff.Index())
        {
            List<Operand> operands = [];
            if (cost.Hours is { } hours)
                operands.AddRange([new Operand("hours", (double)hours, "h", $"{path}.oneOff[{i}].hours"), new Operand("rate", (double)(cost.UsdPerHour ?? 0), "USD/h", $"{path}.oneOff[{i}].usdPerHour")]);
            if (cost.Usd is { } sum)
                operands.Add(new Operand("sum", (double)sum, "USD", $"{path}.oneOff[{i}].usd"));
            var formula = (cost.Hours, cost.Usd) switch { (not null, not null) => "hours × rate + sum", (not null, _) => "hours × rate", _ => "sum" };
            _lines.Add(new LedgerLine(LedgerGroups.OneOff, cost.Name, true, formula, operands, Money.Round(cost.AmountUsd), Texts.SourceOwn));
        }
    }
}
