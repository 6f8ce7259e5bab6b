using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Entities;

/// <summary>Prices of a sheet's row as the domain writes them.</summary>
public static class PriceRowPrices
{
    /// <summary>The feed-side prices.</summary>
    public static TokenPrices FeedPrices(this PriceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new TokenPrices
        {
            InputUsdPerM = Nanos.ToUsd(row.InputNanos),
            OutputUsdPerM = Nanos.ToUsd(row.OutputNanos),
            CacheReadUsdPerM = Nanos.ToUsd(row.CacheReadNanos),
            CacheWriteUsdPerM = Nanos.ToUsd(row.CacheWriteNanos),
            BatchInputUsdPerM = Nanos.ToUsd(row.BatchInputNanos),
            BatchOutputUsdPerM = Nanos.ToUsd(row.BatchOutputNanos),
            Tiers = row.TiersJson is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<PriceTier>>(row.TiersJson, ScenarioJson.Options)!,
        };
    }

    /// <summary>Writes the feed-side prices and leaves the user's alone.</summary>
    public static void SetFeedPrices(this PriceRow row, TokenPrices prices)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(prices);
        row.InputNanos = Nanos.FromUsd(prices.InputUsdPerM);
        row.OutputNanos = Nanos.FromUsd(prices.OutputUsdPerM);
        row.CacheReadNanos = Nanos.FromUsd(prices.CacheReadUsdPerM);
        row.CacheWriteNanos = Nanos.FromUsd(prices.CacheWriteUsdPerM);
        row.BatchInputNanos = Nanos.FromUsd(prices.BatchInputUsdPerM);
        row.BatchOutputNanos = Nanos.FromUsd(prices.BatchOutputUsdPerM);
        row.TiersJson = prices.Tiers.Count == 0 ? null : JsonSerializer.Serialize(prices.Tiers, ScenarioJson.Options);
    }

    /// <summary>The prices that apply: the user's where there are any, else the feed's.</summary>
    public static TokenPrices EffectivePrices(this PriceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.OverrideJson is null ? row.FeedPrices() : ReadPrices(row.OverrideJson);
    }

    /// <summary>The row as the engine reads it, with the prices that apply.</summary>
    public static PriceSheet ToSheet(this PriceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new PriceSheet(row.Key, row.Seller, row.Name, row.EffectivePrices(), row.ContextTokens, row.DeprecatedFrom, row.EffectiveProvenance());
    }

    /// <summary>Prices as stored in an override or a revision.</summary>
    public static string WritePrices(TokenPrices prices) => JsonSerializer.Serialize(prices, ScenarioJson.Options);

    /// <summary>Reads what <see cref="WritePrices"/> wrote.</summary>
    public static TokenPrices ReadPrices(string json) => JsonSerializer.Deserialize<TokenPrices>(json, ScenarioJson.Options)!;
}
