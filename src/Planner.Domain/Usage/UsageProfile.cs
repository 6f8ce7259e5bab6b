using System.Text.Json.Serialization;

namespace Planner.Domain.Usage;

/// <summary>What some requests used. A figure is null where at least one row does not state it: unknown is not zero.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Failed">Requests that failed; not among <paramref name="Requests"/>.</param>
/// <param name="BatchRequests">Requests of <paramref name="Requests"/> that went through a batch API.</param>
/// <param name="InputTokens">Prompt tokens, cached and written ones included.</param>
/// <param name="CacheReadTokens">Prompt tokens that were read from the provider's cache.</param>
/// <param name="CacheWriteTokens">Prompt tokens that were written to the provider's cache.</param>
/// <param name="OutputTokens">Generated tokens, reasoning included.</param>
/// <param name="CostUsd">What the source says that they cost, USD.</param>
public sealed record UsageTotals(
    long? Requests, long? Failed, long? BatchRequests, long? InputTokens, long? CacheReadTokens, long? CacheWriteTokens, long? OutputTokens, decimal? CostUsd)
{
    /// <summary>Nothing used.</summary>
    public static UsageTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Prompt and generated tokens; null where one of them is unknown.</summary>
    [JsonIgnore]
    public long? Tokens => InputTokens + OutputTokens;

    /// <summary>USD per million tokens; null where nothing is known or used.</summary>
    [JsonIgnore]
    public decimal? UsdPerMillionTokens => Tokens is > 0 and var tokens ? CostUsd / tokens * 1_000_000m : null;

    /// <summary>Both together; what one of them does not know is unknown.</summary>
    public static UsageTotals operator +(UsageTotals left, UsageTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(
            left.Requests + right.Requests, left.Failed + right.Failed, left.BatchRequests + right.BatchRequests, left.InputTokens + right.InputTokens,
            left.CacheReadTokens + right.CacheReadTokens, left.CacheWriteTokens + right.CacheWriteTokens, left.OutputTokens + right.OutputTokens, left.CostUsd + right.CostUsd);
    }

    /// <summary>All of them together.</summary>
    public static UsageTotals Sum(IEnumerable<UsageTotals> totals) => totals.Aggregate(None, static (sum, next) => sum + next);
}

/// <summary>Usage within an hour.</summary>
/// <param name="StartUtc">The full hour in which it begins, UTC.</param>
/// <param name="Totals">What was used.</param>
public sealed record UsageHour(DateTime StartUtc, UsageTotals Totals);

/// <summary>Usage of a model on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Seller">Who served it, as the source calls it; null where it does not say.</param>
/// <param name="Model">The model as the source calls it.</param>
/// <param name="Totals">What was used.</param>
public sealed record UsageDay(DateOnly Day, string? Seller, string Model, UsageTotals Totals);

/// <summary>How long prompts or answers are.</summary>
/// <param name="Count">Requests that it is of, at least 1.</param>
/// <param name="Mean">Mean length, tokens.</param>
/// <param name="Cv">Coefficient of variation: standard deviation of the population ÷ mean; 0 where all are alike.</param>
/// <param name="P50">Median, tokens.</param>
/// <param name="P95">95th percentile, tokens.</param>
/// <param name="P99">99th percentile, tokens.</param>
/// <param name="Longest">Longest, tokens.</param>
/// <param name="Bins">Requests by length, rising; empty bins are left out.</param>
public sealed record LengthDistribution(long Count, double Mean, double Cv, long P50, long P95, long P99, long Longest, IReadOnlyList<LengthBin> Bins);

/// <summary>Requests whose length falls into a bin of a logarithmic histogram.</summary>
/// <param name="Index">The bin; see <see cref="From"/>. −1 for requests without any token.</param>
/// <param name="Count">Requests in it.</param>
public readonly record struct LengthBin(int Index, long Count)
{
    /// <summary>Bins of an octave: from one bin to the fourth next, lengths double.</summary>
    public const int PerOctave = 4;

    /// <summary>Shortest length in the bin, tokens: 2^(index ÷ 4).</summary>
    [JsonIgnore]
    public double From => Index < 0 ? 0 : Math.Pow(2, (double)Index / PerOctave);

    /// <summary>First length beyond the bin, tokens.</summary>
    [JsonIgnore]
    public double To => Index < 0 ? 1 : Math.Pow(2, (double)(Index + 1) / PerOctave);
}

/// <summary>How long requests took.</summary>
/// <param name="Count">Requests that it is of, at least 1.</param>
/// <param name="P50Ms">Median, milliseconds.</param>
/// <param name="P95Ms">95th percentile, milliseconds.</param>
/// <param name="P99Ms">99th percentile, milliseconds.</param>
public sealed record LatencyDistribution(long Count, long P50Ms, long P95Ms, long P99Ms);

/// <summary>How finely a source tells when something was used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsageResolution>))]
public enum UsageResolution
{
    /// <summary>Sums of a day: no heat map, no lengths.</summary>
    [JsonStringEnumMemberName("day")]
    Day,

    /// <summary>Sums of an hour or less: a heat map, no lengths.</summary>
    [JsonStringEnumMemberName("hour")]
    Hour,

    /// <summary>Every request by itself.</summary>
    [JsonStringEnumMemberName("request")]
    Request,
}

/// <summary>A measured workload. It holds sums and distributions only: no prompt, no answer, no name of a user.</summary>
public sealed record UsageProfile
{
    /// <summary>Start of the first row, UTC.</summary>
    public required DateTime FromUtc { get; init; }

    /// <summary>End of the last row, UTC; after <see cref="FromUtc"/>.</summary>
    public required DateTime ToUtc { get; init; }

    /// <summary>The coarsest of its rows.</summary>
    public required UsageResolution Resolution { get; init; }

    /// <summary>Usage by hour, in order; hours without any are left out. Of sums of a day, all stands at 00:00.</summary>
    public required IReadOnlyList<UsageHour> Hours { get; init; }

    /// <summary>Usage by day and model, in order.</summary>
    public required IReadOnlyList<UsageDay> Days { get; init; }

    /// <summary>Length of the prompts of answered requests; null where no row is a single request.</summary>
    public LengthDistribution? InputLengths { get; init; }

    /// <summary>Length of the answers; null where no row is a single request.</summary>
    public LengthDistribution? OutputLengths { get; init; }

    /// <summary>Time to first token (TTFT); null where nobody says.</summary>
    public LatencyDistribution? Ttft { get; init; }

    /// <summary>Time from request to the last token; null where nobody says.</summary>
    public LatencyDistribution? Duration { get; init; }

    /// <summary>All of it.</summary>
    [JsonIgnore]
    public UsageTotals Totals => UsageTotals.Sum(Days.Select(day => day.Totals));

    /// <summary>Length of the measured time, days, above 0.</summary>
    [JsonIgnore]
    public double DaysMeasured => (ToUtc - FromUtc).TotalDays;
}
