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
            return new Verdict(null, Wording.Say(Texts.VerdictNone, options.SelectMany(option => option.Reasons).FirstOrDefault()), null);

        var baseline = options.FirstOrDefault(option => option.Id == scenario.BaselineOptionId);
        var saving = (scenario.BaselineMonthlyUsd ?? baseline?.OngoingMonthlyUsd) - cheapest.OngoingMonthlyUsd;
        return new Verdict(cheapest.Id, string.Join(" ", Sentences(scenario, cheapest, baseline, options, costs, ongoing)), saving);
    }

    private static IEnumerable<string> Sentences(
        Scenario scenario, OptionResult cheapest, OptionResult? baseline, List<OptionResult> options, List<OptionCost> costs, List<BreakEven> ongoing)
    {
        var month = cheapest.OngoingMonthlyUsd!.Value;
        var requests = Wording.Count((double)scenario.Workload.RequestsPerMonth);
        var others = options.Where(option => option.Id != cheapest.Id && option.OngoingMonthlyUsd is not null).ToList();
        var dearer = others.Where(option => option.OngoingMonthlyUsd >= month).ToList();
        var rival = dearer.FirstOrDefault(option => option.Id == baseline?.Id)
            ?? dearer.Where(option => option.Feasible).MinBy(option => option.OngoingMonthlyUsd)
            ?? dearer.MinBy(option => option.OngoingMonthlyUsd);
        yield return rival is null
            ? Wording.Say(options.Exists(option => option.OngoingMonthlyUsd is null) ? Texts.VerdictOnlyPriced : Texts.VerdictOnly, cheapest.Name, Wording.Usd(month), requests)
            : rival.OngoingMonthlyUsd == month
                ? Wording.Say(Texts.VerdictTie, cheapest.Name, rival.Name, Wording.Usd(month))
                : Wording.Say(Texts.VerdictCheaper, cheapest.Name, Wording.Usd(rival.OngoingMonthlyUsd!.Value - month), rival.Name, requests);

        if (others.Where(option => option.OngoingMonthlyUsd < month).MinBy(option => option.OngoingMonthlyUsd) is { } unable)
            yield return Wording.Say(Texts.VerdictCheaperCannot, unable.Name, Wording.Usd(month - unable.OngoingMonthlyUsd!.Value), unable.Reasons[0]);

        var volume = (double)scenario.Workload.RequestsPerMonth;
        var growing = ongoing.Single(found => found.CapacityChecked);
        if (growing.Crossings.FirstOrDefault(crossing => crossing.Value > volume) is { ToOptionId: { } next } ahead)
        {
            var again = growing.Crossings.SkipWhile(crossing => crossing != ahead).Skip(1).FirstOrDefault();
            yield return again is null && growing.Tail is null
                ? Wording.Say(Texts.VerdictWinsAbove, costs.Single(cost => cost.Id == next).Name, Wording.Count(ahead.Value))
                : Wording.Say(Texts.VerdictWinsBetween, costs.Single(cost => cost.Id == next).Name, Wording.Count(ahead.Value), Wording.Count(again?.Value ?? growing.Tail!.AlternatesUntil));
        }
        else if (ongoing.Single(found => !found.CapacityChecked).Crossings.FirstOrDefault(crossing => crossing.Value > volume) is { ToOptionId: { } never } beyond
            && costs.Single(cost => cost.Id == never) is { IsLimited: true, CarriesRequests: { } carries } limited && carries < beyond.Value)
            yield return Wording.Say(Texts.VerdictWouldWin, limited.Name, Wording.Count(beyond.Value), Wording.Count(carries));
    }
}
