using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>The tasks of a scenario's workload, as a mix by task names them.</summary>
/// <param name="Mix">The mix.</param>
/// <param name="Tasks">Its tasks, at least two.</param>
public sealed record PlanTasks(string Mix, IReadOnlyList<SearchTask> Tasks)
{
    /// <summary>Those of the first mix with several; null where no mix has.</summary>
    public static PlanTasks? Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Options.OfType<HybridOption>().FirstOrDefault(mix => mix is { Mode: HybridModes.Tasks, Routes.Count: > 1 }) is { } found
            ? new PlanTasks(found.Name, [.. found.Routes.Select(route => new SearchTask { Name = route.Task, Share = route.Share, InputTokens = route.InputTokens, OutputTokens = route.OutputTokens })])
            : null;
    }
}

/// <summary>What a search is asked: all of a scenario, and all that was chosen beside it, on which its answer depends.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="HoursPerMonth">Hours of the month.</param>
/// <param name="FirstDay">The plan's first day; null without a start month.</param>
/// <param name="Constraints">What plans must keep to.</param>
/// <param name="Tasks">The tasks that are to get plans of their own; null where all requests are to get one.</param>
public sealed record PlanQuestion(Workload Workload, decimal HoursPerMonth, DateOnly? FirstDay, SearchConstraints Constraints, IReadOnlyList<SearchTask>? Tasks)
{
    /// <summary>The question about a scenario as it is.</summary>
    public static PlanQuestion Of(Scenario scenario, SearchConstraints constraints, bool eachTask)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new PlanQuestion(scenario.Workload, scenario.HoursPerMonth, scenario.FirstDay, constraints, eachTask ? PlanTasks.Of(scenario)?.Tasks : null);
    }

    /// <summary>True where both are answered alike.</summary>
    public bool IsSame(PlanQuestion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Tasks = null } == other with { Tasks = null } && (Tasks ?? []).SequenceEqual(other.Tasks ?? []) && (Tasks is null) == (other.Tasks is null);
    }
}

/// <summary>What was found for tasks, each by itself and all together.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Found">What was found.</param>
public sealed record PortfolioFound(IReadOnlyList<SearchTask> Tasks, TaskSearchResult Found)
{
    /// <summary>The best plan of each task in their order; null where one has none.</summary>
    public IReadOnlyList<Plan>? Best => Found.Tasks.All(task => task.Found.Plans.Count > 0) ? [.. Found.Tasks.Select(task => task.Found.Plans[0])] : null;

    /// <summary>One plan for all; null where there is none.</summary>
    public Plan? Together => Found.Together.Plans.Count > 0 ? Found.Together.Plans[0] : null;

    /// <summary>Which is cheaper, in a sentence.</summary>
    /// <param name="currency">The currency in which amounts are written.</param>
    public string Sentence(DisplayCurrency currency) => Compared(currency) + (Found.OverBudgetUsd is { } over ? " " + Texts.TasksOverBudget.With(Format.Money(over, currency)) : "");

    private string Compared(DisplayCurrency currency) => (Found.MonthlyUsd, Together?.Result.OngoingMonthlyUsd) switch
    {
        ({ } apart, { } one) when apart == one => Texts.TasksSame.With(Format.Money(apart, currency)),
        ({ } apart, { } one) => (apart < one ? Texts.TasksApart : Texts.TasksTogether).With(Format.Money(apart, currency), Format.Money(one, currency), Format.Money(Math.Abs(apart - one), currency)),
        ({ } apart, null) => Texts.TasksOnlyApart.With(Format.Money(apart, currency)),
        (null, { } one) => Texts.TasksOnlyTogether.With(Format.Money(one, currency)),
        _ => Texts.TasksNone,
    };
}
