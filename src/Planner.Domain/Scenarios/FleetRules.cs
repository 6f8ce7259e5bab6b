using Planner.Domain.Loads;

namespace Planner.Domain.Scenarios;

/// <summary>Ranges of a fleet's size, hours and ways of buying.</summary>
internal static class FleetRules
{
    private static readonly string[] RentedKinds = [.. PurchaseKinds.All.Where(kind => kind != PurchaseKinds.Owned)];

    public static void Check(SelfHostOption option, string path, decimal hoursPerMonth, FaultList faults)
    {
        CheckFleet(option.Fleet, $"{path}.fleet", hoursPerMonth, faults);
        CheckPurchase(option, $"{path}.purchase", hoursPerMonth, faults);
        faults.OneOf($"{path}.purchaseMix", option.PurchaseMix, PurchaseMixes.Stated, PurchaseMixes.Cheapest);
        faults.Between($"{path}.maximumSpotShare", option.MaximumSpotShare, 0, 1);
        if (option.Owned is { } owned)
            CheckOwned(owned, $"{path}.owned", faults);
        else if (option.Purchase.Any(share => share.Kind == PurchaseKinds.Owned))
            faults.Add($"{path}.owned.priceUsd", Texts.OwnedTermsMissing);
        CheckAdditional(option.AdditionalFleets, $"{path}.additionalFleets", hoursPerMonth, faults);
        if (option.Tenancy is not { } tenancy)
            return;
        faults.Between($"{path}.tenancy.tenants", tenancy.Tenants, 1, 10_000);
        faults.OneOf($"{path}.tenancy.kind", tenancy.Kind, Tenancies.Shared, Tenancies.Each);
        faults.Between($"{path}.tenancy.overheadShare", tenancy.OverheadShare, 0, 0.9m);
        if (tenancy.Kind == Tenancies.Each && option.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled)
            faults.Add($"{path}.tenancy.kind", Texts.TenancyNeedsSizing);
    }

    private static void CheckFleet(Fleet fleet, string path, decimal hoursPerMonth, FaultList faults)
    {
        faults.OneOf($"{path}.sizing", fleet.Sizing, FleetSizings.All);
        if (fleet.Sizing == FleetSizings.Fixed && fleet.Instances is null)
            faults.Add($"{path}.instances", Texts.Required);
        faults.Between($"{path}.instances", fleet.Instances, 1, 100_000);
        faults.Between($"{path}.minimumReplicas", fleet.MinimumReplicas, 0, 100_000);
        faults.Between($"{path}.spareReplicas", fleet.SpareReplicas, 0, 1000);
        faults.Between($"{path}.stepReplicas", fleet.StepReplicas, 1, 1000);
        faults.Between($"{path}.coldStartMinutes", fleet.ColdStartMinutes, 0, 60);
        if (fleet.Schedule is { } schedule && (schedule.Count != LoadWeek.Hours || schedule.Any(replicas => replicas is < 0 or > 100_000)))
            faults.Add($"{path}.schedule", Texts.ScheduleForm);
        if (fleet.Sizing == FleetSizings.Scheduled && fleet.Schedule is null)
            faults.Add($"{path}.schedule", Texts.ScheduleForm);
        faults.HoursOfWeek($"{path}.offHours", fleet.OffHours);
        if (fleet.OffHours is { Count: LoadWeek.Hours } || (fleet.OffHours is { Count: > 0 } && fleet.RunningHoursPerMonth is not null))
            faults.Add($"{path}.offHours", Texts.OffHoursLeaveNone);
        if (fleet.RunningHoursPerMonth is not { } hours)
            return;
        if (hours < 1 || hours > hoursPerMonth)
            faults.Add($"{path}.runningHoursPerMonth", Texts.Between.With(1, hoursPerMonth));
        else if (fleet.Sizing is FleetSizings.Hourly or FleetSizings.Scheduled)
            faults.Add($"{path}.runningHoursPerMonth", Texts.RunningHoursOfWeek);
    }

    private static void CheckPurchase(SelfHostOption option, string path, decimal hoursPerMonth, FaultList faults)
    {
        var purchase = option.Purchase;
        foreach (var (i, share) in purchase.Index())
        {
            faults.OneOf($"{path}[{i}].kind", share.Kind, PurchaseKinds.All);
            faults.Between($"{path}[{i}].share", share.Share, 0, 1);
            faults.Between($"{path}[{i}].usdPerHour", share.UsdPerHour, 0, PriceRules.MostUsdPerHour);
            faults.Between($"{path}[{i}].upfrontShare", share.UpfrontShare, 0, 1);
            if (share.UpfrontShare > 0 && PurchaseKinds.TermMonths(share.Kind) is null)
                faults.Add($"{path}[{i}].upfrontShare", Texts.UpfrontNeedsTerm);
            faults.Between($"{path}[{i}].interruptionsPerMonth", share.InterruptionsPerMonth, 0, 1000);
            faults.Between($"{path}[{i}].restartMinutes", share.RestartMinutes, 0, 600);
            if (share.InterruptionsPerMonth is >= 0 and <= 1000 && share.RestartMinutes is >= 0 and <= 600 && share.InterruptionsPerMonth * share.RestartMinutes / 30 > hoursPerMonth)
                faults.Add($"{path}[{i}].restartMinutes", Texts.InterruptedTooLong);
            faults.OneOf($"{path}[{i}].backup", share.Backup, SpotBackups.All);
        }

        if (purchase.Count is 0 or > 8)
            faults.Add(path, purchase.Count == 0 ? Texts.Required : Texts.TooMany.With(8));
        else if (option.PurchaseMix == PurchaseMixes.Cheapest && purchase.GroupBy(share => share.Kind).Any(group => group.Count() > 1))
            faults.Add(path, Texts.PurchaseKindTwice);
        else if (option.PurchaseMix != PurchaseMixes.Cheapest && purchase.Sum(share => Math.Clamp(share.Share, -10, 10)) is var sum && sum != 1)
            faults.Add(path, Texts.SharesSum.With(sum * 100));
    }

    private static void CheckOwned(OwnedHardware owned, string path, FaultList faults)
    {
        faults.Required($"{path}.priceUsd", owned.PriceUsd);
        faults.Between($"{path}.priceUsd", owned.PriceUsd, 0, OptionRules.HighestAmount);
        faults.Between($"{path}.lifeMonths", owned.LifeMonths, 1, 120);
        faults.Between($"{path}.residualShare", owned.ResidualShare, 0, 1);
        faults.Between($"{path}.costOfCapitalPerYear", owned.CostOfCapitalPerYear, 0, 1);
        faults.Required($"{path}.powerKw", owned.PowerKw);
        faults.Between($"{path}.powerKw", owned.PowerKw, 0, 1000);
        faults.Between($"{path}.pue", owned.Pue, 1, 3);
        faults.Required($"{path}.usdPerKwh", owned.UsdPerKwh);
        faults.Between($"{path}.usdPerKwh", owned.UsdPerKwh, 0, 10);
        faults.Between($"{path}.colocationUsdPerMonth", owned.ColocationUsdPerMonth, 0, 1e6m);
        faults.Between($"{path}.supportSharePerYear", owned.SupportSharePerYear, 0, 1);
        faults.Between($"{path}.sparePartsShare", owned.SparePartsShare, 0, 1);
    }

    private static void CheckAdditional(IReadOnlyList<AdditionalFleet> fleets, string path, decimal hoursPerMonth, FaultList faults)
    {
        if (fleets.Count > 20)
            faults.Add(path, Texts.TooMany.With(20));
        foreach (var (i, fleet) in fleets.Index())
        {
            faults.Name($"{path}[{i}].name", fleet.Name);
            faults.Between($"{path}[{i}].instances", fleet.Instances, 1, 100_000);
            faults.Between($"{path}[{i}].hoursPerMonth", fleet.HoursPerMonth, 0, hoursPerMonth);
            faults.OneOf($"{path}[{i}].purchase", fleet.Purchase, RentedKinds);
            faults.Between($"{path}[{i}].usdPerHour", fleet.UsdPerHour, 0, PriceRules.MostUsdPerHour);
        }
    }
}
