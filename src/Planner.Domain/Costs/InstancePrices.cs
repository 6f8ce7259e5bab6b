using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What an instance of a fleet costs by the way it is bought, and who says so.</summary>
/// <param name="option">The option.</param>
/// <param name="instance">Its instance in the catalog; null where it names none.</param>
/// <param name="hoursPerMonth">Hours of the month.</param>
internal sealed class InstancePrices(SelfHostOption option, Instance? instance, double hoursPerMonth)
{
    /// <summary>A month of a machine that is owned; nothing where a fact of it is missing.</summary>
    public OwnedTerms Owned { get; } = option.Owned is { PriceUsd: not null, PowerKw: not null, UsdPerKwh: not null } owned ? OwnedTerms.Of(owned, hoursPerMonth) : default;

    /// <summary>Price of an instance on demand, USD an hour; null where unknown.</summary>
    public decimal? OnDemandUsdPerHour =>
        option.Purchase.FirstOrDefault(share => share.Kind == PurchaseKinds.OnDemand)?.UsdPerHour ?? option.UsdPerHour(instance, PurchaseKinds.OnDemand);

    /// <summary>The catalog's price of a way of buying, USD an hour; null where unknown.</summary>
    public decimal? ListedUsdPerHour(string kind) => instance?.Prices.Of(kind);

    /// <summary>The ways of buying that the option lists.</summary>
    /// <param name="unpriced">Takes what has no price.</param>
    public Purchases Purchases(List<Reason> unpriced)
    {
        var isCheapest = option.PurchaseMix == PurchaseMixes.Cheapest;
        var ways = new List<PurchaseWay>(option.Purchase.Count);
        foreach (var share in option.Purchase)
        {
            if (!isCheapest && share.Share == 0)
                continue;
            if (WayOf(share) is { } way)
                ways.Add(way);
            // A mix that is to be found cannot choose what has no price, and needs only one that has.
            else if (!isCheapest)
                unpriced.Add(new Reason("price-unknown", Texts.ReasonNoInstancePrice.With(ItemOf(share.Kind))));
        }

        if (isCheapest && ways.Count == 0)
            unpriced.Add(new Reason("price-unknown", Texts.ReasonNoInstancePrice.With(Texts.ItemOnDemand)));
        return new Purchases(ways, isCheapest, (double)option.LargestSpotShare, hoursPerMonth);
    }

    /// <summary>The ways of buying compared: as stated, all on demand, and the cheapest mix of all that have a price.</summary>
    /// <param name="stated">As stated.</param>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public List<PurchaseComparison> Compare(Purchases stated, double[] instances, FleetLevel[] levels)
    {
        var mixes = new List<PurchaseComparison> { stated.Compared("asStated", instances, levels) };
        var ways = PurchaseKinds.All
            .Select(kind => option.Purchase.FirstOrDefault(share => share.Kind == kind) ?? new PurchaseShare { Kind = kind })
            .Where(share => share.Kind != PurchaseKinds.Owned || option.Purchase.Any(listed => listed.Kind == PurchaseKinds.Owned))
            .Select(WayOf).OfType<PurchaseWay>().ToList();
        if (ways.Find(way => way.Share.Kind == PurchaseKinds.OnDemand) is { } onDemand)
            mixes.Add(new Purchases([onDemand], true, 0, hoursPerMonth).Compared("onDemand", instances, levels));
        if (ways.Count > 0)
            mixes.Add(new Purchases(ways, true, (double)option.LargestSpotShare, hoursPerMonth).Compared("cheapest", instances, levels));
        return mixes;
    }

    /// <summary>The way in which a fleet besides the main one is bought; null where it has no price.</summary>
    public PurchaseWay? WayOf(AdditionalFleet fleet) => WayOf(new PurchaseShare { Kind = fleet.Purchase, UsdPerHour = fleet.UsdPerHour });

    private PurchaseWay? WayOf(PurchaseShare share)
    {
        if (share.Kind == PurchaseKinds.Owned)
            return new PurchaseWay(share, ItemOf(share.Kind), Owned.MonthUsd / hoursPerMonth, 0, 0, Texts.SourceOwn);
        if ((share.UsdPerHour ?? option.UsdPerHour(instance, share.Kind)) is not { } price)
            return null;
        var source = (share.UsdPerHour ?? option.OwnUsdPerHour(share.Kind)) is not null ? Texts.SourceOwn : Wording.CatalogSource(instance!.Key, instance.Provenance);
        if (share.Kind != PurchaseKinds.Spot || share.InterruptionsPerMonth * share.RestartMinutes == 0 || share.Backup == SpotBackups.None)
            return new PurchaseWay(share, ItemOf(share.Kind), (double)price, 0, 0, source);

        var lost = (double)(share.InterruptionsPerMonth * share.RestartMinutes) / 60 / hoursPerMonth;
        if (share.Backup == SpotBackups.Spare)
            return new PurchaseWay(share, ItemOf(share.Kind), (double)price, lost / (1 - lost), (double)price, source);
        return option.UsdPerHour(instance, PurchaseKinds.OnDemand) is { } backup
            ? new PurchaseWay(share, ItemOf(share.Kind), (double)price, lost, (double)backup, source)
            : null;
    }

    /// <summary>Name of a way of buying's ledger line.</summary>
    public static string ItemOf(string kind) => kind switch
    {
        PurchaseKinds.Spot => Texts.ItemSpot,
        PurchaseKinds.Reserved1Y => Texts.ItemReserved1Y,
        PurchaseKinds.Reserved3Y => Texts.ItemReserved3Y,
        PurchaseKinds.Owned => Texts.ItemOwned,
        _ => Texts.ItemOnDemand,
    };
}
