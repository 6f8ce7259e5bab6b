using Planner.Domain.Catalogs;

namespace Planner.Web.Components.Instances;

/// <summary>One of the prices of an instance.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Writes it.</param>
public sealed record HourlyField(string Name, string Label, Func<HourlyPrices, decimal?> Get, Func<HourlyPrices, decimal?, HourlyPrices> Set)
{
    /// <summary>The price in a sentence, with a place for it.</summary>
    public required string Quote { get; init; }

    public static IReadOnlyList<HourlyField> All =>
    [
        new("onDemandUsd", InstancesTexts.OnDemand, prices => prices.OnDemandUsd, (prices, usd) => prices with { OnDemandUsd = usd }) { Quote = InstancesTexts.QuoteOnDemand },
        new("spotUsd", InstancesTexts.Spot, prices => prices.SpotUsd, (prices, usd) => prices with { SpotUsd = usd }) { Quote = InstancesTexts.QuoteSpot },
        new("reserved1YUsd", InstancesTexts.Reserved1Y, prices => prices.Reserved1YUsd, (prices, usd) => prices with { Reserved1YUsd = usd }) { Quote = InstancesTexts.QuoteReserved1Y },
        new("reserved3YUsd", InstancesTexts.Reserved3Y, prices => prices.Reserved3YUsd, (prices, usd) => prices with { Reserved3YUsd = usd }) { Quote = InstancesTexts.QuoteReserved3Y },
    ];
}
