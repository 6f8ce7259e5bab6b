using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Plans;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What the Plans tab makes of what was found.</summary>
public class PlanViewTests
{
    private static readonly OptionResult Priced = Engine.Evaluate(Documents.Chat(Documents.Api(1, 1)), Documents.Catalog).Options[0];

    private static Plan Plan(string name, decimal usd, double? seconds, decimal? low) =>
        new([], Priced with { Name = name, OngoingMonthlyUsd = usd }, null, null, seconds, low);

    private static SearchResult Found(params Plan[] plans) => new("1", plans, plans, plans, [], "", 1, 1);

    private static PortfolioFound Tasks(decimal? apart, params Plan[] together) => new([], new TaskSearchResult([], apart, Found(together)));

    [Fact]
    public void A_frontier_goes_by_rising_latency_and_says_what_its_ends_cost()
    {
        var view = FrontierView.OfLatency(Found(Plan("Slow", 100, 20, null), Plan("Unknown", 90, null, null), Plan("Fast", 300, 12, null)), DisplayCurrency.Usd)!;

        Assert.Equal(["Fast", "Slow"], view.Points.Select(point => point.Name));
        Assert.Equal([(12, 300), (20, 100)], view.Points.Select(point => (point.X, point.Y)));
        Assert.Equal(["Fast", "Slow"], view.Plans.Select(plan => plan.Result.Name));
        Assert.Equal("2 plans from cheap to fast: $100.00 a month at 20 s a request, $300.00 at 12 s", view.Title);
    }

    [Fact]
    public void A_point_is_labelled_by_what_tells_it_from_its_neighbours()
    {
        Plan On(string model, string instance, double seconds) => Plan("Long name", 100, seconds, null) with { Options = [Documents.Fleet() with { Model = model, InstanceKey = instance }] };

        string[] Labels(params Plan[] plans) => [.. FrontierView.OfLatency(Found(plans), DisplayCurrency.Usd)!.Points.Select(point => point.Label)];

        Assert.Equal(["INT4 on small", "INT4 on large"], Labels(On("one", "cloud:small:here", 1), On("one", "cloud:large:here", 2)));
        Assert.Equal(["one INT4 on small", "two INT4 on small"], Labels(On("one", "cloud:small:here", 1), On("two", "cloud:small:here", 2)));
    }

    [Fact]
    public void A_frontier_of_one_known_plan_is_no_choice()
    {
        Assert.Null(FrontierView.OfLatency(Found(Plan("Slow", 100, 20, null), Plan("Unknown", 90, null, null)), DisplayCurrency.Usd));
        Assert.Null(FrontierView.OfRisk(Found(Plan("Safe", 100, null, 150), Plan("Cannot", 90, null, null)), DisplayCurrency.Usd));
    }

    [Fact]
    public void Tasks_apart_and_together_are_compared_in_a_sentence()
    {
        Assert.Equal("Each task its own plan costs $60.00 a month, $40.00 less than one plan for all at $100.00.", Tasks(60, Plan("All", 100, null, null)).Sentence(DisplayCurrency.Usd));
        Assert.Equal("One plan for all costs $100.00 a month, $20.00 less than a plan for each task at $120.00.", Tasks(120, Plan("All", 100, null, null)).Sentence(DisplayCurrency.Usd));
        Assert.Equal("One plan for all costs $100.00 a month; for at least one task by itself there is none.", Tasks(null, Plan("All", 100, null, null)).Sentence(DisplayCurrency.Usd));
        Assert.Equal("Each task its own plan costs $60.00 a month; no single plan serves all of them.", Tasks(60).Sentence(DisplayCurrency.Usd));
    }

    [Fact]
    public void Tasks_that_are_together_above_the_budget_say_so()
    {
        var over = new PortfolioFound([], new TaskSearchResult([], 60, Found(), 15));
        Assert.EndsWith("no single plan serves all of them. The tasks' plans keep to the budget one by one, but are together $15.00 above it.", over.Sentence(DisplayCurrency.Usd), StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_are_those_of_the_first_mix_that_has_several()
    {
        var mix = new HybridOption { Id = "mix", Name = "Mix", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "Short", Share = 0.8m, OptionId = "api", InputTokens = 50 }, new TaskRoute { Task = "Long", Share = 0.2m, OptionId = "api" }] };

        var tasks = PlanTasks.Of(Documents.Chat(Documents.Api(1, 1), mix))!;

        Assert.Equal("Mix", tasks.Mix);
        Assert.Equal([("Short", 0.8m, 50m), ("Long", 0.2m, null)], tasks.Tasks.Select(task => (task.Name, task.Share, task.InputTokens)));
        Assert.Null(PlanTasks.Of(Documents.Chat(Documents.Api(1, 1), mix with { Routes = [mix.Routes[0]] })));
    }

    [Fact]
    public void An_answer_holds_until_what_was_asked_changes()
    {
        var mix = new HybridOption { Id = "mix", Name = "Mix", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "Short", Share = 0.8m, OptionId = "api" }, new TaskRoute { Task = "Long", Share = 0.2m, OptionId = "api" }] };
        var (scenario, constraints) = (Documents.Chat(Documents.Api(1, 1), mix), new SearchConstraints());
        var asked = PlanQuestion.Of(scenario, constraints, eachTask: false);
        bool Holds(Scenario now, SearchConstraints with, bool each = false) => asked.IsSame(PlanQuestion.Of(now, with, each));

        Assert.True(Holds(scenario with { Name = "Other", Options = [.. scenario.Options, Documents.Fleet()] }, constraints));
        Assert.False(Holds(scenario with { Workload = scenario.Workload with { RequestsPerMonth = 7 } }, constraints));
        Assert.False(Holds(scenario with { HoursPerMonth = 700 }, constraints));
        Assert.False(Holds(scenario, constraints with { QualityTiers = new Dictionary<string, int> { ["a"] = 1 } }));
        Assert.False(Holds(scenario, constraints, each: true));

        var tasks = PlanQuestion.Of(scenario, constraints, eachTask: true);
        Assert.True(tasks.IsSame(PlanQuestion.Of(scenario with { Options = [.. scenario.Options, Documents.Fleet()] }, constraints, eachTask: true)));
        Assert.False(tasks.IsSame(PlanQuestion.Of(scenario with { Options = [mix with { Routes = [mix.Routes[0] with { Share = 0.5m }, mix.Routes[1] with { Share = 0.5m }] }] }, constraints, eachTask: true)));
    }

    [Fact]
    public async Task Plans_whose_latency_nobody_knows_say_so()
    {
        var plan = Plan("Sold", 100, null, 100) with { IsLatencyUnknown = true };
        string Html(string html) => System.Net.WebUtility.HtmlDecode(html);

        var html = Html(await TestRenderer.Create().RenderAsync<PlanTable>(("Plans", new[] { plan }), ("Currency", DisplayCurrency.Usd)));

        Assert.Contains("its latency is not known", html, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", Html(await TestRenderer.Create().RenderAsync<PlanTable>(("Plans", new[] { Plan("Sold", 100, null, 100) }), ("Currency", DisplayCurrency.Usd))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_fails_is_over()
    {
        using var run = new PlanRun(new CatalogStore(new NoDatabase(), TimeProvider.System), () => (CatalogSnapshot.Empty, 0), TimeProvider.System, () => Task.CompletedTask);

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.StartAsync(Documents.Chat()));

        Assert.False(run.IsRunning);
    }

    private sealed class NoDatabase : IDbContextFactory<PlannerDbContext>
    {
        public PlannerDbContext CreateDbContext() => throw new InvalidOperationException("No database");
    }

    [Fact]
    public void Plans_of_tasks_become_options_and_a_mix_that_sends_each_task_to_its_own()
    {
        var api = new ApiOption { Id = "api", Name = "Sold", PriceKey = "seller:model" };
        var (easy, hard) = (new SearchTask { Name = "Easy", Share = 0.75m }, new SearchTask { Name = "Hard", Share = 0.25m, OutputTokens = 900 });

        var added = OptionEdits.AddTaskPlans(Documents.Chat(Documents.Api(1, 1)), [(easy, [api]), (hard, [new SelfHostOption { Id = "self", Name = "Fleet" }]), (easy with { Name = "Other" }, [api])]);

        Assert.Equal(["API", "Sold", "Fleet", "Each task its own plan"], added.Options.Select(option => option.Name));
        var routes = Assert.IsType<HybridOption>(added.Options[^1]).Routes;
        Assert.Equal(["Easy", "Hard", "Other"], routes.Select(route => route.Task));
        Assert.Equal([added.Options[1].Id, added.Options[2].Id, added.Options[1].Id], routes.Select(route => route.OptionId));
        Assert.Equal(900, routes[1].OutputTokens);
    }
}
