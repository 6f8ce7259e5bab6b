using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>Ways to need fewer or cheaper tokens. Each is absent where null; one that is there counts unless it is switched off.</summary>
/// <remarks>What they do to the workload, and in which order: <see cref="Costs.LeverEffect"/>.</remarks>
public sealed record TokenLevers : DocumentNode
{
    /// <summary>Shorter prompts.</summary>
    public PromptCompression? PromptCompression { get; init; }

    /// <summary>Answers served again without asking a model.</summary>
    public ResponseCache? ResponseCache { get; init; }

    /// <summary>Prompts arranged so that their beginning is found in a cache.</summary>
    public PrefixCache? PrefixCache { get; init; }

    /// <summary>Shorter answers.</summary>
    public OutputLimit? OutputLimit { get; init; }

    /// <summary>A smaller model for a part of the requests.</summary>
    public Distillation? Distillation { get; init; }

    /// <summary>Requests that wait for a batch API.</summary>
    public BatchApi? BatchApi { get; init; }

    /// <summary>Ids of the levers that are switched on, in the order in which they act.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> On => [.. LeverIds.All.Where(IsOn)];

    /// <summary>Is a lever switched on?</summary>
    /// <param name="id">One of <see cref="LeverIds.All"/>.</param>
    public bool IsOn(string id) => id switch
    {
        LeverIds.ResponseCache => ResponseCache is { On: true },
        LeverIds.PromptCompression => PromptCompression is { On: true },
        LeverIds.PrefixCache => PrefixCache is { On: true },
        LeverIds.OutputLimit => OutputLimit is { On: true },
        LeverIds.BatchApi => BatchApi is { On: true },
        LeverIds.Distillation => Distillation is { On: true },
        _ => false,
    };

    /// <summary>The same levers free of charge: the parts of a mix, which pays for them once.</summary>
    internal TokenLevers WithoutCosts() => this with
    {
        ResponseCache = ResponseCache is { } cache ? cache with { UsdPerMonth = null } : null,
        PromptCompression = PromptCompression is { } compression ? compression with { UsdPerMillionTokens = null } : null,
        Distillation = Distillation is { } smaller ? smaller with { OneOffUsd = null } : null,
    };

    /// <summary>The same levers with only some of them.</summary>
    internal TokenLevers Only(ICollection<string> ids) => this with
    {
        ResponseCache = ids.Contains(LeverIds.ResponseCache) ? ResponseCache : null,
        PromptCompression = ids.Contains(LeverIds.PromptCompression) ? PromptCompression : null,
        PrefixCache = ids.Contains(LeverIds.PrefixCache) ? PrefixCache : null,
        OutputLimit = ids.Contains(LeverIds.OutputLimit) ? OutputLimit : null,
        BatchApi = ids.Contains(LeverIds.BatchApi) ? BatchApi : null,
        Distillation = ids.Contains(LeverIds.Distillation) ? Distillation : null,
    };
}

/// <summary>The document's words for the levers.</summary>
public static class LeverIds
{
    /// <summary>Answers served again without asking a model.</summary>
    public const string ResponseCache = "responseCache";

    /// <summary>Shorter prompts.</summary>
    public const string PromptCompression = "promptCompression";

    /// <summary>Prompts whose beginning is found in a cache.</summary>
    public const string PrefixCache = "prefixCache";

    /// <summary>Shorter answers.</summary>
    public const string OutputLimit = "outputLimit";

    /// <summary>Requests that wait for a batch API.</summary>
    public const string BatchApi = "batchApi";

    /// <summary>A smaller model for a part of the requests.</summary>
    public const string Distillation = "distillation";

    /// <summary>All levers in the order in which they act and in which their effects are stacked.</summary>
    public static IReadOnlyList<string> All { get; } = [ResponseCache, PromptCompression, PrefixCache, OutputLimit, BatchApi, Distillation];

    /// <summary>What a lever is called.</summary>
    /// <param name="id">One of <see cref="All"/>.</param>
    public static string NameOf(string id) => id switch
    {
        ResponseCache => Texts.LeverResponseCache,
        PromptCompression => Texts.LeverPromptCompression,
        PrefixCache => Texts.LeverPrefixCache,
        OutputLimit => Texts.LeverOutputLimit,
        BatchApi => Texts.LeverBatchApi,
        _ => Texts.LeverDistillation,
    };
}

/// <summary>Shorter prompts: the part that no cache serves is compressed.</summary>
public sealed record PromptCompression : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the compressible prompt tokens that goes, 0 to 0.999; 0.3 is 30 %.</summary>
    public decimal Share { get; init; } = 0.3m;

    /// <summary>Cost of compressing, USD per million tokens that go into the compressor; null where there is none.</summary>
    public decimal? UsdPerMillionTokens { get; init; }
}

/// <summary>Answers served again without asking a model.</summary>
public sealed record ResponseCache : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the requests that it answers, 0 to 0.999.</summary>
    public decimal HitShare { get; init; } = 0.2m;

    /// <summary>Cost of keeping it, USD a month; null where there is none.</summary>
    public decimal? UsdPerMonth { get; init; }
}

/// <summary>Prompts arranged so that their beginning is found in a cache.</summary>
public sealed record PrefixCache : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the prompt tokens, as typed, that at least is read from the cache, 0 to 0.999.</summary>
    public decimal Share { get; init; } = 0.5m;
}

/// <summary>Shorter answers.</summary>
public sealed record OutputLimit : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the generated tokens that goes, 0 to 0.999; reasoning stays.</summary>
    public decimal Share { get; init; } = 0.2m;
}

/// <summary>A smaller, distilled model that answers a part of the requests.</summary>
public sealed record Distillation : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the requests that go to the smaller model, 0 to 1.</summary>
    public decimal Share { get; init; } = 0.5m;

    /// <summary>An API's prices for the smaller model ÷ those of the option's own, 0 to 1.</summary>
    public decimal ApiPriceShare { get; init; } = 0.2m;

    /// <summary>Throughput of the smaller model on the same machines ÷ that of the option's own, 1 to 1,000.</summary>
    public decimal ThroughputFactor { get; init; } = 4m;

    /// <summary>Cost of making it, USD once; null where there is none.</summary>
    public decimal? OneOffUsd { get; init; }
}

/// <summary>Requests that wait for a batch API.</summary>
public sealed record BatchApi : DocumentNode
{
    /// <summary>False to leave it out of every figure.</summary>
    public bool On { get; init; } = true;

    /// <summary>Share of the requests that at least goes in batches, 0 to 1.</summary>
    public decimal Share { get; init; } = 0.5m;
}
