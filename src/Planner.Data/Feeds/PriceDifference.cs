using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>What differs between two states of a price sheet, price by price.</summary>
internal static class PriceDifference
{
    /// <summary>The differences; a tier's prices are named <c>tiers[272000].inputUsdPerM</c>.</summary>
    internal static IReadOnlyList<PriceChange> Of(string key, TokenPrices before, TokenPrices after)
    {
        var changes = new List<PriceChange>();
        Add("inputUsdPerM", before.InputUsdPerM, after.InputUsdPerM);
        Add("outputUsdPerM", before.OutputUsdPerM, after.OutputUsdPerM);
        Add("cacheReadUsdPerM", before.CacheReadUsdPerM, after.CacheReadUsdPerM);
        Add("cacheWriteUsdPerM", before.CacheWriteUsdPerM, after.CacheWriteUsdPerM);
        Add("batchInputUsdPerM", before.BatchInputUsdPerM, after.BatchInputUsdPerM);
        Add("batchOutputUsdPerM", before.BatchOutputUsdPerM, after.BatchOutputUsdPerM);
        foreach (var limit in before.Tiers.Concat(after.Tiers).Select(tier => tier.AboveTokens).Distinct().Order())
        {
            var (old, now) = (TierOf(before, limit), TierOf(after, limit));
            var prefix = string.Create(CultureInfo.InvariantCulture, $"tiers[{limit:0.##}].");
            Add(prefix + "inputUsdPerM", old?.InputUsdPerM, now?.InputUsdPerM);
            Add(prefix + "outputUsdPerM", old?.OutputUsdPerM, now?.OutputUsdPerM);
            Add(prefix + "cacheReadUsdPerM", old?.CacheReadUsdPerM, now?.CacheReadUsdPerM);
            Add(prefix + "cacheWriteUsdPerM", old?.CacheWriteUsdPerM, now?.CacheWriteUsdPerM);
            Add(prefix + "batchInputUsdPerM", old?.BatchInputUsdPerM, now?.BatchInputUsdPerM);
            Add(prefix + "batchOutputUsdPerM", old?.BatchOutputUsdPerM, now?.BatchOutputUsdPerM);
        }

        return changes;

        void Add(string field, decimal? old, decimal? now)
        {
            if (old != now)
                changes.Add(new(key, field, old, now));
        }
    }

    private static PriceTier? TierOf(TokenPrices prices, decimal aboveTokens) => prices.Tiers.FirstOrDefault(tier => tier.AboveTokens == aboveTokens);
}
