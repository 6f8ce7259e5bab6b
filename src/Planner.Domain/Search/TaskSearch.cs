using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>A task of a portfolio: a share of the workload's requests with lengths of its own.</summary>
public sealed record SearchTask : DocumentNode
{
    /// <summary>Most tasks of a portfolio.</summary>
    public const int MostTasks = 20;

    /// <summary>Its name, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Share of the workload's requests, above 0 to 1; the shares of all tasks add up to 1.</summary>
    public decimal Share { get; init; }

    /// <summary>Mean prompt, tokens; null for the workload's.</summary>
    public decimal? InputTokens { get; init; }

    /// <summary>Mean answer, tokens; null for the workload's.</summary>
    public decimal? OutputTokens { get; init; }

    /// <summary>What its plans must keep to; null for what all plans must.</summary>
    public SearchConstraints? Constraints { get; init; }

    /// <summary>The scenario of this task alone.</summary>
    internal Scenario Of(Scenario scenario) => scenario with
    {
        Workload = scenario.Workload.At(scenario.Workload.RequestsPerMonth * Share) with { InputTokens = InputTokens ?? scenario.Workload.InputTokens, OutputTokens = OutputTokens ?? scenario.Workload.OutputTokens },
    };
}

/// <summary>The best plan for each task of a portfolio, and one for all of them together.</summary>
/// <param name="Tasks">The tasks in their order with what was found for each.</param>
/// <param name="MonthlyUsd">The best plans of all tasks together, USD a month, what does not grow with the load counted once; null where one has none.</param>
/// <param name="Together">What was found for all requests served by one plan, at their mean lengths.</param>
/// <param name="OverBudgetUsd">What the tasks' plans are together above the budget that each of them keeps to, USD a month; null where they are not, and without a budget.</param>
public sealed record TaskSearchResult(IReadOnlyList<TaskPlans> Tasks, decimal? MonthlyUsd, SearchResult Together, decimal? OverBudgetUsd = null);

/// <summary>What was found for a task.</summary>
/// <param name="Name">The task.</param>
/// <param name="Found">Its plans.</param>
public sealed record TaskPlans(string Name, SearchResult Found);

/// <summary>Finds plans for a portfolio of tasks.</summary>
public static class TaskSearch
{
    /// <summary>Searches for each task and for all together.</summary>
    /// <param name="scenario">The scenario whose requests the tasks share.</param>
    /// <param name="constraints">What every plan must keep to unless its task says otherwise.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="catalog">The catalog that is searched.</param>
    /// <param name="progress">Told how far all searches are together, from the thread that searches; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The question has a fault (<see cref="Check"/>).</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static TaskSearchResult Run(
        Scenario scenario, SearchConstraints constraints, IReadOnlyList<SearchTask> tasks, CatalogSnapshot catalog, IProgress<SearchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (Check(scenario, constraints, tasks, catalog) is [var problem, ..])
            throw new ArgumentException($"{problem.Path}: {problem.Message}");
        var steps = new Steps(progress, tasks.Count + 1);
        var found = tasks.Select(task => new TaskPlans(task.Name, PlanSearch.Run(task.Of(scenario), task.Constraints ?? constraints, catalog, steps.Next(), cancellationToken))).ToList();
        var together = PlanSearch.Run(Together(scenario, tasks), constraints, catalog, steps.Next(), cancellationToken);
        var usd = found.TrueForAll(task => task.Found.Plans.Count > 0) ? MonthlyUsd(scenario, [.. found.Select(task => task.Found.Plans[0])]) : null;
        return new TaskSearchResult(found, usd, together, usd > constraints.BudgetMonthlyUsd ? usd - constraints.BudgetMonthlyUsd : null);
    }

    /// <summary>The months of the tasks' plans together, USD. Fleets with the same people and the same further lines a month share them, and the levers run once for all tasks: each of these is counted once.</summary>
    private static decimal? MonthlyUsd(Scenario scenario, List<Plan> plans)
    {
        var fleets = plans.SelectMany(plan => plan.Options).OfType<SelfHostOption>().ToList();
        var again = Again(fleets.Select(fleet => (fleet.People?.HoursPerMonth ?? 0) * (fleet.People?.UsdPerHour ?? 0)))
            + Again(fleets.Select(fleet => fleet.Extras.Sum(extra => extra.UsdPerMonth ?? 0) * (1 + fleet.OverheadShare)))
            + ((plans.Count - 1) * (decimal)LeverEffect.Of(scenario.Workload).FixedUsd);
        return plans.Sum(plan => plan.Result.OngoingMonthlyUsd) - again;
    }

    /// <summary>What equal amounts come to beyond the first of each.</summary>
    private static decimal Again(IEnumerable<decimal> amounts) => amounts.GroupBy(usd => usd).Sum(same => (same.Count() - 1) * same.Key);

    /// <summary>The progress of searches one after the other as that of one, what they considered added up; what was the best plan of another task is not told.</summary>
    private sealed class Steps(IProgress<SearchProgress>? all, int count) : IProgress<SearchProgress>
    {
        private int _step = -1;
        private SearchProgress _before = new(0, 0, null, null);
        private SearchProgress _last = new(0, 0, null, null);

        public Steps Next()
        {
            _step++;
            _before = _last;
            return this;
        }

        public void Report(SearchProgress value)
        {
            _last = new SearchProgress(_before.Considered + value.Considered, _before.Evaluated + value.Evaluated, value.Share is { } share ? (_step + share) / count : null, null);
            all?.Report(_last);
        }
    }

    /// <summary>All faults, each with the path of its field; empty where the search can be run.</summary>
    /// <inheritdoc cref="Run"/>
    public static IReadOnlyList<Problem> Check(Scenario scenario, SearchConstraints constraints, IReadOnlyList<SearchTask> tasks, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var faults = new FaultList();
        foreach (var problem in SearchRules.Check(scenario, constraints, catalog))
            faults.Add(problem.Path, problem.Message);
        if (tasks.Count is 0 or > SearchTask.MostTasks)
        {
            faults.Add("tasks", tasks.Count == 0 ? Texts.Required : Texts.TooMany.With(SearchTask.MostTasks));
            return faults.All;
        }

        foreach (var (i, task) in tasks.Index())
        {
            faults.Name($"tasks[{i}].name", task.Name);
            faults.Above($"tasks[{i}].share", task.Share, 0, 1);
            if (faults.All.Count > 0)
                continue;
            // A task's lengths are checked as those of a workload, and told at the task.
            foreach (var problem in SearchRules.Check(task.Of(scenario), task.Constraints ?? constraints, catalog))
                faults.Add($"tasks[{i}].{(problem.Path.StartsWith("workload.", StringComparison.Ordinal) ? problem.Path["workload.".Length..] : problem.Path)}", problem.Message);
        }

        if (tasks.Sum(task => task.Share) is var sum && sum != 1)
            faults.Add("tasks", Texts.SharesSum.With(sum * 100));
        return faults.All;
    }

    private static Scenario Together(Scenario scenario, IReadOnlyList<SearchTask> tasks) => scenario with
    {
        Workload = scenario.Workload with
        {
            InputTokens = tasks.Sum(task => task.Share * (task.InputTokens ?? scenario.Workload.InputTokens)),
            OutputTokens = tasks.Sum(task => task.Share * (task.OutputTokens ?? scenario.Workload.OutputTokens)),
            Volume = null,
        },
    };
}
