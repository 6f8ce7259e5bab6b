using Planner.Domain.Advice;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;

namespace Planner.Domain.Planning;

/// <summary>The engine's entry point: a scenario and catalog rows in, compared options out. Pure.</summary>
public static class Engine
{
    /// <summary>Version of the formulas; stored with every result.</summary>
    public const string Version = "1.4";

    /// <summary>Evaluates a scenario.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>); a caller checks first.</exception>
    public static Result Evaluate(Scenario scenario, CatalogSnapshot catalog)
    {
        var costs = Resolve(scenario, catalog);
        var options = costs.ConvertAll(cost => cost.Evaluate());
        List<BreakEven> breakEvens = [.. BreakEvens(new AxisPoint(scenario, catalog, BreakEvenAxes.RequestsPerMonth, null), costs, 0, BreakEvenAxes.Largest(BreakEvenAxes.RequestsPerMonth, scenario.Workload))];
        var verdict = VerdictWriter.Write(scenario, options, costs, breakEvens.FindAll(found => !found.FirstMonth));
        IReadOnlyList<LeverWaterfall> levers = scenario.Workload.Levers is { On.Count: > 0 } ? LeverWaterfall.Of(scenario, catalog, static (variant, rows) => new OptionResolver(variant, rows).All()) : [];
        return new Result(Version, verdict, options, breakEvens, CheckList.Of(scenario, catalog, options, costs, verdict, levers));
    }

    /// <summary>Winning intervals over an axis: ongoing and first month, each as the fleets stand and with the capacity check.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="axis">One of <see cref="BreakEvenAxes.All"/>.</param>
    /// <param name="from">Start of the range; null for that of <see cref="BreakEvenAxes.Range"/>.</param>
    /// <param name="to">End of the range, above the start; null likewise.</param>
    /// <param name="optionId">The option that the axis belongs to; null for the first of its kind, and for an axis of the whole scenario.</param>
    /// <exception cref="ArgumentException">The scenario, the axis or the range has a fault (<see cref="CheckAxis"/>).</exception>
    public static IReadOnlyList<BreakEven> BreakEven(Scenario scenario, CatalogSnapshot catalog, string axis, double? from = null, double? to = null, string? optionId = null)
    {
        var costs = Resolve(scenario, catalog);
        return FaultsOf(scenario, catalog, costs, axis, from, to, optionId) is [var problem, ..]
            ? throw new ArgumentException($"{problem.Path}: {problem.Message}")
            : BreakEvens(new AxisPoint(scenario, catalog, axis, OwnerOf(scenario, costs, axis, optionId)), costs, from ?? BreakEvenAxes.Range(axis, scenario.Workload).From, to ?? BreakEvenAxes.Range(axis, scenario.Workload).To).ToList();
    }

    /// <summary>Faults of a question for a break-even; empty where it can be answered.</summary>
    /// <inheritdoc cref="BreakEven"/>
    public static IReadOnlyList<Problem> CheckAxis(Scenario scenario, CatalogSnapshot catalog, string axis, double? from, double? to, string? optionId = null) =>
        FaultsOf(scenario, catalog, Resolve(scenario, catalog), axis, from, to, optionId);

    /// <summary>Which option is cheapest over two inputs at once, capacity checked.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="x">The axis of the columns.</param>
    /// <param name="y">The axis of the rows; it moves another input.</param>
    /// <param name="columns">Columns, 1 to <see cref="WinnerMap.MostCells"/>.</param>
    /// <param name="rows">Rows, likewise.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario or the question has a fault (<see cref="CheckMap"/>).</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static WinnerMap Map(Scenario scenario, CatalogSnapshot catalog, MapAxis x, MapAxis y, int columns, int rows, bool firstMonth, CancellationToken cancellationToken = default)
    {
        if (CheckMap(scenario, catalog, x, y, columns, rows) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}");
        var costs = Resolve(scenario, catalog);
        return WinnerMap.Of(scenario, catalog, SideOf(scenario, catalog, costs, x, columns), SideOf(scenario, catalog, costs, y, rows), firstMonth, cancellationToken);
    }

    /// <summary>Faults of a question for a map; empty where it can be answered.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="x">The axis of the columns.</param>
    /// <param name="y">The axis of the rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rows">Rows.</param>
    public static IReadOnlyList<Problem> CheckMap(Scenario scenario, CatalogSnapshot catalog, MapAxis x, MapAxis y, int columns, int rows)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var costs = Resolve(scenario, catalog);
        var problems = new List<Problem>();
        foreach (var (side, path) in ((MapAxis, string)[])[(x, "x"), (y, "y")])
        {
            problems.AddRange(FaultsOf(scenario, catalog, costs, side.Axis, side.From, side.To, side.OptionId).Select(fault => fault with { Path = $"{path}.{fault.Path}" }));
            if (side is { From: 0, IsLinear: false })
                problems.Add(new Problem($"{path}.from", Texts.MapStartsAboveZero));
        }

        if (problems.Count == 0 && (BreakEvenAxes.IsVolume(x.Axis) ? BreakEvenAxes.IsVolume(y.Axis) : x.Axis == y.Axis && OwnerOf(scenario, costs, x.Axis, x.OptionId) == OwnerOf(scenario, costs, y.Axis, y.OptionId)))
            problems.Add(new Problem("y.axis", Texts.MapSameAxis));
        foreach (var (count, path) in ((int, string)[])[(columns, "columns"), (rows, "rows")])
        {
            if (count is < 1 or > WinnerMap.MostCells)
                problems.Add(new Problem(path, Texts.Between.With(1, WinnerMap.MostCells)));
        }

        return problems;
    }

    private static MapSide SideOf(Scenario scenario, CatalogSnapshot catalog, List<OptionCost> costs, MapAxis axis, int count)
    {
        var owner = OwnerOf(scenario, costs, axis.Axis, axis.OptionId);
        var here = new AxisPoint(scenario, catalog, axis.Axis, owner).Here;
        var (smallest, largest) = (BreakEvenAxes.Smallest(axis.Axis), BreakEvenAxes.Largest(axis.Axis, scenario.Workload));
        var to = axis.To ?? Math.Min(largest, Math.Max(here is > 0 and { } own ? own * 10 : largest, axis.From * 100 ?? 0));
        var from = axis.From ?? Math.Max(smallest, Math.Min(here is > 0 and { } middle ? middle / 10 : to / 100, to / 10));
        return new MapSide(axis.Axis, BreakEvenAxes.Unit(axis.Axis), owner?.Id, from, to, axis.IsLinear, WinnerMap.Centres(from, to, count, axis.IsLinear), here);
    }

    private static List<Problem> FaultsOf(Scenario scenario, CatalogSnapshot catalog, List<OptionCost> costs, string axis, double? from, double? to, string? optionId)
    {
        if (!BreakEvenAxes.All.Contains(axis))
            return [new Problem("axis", Texts.OneOf.With(string.Join(", ", BreakEvenAxes.All)))];
        if (axis == BreakEvenAxes.TokensPerMonth && scenario.Workload.TokensPerRequest == 0)
            return [new Problem("axis", Texts.AxisWithoutTokens)];
        var problems = new List<Problem>();
        if (FaultOfOption(scenario, catalog, costs, axis, optionId) is { } fault)
            problems.Add(fault);
        var (smallest, largest) = (BreakEvenAxes.Smallest(axis), BreakEvenAxes.Largest(axis, scenario.Workload));
        if (from is { } low && !(low >= smallest && low < largest))
            problems.Add(new Problem("from", Texts.Between.With(smallest, Wording.Count(largest))));
        // An end below the start that applies by default is a fault of the end.
        if (to is { } high && !(high > (from ?? BreakEvenAxes.Range(axis, scenario.Workload).From) && high <= largest))
            problems.Add(new Problem("to", Texts.RangeEnd.With(Wording.Count(largest))));
        else if (to is null && from >= BreakEvenAxes.Range(axis, scenario.Workload).To && from < largest)
            problems.Add(new Problem("to", Texts.RangeEnd.With(Wording.Count(largest))));
        return problems;
    }

    private static Problem? FaultOfOption(Scenario scenario, CatalogSnapshot catalog, List<OptionCost> costs, string axis, string? optionId)
    {
        if (BreakEvenAxes.OptionKind(axis) is not { } kind)
            return optionId is null ? null : new Problem("optionId", Texts.AxisOfNoOption);
        var ids = scenario.Options.Where(option => option.Kind == kind).Select(option => option.Id).ToList();
        if (ids.Count == 0)
            return new Problem("axis", Texts.AxisNotOfScenario.With(kind));
        if (optionId is not null && !ids.Contains(optionId))
            return new Problem("optionId", Texts.AxisOptionUnknown.With(kind, string.Join(", ", ids)));
        var owner = OwnerOf(scenario, costs, axis, optionId)!;
        if (axis == BreakEvenAxes.Throughput || new AxisPoint(scenario, catalog, axis, owner).IsMovable)
            return null;
        return new Problem("optionId", (axis switch { BreakEvenAxes.ApiPrice => Texts.AxisWithoutUsage, BreakEvenAxes.InstancePrice => Texts.AxisWithoutRent, _ => Texts.AxisWithoutUtilization }).With(owner.Name));
    }

    private static OptionCost? OwnerOf(Scenario scenario, List<OptionCost> costs, string axis, string? optionId) => BreakEvenAxes.OptionKind(axis) is { } kind
        ? costs[Enumerable.Range(0, costs.Count).First(i => scenario.Options[i].Kind == kind && (optionId is null || costs[i].Id == optionId))]
        : null;

    /// <summary>The options as lines along an axis, for a chart; more than one of an option that cannot serve in between, none of one that takes no part.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="axis">One of <see cref="BreakEvenAxes.All"/>.</param>
    /// <param name="from">Start of the lines on the axis.</param>
    /// <param name="to">Their end, above the start.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="asItStands">True to hold sized fleets and mixes as they are at the scenario's volume; false lets them grow.</param>
    /// <param name="optionId">The option that the axis belongs to; null for the first of its kind, and for an axis of the whole scenario.</param>
    /// <exception cref="ArgumentException">The scenario, the axis or the range has a fault (<see cref="CheckAxis"/>).</exception>
    public static IReadOnlyList<CostLine> CostLines(Scenario scenario, CatalogSnapshot catalog, string axis, double from, double to, bool firstMonth, bool asItStands = false, string? optionId = null)
    {
        var costs = Resolve(scenario, catalog);
        if (FaultsOf(scenario, catalog, costs, axis, from, to, optionId) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}");
        var curves = new AxisCurves(new AxisPoint(scenario, catalog, axis, OwnerOf(scenario, costs, axis, optionId)), costs, from, to);
        return [.. costs.SelectMany((cost, i) => CostLine.Of(cost, i, curves, from, to, firstMonth, asItStands))];
    }

    /// <summary>The point of an axis at which the scenario itself lies; null where that is unknown.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="axis">One of <see cref="BreakEvenAxes.All"/> that the scenario can answer (<see cref="CheckAxis"/>).</param>
    /// <param name="optionId">The option that the axis belongs to; null for the first of its kind, and for an axis of the whole scenario.</param>
    public static double? AxisHere(Scenario scenario, CatalogSnapshot catalog, string axis, string? optionId = null) =>
        new AxisPoint(scenario, catalog, axis, OwnerOf(scenario, Resolve(scenario, catalog), axis, optionId)).Here;

    /// <summary>Costs and cash month by month over the scenario's horizon, and what a switch from what is in place would bring.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>); a caller checks first.</exception>
    public static HorizonResult Horizon(Scenario scenario, CatalogSnapshot catalog) => HorizonWriter.Write(scenario, Resolve(scenario, catalog));

    /// <summary>Each option's month traced back to the inputs, for a spreadsheet that follows them.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <returns>One an option, in the scenario's order.</returns>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>).</exception>
    public static IReadOnlyList<OptionWorkings> Workings(Scenario scenario, CatalogSnapshot catalog) =>
        [.. Resolve(scenario, catalog).Select((cost, i) => OptionWorkings.Of(cost, $"options[{i}]"))];

    /// <summary>Cost per million tokens against utilization of each option's fleet as it is sized, for a chart.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    public static IReadOnlyList<UtilizationLine> UtilizationLines(Scenario scenario, CatalogSnapshot catalog) =>
        UtilizationLine.Of(Resolve(scenario, catalog), scenario.Workload.TokensPerRequest, scenario.Workload.RequestsPerMonth);

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

    /// <summary>What the scenario's ranges, and the model's error where a throughput is modelled, make of the answer: 10,000 quasi-random samples with a fixed seed, on the caller's thread.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>).</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static Simulation Simulate(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken = default)
    {
        RefuseFaults(scenario, catalog);
        return Simulator.Run(scenario, catalog, cancellationToken);
    }

    /// <summary>What the rules find that take longer than an evaluation may (<see cref="Rule.IsOnRequest"/>): they look for cheaper variants of each fleet.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The whole catalog.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>).</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static FleetAdvice Advise(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken = default)
    {
        RefuseFaults(scenario, catalog);
        return VariantRules.Find(scenario, catalog, cancellationToken);
    }

    /// <summary>The scorecard of the decision between API and self-hosting, with a recommendation, what would change it, and the path by month.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The scenario has a fault (<see cref="ScenarioRules.Check"/>).</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static Decision Decide(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken = default)
    {
        RefuseFaults(scenario, catalog);
        return DecisionFramework.Of(scenario, catalog, cancellationToken);
    }

    private static IEnumerable<BreakEven> BreakEvens(AxisPoint point, List<OptionCost> costs, double from, double to)
    {
        var curves = new AxisCurves(point, costs, from, to);
        return Questions.Select(ask => BreakEvenFinder.Find(costs, point, curves, from, to, ask.FirstMonth, ask.CapacityChecked));
    }

    private static readonly (bool CapacityChecked, bool FirstMonth)[] Questions = [(false, false), (false, true), (true, false), (true, true)];

    private static List<OptionCost> Resolve(Scenario scenario, CatalogSnapshot catalog)
    {
        RefuseFaults(scenario, catalog);
        return new OptionResolver(scenario, catalog).All();
    }

    private static void RefuseFaults(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        if (ScenarioRules.Check(scenario, catalog) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}", nameof(scenario));
    }
}
