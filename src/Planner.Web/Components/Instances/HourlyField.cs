using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Instances;

/// <summary>One of the prices of an instance.</summary>
/// <param name="Kind">The way of buying that it is for, one of <see cref="PurchaseKinds.Rented"/>.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Quote">The price in a sentence, with a place for it.</param>
public sealed record HourlyField(string Kind, string Label, string Quote)
{
    /// <summary>Its name in the document.</summary>
    public string Name => HourlyPrices.NameOf(Kind);

    public static IReadOnlyList<HourlyField> All =>
    [
        new(PurchaseKinds.OnDemand, InstancesTexts.OnDemand, InstancesTexts.QuoteOnDemand),
        new(PurchaseKinds.Spot, InstancesTexts.Spot, InstancesTexts.QuoteSpot),
        new(PurchaseKinds.Reserved1Y, InstancesTexts.Reserved1Y, InstancesTexts.QuoteReserved1Y),
        new(PurchaseKinds.Reserved3Y, InstancesTexts.Reserved3Y, InstancesTexts.QuoteReserved3Y),
    ];
}
