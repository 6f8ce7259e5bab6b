using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Asks every rule that an evaluation has time for. Those of one option's own price or size are told by the option itself (<see cref="Costs.OptionCost.Checks"/>).</summary>
internal static class RuleBook
{
    public static void Find(RuleFacts facts)
    {
        WorkloadRulebook.Find(facts);
        for (var i = 0; i < facts.Scenario.Options.Count; i++)
        {
            switch (facts.Scenario.Options[i])
            {
                case ApiOption api:
                    ApiRulebook.Find(facts, api);
                    break;
                case SelfHostOption fleet:
                    FleetRulebook.Find(facts, i, fleet);
                    CapacityRulebook.Find(facts, i, fleet);
                    break;
                case HybridOption mix:
                    FleetRulebook.Find(facts, i, mix);
                    break;
            }

            FindOutgrown(facts, i);
        }
    }

    /// <summary>The months in which growth or a season takes the load beyond what an option carries.</summary>
    private static void FindOutgrown(RuleFacts facts, int index)
    {
        var (workload, cost) = (facts.Workload, facts.Costs[index]);
        if ((workload.GrowthPerMonth == 0 && workload.Seasonality is null) || !cost.IsLimited || !facts.Results[index].Feasible)
            return;
        var (start, growth, requests) = (facts.Scenario.FirstDay, 1 + (double)workload.GrowthPerMonth, (double)workload.RequestsPerMonth);
        var (first, load, count, months) = (0, 0.0, 0, facts.Scenario.Horizon.Months);
        for (var month = 0; month < months; month++, requests *= growth)
        {
            var here = requests * workload.SeasonOf(start, month);
            if (cost.Carries(here))
                continue;
            if (count++ == 0)
                (first, load) = (month, here);
        }

        if (count == 0)
            return;
        // A season passes; what growth outgrows stays outgrown.
        var text = first + count == months ? AdviceTexts.Outgrown : count == 1 ? AdviceTexts.OutgrownMonth : AdviceTexts.OutgrownAtTimes;
        facts.Tell(
            "outgrown", text.With(cost.Name, MonthName(start, first), Wording.Count(load), Wording.Count(cost.CarriesRequests ?? 0), count, months), cost.Id,
            facts.Scenario.Options[index] is SelfHostOption fleet ? FleetRulebook.ForTheLoad(index, fleet) : null);
    }

    /// <summary>A month of the plan in words.</summary>
    public static string MonthName(DateOnly? start, int month) =>
        start?.AddMonths(month).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) ?? Texts.WordMonth.With(month);
}
