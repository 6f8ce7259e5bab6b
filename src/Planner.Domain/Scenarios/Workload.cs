namespace Planner.Domain.Scenarios;

/// <summary>The demand that every option of a scenario must serve.</summary>
public sealed record Workload : DocumentNode
{
    /// <summary>Requests a month, 0 to 10¹².</summary>
    public decimal RequestsPerMonth { get; init; }

    /// <summary>How the volume was typed, where that was not requests a month; null otherwise. It must agree with <see cref="RequestsPerMonth"/>.</summary>
    public VolumeEntry? Volume { get; init; }

    /// <summary>Mean prompt tokens of a request (ISL), cached and written ones included; 0 to 10⁷.</summary>
    public decimal InputTokens { get; init; }

    /// <summary>Mean generated tokens of a request (OSL) without reasoning; 0 to 10⁷.</summary>
    public decimal OutputTokens { get; init; }

    /// <summary>Coefficient of variation of the prompt's length (standard deviation ÷ mean), 0 to 10; 0 means all prompts are alike.</summary>
    public decimal InputCv { get; init; }

    /// <summary>Coefficient of variation of the output's length, 0 to 10.</summary>
    public decimal OutputCv { get; init; }

    /// <summary>Mean hidden reasoning tokens of a request, billed and generated as output.</summary>
    public decimal ReasoningTokens { get; init; }

    /// <summary>Input, output and reasoning tokens of a request.</summary>
    internal decimal TokensPerRequest => InputTokens + OutputTokens + ReasoningTokens;

    /// <summary>Share of prompt tokens read from the provider's prompt cache, 0 to 1.</summary>
    public decimal CacheReadShare { get; init; }

    /// <summary>Share of prompt tokens written to the provider's prompt cache, 0 to 1; with the read share at most 1.</summary>
    public decimal CacheWriteShare { get; init; }

    /// <summary>Share of requests that can wait for a batch API, 0 to 1.</summary>
    public decimal BatchShare { get; init; }

    /// <summary>Extra requests because of retries as a share of requests, 0 to 1; 0.02 is 2 %.</summary>
    public decimal RetryShare { get; init; }

    /// <summary>Growth of requests a month, −0.9 to 2; 0.05 is 5 %. It counts in horizons.</summary>
    public decimal GrowthPerMonth { get; init; }

    /// <summary>Factors on requests by calendar month, 12 from January, 0 to 100 each; null for none. They count in horizons and need a start month.</summary>
    public IReadOnlyList<decimal>? Seasonality { get; init; }

    /// <summary>The season's factor on the requests of a month; 1 where there is none.</summary>
    /// <param name="start">First day of the start month; null where none is set.</param>
    /// <param name="month">Months since the start month, at least 0.</param>
    internal double SeasonOf(DateOnly? start, int month) =>
        Seasonality is { Count: 12 } factors && start is { } first ? (double)factors[(first.Month - 1 + month) % 12] : 1;

    /// <summary>How the month's load spreads over the hours.</summary>
    public LoadShape Shape { get; init; } = new();

    /// <summary>Latency targets.</summary>
    public ServiceLevel Slo { get; init; } = new();

    /// <summary>What an option must offer besides price.</summary>
    public Requirements Requirements { get; init; } = new();

    /// <summary>The same workload at another volume; how the old one was typed is forgotten.</summary>
    /// <param name="requestsPerMonth">Requests a month.</param>
    public Workload At(decimal requestsPerMonth) => this with { RequestsPerMonth = requestsPerMonth, Volume = null };

    /// <summary>Ways to need fewer or cheaper tokens; null for none. The other members stay what was typed: every option serves what the levers leave of this workload.</summary>
    public TokenLevers? Levers { get; init; }
}

/// <summary>How a month's load spreads over the hours of the week.</summary>
public sealed record LoadShape : DocumentNode
{
    /// <summary>One of <see cref="ShapeKinds"/>.</summary>
    public string Kind { get; init; } = ShapeKinds.Flat;

    /// <summary>IANA time zone in which the hours of this shape, of schedules and of named hours are counted.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Load of the busiest hour ÷ mean load of a flat or bursty week, 1 to 1,000; the other shapes have their own.</summary>
    public decimal PeakToMean { get; init; } = 1m;

    /// <summary>Burstiness of arrivals within an hour: the squared coefficient of variation of the times between them, 0.1 to 20; 1 for Poisson, 2 to 4 for many tenants.</summary>
    public decimal Burstiness { get; init; } = 1m;

    /// <summary>168 non-negative hourly weights from Monday 00:00, or null.</summary>
    public IReadOnlyList<decimal>? Weights { get; init; }

    /// <summary>Load of the busiest moment of an hour ÷ the hour's mean, where weights were derived from a shape that bursts within the hour; not part of the document.</summary>
    internal decimal BurstWithinHour { get; init; } = 1m;

    /// <summary>Hours of the week in which a batch window runs, 0 to 167 from Monday 00:00, each once; null for other shapes.</summary>
    public IReadOnlyList<int>? Hours { get; init; }
}

/// <summary>The values of <see cref="LoadShape.Kind"/>.</summary>
public static class ShapeKinds
{
    /// <summary>The same load in every hour; <see cref="LoadShape.PeakToMean"/> may still size for a peak within the hour.</summary>
    public const string Flat = "flat";

    /// <summary>Bursts: a mean load with a stated peak-to-mean ratio.</summary>
    public const string Peak = "peak";

    /// <summary>Office hours, Monday to Friday.</summary>
    public const string BusinessHours = "businessHours";

    /// <summary>Consumers: busiest from 19:00 to 23:00, and on weekends from 17:00.</summary>
    public const string ConsumerEvening = "consumerEvening";

    /// <summary>Everything within named hours, evenly.</summary>
    public const string BatchWindow = "batchWindow";

    /// <summary>168 hourly weights, such as a measured profile.</summary>
    public const string Weights = "weights";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Flat, Peak, BusinessHours, ConsumerEvening, BatchWindow, Weights];
}

/// <summary>Latency targets at a percentile. Modelled capacity keeps them; stated and measured throughput is taken to.</summary>
public sealed record ServiceLevel : DocumentNode
{
    /// <summary>Time to first token, milliseconds; null for no target.</summary>
    public decimal? TtftMs { get; init; }

    /// <summary>Time per output token (ITL), milliseconds; null for no target.</summary>
    public decimal? TpotMs { get; init; }

    /// <summary>Percentile at which the targets hold, 50 to 99.9.</summary>
    public decimal Percentile { get; init; } = 95m;
}

/// <summary>What an option must offer besides price.</summary>
public sealed record Requirements : DocumentNode
{
    /// <summary>True where prompts may not leave the organisation: API options are then infeasible.</summary>
    public bool DataStaysInside { get; init; }

    /// <summary>True where the model is the organisation's own: an API counts only if it hosts that model, which a check says.</summary>
    public bool CustomModel { get; init; }

    /// <summary>Regions allowed; empty for any.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Lowest quality tier allowed, in the user's own scale; null for any.</summary>
    public int? MinimumQualityTier { get; init; }
}
