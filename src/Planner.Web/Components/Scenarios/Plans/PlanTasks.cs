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
    public string Sentence(DisplayCurrency currency) => Compared(currency) + (Found.OverBudgetUsd is { } over ? " " + Wording.Say(Texts.TasksOverBudget, Format.Money(over, currency)) : "");

    private string Compared(DisplayCurrency currency) => (Found.MonthlyUsd, Together?.Result.OngoingMonthlyUsd) switch
    {
        ({ } apart, { } one) when apart == one => Wording.Say(Texts.TasksSame, Format.Money(apart, currency)),
        ({ } apart, { } one) => Wording.Say(apart < one ? Texts.TasksApart : Texts.TasksTogether, Format.Money(apart, currency), Format.Money(one, currency), Format.Money(Math.Abs(apart - one), currency)),
        ({ } apart, null) => Wording.Say(Texts.TasksOnlyApart, Format.Money(apart, currency)),
        (null, { } one) => Wording.Say(Texts.TasksOnlyTogether, Format.Money(one, currency)),
        _ => Texts.TasksNone,
    };
}
