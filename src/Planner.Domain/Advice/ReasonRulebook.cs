using System.Globalization;
using Planner.Domain.Capacity;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Why an option cannot serve, each reason as the check of a rule with the change that would help.</summary>
internal static class ReasonRulebook
{
    /// <summary>Reasons that are one text with figures put in, and the rules they belong to.</summary>
    private static readonly (string Text, string Id)[] Known =
    [
        (Texts.ReasonNoPrice, "price-unknown"), (Texts.ReasonPriceMissing, "price-unknown"), (Texts.ReasonAnnouncedPriceMissing, "price-unknown"), (Texts.ReasonNoInstancePrice, "price-unknown"),
        (Texts.ReasonContext, "context-too-long"), (Texts.ReasonDataStaysInside, "data-stays-inside"), (Texts.ReasonRegion, "region-not-allowed"), (Texts.ReasonDeprecated, "api-withdrawn"),
        (Texts.ReasonApiTtft, "api-too-slow"), (Texts.ReasonApiTpot, "api-too-slow"), (Texts.ReasonThroughputUnknown, "throughput-unknown"), (Texts.ReasonNotModelled, "throughput-unknown"),
        (Texts.ReasonRateLimit, "rate-limit"), (Texts.ReasonUnits, "rate-limit"),
    ];

    public static void Find(RuleFacts facts)
    {
        for (var i = 0; i < facts.Results.Count; i++)
        {
            var result = facts.Results[i];
            if (result.Feasible)
                continue;
            foreach (var reason in result.Reasons)
            {
                var id = IdOf(result, reason, facts.Workload);
                facts.Tell(id, Wording.Say(Texts.CheckCannotCarry, result.Name, reason), result.Id, FixOf(facts, i, id));
            }
        }
    }

    private static string IdOf(OptionResult result, string reason, Workload workload)
    {
        if (result.Kind == OptionKinds.Hybrid)
            return "cannot-serve";
        if (result.Estimate is { Infeasible: { } infeasible } estimate && reason.StartsWith(infeasible, StringComparison.Ordinal))
            return estimate.Limit == "memory" ? "does-not-fit" : "target-out-of-reach";
        if (workload.BatchShare > 0 && (Reads(reason, Texts.ReasonPriceMissing, Texts.ItemBatchInput) || Reads(reason, Texts.ReasonPriceMissing, Texts.ItemBatchOutput)))
            return "batch-price-missing";
        // Two of the texts end alike, so the kind of the option tells them apart.
        if (result.Kind == OptionKinds.SelfHost && Reads(reason, Texts.ReasonShortfall, null))
            return "fleet-too-small";
        foreach (var (text, id) in Known)
        {
            if (Reads(reason, text, null))
                return id;
        }

        return "cannot-serve";
    }

    /// <summary>True where a reason is a text with figures in its places, the first of which begins with a word where one is asked for.</summary>
    private static bool Reads(string reason, string text, string? first)
    {
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}') + 1);
        if (from < 0)
            return reason == text;
        return reason.AsSpan().StartsWith(text.AsSpan(0, from), StringComparison.Ordinal) && reason.AsSpan().EndsWith(text.AsSpan(to), StringComparison.Ordinal)
            && (first is null || reason.AsSpan(from).StartsWith(first, StringComparison.Ordinal))
            // A text that is all places would fit everything.
            && (from > 0 || to < text.Length);
    }

    private static CheckFix? FixOf(RuleFacts facts, int index, string id) => (id, facts.Scenario.Options[index]) switch
    {
        ("fleet-too-small", SelfHostOption fleet) => FleetRulebook.ForTheLoad(index, fleet),
        ("does-not-fit" or "target-out-of-reach", SelfHostOption) => facts.Results[index].Estimate switch
        {
            { Change: { } change } => new CheckFix(Wording.Say(AdviceTexts.FixChange, change.Words), [.. change.Inputs.Select(input => RuleFacts.Change(index, input.Member, ValueOf(input)))]),
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
            return new CheckFix(Wording.Say(AdviceTexts.FixTtft, Wording.Seconds(Up(first))), [new CheckChange("workload.slo.ttftMs", (decimal)(Up(first) * 1000))]);
        return estimate is { Limit: "tpot", TpotSeconds: { } each } && slo.TpotMs is not null
            ? new CheckFix(Wording.Say(AdviceTexts.FixTpot, Wording.Seconds(Up(each))), [new CheckChange("workload.slo.tpotMs", (decimal)(Up(each) * 1000))])
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
