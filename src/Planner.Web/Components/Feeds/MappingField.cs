using Planner.Data.Feeds;

namespace Planner.Web.Components.Feeds;

/// <summary>A meaning that a column of a price list can have.</summary>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">The column that has it.</param>
/// <param name="Set">The mapping with another column for it.</param>
public sealed record MappingField(string Label, Func<PriceMapping, string?> Get, Func<PriceMapping, string?, PriceMapping> Set)
{
    /// <summary>What most lists have.</summary>
    public static IReadOnlyList<MappingField> Main =>
    [
        new(FeedsTexts.Seller, mapping => mapping.Seller, (mapping, column) => mapping with { Seller = column }),
        new(FeedsTexts.Model, mapping => mapping.Model, (mapping, column) => mapping with { Model = column }),
        new(FeedsTexts.InputPrice, mapping => mapping.Input, (mapping, column) => mapping with { Input = column }),
        new(FeedsTexts.OutputPrice, mapping => mapping.Output, (mapping, column) => mapping with { Output = column }),
        new(FeedsTexts.Discount, mapping => mapping.Discount, (mapping, column) => mapping with { Discount = column }),
    ];

    /// <summary>What some have.</summary>
    public static IReadOnlyList<MappingField> Further =>
    [
        new(FeedsTexts.CacheReadPrice, mapping => mapping.CacheRead, (mapping, column) => mapping with { CacheRead = column }),
        new(FeedsTexts.CacheWritePrice, mapping => mapping.CacheWrite, (mapping, column) => mapping with { CacheWrite = column }),
        new(FeedsTexts.BatchInputPrice, mapping => mapping.BatchInput, (mapping, column) => mapping with { BatchInput = column }),
        new(FeedsTexts.BatchOutputPrice, mapping => mapping.BatchOutput, (mapping, column) => mapping with { BatchOutput = column }),
        new(FeedsTexts.LongestPrompt, mapping => mapping.Context, (mapping, column) => mapping with { Context = column }),
        new(FeedsTexts.FirstDay, mapping => mapping.EffectiveFrom, (mapping, column) => mapping with { EffectiveFrom = column }),
        new(FeedsTexts.Currency, mapping => mapping.Currency, (mapping, column) => mapping with { Currency = column }),
        new(FeedsTexts.CatalogKey, mapping => mapping.Key, (mapping, column) => mapping with { Key = column }),
    ];
}
