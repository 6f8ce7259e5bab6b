namespace Planner.Domain.Scenarios;

/// <summary>A share of the instances bought in one way.</summary>
/// <remarks>Reserved and owned shares are shares of the instances in the busiest hour and stand under the base of the week; the others split what runs above them.</remarks>
public sealed record PurchaseShare : DocumentNode
{
    /// <summary>One of <see cref="PurchaseKinds"/>.</summary>
    public string Kind { get; init; } = PurchaseKinds.OnDemand;

    /// <summary>Share of the instances, 0 to 1.</summary>
    public decimal Share { get; init; } = 1m;

    /// <summary>The user's own price of this kind, USD an hour and instance; null for the catalog's. Not for owned machines.</summary>
    public decimal? UsdPerHour { get; init; }

    /// <summary>Share of a reservation's term paid when it begins, 0 to 1: it moves cash, not cost.</summary>
    public decimal UpfrontShare { get; init; }

    /// <summary>Interruptions of a spot instance in a month of running, 0 to 1,000.</summary>
    public decimal InterruptionsPerMonth { get; init; }

    /// <summary>Minutes until a replacement serves, 0 to 600.</summary>
    public decimal RestartMinutes { get; init; }

    /// <summary>What stands in while a spot instance is gone: <c>onDemand</c>, <c>spare</c> spot instances, or <c>none</c>.</summary>
    public string Backup { get; init; } = SpotBackups.OnDemand;
}

/// <summary>The values of <see cref="PurchaseShare.Kind"/>.</summary>
public static class PurchaseKinds
{
    /// <summary>Paid by the running hour.</summary>
    public const string OnDemand = "onDemand";

    /// <summary>Paid by the running hour, may be taken away.</summary>
    public const string Spot = "spot";

    /// <summary>Committed for a year, paid whether used or not.</summary>
    public const string Reserved1Y = "reserved1y";

    /// <summary>Committed for three years, paid whether used or not.</summary>
    public const string Reserved3Y = "reserved3y";

    /// <summary>Bought: see <see cref="OwnedHardware"/>.</summary>
    public const string Owned = "owned";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [OnDemand, Spot, Reserved1Y, Reserved3Y, Owned];

    /// <summary>Those of instances that are not one's own.</summary>
    public static IReadOnlyList<string> Rented { get; } = [OnDemand, Spot, Reserved1Y, Reserved3Y];

    /// <summary>True where an instance is paid whether used or not.</summary>
    public static bool IsCommitted(string kind) => kind is Reserved1Y or Reserved3Y or Owned;

    /// <summary>Months of a reservation's term; null for other kinds.</summary>
    public static int? TermMonths(string kind) => kind switch { Reserved1Y => 12, Reserved3Y => 36, _ => null };
}

/// <summary>The values of <see cref="PurchaseShare.Backup"/>.</summary>
public static class SpotBackups
{
    /// <summary>On-demand instances run while spot ones are gone.</summary>
    public const string OnDemand = "onDemand";

    /// <summary>More spot instances run all the time.</summary>
    public const string Spare = "spare";

    /// <summary>Nothing does.</summary>
    public const string None = "none";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [OnDemand, Spare, None];
}

/// <summary>The values of <see cref="SelfHostOption.PurchaseMix"/>.</summary>
public static class PurchaseMixes
{
    /// <summary>The shares as stated.</summary>
    public const string Stated = "stated";

    /// <summary>The cheapest mix of the ways listed.</summary>
    public const string Cheapest = "cheapest";
}

/// <summary>Terms of machines that are bought rather than rented. Amounts are of one instance.</summary>
public sealed record OwnedHardware : DocumentNode
{
    /// <summary>Purchase price with everything that is bought with it, USD.</summary>
    public decimal? PriceUsd { get; init; }

    /// <summary>Months over which it is depreciated in a straight line, and after which it is replaced, 1 to 120.</summary>
    public int LifeMonths { get; init; } = 36;

    /// <summary>Value at the end of that life ÷ purchase price, 0 to 1.</summary>
    public decimal ResidualShare { get; init; }

    /// <summary>Cost of capital a year on the mean book value, 0 to 1; 0.1 is 10 %. A charge in the month's cost, no cash.</summary>
    public decimal CostOfCapitalPerYear { get; init; }

    /// <summary>Mean electric power of the machine, kW.</summary>
    public decimal? PowerKw { get; init; }

    /// <summary>Power of the building ÷ power of the machine (PUE), 1 to 3.</summary>
    public decimal Pue { get; init; } = 1.3m;

    /// <summary>Tariff, USD per kWh.</summary>
    public decimal? UsdPerKwh { get; init; }

    /// <summary>Rent of the rack space, USD a month.</summary>
    public decimal ColocationUsdPerMonth { get; init; }

    /// <summary>Maintenance contract a year ÷ purchase price, 0 to 1.</summary>
    public decimal SupportSharePerYear { get; init; }

    /// <summary>Spare parts bought with it ÷ purchase price, 0 to 1; depreciated like it.</summary>
    public decimal SparePartsShare { get; init; }
}
