using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>What prices must satisfy, be they the catalog's or an option's own.</summary>
public static class PriceRules
{
    internal const decimal HighestTokenPrice = 1e6m;
    internal const decimal MostUsdPerHour = 1e5m;

    /// <summary>Longest prompt of a model and of a tier, tokens.</summary>
    public const decimal LongestPrompt = 1e9m;

    /// <summary>All faults of a catalog's sheet. It has a price, or nothing could be looked up in it; an option's may lack all while it is written, and has no figure until then.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="path">Where they are in what is stored.</param>
    public static IReadOnlyList<Problem> Check(TokenPrices prices, string path)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var faults = new FaultList();
        if (prices.IsEmpty)
            faults.Add(path, Texts.PriceRequired);
        Check(prices, path, faults, inOrder: true);
        return faults.All;
    }

    /// <summary>All faults of a catalog's machine.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="path">Where they are in what is stored.</param>
    public static IReadOnlyList<Problem> Check(HourlyPrices prices, string path)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var faults = new FaultList();
        foreach (var price in prices.Named())
            faults.Between($"{path}.{price.Name}", price.Usd, 0, MostUsdPerHour);
        if (prices.Named().All(price => price.Usd is null))
            faults.Add(path, Texts.PriceRequired);
        return faults.All;
    }

    /// <summary>All faults of an option's own prices.</summary>
    internal static void Check(TokenPrices prices, string path, FaultList faults) => Check(prices, path, faults, inOrder: false);

    /// <param name="prices">The prices.</param>
    /// <param name="path">Where they are.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="inOrder">True where tiers are listed by rising length, as they are shown; a document may list them in any order, since figures sort them.</param>
    private static void Check(TokenPrices prices, string path, FaultList faults, bool inOrder)
    {
        foreach (var kind in PricesByKind.Kinds)
            faults.Between($"{path}.{PricesByKind.NameOf(kind)}", prices.Of(kind), 0, HighestTokenPrice);
        foreach (var (i, tier) in prices.Tiers.Index())
        {
            faults.Above($"{path}.tiers[{i}].aboveTokens", tier.AboveTokens, 0, LongestPrompt);
            if (inOrder && i > 0 && tier.AboveTokens <= prices.Tiers[i - 1].AboveTokens)
                faults.Add($"{path}.tiers[{i}].aboveTokens", Texts.TierOrder);
            else if (!inOrder && prices.Tiers.Take(i).Any(other => other.AboveTokens == tier.AboveTokens))
                faults.Add($"{path}.tiers[{i}].aboveTokens", Texts.TierTwice);
            foreach (var kind in PricesByKind.Kinds)
                faults.Between($"{path}.tiers[{i}].{PricesByKind.NameOf(kind)}", tier.Of(kind), 0, HighestTokenPrice);
        }
    }
}
