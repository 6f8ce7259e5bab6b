using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>The engine's entry point: a scenario and catalog rows in, compared options out. Pure.</summary>
public static class Engine
{
    /// <summary>Version of the formulas; stored with every result.</summary>
    public const string Version = "1.2";

    /// <summary>Evaluates a scenario.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>); a caller checks first.</exception>
    public static Result Evaluate(Scenario scenario, CatalogSnapshot catalog)
    {
        var costs = Resolve(scenario, catalog);
        var options = costs.ConvertAll(cost => cost.Evaluate());
        List<BreakEven> breakEvens = [.. BreakEvens(scenario, costs, BreakEvenAxes.RequestsPerMonth, 0, BreakEvenAxes.Largest(BreakEvenAxes.RequestsPerMonth))];
        var verdict = VerdictWriter.Write(scenario, options, costs, breakEvens.FindAll(found => !found.FirstMonth));
        return new Result(Version, verdict, options, breakEvens, CheckList.Of(scenario, options, costs, verdict));
    }

    /// <summary>Winning intervals over an axis: ongoing and first month, each as the fleets stand and with the capacity check.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="axis">One of <see cref="BreakEvenAxes.All"/>.</param>
    /// <param name="from">Start of the range, at least 0; null for 0.</param>
    /// <param name="to">End of the range, above the start; null for the largest that is searched.</param>
    /// <exception cref="ArgumentException">The scenario, the axis or the range has a fault (<see cref="CheckAxis"/>).</exception>
    public static IReadOnlyList<BreakEven> BreakEven(Scenario scenario, CatalogSnapshot catalog, string axis, double? from = null, double? to = null)
    {
        var costs = Resolve(scenario, catalog);
        return CheckAxis(scenario, axis, from, to) is [var problem, ..]
            ? throw new ArgumentException($"{problem.Path}: {problem.Message}")
            : BreakEvens(scenario, costs, axis, from ?? 0, to ?? BreakEvenAxes.Largest(axis)).ToList();
    }

    /// <summary>Faults of a question for a break-even; empty where it can be answered.</summary>
    public static IReadOnlyList<Problem> CheckAxis(Scenario scenario, string axis, double? from, double? to)
    {
        if (!BreakEvenAxes.All.Contains(axis))
            return [new Problem("axis", Wording.Say(Texts.OneOf, string.Join(", ", BreakEvenAxes.All)))];
        if (axis == BreakEvenAxes.TokensPerMonth && TokensPerRequest(scenario) == 0)
            return [new Problem("axis", Texts.AxisWithoutTokens)];
        var largest = BreakEvenAxes.Largest(axis);
        var problems = new List<Problem>();
        if (from is { } low && !(low >= 0 && low < largest))
            problems.Add(new Problem("from", Wording.Say(Texts.Between, 0, Wording.Count(largest))));
        if (to is { } high && !(high > (from ?? 0) && high <= largest))
            problems.Add(new Problem("to", Wording.Say(Texts.RangeEnd, Wording.Count(largest))));
        return problems;
    }

    /// <summary>The options as lines over requests a month, for a chart.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="to">End of the axis, requests a month, above 0.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="asItStands">True to hold sized fleets and mixes as they are at the scenario's volume; false lets them grow.</param>
    public static IReadOnlyList<CostLine> CostLines(Scenario scenario, CatalogSnapshot catalog, double to, bool firstMonth, bool asItStands = false) =>
        Resolve(scenario, catalog).Where(cost => cost.IsComparable && cost.HasCurve).Select(cost => CostLine.Of(cost, to, firstMonth, asItStands)).ToList();

    /// <summary>Costs and cash month by month over the scenario's horizon, and what a switch from what is in place would bring.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>); a caller checks first.</exception>
    public static HorizonResult Horizon(Scenario scenario, CatalogSnapshot catalog) => HorizonWriter.Write(scenario, Resolve(scenario, catalog));

    /// <summary>Cost per million tokens against utilization of each option's fleet as it is sized, for a chart.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    public static IReadOnlyList<UtilizationLine> UtilizationLines(Scenario scenario, CatalogSnapshot catalog) =>
        UtilizationLine.Of(Resolve(scenario, catalog), TokensPerRequest(scenario), scenario.Workload.RequestsPerMonth);

    /// <summary>What the token levers change in each option's month, switched on one after the other in the order of <see cref="LeverIds.All"/>.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <returns>One waterfall an option, in the scenario's order; without steps where no lever is on.</returns>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>).</exception>
    public static IReadOnlyList<LeverWaterfall> Levers(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return LeverWaterfall.Of(scenario, catalog, Resolve);
    }

    /// <summary>The load over the week, the fleets that serve it and the ways of buying their hours.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>); a caller checks first.</exception>
    public static WeekResult Week(Scenario scenario, CatalogSnapshot catalog)
    {
        var costs = Resolve(scenario, catalog);
        var week = LoadWeek.Of(scenario.Workload.Shape);
        var perShare = (double)scenario.Workload.RequestsPerMonth * LoadWeek.Hours / ((double)scenario.HoursPerMonth * 3600);
        return new WeekResult(
            scenario.Workload.Shape.TimeZone, [.. Enumerable.Range(0, LoadWeek.Hours).Select(hour => perShare * week.ShareOf(hour))], week.PeakToMean,
            [.. costs.OfType<FleetCost>().Select(fleet => fleet.Week()).OfType<FleetWeek>()])
        {
            Mixes = [.. costs.Where(cost => cost is { Kind: OptionKinds.Hybrid, IsComparable: true }).Select(cost => new MixWeek(cost.Id, cost.MixParts()))],
        };
    }

    private static decimal TokensPerRequest(Scenario scenario) => scenario.Workload.InputTokens + scenario.Workload.OutputTokens + scenario.Workload.ReasoningTokens;

    private static IEnumerable<BreakEven> BreakEvens(Scenario scenario, List<OptionCost> costs, string axis, double from, double to) =>
        Questions.Select(ask => BreakEvenFinder.Find(costs, axis, TokensPerRequest(scenario), from, to, ask.FirstMonth, ask.CapacityChecked));

    private static readonly (bool CapacityChecked, bool FirstMonth)[] Questions = [(false, false), (false, true), (true, false), (true, true)];

    private static List<OptionCost> Resolve(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        if (ScenarioRules.Check(scenario, catalog) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}", nameof(scenario));
        return new OptionResolver(scenario, catalog).All();
    }
}
