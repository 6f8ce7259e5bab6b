using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Shared;

/// <summary>What ways of buying are called.</summary>
internal static class PurchaseWords
{
    /// <summary>As a label: "Reserved 1 year".</summary>
    /// <param name="kind">One of <see cref="PurchaseKinds"/>.</param>
    public static string Label(string kind) => kind switch
    {
        PurchaseKinds.Spot => SharedTexts.PurchaseSpot,
        PurchaseKinds.Reserved1Y => SharedTexts.PurchaseReserved1Y,
        PurchaseKinds.Reserved3Y => SharedTexts.PurchaseReserved3Y,
        PurchaseKinds.Owned => SharedTexts.PurchaseOwned,
        _ => SharedTexts.PurchaseOnDemand,
    };

    /// <summary>Within a sentence: "reserved 1 year".</summary>
    /// <param name="kind">One of <see cref="PurchaseKinds"/>.</param>
    public static string Within(string kind) => kind switch
    {
        PurchaseKinds.Spot => SharedTexts.PurchaseWithinSpot,
        PurchaseKinds.Reserved1Y => SharedTexts.PurchaseWithinReserved1Y,
        PurchaseKinds.Reserved3Y => SharedTexts.PurchaseWithinReserved3Y,
        PurchaseKinds.Owned => SharedTexts.PurchaseWithinOwned,
        _ => SharedTexts.PurchaseWithinOnDemand,
    };
}
