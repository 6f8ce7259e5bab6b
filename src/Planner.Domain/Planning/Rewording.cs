using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>An answer in the language of whoever reads or stores it now. Its sentences were made in that of whoever asked.</summary>
public static class Rewording
{
    /// <summary>The same answer in the present language; as it is where this engine would not give it.</summary>
    /// <param name="scenario">What was asked.</param>
    /// <param name="snapshot">The catalog rows that it used.</param>
    /// <param name="result">The answer.</param>
    public static Result Of(Scenario scenario, CatalogSnapshot snapshot, Result result)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(result);
        if (result.EngineVersion != Engine.Version || ScenarioRules.Check(scenario, snapshot).Count > 0)
            return result;
        var again = Engine.Evaluate(scenario, snapshot);
        return SaysTheSame(result, again) ? again : result;
    }

    private static bool SaysTheSame(Result result, Result again) =>
        result.Verdict.CheapestOptionId == again.Verdict.CheapestOptionId && result.Verdict.MonthlySavingUsd == again.Verdict.MonthlySavingUsd
        && result.Options.Select(Figures).SequenceEqual(again.Options.Select(Figures));

    private static (string, bool, decimal?, decimal?) Figures(OptionResult option) => (option.Id, option.Feasible, option.OngoingMonthlyUsd, option.FirstMonthUsd);
}
