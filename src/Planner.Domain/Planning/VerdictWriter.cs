using Planner.Domain.BreakEvens;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>The answer in one or two sentences.</summary>
internal static class VerdictWriter
{
    public static Verdict Write(Scenario scenario, List<OptionResult> options, List<OptionCost> costs, List<BreakEven> ongoing)
    {
        var cheapest = options.Where(option => option.Feasible).MinBy(option => option.OngoingMonthlyUsd);
        if (cheapest is null)
            return new Verdict(null, Texts.VerdictNone.With(options.SelectMany(option => option.Reasons).FirstOrDefault()), null);

        var baseline = options.FirstOrDefault(option => option.Id == scenario.BaselineOptionId);
        var saving = (scenario.BaselineMonthlyUsd ?? baseline?.OngoingMonthlyUsd) - cheapest.OngoingMonthlyUsd;
        return new Verdict(cheapest.Id, string.Join(" ", Sentences(scenario, cheapest, baseline, options, costs, ongoing)), saving);
    }

    private static IEnumerable<string> Sentences(
        Scenario scenario, OptionResult cheapest, OptionResult? baseline, List<OptionResult> options, List<OptionCost> costs, List<BreakEven> ongoing)
    {
        var currency = DisplayCurrency.Of(scenario);
        string Money(decimal usd) => Wording.Money(usd, currency);
        var month = cheapest.OngoingMonthlyUsd!.Value;
        var requests = Wording.Count((double)scenario.Workload.RequestsPerMonth);
        var others = options.Where(option => option.Id != cheapest.Id && option.OngoingMonthlyUsd is not null).ToList();
        var dearer = others.Where(option => option.OngoingMonthlyUsd >= month).ToList();
        // Of two present bills the measured one counts, and the option named is one among others.
        var bill = baseline is null ? null : scenario.BaselineMonthlyUsd;
        var rival = dearer.FirstOrDefault(option => bill is null && option.Id == baseline?.Id)
            ?? dearer.Where(option => option.Feasible).MinBy(option => option.OngoingMonthlyUsd)
            ?? dearer.MinBy(option => option.OngoingMonthlyUsd);
        yield return bill is { } measured
            ? measured == month ? Texts.VerdictEqualsBill.With(cheapest.Name, Money(month))
                : (measured > month ? Texts.VerdictCheaperThanBill : Texts.VerdictDearerThanBill).With(cheapest.Name, Money(Math.Abs(measured - month)), Money(measured), requests)
            : rival is null
            ? (options.Exists(option => option.OngoingMonthlyUsd is null) ? Texts.VerdictOnlyPriced : Texts.VerdictOnly).With(cheapest.Name, Money(month), requests)
            : rival.OngoingMonthlyUsd == month
                ? Texts.VerdictTie.With(cheapest.Name, rival.Name, Money(month))
                : Texts.VerdictCheaper.With(cheapest.Name, Money(rival.OngoingMonthlyUsd!.Value - month), rival.Name, requests);

        if (others.Where(option => option.OngoingMonthlyUsd < month).MinBy(option => option.OngoingMonthlyUsd) is { } unable)
            yield return Texts.VerdictCheaperCannot.With(unable.Name, Money(month - unable.OngoingMonthlyUsd!.Value), unable.Reasons[0]);

        var ahead = Ahead(cheapest, (double)scenario.Workload.RequestsPerMonth, costs, ongoing, out var explained);
        if (rival is { Feasible: false, Reasons: [var reason, ..] } && rival.Id != explained)
            yield return Texts.VerdictRivalCannot.With(rival.Name, reason);
        if (ahead is not null)
            yield return ahead;
        if (costs.FindAll(cost => cost.IsUnknown) is { Count: > 0 } unknown)
            yield return Texts.VerdictUnpriced.With(unknown.Count, costs.Count, string.Join(", ", unknown.Select(cost => cost.Name)));
    }

    /// <summary>What happens above the scenario's volume: who wins from where to where, or which fleet is full.</summary>
    private static string? Ahead(OptionResult cheapest, double volume, List<OptionCost> costs, List<BreakEven> ongoing, out string? explained)
    {
        explained = null;
        OptionCost Cost(string id) => costs.Single(cost => cost.Id == id);
        var growing = ongoing.Single(found => found.CapacityChecked);
        var index = growing.Crossings.ToList().FindIndex(crossing => crossing.Value > volume);
        if (index >= 0)
        {
            var crossing = growing.Crossings[index];
            // Not cheaper there: the fleet that was is full.
            if (Cost(cheapest.Id) is { IsLimited: true, CarriesRequests: { } full } && full == crossing.Value)
                return Texts.VerdictFull.With(cheapest.Name, Wording.Count(full));
            if (crossing.ToOptionId is not { } next)
                return null;
            var end = index + 1 < growing.Crossings.Count ? growing.Crossings[index + 1].Value : growing.Tail?.AlternatesUntil;
            return end is { } until
                ? Texts.VerdictWinsBetween.With(Cost(next).Name, Wording.Count(crossing.Value), Wording.Count(until))
                : Texts.VerdictWinsAbove.With(Cost(next).Name, Wording.Count(crossing.Value));
        }

        var standing = ongoing.Single(found => !found.CapacityChecked);
        if (standing.Crossings.FirstOrDefault(crossing => crossing.Value > volume) is not { ToOptionId: { } never } beyond
            || Cost(never) is not { IsLimited: true, CarriesRequests: { } carries } limited || carries >= beyond.Value)
            return null;
        explained = never;
        return Texts.VerdictWouldWin.With(limited.Name, Wording.Count(beyond.Value), Wording.Count(carries));
    }
}
