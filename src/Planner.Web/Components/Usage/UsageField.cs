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
    public static IReadOnlyList<UsageField> Main { get; } =
    [
        new("Time", "start", mapping => mapping.Start, (mapping, column) => mapping with { Start = column }),
        new("Seller", "seller", mapping => mapping.Seller, (mapping, column) => mapping with { Seller = column }),
        new("Model", "model", mapping => mapping.Model, (mapping, column) => mapping with { Model = column }),
        new("Prompt tokens", "input", mapping => mapping.Input, (mapping, column) => mapping with { Input = column }),
        new("Generated tokens", "output", mapping => mapping.Output, (mapping, column) => mapping with { Output = column }),
        new("Tokens read from the cache", "cacheRead", mapping => mapping.CacheRead, (mapping, column) => mapping with { CacheRead = column }),
        new("Tokens written to the cache", "cacheWrite", mapping => At(mapping.CacheWrite, 0), (mapping, column) => mapping with { CacheWrite = With(mapping.CacheWrite, 0, column) }),
        new("Cost", "cost", mapping => mapping.Cost, (mapping, column) => mapping with { Cost = column }),
    ];

    /// <summary>What logs with a row a request have.</summary>
    public static IReadOnlyList<UsageField> OfRequests { get; } =
    [
        new("Request id", "id", mapping => mapping.Id, (mapping, column) => mapping with { Id = column }, "Rows of the same id count once"),
        new("Status", "status", mapping => mapping.Status, (mapping, column) => mapping with { Status = column }, "A word such as success or failure, or an HTTP status"),
        new("Went through a batch API", "batch", mapping => mapping.Batch, (mapping, column) => mapping with { Batch = column }),
    ];

    /// <summary>What sums have.</summary>
    public static IReadOnlyList<UsageField> OfSums { get; } =
    [
        new("Requests", "requests", mapping => mapping.Requests, (mapping, column) => mapping with { Requests = column }),
        new("Failed requests", "failed", mapping => mapping.Failed, (mapping, column) => mapping with { Failed = column }),
        new("End of the time", "end", mapping => mapping.End, (mapping, column) => mapping with { End = column }),
    ];

    /// <summary>What some have.</summary>
    public static IReadOnlyList<UsageField> Further { get; } =
    [
        new("End of the request", "end", mapping => mapping.End, (mapping, column) => mapping with { End = column }),
        new("Time of the first token", "firstToken", mapping => mapping.FirstToken, (mapping, column) => mapping with { FirstToken = column }),
        new("Duration", "duration", mapping => mapping.Duration, (mapping, column) => mapping with { Duration = column }),
        new("Time to first token", "ttft", mapping => mapping.Ttft, (mapping, column) => mapping with { Ttft = column }),
    ];

    /// <summary>What all kinds may have besides.</summary>
    public static IReadOnlyList<UsageField> Rare { get; } =
    [
        new("Written to the cache, second column", "cacheWrite", mapping => At(mapping.CacheWrite, 1), (mapping, column) => mapping with { CacheWrite = With(mapping.CacheWrite, 1, column) }, "Added to the first"),
        new("Currency", "currency", mapping => mapping.Currency, (mapping, column) => mapping with { Currency = column }, "Rows of another than USD are left out"),
        new("Sums are told apart by", "dimensions", mapping => At(mapping.Dimensions, 0), (mapping, column) => mapping with { Dimensions = With(mapping.Dimensions, 0, column) }, "Such as a project or a key; its values are not kept"),
        new("and by", "dimensions", mapping => At(mapping.Dimensions, 1), (mapping, column) => mapping with { Dimensions = With(mapping.Dimensions, 1, column) }),
    ];

    private static string? At(IReadOnlyList<string> columns, int place) => columns.ElementAtOrDefault(place);

    private static IReadOnlyList<string> With(IReadOnlyList<string> columns, int place, string? column) =>
        [.. columns.Take(place), .. column is null ? (string[])[] : [column], .. columns.Skip(place + 1)];
}
