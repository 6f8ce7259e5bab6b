namespace Planner.Web.Components.Glossary;

/// <summary>A term of the field.</summary>
/// <param name="Id">Its anchor on the page.</param>
/// <param name="Name">How it is written.</param>
/// <param name="Meaning">What it means, in one to three sentences.</param>
/// <param name="Place">Where it stands in the product.</param>
/// <param name="Href">Address of that place.</param>
internal sealed record GlossaryTerm(string Id, string Name, string Meaning, string Place, string Href)
{
    /// <summary>Address of the term itself.</summary>
    public string Address => $"/glossary#{Id}";

    /// <summary>All terms in the reader's language, by name.</summary>
    public static IReadOnlyList<GlossaryTerm> All() =>
    [
        .. new GlossaryTerm[]
        {
            new("token", GlossaryTexts.TermToken, GlossaryTexts.MeaningToken, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("isl", GlossaryTexts.TermIsl, GlossaryTexts.MeaningIsl, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("osl", GlossaryTexts.TermOsl, GlossaryTexts.MeaningOsl, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("reasoning-tokens", GlossaryTexts.TermReasoningTokens, GlossaryTexts.MeaningReasoningTokens, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("ttft", GlossaryTexts.TermTtft, GlossaryTexts.MeaningTtft, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("tpot", GlossaryTexts.TermTpot, GlossaryTexts.MeaningTpot, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("slo", GlossaryTexts.TermSlo, GlossaryTexts.MeaningSlo, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("prefill", GlossaryTexts.TermPrefill, GlossaryTexts.MeaningPrefill, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("decode", GlossaryTexts.TermDecode, GlossaryTexts.MeaningDecode, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("kv-cache", GlossaryTexts.TermKvCache, GlossaryTexts.MeaningKvCache, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("prefix-cache", GlossaryTexts.TermPrefixCache, GlossaryTexts.MeaningPrefixCache, GlossaryTexts.PlaceLevers, "/examples/support-assistant?view=levers"),
            new("batch-api", GlossaryTexts.TermBatchApi, GlossaryTexts.MeaningBatchApi, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("precision", GlossaryTexts.TermPrecision, GlossaryTexts.MeaningPrecision, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("tensor-parallel", GlossaryTexts.TermTensorParallel, GlossaryTexts.MeaningTensorParallel, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("replica", GlossaryTexts.TermReplica, GlossaryTexts.MeaningReplica, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("fleet", GlossaryTexts.TermFleet, GlossaryTexts.MeaningFleet, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("instance", GlossaryTexts.TermInstance, GlossaryTexts.MeaningInstance, GlossaryTexts.PlaceInstances, "/instances"),
            new("engine", GlossaryTexts.TermEngine, GlossaryTexts.MeaningEngine, GlossaryTexts.PlaceModels, "/models"),
            new("on-demand", GlossaryTexts.TermOnDemand, GlossaryTexts.MeaningOnDemand, GlossaryTexts.PlaceInstances, "/instances"),
            new("spot", GlossaryTexts.TermSpot, GlossaryTexts.MeaningSpot, GlossaryTexts.PlaceInstances, "/instances"),
            new("reserved", GlossaryTexts.TermReserved, GlossaryTexts.MeaningReserved, GlossaryTexts.PlaceInstances, "/instances"),
            new("provisioned", GlossaryTexts.TermProvisioned, GlossaryTexts.MeaningProvisioned, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("cold-start", GlossaryTexts.TermColdStart, GlossaryTexts.MeaningColdStart, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("peak-to-mean", GlossaryTexts.TermPeakToMean, GlossaryTexts.MeaningPeakToMean, GlossaryTexts.PlaceLoad, "/examples/support-assistant?view=load"),
            new("utilization", GlossaryTexts.TermUtilization, GlossaryTexts.MeaningUtilization, GlossaryTexts.PlaceCapacity, "/examples/support-assistant?view=capacity"),
            new("load-factor", GlossaryTexts.TermLoadFactor, GlossaryTexts.MeaningLoadFactor, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("verdict", GlossaryTexts.TermVerdict, GlossaryTexts.MeaningVerdict, GlossaryTexts.PlaceVerdict, "/examples/high-volume-chat"),
            new("working", GlossaryTexts.TermWorking, GlossaryTexts.MeaningWorking, GlossaryTexts.PlaceVerdict, "/examples/high-volume-chat"),
            new("break-even", GlossaryTexts.TermBreakEven, GlossaryTexts.MeaningBreakEven, GlossaryTexts.PlaceVerdict, "/examples/high-volume-chat"),
            new("ledger", GlossaryTexts.TermLedger, GlossaryTexts.MeaningLedger, GlossaryTexts.PlaceLedger, "/examples/high-volume-chat"),
            new("one-off", GlossaryTexts.TermOneOff, GlossaryTexts.MeaningOneOff, GlossaryTexts.PlaceLedger, "/examples/high-volume-chat"),
            new("baseline", GlossaryTexts.TermBaseline, GlossaryTexts.MeaningBaseline, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("payback", GlossaryTexts.TermPayback, GlossaryTexts.MeaningPayback, GlossaryTexts.PlaceHorizon, "/examples/support-assistant?view=horizon"),
            new("npv", GlossaryTexts.TermNpv, GlossaryTexts.MeaningNpv, GlossaryTexts.PlaceHorizon, "/examples/support-assistant?view=horizon"),
            new("discount-rate", GlossaryTexts.TermDiscountRate, GlossaryTexts.MeaningDiscountRate, GlossaryTexts.PlaceHorizon, "/examples/support-assistant?view=horizon"),
            new("uncertainty", GlossaryTexts.TermUncertainty, GlossaryTexts.MeaningUncertainty, GlossaryTexts.PlaceRisk, "/examples/support-assistant?view=risk"),
            new("hybrid", GlossaryTexts.TermHybrid, GlossaryTexts.MeaningHybrid, GlossaryTexts.PlacePlans, "/examples/support-assistant?view=plans"),
            new("pue", GlossaryTexts.TermPue, GlossaryTexts.MeaningPue, GlossaryTexts.PlaceInputs, "/examples/high-volume-chat"),
            new("price-sheet", GlossaryTexts.TermPriceSheet, GlossaryTexts.MeaningPriceSheet, GlossaryTexts.PlacePrices, "/prices"),
            new("feed", GlossaryTexts.TermFeed, GlossaryTexts.MeaningFeed, GlossaryTexts.PlaceFeeds, "/feeds"),
            new("quarantine", GlossaryTexts.TermQuarantine, GlossaryTexts.MeaningQuarantine, GlossaryTexts.PlaceQuarantine, "/feeds/quarantine"),
            new("measurement", GlossaryTexts.TermMeasurement, GlossaryTexts.MeaningMeasurement, GlossaryTexts.PlaceMeasurements, "/measurements"),
            new("rule-of-thumb", GlossaryTexts.TermRuleOfThumb, GlossaryTexts.MeaningRuleOfThumb, GlossaryTexts.PlaceVerdict, "/examples/high-volume-chat"),
        }.OrderBy(term => term.Name, StringComparer.CurrentCultureIgnoreCase),
    ];
}
