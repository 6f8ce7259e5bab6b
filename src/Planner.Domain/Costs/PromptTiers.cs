using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>How a workload's prompts fall into a price sheet's tiers.</summary>
internal static class PromptTiers
{
    /// <summary>The part of the workload that one set of prices covers.</summary>
    /// <param name="Prices">The prices; those that a tier leaves open are the base's, save batch and cache write prices where it changes the price they depend on.</param>
    /// <param name="AboveTokens">Prompt length above which they apply; 0 for the base.</param>
    /// <param name="Requests">Share of requests, 0 to 1.</param>
    /// <param name="PromptTokens">Share of prompt tokens, 0 to 1: larger than the share of requests above a limit, since those prompts are the long ones.</param>
    public readonly record struct Band(TokenPrices Prices, decimal AboveTokens, decimal Requests, decimal PromptTokens);

    /// <summary>Splits the workload by the sheet's tiers; bands without requests are left out.</summary>
    /// <param name="prices">The sheet.</param>
    /// <param name="meanTokens">Mean prompt length, tokens.</param>
    /// <param name="cv">Coefficient of variation of the prompt's length; 0 puts all prompts into one band.</param>
    /// <remarks>Prompt lengths are lognormal with that mean and variation; the share of tokens above a limit is the lognormal's partial expectation.</remarks>
    public static List<Band> Split(TokenPrices prices, decimal meanTokens, decimal cv)
    {
        if (prices.Tiers.Count == 0)
            return [new Band(prices, 0, 1, 1)];

        var tiers = prices.Tiers.OrderBy(tier => tier.AboveTokens).ToList();
        var bands = new List<Band>(tiers.Count + 1);
        for (var i = -1; i < tiers.Count; i++)
        {
            var (lowRequests, lowTokens) = i < 0 ? (1m, 1m) : Above(tiers[i].AboveTokens, meanTokens, cv);
            var (highRequests, highTokens) = i + 1 < tiers.Count ? Above(tiers[i + 1].AboveTokens, meanTokens, cv) : (0m, 0m);
            if (lowRequests > highRequests)
                bands.Add(new Band(i < 0 ? prices : Reprice(prices, tiers[i]), i < 0 ? 0 : tiers[i].AboveTokens, lowRequests - highRequests, lowTokens - highTokens));
        }

        return bands;
    }

    private static (decimal Requests, decimal Tokens) Above(decimal limit, decimal mean, decimal cv)
    {
        // A spread this small is none, and its variance would vanish in a double.
        if (cv < 1e-6m || mean == 0 || limit <= 0)
            return mean > limit ? (1, 1) : (0, 0);
        var variance = Math.Log(1 + ((double)cv * (double)cv));
        var sigma = Math.Sqrt(variance);
        var distance = (Math.Log((double)mean) - (variance / 2) - Math.Log((double)limit)) / sigma;
        return ((decimal)NormalDistribution.Cdf(distance), (decimal)NormalDistribution.Cdf(distance + sigma));
    }

    private static TokenPrices Reprice(TokenPrices prices, PriceTier tier) => new TokenPrices().Each((kind, _) => tier.Of(kind) ?? kind switch
    {
        // A tier that changes the input price and names no write or batch price of its own leaves them unknown: writing is then billed as input.
        TokenKind.CacheWrite or TokenKind.BatchInput when tier.InputUsdPerM is not null => null,
        TokenKind.BatchOutput when tier.OutputUsdPerM is not null => null,
        _ => prices.Of(kind),
    });
}
