using Planner.Domain.Catalogs;

namespace Planner.Web.Components.Instances;

/// <summary>One of the prices of an instance.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Writes it.</param>
public sealed record HourlyField(string Name, string Label, Func<HourlyPrices, decimal?> Get, Func<HourlyPrices, decimal?, HourlyPrices> Set)
{
    public static IReadOnlyList<HourlyField> All { get; } =
    [
        new("onDemandUsd", "On-demand", prices => prices.OnDemandUsd, (prices, usd) => prices with { OnDemandUsd = usd }),
        new("spotUsd", "Spot", prices => prices.SpotUsd, (prices, usd) => prices with { SpotUsd = usd }),
        new("reserved1YUsd", "Reserved 1 year", prices => prices.Reserved1YUsd, (prices, usd) => prices with { Reserved1YUsd = usd }),
        new("reserved3YUsd", "Reserved 3 years", prices => prices.Reserved3YUsd, (prices, usd) => prices with { Reserved3YUsd = usd }),
    ];
}
