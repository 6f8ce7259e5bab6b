using System.Globalization;
using Planner.Domain.Capacity;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Why an option cannot serve, each reason as the check of a rule with the change that would help.</summary>
internal static class ReasonRulebook
{
    public static void Find(RuleFacts facts)
    {
        for (var i = 0; i < facts.Results.Count; i++)
        {
            var result = facts.Results[i];
            if (result.Feasible)
                continue;
            for (var j = 0; j < result.Reasons.Count; j++)
            {
                var id = result.ReasonRules[j];
                facts.Tell(id, Texts.CheckCannotCarry.With(result.Name, result.Reasons[j]), result.Id, FixOf(facts, i, id));
            }
        }
    }

    private static CheckFix? FixOf(RuleFacts facts, int index, string id) => (id, facts.Scenario.Options[index]) switch
    {
        ("fleet-too-small", SelfHostOption fleet) => FleetRulebook.ForTheLoad(index, fleet),
        ("does-not-fit" or "target-out-of-reach", SelfHostOption) => facts.Results[index].Estimate switch
        {
            { Change: { } change } => new CheckFix(AdviceTexts.FixChange.With(change.Words), [.. change.Inputs.Select(input => RuleFacts.Change(index, input.Member, ValueOf(input)))]),
            { } estimate => Loosened(facts, estimate),
            _ => null,
        },
        ("batch-price-missing", ApiOption { AssumedBatchPriceShare: null }) => RuleFacts.Fix(index, AdviceTexts.FixAssumeBatch, "assumedBatchPriceShare", 0.5m),
        _ => null,
    };

    /// <summary>The target that an idle replica would keep, rounded up to two digits.</summary>
    private static CheckFix? Loosened(RuleFacts facts, CapacityEstimate estimate)
    {
        var slo = facts.Workload.Slo;
        if (estimate is { Limit: "ttft", TtftSeconds: { } first } && slo.TtftMs is not null)
            return new CheckFix(AdviceTexts.FixTtft.With(Wording.Seconds(Up(first))), [new CheckChange("workload.slo.ttftMs", (decimal)(Up(first) * 1000))]);
        return estimate is { Limit: "tpot", TpotSeconds: { } each } && slo.TpotMs is not null
            ? new CheckFix(AdviceTexts.FixTpot.With(Wording.Seconds(Up(each))), [new CheckChange("workload.slo.tpotMs", (decimal)(Up(each) * 1000))])
            : null;
    }

    // A tenth above what an idle replica takes, so that one that serves somebody keeps it too.
    private static double Up(double seconds)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(seconds * 1.1 * 1000)) - 1) / 1000;
        return Math.Ceiling(seconds * 1.1 / unit) * unit;
    }

    /// <summary>A value as the document writes it: a number where it reads as one.</summary>
    private static object ValueOf(InputChange input) => decimal.TryParse(input.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : input.Value;
}
