using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Changes that settle what the options themselves told.</summary>
internal static class FixBook
{
    /// <summary>Share of the instances that stays when spot ones are taken away: the rest of the mixed pool.</summary>
    private const decimal KeptShare = 1 - SelfHostOption.DefaultSpotShare;

    /// <summary>Gives each check that has none its change.</summary>
    public static void Complete(RuleFacts facts, List<Check> checks)
    {
        for (var i = 0; i < checks.Count; i++)
        {
            if (checks[i].Fix is null && FixOf(facts, checks[i]) is { } fix)
                checks[i] = checks[i] with { Fix = fix };
        }
    }

    private static CheckFix? FixOf(RuleFacts facts, Check check)
    {
        if (check.Id == "no-baseline")
            return Baseline(facts);
        if (check.Id == "two-baselines")
            return new CheckFix(AdviceTexts.FixOneBaseline, [new CheckChange("baselineOptionId", null)]);
        if (check.OptionId is not { } id)
            return null;
        for (var i = 0; i < facts.Scenario.Options.Count; i++)
        {
            if (facts.Scenario.Options[i] is SelfHostOption option && option.Id == id)
                return FixOf(facts, check.Id, i, option);
        }

        return null;
    }

    private static CheckFix? FixOf(RuleFacts facts, string id, int index, SelfHostOption option) => id switch
    {
        "people-and-overhead" => RuleFacts.Fix(index, AdviceTexts.FixOverheadNone, "overheadShare", 0m),
        "single-user-engine" => RuleFacts.Fix(index, AdviceTexts.FixEngine, "engine", "vllm"),
        "stated-above-model" or "stated-below-model" => RuleFacts.Fix(index, AdviceTexts.FixModelled, "throughput.kind", ThroughputKinds.Modelled),
        "spot-without-backup" when OnDemandIsKnown(facts, option) => RuleFacts.Fix(
            index, AdviceTexts.FixSpotBackup, "purchase",
            new[] { option.Purchase.First(share => share.Kind == PurchaseKinds.Spot) with { Share = SelfHostOption.DefaultSpotShare }, new PurchaseShare { Share = KeptShare } }),
        _ => null,
    };

    private static bool OnDemandIsKnown(RuleFacts facts, SelfHostOption option) =>
        option.InstanceUsdPerHour is not null || (option.InstanceKey is { } key && facts.Catalog.Instances.GetValueOrDefault(key)?.Prices.OnDemandUsd is not null);

    /// <summary>Who buys no fleet yet pays an API.</summary>
    private static CheckFix? Baseline(RuleFacts facts)
    {
        foreach (var option in facts.Scenario.Options)
        {
            if (option is ApiOption)
                return new CheckFix(AdviceTexts.FixBaseline.With(option.Name), [new CheckChange("baselineOptionId", option.Id)]);
        }

        return null;
    }
}
