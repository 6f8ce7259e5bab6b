using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>A fleet's size over the week and the ways its instances are bought, in words.</summary>
internal static class FleetAssumptions
{
    private const string Own = "your figure";

    public static IEnumerable<Assumption> Of(SelfHostOption option, Scenario scenario, CatalogSnapshot catalog)
    {
        yield return new("Fleet", Size(option.Fleet), Cold(option.Fleet)) { Paths = SizePaths };
        yield return new("Running", Running(option.Fleet, scenario.HoursPerMonth)) { Paths = ["fleet.runningHoursPerMonth", "fleet.offHours"] };
        if (option.PurchaseMix == PurchaseMixes.Cheapest)
            yield return new("Bought", "in the cheapest mix for the week", option.Purchase.Any(share => share.Kind == PurchaseKinds.Spot) ? $"at most {Share(option.LargestSpotShare)} of what is paid by the hour on spot" : null) { Paths = ["purchaseMix", "maximumSpotShare"] };
        foreach (var (i, share) in option.Purchase.Index())
            yield return Purchase(option, share, catalog) with { Paths = share.Kind == PurchaseKinds.OnDemand ? [$"purchase[{i}]", "instanceUsdPerHour"] : [$"purchase[{i}]"] };
        if (option.Owned is { } owned && option.Purchase.Any(share => share.Kind == PurchaseKinds.Owned))
        {
            foreach (var term in Terms(owned))
                yield return term;
        }

        foreach (var (i, fleet) in option.AdditionalFleets.Index())
            yield return new(fleet.Name, Additional(fleet, scenario.HoursPerMonth), "serves none of the load") { Paths = [$"additionalFleets[{i}]"] };
        if (option.Tenancy is { } tenancy)
        {
            yield return new(
                "Tenants", $"{Format.Number(tenancy.Tenants)}, {(tenancy.Kind == Tenancies.Each ? "a fleet each" : "adapters on one fleet")}",
                tenancy.Kind == Tenancies.Shared && tenancy.OverheadShare > 0 ? $"{Share(tenancy.OverheadShare)} of the throughput lost to adapters" : null)
            {
                Paths = ["tenancy"],
            };
        }
    }

    private static readonly string[] SizePaths = ["fleet.sizing", "fleet.instances", "fleet.minimumReplicas", "fleet.spareReplicas", "fleet.stepReplicas", "fleet.coldStartMinutes", "fleet.schedule"];

    private static string Size(Fleet fleet)
    {
        var spare = fleet.SpareReplicas > 0 ? $", {Format.Number(fleet.SpareReplicas)} spare" : "";
        var least = fleet.MinimumReplicas > 0 ? $", at least {Format.Number(fleet.MinimumReplicas)} {(fleet.MinimumReplicas == 1 ? "replica" : "replicas")}" : "";
        return fleet.Sizing switch
        {
            FleetSizings.Fixed => $"{Format.Number(fleet.Instances)} instance{(fleet.Instances == 1 ? "" : "s")}, as stated{spare}",
            FleetSizings.Hourly => $"autoscaled by the hour{least}{(fleet.StepReplicas == 1 ? "" : $", by {Format.Number(fleet.StepReplicas)} replicas at a time")}{spare}",
            FleetSizings.Scheduled => $"by a schedule of {Format.Number(fleet.Schedule?.Min())} to {Format.Number(fleet.Schedule?.Max())} replicas{spare}",
            _ => $"sized for the busiest hour{least}{spare}",
        };
    }

    private static string? Cold(Fleet fleet) => fleet.ColdStartMinutes > 0 && fleet.Sizing is FleetSizings.Hourly or FleetSizings.Scheduled
        ? $"{Format.Number(fleet.ColdStartMinutes)} minutes paid at each start before it serves"
        : null;

    private static string Running(Fleet fleet, decimal hoursPerMonth) => fleet switch
    {
        { RunningHoursPerMonth: { } hours } => $"{Format.Number(hours)} hours a month",
        { OffHours: { Count: > 0 } off } => $"off in {HoursInWords.Of(off)}",
        { Sizing: FleetSizings.Scheduled } => "as the schedule says",
        { Sizing: FleetSizings.Hourly } => "as each hour's load needs",
        _ => $"all {Format.Number(hoursPerMonth)} hours of the month",
    };

    private static Assumption Purchase(SelfHostOption option, PurchaseShare share, CatalogSnapshot catalog)
    {
        var of = share.Share == 1 || option.PurchaseMix == PurchaseMixes.Cheapest ? "" : $", {Share(share.Share)} of the instances";
        if (share.Kind == PurchaseKinds.Owned)
            return new("Owned", $"bought{of}", Own);
        var instance = option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null;
        var own = share.UsdPerHour ?? (share.Kind == PurchaseKinds.OnDemand ? option.InstanceUsdPerHour : null);
        var price = own ?? FleetEdits.PriceOf(option, instance, share.Kind);
        var source = own is not null ? Own : instance is null ? null : $"{instance.Provenance.Source}, as of {Format.Day(instance.Provenance.AsOf)}";
        return new(KindName(share.Kind), $"{(price is null ? "price not known" : $"{Format.Rate(price)} an hour")}{of}{Conditions(share)}", source);
    }

    private static string KindName(string kind) => kind switch
    {
        PurchaseKinds.Spot => "Spot",
        PurchaseKinds.Reserved1Y => "Reserved, 1 year",
        PurchaseKinds.Reserved3Y => "Reserved, 3 years",
        _ => "On demand",
    };

    private static string Conditions(PurchaseShare share)
    {
        if (share.UpfrontShare > 0)
            return $", {Share(share.UpfrontShare)} of the term paid upfront";
        if (share.Kind != PurchaseKinds.Spot || share.InterruptionsPerMonth == 0)
            return "";
        var backup = share.Backup switch { SpotBackups.Spare => "spare spot instances run", SpotBackups.None => "nothing stands in", _ => "on demand stands in" };
        return $", taken away {Format.Number(share.InterruptionsPerMonth)} times a month for {Format.Number(share.RestartMinutes)} minutes: {backup}";
    }

    private static IEnumerable<Assumption> Terms(OwnedHardware owned)
    {
        var residual = owned.ResidualShare > 0 ? $", then worth {Share(owned.ResidualShare)}" : "";
        var capital = owned.CostOfCapitalPerYear > 0 ? $"cost of capital {Share(owned.CostOfCapitalPerYear)} a year" : null;
        yield return new("Machine", $"{Format.Money(owned.PriceUsd)}, used for {Format.Number(owned.LifeMonths)} months{residual}", capital) { Paths = ["owned.priceUsd", "owned.lifeMonths", "owned.residualShare", "owned.costOfCapitalPerYear"] };
        yield return new("Power", $"{Format.Number(owned.PowerKw)} kW × {Format.Number(owned.Pue)} at {Format.Rate(owned.UsdPerKwh)} per kWh", Own) { Paths = ["owned.powerKw", "owned.pue", "owned.usdPerKwh"] };
        if (owned.ColocationUsdPerMonth > 0)
            yield return new("Rack space", $"{Format.Money(owned.ColocationUsdPerMonth)} a month and machine", Own) { Paths = ["owned.colocationUsdPerMonth"] };
        if (owned.SupportSharePerYear > 0)
            yield return new("Support", $"{Share(owned.SupportSharePerYear)} of the price a year", Own) { Paths = ["owned.supportSharePerYear"] };
        if (owned.SparePartsShare > 0)
            yield return new("Spare parts", $"{Share(owned.SparePartsShare)} of the price", Own) { Paths = ["owned.sparePartsShare"] };
    }

    private static string Additional(AdditionalFleet fleet, decimal hoursPerMonth)
    {
        var price = fleet.UsdPerHour is { } usd ? $" at {Format.Rate(usd)} an hour" : "";
        return $"{Format.Number(fleet.Instances)} instance{(fleet.Instances == 1 ? "" : "s")} for {Format.Number(fleet.HoursPerMonth ?? hoursPerMonth)} hours, {KindName(fleet.Purchase).ToLowerInvariant()}{price}";
    }

    private static string Share(decimal share) => Format.Percent((double)share);
}

/// <summary>Hours of the week in words.</summary>
internal static class HoursInWords
{
    /// <returns>Such as "42 hours of the week".</returns>
    public static string Of(IReadOnlyList<int>? hours) => $"{hours?.Count ?? 0} {(hours is { Count: 1 } ? "hour" : "hours")} of the week";
}
