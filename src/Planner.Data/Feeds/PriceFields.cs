using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>One price of a sheet or a machine.</summary>
/// <param name="Name">Its name in the document, such as <c>inputUsdPerM</c> or <c>onDemandUsd</c>; a tier's are <c>tiers[272000].inputUsdPerM</c>.</param>
/// <param name="Usd">The price, USD per million tokens or USD an hour; null for unknown.</param>
/// <param name="IsOutput">Whether it is of generated tokens.</param>
internal readonly record struct NamedPrice(string Name, decimal? Usd, bool IsOutput);

/// <summary>The prices of a row one by one.</summary>
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

    /// <summary>Every price of a machine.</summary>
    internal static IEnumerable<NamedPrice> Of(HourlyPrices prices)
    {
        yield return new("onDemandUsd", prices.OnDemandUsd, false);
        yield return new("spotUsd", prices.SpotUsd, false);
        yield return new("reserved1YUsd", prices.Reserved1YUsd, false);
        yield return new("reserved3YUsd", prices.Reserved3YUsd, false);
    }

    /// <summary>What differs between two states of a row.</summary>
    internal static IReadOnlyList<PriceChange> Changes(string key, IEnumerable<NamedPrice> before, IEnumerable<NamedPrice> after)
    {
        var old = before.ToDictionary(price => price.Name, price => price.Usd, StringComparer.Ordinal);
        var changes = new List<PriceChange>();
        foreach (var price in after)
        {
            old.Remove(price.Name, out var was);
            if (was != price.Usd)
                changes.Add(new(key, price.Name, was, price.Usd));
        }

        changes.AddRange(old.Where(gone => gone.Value is not null).Select(gone => new PriceChange(key, gone.Key, gone.Value, null)));
        return changes;
    }
}
