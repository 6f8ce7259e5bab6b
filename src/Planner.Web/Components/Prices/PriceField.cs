using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Prices;

/// <summary>What applies where a tier leaves a price open.</summary>
public enum OpenTier
{
    /// <summary>The sheet's own price.</summary>
    Base,

    /// <summary>The tier's input price, or the sheet's own where the tier has none.</summary>
    Input,

    /// <summary>Nothing: it is unknown.</summary>
    Unknown,
}

/// <summary>One of the prices of a sheet and of its tiers.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">Reads it from a sheet.</param>
/// <param name="Set">Writes it into a sheet.</param>
/// <param name="GetTier">Reads it from a tier.</param>
/// <param name="SetTier">Writes it into a tier.</param>
public sealed record PriceField(
    string Name, string Label, Func<TokenPrices, decimal?> Get, Func<TokenPrices, decimal?, TokenPrices> Set, Func<PriceTier, decimal?> GetTier,
    Func<PriceTier, decimal?, PriceTier> SetTier)
{
    /// <summary>What applies where a tier leaves it open.</summary>
    public OpenTier Open { get; init; }

    public static IReadOnlyList<PriceField> All =>
    [
        new("inputUsdPerM", PricesTexts.Input, prices => prices.InputUsdPerM, (prices, usd) => prices with { InputUsdPerM = usd },
            tier => tier.InputUsdPerM, (tier, usd) => tier with { InputUsdPerM = usd }),
        new("outputUsdPerM", PricesTexts.Output, prices => prices.OutputUsdPerM, (prices, usd) => prices with { OutputUsdPerM = usd },
            tier => tier.OutputUsdPerM, (tier, usd) => tier with { OutputUsdPerM = usd }),
        new("cacheReadUsdPerM", PricesTexts.CacheRead, prices => prices.CacheReadUsdPerM, (prices, usd) => prices with { CacheReadUsdPerM = usd },
            tier => tier.CacheReadUsdPerM, (tier, usd) => tier with { CacheReadUsdPerM = usd }),
        new("cacheWriteUsdPerM", PricesTexts.CacheWrite, prices => prices.CacheWriteUsdPerM, (prices, usd) => prices with { CacheWriteUsdPerM = usd },
            tier => tier.CacheWriteUsdPerM, (tier, usd) => tier with { CacheWriteUsdPerM = usd }) { Open = OpenTier.Input },
        new("batchInputUsdPerM", PricesTexts.BatchInput, prices => prices.BatchInputUsdPerM, (prices, usd) => prices with { BatchInputUsdPerM = usd },
            tier => tier.BatchInputUsdPerM, (tier, usd) => tier with { BatchInputUsdPerM = usd }) { Open = OpenTier.Unknown },
        new("batchOutputUsdPerM", PricesTexts.BatchOutput, prices => prices.BatchOutputUsdPerM, (prices, usd) => prices with { BatchOutputUsdPerM = usd },
            tier => tier.BatchOutputUsdPerM, (tier, usd) => tier with { BatchOutputUsdPerM = usd }) { Open = OpenTier.Unknown },
    ];

    /// <summary>What a field of a feed's run is called on screen, such as <c>tiers[272000].inputUsdPerM</c>: "Input above 272,000 tokens".</summary>
    public static string LabelOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var tail = name[(name.LastIndexOf('.') + 1)..];
        var label = All.FirstOrDefault(field => field.Name == tail)?.Label ?? name;
        return name.StartsWith("tiers[", StringComparison.Ordinal) && name.IndexOf(']', StringComparison.Ordinal) is > 6 and var end && decimal.TryParse(
            name.AsSpan(6, end - 6), System.Globalization.CultureInfo.InvariantCulture, out var limit)
            ? PricesTexts.LabelAbove.With(label, Shared.Format.Number(limit))
            : label;
    }
}
