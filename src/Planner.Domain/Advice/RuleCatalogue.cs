using System.Collections.Frozen;
using Planner.Domain.Planning;

namespace Planner.Domain.Advice;

/// <summary>Every rule that the planner knows: the checks of a result, and this table of the method, are made from it.</summary>
public static class RuleCatalogue
{
    /// <summary>All rules, those that exclude an option first.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("fleet-too-small", CheckSeverities.Error, () => AdviceTexts.FleetTooSmallTitle, () => AdviceTexts.FleetTooSmallWhy),
        new("does-not-fit", CheckSeverities.Error, () => AdviceTexts.DoesNotFitTitle, () => AdviceTexts.DoesNotFitWhy),
        new("target-out-of-reach", CheckSeverities.Error, () => AdviceTexts.TargetOutOfReachTitle, () => AdviceTexts.TargetOutOfReachWhy),
        new("throughput-unknown", CheckSeverities.Error, () => AdviceTexts.ThroughputUnknownTitle, () => AdviceTexts.ThroughputUnknownWhy),
        new("price-unknown", CheckSeverities.Error, () => AdviceTexts.PriceUnknownTitle, () => AdviceTexts.PriceUnknownWhy),
        new("batch-price-missing", CheckSeverities.Error, () => AdviceTexts.BatchPriceMissingTitle, () => AdviceTexts.BatchPriceMissingWhy),
        new("context-too-long", CheckSeverities.Error, () => AdviceTexts.ContextTooLongTitle, () => AdviceTexts.ContextTooLongWhy),
        new("rate-limit", CheckSeverities.Error, () => AdviceTexts.RateLimitTitle, () => AdviceTexts.RateLimitWhy),
        new("data-stays-inside", CheckSeverities.Error, () => AdviceTexts.DataStaysInsideTitle, () => AdviceTexts.DataStaysInsideWhy),
        new("region-not-allowed", CheckSeverities.Error, () => AdviceTexts.RegionNotAllowedTitle, () => AdviceTexts.RegionNotAllowedWhy),
        new("api-withdrawn", CheckSeverities.Error, () => AdviceTexts.ApiWithdrawnTitle, () => AdviceTexts.ApiWithdrawnWhy),
        new("api-too-slow", CheckSeverities.Error, () => AdviceTexts.ApiTooSlowTitle, () => AdviceTexts.ApiTooSlowWhy),
        new("cannot-serve", CheckSeverities.Error, () => AdviceTexts.CannotServeTitle, () => AdviceTexts.CannotServeWhy),
        new("no-baseline", CheckSeverities.Info, () => AdviceTexts.NoBaselineTitle, () => AdviceTexts.NoBaselineWhy),
        new("api-deprecated-in-horizon", CheckSeverities.Warning, () => AdviceTexts.ApiDeprecatedInHorizonTitle, () => AdviceTexts.ApiDeprecatedInHorizonWhy),
        new("api-latency-unknown", CheckSeverities.Info, () => AdviceTexts.ApiLatencyUnknownTitle, () => AdviceTexts.ApiLatencyUnknownWhy),
        new("api-custom-model", CheckSeverities.Warning, () => AdviceTexts.ApiCustomModelTitle, () => AdviceTexts.ApiCustomModelWhy),
        new("api-credits", CheckSeverities.Info, () => AdviceTexts.ApiCreditsTitle, () => AdviceTexts.ApiCreditsWhy),
        new("blended-price", CheckSeverities.Info, () => AdviceTexts.BlendedPriceTitle, () => AdviceTexts.BlendedPriceWhy),
        new("free-api-price", CheckSeverities.Warning, () => AdviceTexts.FreeApiPriceTitle, () => AdviceTexts.FreeApiPriceWhy),
        new("price-odd", CheckSeverities.Warning, () => AdviceTexts.PriceOddTitle, () => AdviceTexts.PriceOddWhy),
        new("price-disputed", CheckSeverities.Warning, () => AdviceTexts.PriceDisputedTitle, () => AdviceTexts.PriceDisputedWhy),
        new("price-stale", CheckSeverities.Warning, () => AdviceTexts.PriceStaleTitle, () => AdviceTexts.PriceStaleWhy),
        new("idle-gpu", CheckSeverities.Warning, () => AdviceTexts.IdleGpuTitle, () => AdviceTexts.IdleGpuWhy),
        new("no-spare", CheckSeverities.Info, () => AdviceTexts.NoSpareTitle, () => AdviceTexts.NoSpareWhy),
        new("no-fallback", CheckSeverities.Warning, () => AdviceTexts.NoFallbackTitle, () => AdviceTexts.NoFallbackWhy),
        new("fallback-not-planned", CheckSeverities.Info, () => AdviceTexts.FallbackNotPlannedTitle, () => AdviceTexts.FallbackNotPlannedWhy),
        new("single-user-engine", CheckSeverities.Warning, () => AdviceTexts.SingleUserEngineTitle, () => AdviceTexts.SingleUserEngineWhy),
        new("spot-without-backup", CheckSeverities.Warning, () => AdviceTexts.SpotWithoutBackupTitle, () => AdviceTexts.SpotWithoutBackupWhy),
        new("people-and-overhead", CheckSeverities.Warning, () => AdviceTexts.PeopleAndOverheadTitle, () => AdviceTexts.PeopleAndOverheadWhy),
        new("overhead-missing", CheckSeverities.Warning, () => AdviceTexts.OverheadMissingTitle, () => AdviceTexts.OverheadMissingWhy),
        new("term-beyond-horizon", CheckSeverities.Warning, () => AdviceTexts.TermBeyondHorizonTitle, () => AdviceTexts.TermBeyondHorizonWhy),
        new("outgrown", CheckSeverities.Warning, () => AdviceTexts.OutgrownTitle, () => AdviceTexts.OutgrownWhy),
        new("cold-start-slow", CheckSeverities.Warning, () => AdviceTexts.ColdStartSlowTitle, () => AdviceTexts.ColdStartSlowWhy),
        new("cold-start-missing", CheckSeverities.Info, () => AdviceTexts.ColdStartMissingTitle, () => AdviceTexts.ColdStartMissingWhy),
        new("comes-again", CheckSeverities.Info, () => AdviceTexts.ComesAgainTitle, () => AdviceTexts.ComesAgainWhy),
        new("hours-paid-twice", CheckSeverities.Warning, () => AdviceTexts.HoursPaidTwiceTitle, () => AdviceTexts.HoursPaidTwiceWhy),
        new("kv-cache-small", CheckSeverities.Warning, () => AdviceTexts.KvCacheSmallTitle, () => AdviceTexts.KvCacheSmallWhy),
        new("awq-on-bf16", CheckSeverities.Warning, () => AdviceTexts.AwqOnBf16Title, () => AdviceTexts.AwqOnBf16Why),
        new("free-quantization", CheckSeverities.Warning, () => AdviceTexts.FreeQuantizationTitle, () => AdviceTexts.FreeQuantizationWhy) { IsOnRequest = true },
        new("tensor-over-pcie", CheckSeverities.Info, () => AdviceTexts.TensorOverPcieTitle, () => AdviceTexts.TensorOverPcieWhy),
        new("wide-band", CheckSeverities.Warning, () => AdviceTexts.WideBandTitle, () => AdviceTexts.WideBandWhy),
        new("stated-but-infeasible", CheckSeverities.Warning, () => AdviceTexts.StatedButInfeasibleTitle, () => AdviceTexts.StatedButInfeasibleWhy),
        new("stated-above-model", CheckSeverities.Warning, () => AdviceTexts.StatedAboveModelTitle, () => AdviceTexts.StatedAboveModelWhy),
        new("stated-below-model", CheckSeverities.Info, () => AdviceTexts.StatedBelowModelTitle, () => AdviceTexts.StatedBelowModelWhy),
        new("right-size", CheckSeverities.Info, () => AdviceTexts.RightSizeTitle, () => AdviceTexts.RightSizeWhy) { IsOnRequest = true },
        new("flat-load", CheckSeverities.Info, () => AdviceTexts.FlatLoadTitle, () => AdviceTexts.FlatLoadWhy),
        new("no-targets", CheckSeverities.Info, () => AdviceTexts.NoTargetsTitle, () => AdviceTexts.NoTargetsWhy),
        new("first-token-only", CheckSeverities.Info, () => AdviceTexts.FirstTokenOnlyTitle, () => AdviceTexts.FirstTokenOnlyWhy),
        new("reasoning-missing", CheckSeverities.Info, () => AdviceTexts.ReasoningMissingTitle, () => AdviceTexts.ReasoningMissingWhy),
        new("quality-not-compared", CheckSeverities.Info, () => AdviceTexts.QualityNotComparedTitle, () => AdviceTexts.QualityNotComparedWhy),
        new("hours-of-month", CheckSeverities.Info, () => AdviceTexts.HoursOfMonthTitle, () => AdviceTexts.HoursOfMonthWhy),
        new("two-baselines", CheckSeverities.Warning, () => AdviceTexts.TwoBaselinesTitle, () => AdviceTexts.TwoBaselinesWhy),
        new("range-off", CheckSeverities.Warning, () => AdviceTexts.RangeOffTitle, () => AdviceTexts.RangeOffWhy),
        new("range-overrides-volume", CheckSeverities.Warning, () => AdviceTexts.RangeOverridesVolumeTitle, () => AdviceTexts.RangeOverridesVolumeWhy),
        new("lever-costs", CheckSeverities.Warning, () => AdviceTexts.LeverCostsTitle, () => AdviceTexts.LeverCostsWhy),
        new("not-used", CheckSeverities.Info, () => AdviceTexts.NotUsedTitle, () => AdviceTexts.NotUsedWhy),
        new("unknown-members", CheckSeverities.Warning, () => AdviceTexts.UnknownMembersTitle, () => AdviceTexts.UnknownMembersWhy),
    ];

    private static readonly FrozenDictionary<string, Rule> ById = All.ToFrozenDictionary(rule => rule.Id);

    /// <summary>A rule by its id; null where there is none.</summary>
    /// <param name="id">The id.</param>
    public static Rule? Find(string id) => ById.GetValueOrDefault(id);
}
