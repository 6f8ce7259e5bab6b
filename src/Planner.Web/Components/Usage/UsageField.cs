using Planner.Data.Usage;

namespace Planner.Web.Components.Usage;

/// <summary>A meaning that a column of a log can have.</summary>
/// <param name="Label">What it is called on screen.</param>
/// <param name="Path">The member of the mapping that faults name.</param>
/// <param name="Get">The column that has it.</param>
/// <param name="Set">The mapping with another column for it.</param>
/// <param name="Hint">What the label does not say; null for nothing.</param>
public sealed record UsageField(string Label, string Path, Func<UsageMapping, string?> Get, Func<UsageMapping, string?, UsageMapping> Set, string? Hint = null)
{
    /// <summary>What most logs have.</summary>
    public static IReadOnlyList<UsageField> Main =>
    [
        new(UsageTexts.Time, "start", mapping => mapping.Start, (mapping, column) => mapping with { Start = column }),
        new(UsageTexts.Seller, "seller", mapping => mapping.Seller, (mapping, column) => mapping with { Seller = column }),
        new(UsageTexts.Model, "model", mapping => mapping.Model, (mapping, column) => mapping with { Model = column }),
        new(UsageTexts.PromptTokens, "input", mapping => mapping.Input, (mapping, column) => mapping with { Input = column }),
        new(UsageTexts.GeneratedTokens, "output", mapping => mapping.Output, (mapping, column) => mapping with { Output = column }),
        new(UsageTexts.CacheReadTokens, "cacheRead", mapping => mapping.CacheRead, (mapping, column) => mapping with { CacheRead = column }),
        new(UsageTexts.CacheWriteTokens, "cacheWrite", mapping => At(mapping.CacheWrite, 0), (mapping, column) => mapping with { CacheWrite = With(mapping.CacheWrite, 0, column) }),
        new(UsageTexts.Cost, "cost", mapping => mapping.Cost, (mapping, column) => mapping with { Cost = column }),
    ];

    /// <summary>What logs with a row a request have.</summary>
    public static IReadOnlyList<UsageField> OfRequests =>
    [
        new(UsageTexts.RequestId, "id", mapping => mapping.Id, (mapping, column) => mapping with { Id = column }, UsageTexts.RequestIdHint),
        new(UsageTexts.Status, "status", mapping => mapping.Status, (mapping, column) => mapping with { Status = column }, UsageTexts.StatusHint),
        new(UsageTexts.Batch, "batch", mapping => mapping.Batch, (mapping, column) => mapping with { Batch = column }),
    ];

    /// <summary>What sums have.</summary>
    public static IReadOnlyList<UsageField> OfSums =>
    [
        new(UsageTexts.Requests, "requests", mapping => mapping.Requests, (mapping, column) => mapping with { Requests = column }),
        new(UsageTexts.FailedRequests, "failed", mapping => mapping.Failed, (mapping, column) => mapping with { Failed = column }),
        new(UsageTexts.EndOfTime, "end", mapping => mapping.End, (mapping, column) => mapping with { End = column }),
    ];

    /// <summary>What some have.</summary>
    public static IReadOnlyList<UsageField> Further =>
    [
        new(UsageTexts.EndOfRequest, "end", mapping => mapping.End, (mapping, column) => mapping with { End = column }),
        new(UsageTexts.FirstTokenTime, "firstToken", mapping => mapping.FirstToken, (mapping, column) => mapping with { FirstToken = column }),
        new(UsageTexts.Duration, "duration", mapping => mapping.Duration, (mapping, column) => mapping with { Duration = column }),
        new(UsageTexts.Ttft, "ttft", mapping => mapping.Ttft, (mapping, column) => mapping with { Ttft = column }),
    ];

    /// <summary>What all kinds may have besides.</summary>
    public static IReadOnlyList<UsageField> Rare =>
    [
        new(UsageTexts.CacheWriteSecond, "cacheWrite", mapping => At(mapping.CacheWrite, 1), (mapping, column) => mapping with { CacheWrite = With(mapping.CacheWrite, 1, column) }, UsageTexts.CacheWriteSecondHint),
        new(UsageTexts.Currency, "currency", mapping => mapping.Currency, (mapping, column) => mapping with { Currency = column }, UsageTexts.CurrencyHint),
        new(UsageTexts.Dimension, "dimensions", mapping => At(mapping.Dimensions, 0), (mapping, column) => mapping with { Dimensions = With(mapping.Dimensions, 0, column) }, UsageTexts.DimensionHint),
        new(UsageTexts.DimensionSecond, "dimensions", mapping => At(mapping.Dimensions, 1), (mapping, column) => mapping with { Dimensions = With(mapping.Dimensions, 1, column) }),
    ];

    private static string? At(IReadOnlyList<string> columns, int place) => columns.ElementAtOrDefault(place);

    private static IReadOnlyList<string> With(IReadOnlyList<string> columns, int place, string? column) =>
        [.. columns.Take(place), .. column is null ? (string[])[] : [column], .. columns.Skip(place + 1)];
}
