using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;
using Bases = Planner.Domain.Scenarios.VolumeBases;
using Bought = Planner.Domain.Scenarios.PurchaseKinds;
using Kept = Planner.Domain.Scenarios.Tenancies;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>The words of the document that fields offer, and what they say for them.</summary>
internal static class InputChoices
{
    public static IReadOnlyList<SelectOption> VolumeBases { get; } =
    [
        new(Bases.RequestsPerMonth, "a month"), new(Bases.RequestsPerDay, "a day"), new(Bases.RequestsPerUserPerDay, "a user and day"),
        new(Bases.TokensPerMonth, "tokens a month"), new(Bases.TokensPerDay, "tokens a day"),
    ];

    public static IReadOnlyList<SelectOption> Shapes { get; } =
    [
        new(ShapeKinds.Flat, "The same in every hour"), new(ShapeKinds.BusinessHours, "Business hours"), new(ShapeKinds.ConsumerEvening, "Consumers, evenings"),
        new(ShapeKinds.Peak, "Bursts: a peak-to-mean ratio"), new(ShapeKinds.BatchWindow, "A batch window"), new(ShapeKinds.Weights, "My own hours: a weight for each"),
    ];

    /// <summary>Kinds of throughput; an empty value is modelled.</summary>
    public static IReadOnlyList<SelectOption> Throughputs { get; } =
        [new("", "modelled"), new(ThroughputKinds.Stated, "stated: my own figure"), new(ThroughputKinds.Measured, "measured: from a benchmark")];

    public static IReadOnlyList<SelectOption> TokenBases { get; } =
        [new(ThroughputBases.Total, "input and output"), new(ThroughputBases.Output, "output only"), new(ThroughputBases.Input, "input only (encoders)")];

    /// <summary>What a provisioned unit counts.</summary>
    public static IReadOnlyList<SelectOption> UnitBases { get; } = [new(ThroughputBases.Total, "Input and output tokens"), new(ThroughputBases.Output, "Output tokens")];

    public static IReadOnlyList<SelectOption> Precisions { get; } =
    [
        new("bf16", "BF16"), new("fp16", "FP16"), new("fp8", "FP8"), new("int8", "INT8"), new("int4", "INT4"), new("awq", "INT4 (AWQ)"), new("gptq", "INT4 (GPTQ)"),
        new("nvfp4", "FP4 (NVFP4)"), new("mxfp4", "FP4 (MXFP4)"), new("fp4", "FP4"),
    ];

    public static IReadOnlyList<SelectOption> CachePrecisions { get; } = [new(KvPrecisions.Bf16, "BF16"), new(KvPrecisions.Fp8, "FP8")];

    public static IReadOnlyList<SelectOption> Engines { get; } =
    [
        new("vllm", "vLLM"), new("sglang", "SGLang"), new("tensorrt-llm", "TensorRT-LLM"), new("tgi", "TGI"), new("llama.cpp", "llama.cpp"), new("ollama", "Ollama"),
        new("tei", "Text Embeddings Inference"),
    ];

    public static IReadOnlyList<SelectOption> Sizings { get; } =
    [
        new(FleetSizings.WeeklyPeak, "Sized for the busiest hour"), new(FleetSizings.Hourly, "Autoscaled, hour by hour"), new(FleetSizings.Scheduled, "By a schedule for the week"),
        new(FleetSizings.Fixed, "A fixed number of instances"),
    ];

    public static IReadOnlyList<SelectOption> Mixes { get; } = [new(PurchaseMixes.Stated, "in the shares below"), new(PurchaseMixes.Cheapest, "in the cheapest mix for the week")];

    /// <summary>Ways to get an instance that is not bought.</summary>
    public static IReadOnlyList<SelectOption> RentedKinds { get; } =
        [new(Bought.OnDemand, "On demand"), new(Bought.Spot, "Spot"), new(Bought.Reserved1Y, "Reserved 1 year"), new(Bought.Reserved3Y, "Reserved 3 years")];

    public static IReadOnlyList<SelectOption> PurchaseKinds { get; } = [.. RentedKinds, new(Bought.Owned, "Owned")];

    public static IReadOnlyList<SelectOption> Backups { get; } =
        [new(SpotBackups.OnDemand, "on demand stands in"), new(SpotBackups.Spare, "spare spot runs"), new(SpotBackups.None, "nothing stands in")];

    public static IReadOnlyList<SelectOption> Tenancies { get; } = [new(Kept.Shared, "one shared fleet"), new(Kept.Each, "a fleet each")];

    public static IReadOnlyList<SelectOption> Modes { get; } =
    [
        new(HybridModes.Overflow, "A base fleet, overflow to an API"), new(HybridModes.Hours, "An API in named hours"), new(HybridModes.Tasks, "Each task where it is served best"),
        new(HybridModes.Fallback, "A fleet, an API while it is down"),
    ];

    public static IReadOnlyList<SelectOption> OptionKinds { get; } =
        [new(Domain.Scenarios.OptionKinds.Api, "API"), new(Domain.Scenarios.OptionKinds.SelfHost, "self-hosted"), new(Domain.Scenarios.OptionKinds.Hybrid, "mix")];
}
