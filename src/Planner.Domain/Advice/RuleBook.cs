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

    /// <summary>The first month in which growth or a season takes the load beyond what an option carries.</summary>
    private static void FindOutgrown(RuleFacts facts, int index)
    {
        var (workload, cost) = (facts.Workload, facts.Costs[index]);
        if ((workload.GrowthPerMonth == 0 && workload.Seasonality is null) || !cost.IsLimited || !facts.Results[index].Feasible)
            return;
        var (start, growth, requests) = (facts.Scenario.FirstDay, 1 + (double)workload.GrowthPerMonth, (double)workload.RequestsPerMonth);
        for (var month = 0; month < facts.Scenario.Horizon.Months; month++, requests *= growth)
        {
            var load = requests * workload.SeasonOf(start, month);
            if (cost.Carries(load))
                continue;
            facts.Tell(
                "outgrown",
                Wording.Say(AdviceTexts.Outgrown, cost.Name, MonthName(start, month), Wording.Count(load), Wording.Count(cost.CarriesRequests ?? 0)), cost.Id,
                facts.Scenario.Options[index] is SelfHostOption fleet ? FleetRulebook.ForTheLoad(index, fleet) : null);
            return;
        }
    }

    /// <summary>A month of the plan in words.</summary>
    public static string MonthName(DateOnly? start, int month) =>
        start?.AddMonths(month).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) ?? Wording.Say(Texts.WordMonth, month);
}
