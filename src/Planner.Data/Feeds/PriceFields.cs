using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>One price of a sheet.</summary>
/// <param name="Name">Its name in the document, such as <c>inputUsdPerM</c>; a tier's are <c>tiers[272000].inputUsdPerM</c>.</param>
/// <param name="UsdPerM">The price; null for unknown.</param>
/// <param name="IsOutput">Whether it is of generated tokens.</param>
internal readonly record struct NamedPrice(string Name, decimal? UsdPerM, bool IsOutput);

/// <summary>The prices of a sheet one by one.</summary>
internal static class PriceFields
{
    /// <summary>Every price of a sheet, its tiers included.</summary>
    internal static IEnumerable<NamedPrice> Of(TokenPrices prices)
    {
        yield return new("inputUsdPerM", prices.InputUsdPerM, false);
        yield return new("outputUsdPerM", prices.OutputUsdPerM, true);
        yield return new("cacheReadUsdPerM", prices.CacheReadUsdPerM, false);
        yield return new("cacheWriteUsdPerM", prices.CacheWriteUsdPerM, false);
        yield return new("batchInputUsdPerM", prices.BatchInputUsdPerM, false);
        yield return new("batchOutputUsdPerM", prices.BatchOutputUsdPerM, true);
        foreach (var tier in prices.Tiers)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"tiers[{tier.AboveTokens:0.##}].");
            yield return new(prefix + "inputUsdPerM", tier.InputUsdPerM, false);
            yield return new(prefix + "outputUsdPerM", tier.OutputUsdPerM, true);
            yield return new(prefix + "cacheReadUsdPerM", tier.CacheReadUsdPerM, false);
            yield return new(prefix + "cacheWriteUsdPerM", tier.CacheWriteUsdPerM, false);
            yield return new(prefix + "batchInputUsdPerM", tier.BatchInputUsdPerM, false);
            yield return new(prefix + "batchOutputUsdPerM", tier.BatchOutputUsdPerM, true);
        }
    }

    /// <summary>What differs between two states of a sheet.</summary>
    internal static IReadOnlyList<PriceChange> Changes(string key, TokenPrices before, TokenPrices after)
    {
        var old = Of(before).ToDictionary(price => price.Name, price => price.UsdPerM, StringComparer.Ordinal);
        var changes = new List<PriceChange>();
        foreach (var price in Of(after))
        {
            old.Remove(price.Name, out var was);
            if (was != price.UsdPerM)
                changes.Add(new(key, price.Name, was, price.UsdPerM));
        }

        changes.AddRange(old.Where(gone => gone.Value is not null).Select(gone => new PriceChange(key, gone.Key, gone.Value, null)));
        return changes;
    }
}
