using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>A fleet's size over the week and the ways its instances are bought, in words.</summary>
internal static class FleetAssumptions
{
    private static string Own => ReportsTexts.YourFigure;

    public static IEnumerable<Assumption> Of(SelfHostOption option, Scenario scenario, CatalogSnapshot catalog)
    {
        yield return new(ReportsTexts.Fleet, Size(option.Fleet), Cold(option.Fleet)) { Paths = SizePaths };
        yield return new(ReportsTexts.Running, Running(option.Fleet, scenario.HoursPerMonth)) { Paths = ["fleet.runningHoursPerMonth", "fleet.offHours"] };
        if (option.PurchaseMix == PurchaseMixes.Cheapest)
            yield return new(ReportsTexts.Bought, ReportsTexts.BoughtCheapest, option.Purchase.Any(share => share.Kind == PurchaseKinds.Spot) ? ReportsTexts.AtMostSpot.With(Format.Percent(option.LargestSpotShare)) : null) { Paths = ["purchaseMix", "maximumSpotShare"] };
        foreach (var (i, share) in option.Purchase.Index())
            yield return Purchase(option, share, catalog) with { Paths = share.Kind == PurchaseKinds.OnDemand ? [$"purchase[{i}]", "instanceUsdPerHour"] : [$"purchase[{i}]"] };
        if (option.Owned is { } owned && option.Purchase.Any(share => share.Kind == PurchaseKinds.Owned))
        {
            foreach (var term in Terms(owned))
                yield return term;
        }

        foreach (var (i, fleet) in option.AdditionalFleets.Index())
            yield return new(fleet.Name, Additional(fleet, scenario.HoursPerMonth), ReportsTexts.AdditionalNote) { Paths = [$"additionalFleets[{i}]"] };
        if (option.Tenancy is { } tenancy)
        {
            yield return new(
                ReportsTexts.Tenants, (tenancy.Kind == Tenancies.Each ? ReportsTexts.TenantsEach : ReportsTexts.TenantsShared).With(Format.Number(tenancy.Tenants)),
                tenancy.Kind == Tenancies.Shared && tenancy.OverheadShare > 0 ? ReportsTexts.TenantsLost.With(Format.Percent(tenancy.OverheadShare)) : null)
            {
                Paths = ["tenancy"],
            };
        }
    }

    private static readonly string[] SizePaths = ["fleet.sizing", "fleet.instances", "fleet.minimumReplicas", "fleet.spareReplicas", "fleet.stepReplicas", "fleet.coldStartMinutes", "fleet.schedule"];

    private static string Size(Fleet fleet)
    {
        var spare = fleet.SpareReplicas > 0 ? ReportsTexts.SizeSpare.With(Format.Number(fleet.SpareReplicas)) : null;
        var least = fleet.MinimumReplicas > 0 ? (fleet.MinimumReplicas == 1 ? ReportsTexts.SizeLeastOne : ReportsTexts.SizeLeastMany).With(Format.Number(fleet.MinimumReplicas)) : null;
        return fleet.Sizing switch
        {
            FleetSizings.Fixed => Listed((fleet.Instances == 1 ? ReportsTexts.SizeFixedOne : ReportsTexts.SizeFixedMany).With(Format.Number(fleet.Instances)), spare),
            FleetSizings.Hourly => Listed(ReportsTexts.SizeHourly, least, fleet.StepReplicas == 1 ? null : ReportsTexts.SizeStep.With(Format.Number(fleet.StepReplicas)), spare),
            FleetSizings.Scheduled => Listed(ReportsTexts.SizeScheduled.With(Format.Number(fleet.Schedule?.Min()), Format.Number(fleet.Schedule?.Max())), spare),
            _ => Listed(ReportsTexts.SizePeak, least, spare),
        };
    }

    private static string? Cold(Fleet fleet) => fleet.ColdStartMinutes > 0 && fleet.Sizing is FleetSizings.Hourly or FleetSizings.Scheduled
        ? ReportsTexts.ColdStart.With(Format.Number(fleet.ColdStartMinutes))
        : null;

    private static string Running(Fleet fleet, decimal hoursPerMonth) => fleet switch
    {
        { RunningHoursPerMonth: { } hours } => ReportsTexts.HoursAMonth.With(Format.Number(hours)),
        { OffHours: { Count: > 0 } off } => ReportsTexts.OffIn.With(HoursInWords.Of(off)),
        { Sizing: FleetSizings.Scheduled } => ReportsTexts.AsScheduled,
        { Sizing: FleetSizings.Hourly } => ReportsTexts.AsNeeded,
        _ => ReportsTexts.AllHours.With(Format.Number(hoursPerMonth)),
    };

    private static Assumption Purchase(SelfHostOption option, PurchaseShare share, CatalogSnapshot catalog)
    {
        var of = share.Share == 1 || option.PurchaseMix == PurchaseMixes.Cheapest ? null : ReportsTexts.OfInstances.With(Format.Percent(share.Share));
        if (share.Kind == PurchaseKinds.Owned)
            return new(ReportsTexts.Owned, Listed(ReportsTexts.OwnedBought, of), Own);
        var instance = option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null;
        var own = share.UsdPerHour ?? (share.Kind == PurchaseKinds.OnDemand ? option.InstanceUsdPerHour : null);
        var price = own ?? option.UsdPerHour(instance, share.Kind);
        var source = own is not null ? Own : instance is null ? null : ReportsTexts.SourceAsOf.With(instance.Provenance.Source, Format.Day(instance.Provenance.AsOf));
        return new(InputChoices.RentedKinds.First(choice => choice.Value == share.Kind).Text, Listed(price is null ? ReportsTexts.PriceNotKnown : ReportsTexts.AnHour.With(Format.Rate(price)), of, Conditions(share)), source);
    }

    private static string? Conditions(PurchaseShare share)
    {
        if (share.UpfrontShare > 0)
            return ReportsTexts.Upfront.With(Format.Percent(share.UpfrontShare));
        if (share.Kind != PurchaseKinds.Spot || share.InterruptionsPerMonth == 0)
            return null;
        var text = share.Backup switch { SpotBackups.Spare => ReportsTexts.SpotSpare, SpotBackups.None => ReportsTexts.SpotNone, _ => ReportsTexts.SpotOnDemand };
        return text.With(Format.Number(share.InterruptionsPerMonth), Format.Number(share.RestartMinutes));
    }

    private static IEnumerable<Assumption> Terms(OwnedHardware owned)
    {
        var residual = owned.ResidualShare > 0 ? ReportsTexts.ThenWorth.With(Format.Percent(owned.ResidualShare)) : null;
        var capital = owned.CostOfCapitalPerYear > 0 ? ReportsTexts.CostOfCapital.With(Format.Percent(owned.CostOfCapitalPerYear)) : null;
        yield return new(ReportsTexts.Machine, Listed(ReportsTexts.MachineValue.With(Format.Money(owned.PriceUsd), Format.Number(owned.LifeMonths)), residual), capital) { Paths = ["owned.priceUsd", "owned.lifeMonths", "owned.residualShare", "owned.costOfCapitalPerYear"] };
        yield return new(ReportsTexts.Power, ReportsTexts.PowerValue.With(Format.Number(owned.PowerKw), Format.Number(owned.Pue), Format.Rate(owned.UsdPerKwh)), Own) { Paths = ["owned.powerKw", "owned.pue", "owned.usdPerKwh"] };
        if (owned.ColocationUsdPerMonth > 0)
            yield return new(ReportsTexts.RackSpace, ReportsTexts.RackSpaceValue.With(Format.Money(owned.ColocationUsdPerMonth)), Own) { Paths = ["owned.colocationUsdPerMonth"] };
        if (owned.SupportSharePerYear > 0)
            yield return new(ReportsTexts.Support, ReportsTexts.SupportValue.With(Format.Percent(owned.SupportSharePerYear)), Own) { Paths = ["owned.supportSharePerYear"] };
        if (owned.SparePartsShare > 0)
            yield return new(ReportsTexts.SpareParts, ReportsTexts.OfThePrice.With(Format.Percent(owned.SparePartsShare)), Own) { Paths = ["owned.sparePartsShare"] };
    }

    private static string Additional(AdditionalFleet fleet, decimal hoursPerMonth)
    {
        var text = fleet.Instances == 1 ? ReportsTexts.AdditionalOne : ReportsTexts.AdditionalMany;
        var fleetInWords = text.With(Format.Number(fleet.Instances), Format.Number(fleet.HoursPerMonth ?? hoursPerMonth), PurchaseWords.Within(fleet.Purchase));
        return fleet.UsdPerHour is { } usd ? ReportsTexts.AtAnHour.With(fleetInWords, Format.Rate(usd)) : fleetInWords;
    }

    private static string Listed(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().OfType<string>());
}

/// <summary>Hours of the week in words.</summary>
internal static class HoursInWords
{
    /// <returns>Such as "42 hours of the week".</returns>
    public static string Of(IReadOnlyList<int>? hours) => (hours is { Count: 1 } ? ReportsTexts.HoursOfWeekOne : ReportsTexts.HoursOfWeekMany).With(hours?.Count ?? 0);
}
