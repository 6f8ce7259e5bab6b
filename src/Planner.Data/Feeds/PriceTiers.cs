using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>Tiers of feeds in which every price has limits of its own.</summary>
internal static class PriceTiers
{
    /// <summary>
    /// Fills what a tier leaves out from the one below it: in a sheet a price that is left out is the base's, but in these feeds one that rose at a lower limit
    /// stays risen.
    /// </summary>
    /// <param name="tiers">Tiers by rising limit.</param>
    internal static IReadOnlyList<PriceTier> Complete(IEnumerable<PriceTier> tiers)
    {
        var complete = new List<PriceTier>();
        var below = new PriceTier();
        foreach (var tier in tiers)
        {
            below = tier.Each((kind, usd) => usd ?? below.Of(kind));
            complete.Add(below);
        }

        return complete;
    }
}
