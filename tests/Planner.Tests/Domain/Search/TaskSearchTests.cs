using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Xunit;

namespace Planner.Tests.Domain.Search;

/// <summary>Plans for the tasks of a portfolio.</summary>
public class TaskSearchTests
{
    private static readonly SearchTask[] Tasks = [new SearchTask { Name = "Short", Share = 0.75m, InputTokens = 100 }, new SearchTask { Name = "Long", Share = 0.25m, InputTokens = 900 }];
    private static readonly CatalogSnapshot Catalog = SearchCatalog.Random(new Random(6), encoders: false, 3, 2, 6, 3);
    private static readonly Scenario Chat = WithoutTargets(SearchCatalog.Workload(new Random(6), encoders: false));
    private static readonly SearchConstraints Fleets = new() { Kinds = [OptionKinds.SelfHost] };

    [Fact]
    public void People_and_further_lines_that_all_fleets_have_count_once_in_the_sum()
    {
        // What is the same in every fleet changes none's rank: the sum is that of the bare fleets and, once, 10 h × $50 and $100 a month with a quarter of overhead.
        var bare = new SelfHostOption { OverheadShare = 0.25m };
        var staffed = bare with { People = new PeopleCost { HoursPerMonth = 10, UsdPerHour = 50 }, Extras = [new ExtraCost { Name = "Gateway", UsdPerMonth = 100 }] };

        var without = TaskSearch.Run(Chat, Fleets with { Fleet = bare }, Tasks, Catalog);
        var with = TaskSearch.Run(Chat, Fleets with { Fleet = staffed }, Tasks, Catalog);

        Assert.Equal((double)without.MonthlyUsd!.Value + 625, (double)with.MonthlyUsd!.Value, 0.02);
        Assert.All(without.Tasks.Zip(with.Tasks), pair => Assert.Equal(
            (double)pair.First.Found.Plans[0].Result.OngoingMonthlyUsd!.Value + 625, (double)pair.Second.Found.Plans[0].Result.OngoingMonthlyUsd!.Value, 0.02));
    }

    [Fact]
    public void A_task_with_people_of_its_own_brings_them_into_the_sum()
    {
        SelfHostOption Run(decimal hours) => new() { People = new PeopleCost { HoursPerMonth = hours, UsdPerHour = 50 } };
        SearchTask[] tasks = [Tasks[0], Tasks[1] with { Constraints = Fleets with { Fleet = Run(4) } }];

        var found = TaskSearch.Run(Chat, Fleets with { Fleet = Run(10) }, tasks, Catalog);

        Assert.Equal(found.Tasks.Sum(task => task.Found.Plans[0].Result.OngoingMonthlyUsd), found.MonthlyUsd);
    }

    [Fact]
    public void A_cache_of_answers_is_paid_once_for_all_tasks()
    {
        Scenario Cached(decimal usd) => Chat with { Workload = Chat.Workload with { Levers = new TokenLevers { ResponseCache = new ResponseCache { On = true, HitShare = 0.2m, UsdPerMonth = usd } } } };
        var apis = new SearchConstraints { Kinds = [OptionKinds.Api] };

        Assert.Equal(
            (double)TaskSearch.Run(Cached(0), apis, Tasks, Catalog).MonthlyUsd!.Value + 80,
            (double)TaskSearch.Run(Cached(80), apis, Tasks, Catalog).MonthlyUsd!.Value, 0.02);
    }

    [Fact]
    public void A_budget_that_each_task_keeps_to_and_their_sum_does_not_is_told()
    {
        var free = TaskSearch.Run(Chat, Fleets, Tasks, Catalog);
        var sum = free.MonthlyUsd!.Value;
        var budget = Math.Ceiling(free.Tasks.Max(task => task.Found.Plans[0].Result.OngoingMonthlyUsd!.Value));
        Assert.True(budget < sum);
        Assert.Null(free.OverBudgetUsd);

        Assert.Equal(sum - budget, TaskSearch.Run(Chat, Fleets with { BudgetMonthlyUsd = budget }, Tasks, Catalog).OverBudgetUsd);
        Assert.Null(TaskSearch.Run(Chat, Fleets with { BudgetMonthlyUsd = Math.Ceiling(sum) }, Tasks, Catalog).OverBudgetUsd);
    }

    [Fact]
    public void Plans_considered_add_up_over_all_searches()
    {
        var told = new List<SearchProgress>();

        var found = TaskSearch.Run(Chat, Fleets, Tasks, Catalog, new Teller(told));

        Assert.Equal(told.Select(step => step.Considered).Order(), told.Select(step => step.Considered));
        Assert.Equal(found.Tasks.Sum(task => task.Found.Considered) + found.Together.Considered, told[^1].Considered);
        Assert.Equal(found.Tasks.Sum(task => task.Found.Evaluated) + found.Together.Evaluated, told[^1].Evaluated);
    }

    private sealed class Teller(List<SearchProgress> told) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => told.Add(value);
    }

    private static Scenario WithoutTargets(Scenario scenario) => scenario with { Workload = scenario.Workload with { RequestsPerMonth = 1_000_000, Slo = new ServiceLevel() } };
}
