using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;
using Bases = Planner.Domain.Scenarios.VolumeBases;
using Bought = Planner.Domain.Scenarios.PurchaseKinds;
using Kept = Planner.Domain.Scenarios.Tenancies;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>The words of the document that fields offer, and what they say for them.</summary>
internal static class InputChoices
{
    public static IReadOnlyList<SelectOption> VolumeBases =>
    [
        new(Bases.RequestsPerMonth, InputsTexts.ChoiceAMonth), new(Bases.RequestsPerDay, InputsTexts.ChoiceADay), new(Bases.RequestsPerUserPerDay, InputsTexts.ChoiceAUserADay),
        new(Bases.TokensPerMonth, InputsTexts.ChoiceTokensAMonth), new(Bases.TokensPerDay, InputsTexts.ChoiceTokensADay),
    ];

    public static IReadOnlyList<SelectOption> Shapes =>
    [
        new(ShapeKinds.Flat, InputsTexts.ShapeFlat), new(ShapeKinds.BusinessHours, InputsTexts.ShapeBusinessHours), new(ShapeKinds.ConsumerEvening, InputsTexts.ShapeConsumerEvening),
        new(ShapeKinds.Peak, InputsTexts.ShapePeak), new(ShapeKinds.BatchWindow, InputsTexts.ShapeBatchWindow), new(ShapeKinds.Weights, InputsTexts.ShapeWeights),
    ];

    /// <summary>Kinds of throughput; an empty value is modelled.</summary>
    public static IReadOnlyList<SelectOption> Throughputs =>
        [new("", InputsTexts.ThroughputModelled), new(ThroughputKinds.Stated, InputsTexts.ThroughputStated), new(ThroughputKinds.Measured, InputsTexts.ThroughputMeasured)];

    public static IReadOnlyList<SelectOption> TokenBases =>
        [new(ThroughputBases.Total, InputsTexts.TokensBoth), new(ThroughputBases.Output, InputsTexts.TokensOutput), new(ThroughputBases.Input, InputsTexts.TokensInput)];

    /// <summary>What a provisioned unit counts.</summary>
    public static IReadOnlyList<SelectOption> UnitBases => [new(ThroughputBases.Total, InputsTexts.UnitTokensBoth), new(ThroughputBases.Output, InputsTexts.UnitTokensOutput)];

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

    public static IReadOnlyList<SelectOption> Sizings =>
    [
        new(FleetSizings.WeeklyPeak, InputsTexts.SizedWeeklyPeak), new(FleetSizings.Hourly, InputsTexts.SizedHourly), new(FleetSizings.Scheduled, InputsTexts.SizedScheduled),
        new(FleetSizings.Fixed, InputsTexts.SizedFixed),
    ];

    public static IReadOnlyList<SelectOption> Mixes => [new(PurchaseMixes.Stated, InputsTexts.MixStated), new(PurchaseMixes.Cheapest, InputsTexts.MixCheapest)];

    /// <summary>Ways to get an instance that is not bought.</summary>
    public static IReadOnlyList<SelectOption> RentedKinds =>
        [.. Bought.Rented.Select(kind => new SelectOption(kind, PurchaseWords.Label(kind)))];

    public static IReadOnlyList<SelectOption> PurchaseKinds => [.. Bought.All.Select(kind => new SelectOption(kind, PurchaseWords.Label(kind)))];

    public static IReadOnlyList<SelectOption> Backups =>
        [new(SpotBackups.OnDemand, InputsTexts.BackupOnDemand), new(SpotBackups.Spare, InputsTexts.BackupSpare), new(SpotBackups.None, InputsTexts.BackupNone)];

    public static IReadOnlyList<SelectOption> Tenancies => [new(Kept.Shared, InputsTexts.TenancyShared), new(Kept.Each, InputsTexts.TenancyEach)];

    public static IReadOnlyList<SelectOption> Modes =>
    [
        new(HybridModes.Overflow, InputsTexts.ModeOverflow), new(HybridModes.Hours, InputsTexts.ModeHours), new(HybridModes.Tasks, InputsTexts.ModeTasks),
        new(HybridModes.Fallback, InputsTexts.ModeFallback),
    ];

    public static IReadOnlyList<SelectOption> OptionKinds =>
        [new(Domain.Scenarios.OptionKinds.Api, "API"), new(Domain.Scenarios.OptionKinds.SelfHost, InputsTexts.KindSelfHosted), new(Domain.Scenarios.OptionKinds.Hybrid, InputsTexts.KindMix)];
}
