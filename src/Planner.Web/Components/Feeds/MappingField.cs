using Planner.Data.Feeds;

namespace Planner.Web.Components.Feeds;

/// <summary>A meaning that a column of a price list can have.</summary>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Get">The column that has it.</param>
/// <param name="Set">The mapping with another column for it.</param>
public sealed record MappingField(string Label, Func<PriceMapping, string?> Get, Func<PriceMapping, string?, PriceMapping> Set)
{
    /// <summary>What most lists have.</summary>
    public static IReadOnlyList<MappingField> Main { get; } =
    [
        new("Seller", mapping => mapping.Seller, (mapping, column) => mapping with { Seller = column }),
        new("Model", mapping => mapping.Model, (mapping, column) => mapping with { Model = column }),
        new("Input price", mapping => mapping.Input, (mapping, column) => mapping with { Input = column }),
        new("Output price", mapping => mapping.Output, (mapping, column) => mapping with { Output = column }),
        new("Discount", mapping => mapping.Discount, (mapping, column) => mapping with { Discount = column }),
    ];

    /// <summary>What some have.</summary>
    public static IReadOnlyList<MappingField> Further { get; } =
    [
        new("Cache read price", mapping => mapping.CacheRead, (mapping, column) => mapping with { CacheRead = column }),
        new("Cache write price", mapping => mapping.CacheWrite, (mapping, column) => mapping with { CacheWrite = column }),
        new("Batch input price", mapping => mapping.BatchInput, (mapping, column) => mapping with { BatchInput = column }),
        new("Batch output price", mapping => mapping.BatchOutput, (mapping, column) => mapping with { BatchOutput = column }),
        new("Longest prompt, tokens", mapping => mapping.Context, (mapping, column) => mapping with { Context = column }),
        new("First day of the price", mapping => mapping.EffectiveFrom, (mapping, column) => mapping with { EffectiveFrom = column }),
        new("Currency", mapping => mapping.Currency, (mapping, column) => mapping with { Currency = column }),
        new("Catalog key (seller:model)", mapping => mapping.Key, (mapping, column) => mapping with { Key = column }),
    ];
}
