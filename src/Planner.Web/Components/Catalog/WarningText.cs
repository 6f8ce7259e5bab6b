using Planner.Data.Feeds;

namespace Planner.Web.Components.Catalog;

/// <summary>Sentences for the codes that a feed's reader leaves with a row.</summary>
public static class WarningText
{
    public static string Of(string code) => code switch
    {
        PriceWarnings.Zero => CatalogTexts.WarningZero,
        PriceWarnings.ZeroInput => CatalogTexts.WarningZeroInput,
        PriceWarnings.ZeroOutput => CatalogTexts.WarningZeroOutput,
        PriceWarnings.ZeroCacheRead => CatalogTexts.WarningZeroCacheRead,
        PriceWarnings.ZeroCacheWrite => CatalogTexts.WarningZeroCacheWrite,
        PriceWarnings.ZeroBatch => CatalogTexts.WarningZeroBatch,
        PriceWarnings.ZeroTier => CatalogTexts.WarningZeroTier,
        PriceWarnings.OutputBelowHalfInput => CatalogTexts.WarningOutputBelowHalfInput,
        PriceWarnings.CacheReadAboveInput => CatalogTexts.WarningCacheReadAboveInput,
        PriceWarnings.CacheWriteBelowInput => CatalogTexts.WarningCacheWriteBelowInput,
        PriceWarnings.BatchNotCheaper => CatalogTexts.WarningBatchNotCheaper,
        PriceWarnings.BatchFarBelow => CatalogTexts.WarningBatchFarBelow,
        PriceWarnings.TierBelowBase => CatalogTexts.WarningTierBelowBase,
        PriceWarnings.ReasoningApart => CatalogTexts.WarningReasoningApart,
        PriceWarnings.RangesNotRead => CatalogTexts.WarningRangesNotRead,
        PriceWarnings.Discounted => CatalogTexts.WarningDiscounted,
        PriceWarnings.PartlyPublic => CatalogTexts.WarningPartlyPublic,
        PriceWarnings.Moved => CatalogTexts.WarningMoved,
        InstanceWarnings.GpuMemoryApart => CatalogTexts.WarningGpuMemoryApart,
        InstanceWarnings.SpotNotCheaper => CatalogTexts.WarningSpotNotCheaper,
        InstanceWarnings.SpotFarBelow => CatalogTexts.WarningSpotFarBelow,
        InstanceWarnings.SpotAlone => CatalogTexts.WarningSpotAlone,
        InstanceWarnings.ReservedAboveOnDemand => CatalogTexts.WarningReservedAboveOnDemand,
        InstanceWarnings.CheapRegion => CatalogTexts.WarningCheapRegion,
        InstanceWarnings.DearRegion => CatalogTexts.WarningDearRegion,
        _ => CatalogTexts.WarningOther.With(code),
    };
}
