using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Rules about the price of an API; those of an instance's price are beside them.</summary>
internal static class ApiRulebook
{
    /// <summary>Days from which on a catalog price is old when the plan begins.</summary>
    internal const int FreshDays = 90;

    public static void Find(RuleFacts facts, ApiOption option)
    {
        var sheet = option.PriceKey is { } key ? facts.Catalog.Prices.GetValueOrDefault(key) : null;
        if ((option.Price ?? sheet?.Prices) is not { } prices)
            return;
        var workload = facts.Workload;
        if (option.Price is not null && prices.InputUsdPerM is > 0 and { } flat && prices.OutputUsdPerM == flat && workload.InputTokens > 0 && workload.OutputTokens > 0)
            facts.Tell("blended-price", AdviceTexts.BlendedPrice.With(option.Name, facts.Rate((double)flat)), option.Id);
        if (prices.InputUsdPerM == 0 && workload.InputTokens > 0)
            facts.Tell("free-api-price", AdviceTexts.FreeApiPrice.With(option.Name, AdviceTexts.WordPrompts), option.Id);
        if (prices.OutputUsdPerM == 0 && workload.OutputTokens + workload.ReasoningTokens > 0)
            facts.Tell("free-api-price", AdviceTexts.FreeApiPrice.With(option.Name, AdviceTexts.WordAnswers), option.Id);
        if (OddityOf(prices) is { } odd)
            facts.Tell("price-odd", AdviceTexts.PriceOdd.With(option.Name, odd), option.Id);
        if (option.Price is not null)
            return;
        FindStale(facts, option, sheet!.Provenance);
        if (sheet.OtherQuotes is [var other, ..])
            TellDisputed(facts, option, sheet.Provenance, InWords(facts, prices), other.Provenance, InWords(facts, other.Prices));
    }

    /// <summary>Another source's price of an instance, where there is one.</summary>
    public static void FindDisputed(RuleFacts facts, Option option, Instance instance)
    {
        if (instance.OtherQuotes is [var other, ..])
            TellDisputed(facts, option, instance.Provenance, InWords(facts, instance.Prices), other.Provenance, InWords(facts, other.Prices));
    }

    private static void TellDisputed(RuleFacts facts, Option option, Provenance own, string ownPrices, Provenance other, string otherPrices) =>
        facts.Tell("price-disputed", AdviceTexts.PriceDisputed.With(option.Name, own.Source, ownPrices, other.Source, otherPrices, Wording.Day(other.AsOf)), option.Id);

    private static string InWords(RuleFacts facts, TokenPrices prices) =>
        AdviceTexts.PriceDisputedPrices.With(InWords(facts, prices.InputUsdPerM), InWords(facts, prices.OutputUsdPerM), InWords(facts, prices.CacheReadUsdPerM));

    private static string InWords(RuleFacts facts, HourlyPrices prices) =>
        AdviceTexts.PriceDisputedHours.With(InWords(facts, prices.OnDemandUsd), InWords(facts, prices.Reserved1YUsd), InWords(facts, prices.Reserved3YUsd));

    private static string InWords(RuleFacts facts, decimal? usd) => usd is { } known ? facts.Rate((double)known) : AdviceTexts.WordUnknown;

    /// <summary>How old a catalog price is when the plan begins, where it is old.</summary>
    public static void FindStale(RuleFacts facts, Option option, Provenance provenance)
    {
        if (facts.Scenario.FirstDay is { } start && start.DayNumber - provenance.AsOf.DayNumber is > FreshDays and var days)
            facts.Tell("price-stale", AdviceTexts.PriceStale.With(option.Name, Wording.Day(provenance.AsOf), days), option.Id);
    }

    private static string? OddityOf(TokenPrices prices) =>
        prices.OutputUsdPerM > 0 && prices.OutputUsdPerM < prices.InputUsdPerM / 2 ? AdviceTexts.OddAnswers
        : prices.CacheReadUsdPerM > prices.InputUsdPerM ? AdviceTexts.OddCache
        : prices.BatchInputUsdPerM > prices.InputUsdPerM || prices.BatchOutputUsdPerM > prices.OutputUsdPerM ? AdviceTexts.OddBatch
        : null;

    /// <summary>How an instance's prices contradict themselves; null where they do not.</summary>
    public static string? OddityOf(HourlyPrices prices, decimal? onDemand) =>
        prices.SpotUsd > onDemand ? AdviceTexts.OddSpot
        : prices.Reserved1YUsd > onDemand || prices.Reserved3YUsd > onDemand ? AdviceTexts.OddReserved
        : null;
}
