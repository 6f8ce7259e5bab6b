using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>
/// Judges the prices of one row. Bounds catch wrong units; what is odd but possible is published with a mark; a zero is unknown, never the cheapest offer.
/// </summary>
public static class PriceSanity
{
    /// <summary>Highest believable price of prompt tokens, USD per million; the dearest real one is 150 (o1-pro).</summary>
    public const decimal MaxInputUsdPerM = 200;

    /// <summary>Highest believable price of generated tokens, USD per million; the dearest real one is 600 (o1-pro).</summary>
    public const decimal MaxOutputUsdPerM = 1000;

    /// <summary>A generating model below this on both sides is priced by something else (image models by the step), USD per million.</summary>
    public const decimal MinGeneratingUsdPerM = 0.002m;

    private const decimal FarBelow = 0.25m;

    /// <summary>Judges a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="accepted">True where somebody has said that prices out of bounds are right; a negative one never is.</param>
    public static FeedVerdict<TokenPrices> Judge(PriceFeedRow row, bool accepted = false)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (Quarantine(row.Prices, accepted) is { } reason)
            return new(reason, new TokenPrices(), false, []);

        var warnings = new List<string>();
        var embeds = row.Mode == FeedModes.Embedding;
        var isOtherUnit = !embeds && row.Prices is { InputUsdPerM: > 0 and < MinGeneratingUsdPerM, OutputUsdPerM: < MinGeneratingUsdPerM };
        var prices = isOtherUnit ? new TokenPrices() : WithoutZeros(row, embeds, warnings);
        var isUnavailable = isOtherUnit || row.Prices.InputUsdPerM is null || (!embeds && row.Prices.OutputUsdPerM is null);
        if (!isOtherUnit)
            Compare(row, prices, embeds, warnings);
        return new(null, prices, isUnavailable, warnings);
    }

    private static string? Quarantine(TokenPrices prices, bool accepted) => prices.Named().Select(price => Fault(price, accepted)).FirstOrDefault(fault => fault is not null);

    private static string? Fault(NamedPrice price, bool accepted)
    {
        var bound = price.IsOutput ? MaxOutputUsdPerM : MaxInputUsdPerM;
        return price.Usd switch
        {
            null => null,
            < 0 => FeedTexts.RowNegative.With(price.Name),
            _ when price.Usd > bound && !accepted =>
                FeedTexts.RowAboveBound.With(price.Name, price.Usd.Value.ToString("0.########", CultureInfo.InvariantCulture), bound),
            _ => null,
        };
    }

    private static TokenPrices WithoutZeros(PriceFeedRow row, bool embeds, List<string> warnings)
    {
        var stated = row.Prices;
        var isFree = stated is { InputUsdPerM: 0, OutputUsdPerM: 0 } || (embeds && stated.InputUsdPerM == 0);
        if (isFree)
            warnings.Add(PriceWarnings.Zero);
        else
        {
            WarnIf(stated.InputUsdPerM == 0, PriceWarnings.ZeroInput);
            WarnIf(stated.OutputUsdPerM == 0 && !embeds, PriceWarnings.ZeroOutput);
            WarnIf(stated.CacheReadUsdPerM == 0, PriceWarnings.ZeroCacheRead);
            WarnIf(stated.CacheWriteUsdPerM == 0, PriceWarnings.ZeroCacheWrite);
            WarnIf(stated.BatchInputUsdPerM == 0 || (stated.BatchOutputUsdPerM == 0 && !embeds), PriceWarnings.ZeroBatch);
            WarnIf(stated.Tiers.Any(tier => tier.InputUsdPerM == 0 || (tier.OutputUsdPerM == 0 && !embeds)), PriceWarnings.ZeroTier);
        }

        // An embedding generates nothing, so nothing is charged for it, whether the feed says 0 or says nothing.
        var hasInput = stated.InputUsdPerM > 0;
        return stated.Each((kind, usd) => kind switch
        {
            TokenKind.Output when embeds => hasInput ? usd ?? 0 : null,
            TokenKind.BatchOutput when embeds => usd,
            _ => Known(usd),
        }) with
        {
            Tiers = [.. stated.Tiers.Select(tier => tier.Each((_, usd) => Known(usd))).Where(tier => !tier.IsEmpty)],
        };

        void WarnIf(bool applies, string code)
        {
            if (applies)
                warnings.Add(code);
        }
    }

    private static void Compare(PriceFeedRow row, TokenPrices prices, bool embeds, List<string> warnings)
    {
        var input = prices.InputUsdPerM;
        // The feed's own output here: a zero is the worst case of an output that is too cheap.
        WarnIf(row.Mode == FeedModes.Chat && row.Prices.OutputUsdPerM < input / 2, PriceWarnings.OutputBelowHalfInput);
        WarnIf(prices.CacheReadUsdPerM > input, PriceWarnings.CacheReadAboveInput);
        WarnIf(prices.CacheWriteUsdPerM < input, PriceWarnings.CacheWriteBelowInput);
        WarnIf(prices.BatchInputUsdPerM >= input || (!embeds && prices.BatchOutputUsdPerM >= prices.OutputUsdPerM), PriceWarnings.BatchNotCheaper);
        WarnIf(
            prices.BatchInputUsdPerM < input * FarBelow || (!embeds && prices.BatchOutputUsdPerM < prices.OutputUsdPerM * FarBelow),
            PriceWarnings.BatchFarBelow);
        WarnIf(prices.Tiers.Any(tier => tier.InputUsdPerM < input || tier.OutputUsdPerM < prices.OutputUsdPerM), PriceWarnings.TierBelowBase);
        WarnIf(row.ReasoningUsdPerM is { } reasoning && prices.OutputUsdPerM is { } output && reasoning != output, PriceWarnings.ReasoningApart);
        WarnIf(row.HasRangePrices && input is not null, PriceWarnings.RangesNotRead);
        WarnIf(row.IsDiscounted, PriceWarnings.Discounted);
        WarnIf(row.IsPartlyPublic, PriceWarnings.PartlyPublic);

        void WarnIf(bool applies, string code)
        {
            if (applies)
                warnings.Add(code);
        }
    }

    private static decimal? Known(decimal? price) => price == 0 ? null : price;
}
