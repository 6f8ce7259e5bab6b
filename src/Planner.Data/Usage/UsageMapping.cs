namespace Planner.Data.Usage;

/// <summary>
/// What the columns of a table of usage mean. A member is the name of a column, null where there is none. No column is read that is not named here, so prompts and
/// answers are never touched.
/// </summary>
public sealed record UsageMapping
{
    /// <summary>True where a row is one request; false where rows are sums over some time.</summary>
    public bool RowIsRequest { get; init; } = true;

    /// <summary>Column that names a request for good; rows of the same name count once.</summary>
    public string? Id { get; init; }

    /// <summary>Columns that, with time, seller and model, tell apart the sums of one time, such as a project; empty for none.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>Column of the time at which a request or the time of a sum began: ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970.</summary>
    public string? Start { get; init; }

    /// <summary>Column of the time at which it ended.</summary>
    public string? End { get; init; }

    /// <summary>Column of the time of the first token.</summary>
    public string? FirstToken { get; init; }

    /// <summary>Column of how long the request took.</summary>
    public string? Duration { get; init; }

    /// <summary>Column of how long the first token took (TTFT).</summary>
    public string? Ttft { get; init; }

    /// <summary>True where <see cref="Duration"/> and <see cref="Ttft"/> are seconds; milliseconds otherwise.</summary>
    public bool DurationsInSeconds { get; init; }

    /// <summary>Column of who served it.</summary>
    public string? Seller { get; init; }

    /// <summary>Who served rows that name nobody; null for unknown.</summary>
    public string? DefaultSeller { get; init; }

    /// <summary>Column of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Column of how many requests a row sums up; without one, sums do not say.</summary>
    public string? Requests { get; init; }

    /// <summary>Column of how many of them failed.</summary>
    public string? Failed { get; init; }

    /// <summary>Column of prompt tokens.</summary>
    public string? Input { get; init; }

    /// <summary>True where <see cref="Input"/> leaves out the tokens that were read from or written to the cache, as Anthropic counts; OpenAI counts them in.</summary>
    public bool CachedOutsideInput { get; init; }

    /// <summary>Column of prompt tokens read from the cache.</summary>
    public string? CacheRead { get; init; }

    /// <summary>Columns of prompt tokens written to the cache, to be added up.</summary>
    public IReadOnlyList<string> CacheWrite { get; init; } = [];

    /// <summary>Column of generated tokens.</summary>
    public string? Output { get; init; }

    /// <summary>Column of what it cost.</summary>
    public string? Cost { get; init; }

    /// <summary>True where <see cref="Cost"/> is in cents; in units of the currency otherwise.</summary>
    public bool CostInCents { get; init; }

    /// <summary>True where numbers have a comma before decimals, as in 1.234,56; false for a dot, as in 1,234.56; null to tell from the numbers, and to leave out those that may mean either.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>Column of the currency; rows of another than USD are left out.</summary>
    public string? Currency { get; init; }

    /// <summary>Column that tells whether the request succeeded: a word such as failure or error, or an HTTP status.</summary>
    public string? Status { get; init; }

    /// <summary>Column that tells whether it went through a batch API: true, yes, 1 or batch.</summary>
    public string? Batch { get; init; }

    /// <summary>Column that tells whether a row is usage at all: true, yes or 1. Rows that are none are left out.</summary>
    public string? Usage { get; init; }

    /// <summary>IANA time zone of times that do not name one.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>All columns that are named, each once.</summary>
    public IEnumerable<string> Columns =>
        new[] { Id, Start, End, FirstToken, Duration, Ttft, Seller, Model, Requests, Failed, Input, CacheRead, Output, Cost, Currency, Status, Batch, Usage }
            .Concat(CacheWrite).Concat(Dimensions).OfType<string>().Distinct(StringComparer.Ordinal);
}
