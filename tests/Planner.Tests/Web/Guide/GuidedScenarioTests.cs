using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Web.Components.Guide;
using Xunit;

namespace Planner.Tests.Web.Guide;

/// <summary>Scenarios that answers make, with the catalog that ships.</summary>
public class GuidedScenarioTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private static async Task<(GuidedScenario Begun, Result Result)> BeginAsync(TestDatabase database, GuideAnswers answers)
    {
        var begun = await GuidedScenario.BeginAsync(answers, database.Get<CatalogStore>(), new ExampleStore(), Now, TestContext.Current.CancellationToken);
        var rows = await database.Get<CatalogStore>().SnapshotAsync(begun.Scenario, TestContext.Current.CancellationToken);
        Assert.Empty(ScenarioRules.Check(begun.Scenario, rows));
        return (begun, Engine.Evaluate(begun.Scenario, rows));
    }

    private static Task<TestDatabase> ShippedAsync() => TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);

    [Fact]
    public async Task Each_kind_of_task_compares_an_api_with_a_fleet_by_defaults_alone()
    {
        using var database = await ShippedAsync();
        foreach (var task in GuideTask.All)
        {
            var (begun, result) = await BeginAsync(database, new GuideAnswers { Task = task.Id });

            Assert.Null(begun.Missing);
            Assert.Equal((task.Id, "api", "selfHost"), (task.Id, result.Options[0].Kind, result.Options[^1].Kind));
            Assert.All(result.Options, option => Assert.True(option.Feasible && option.OngoingMonthlyUsd > 0, $"{task.Id}: {option.Name} {string.Join(" ", option.Reasons)}"));
            Assert.Equal(task.Model, begun.Scenario.Options.OfType<SelfHostOption>().Single().Model);
        }
    }

    [Fact]
    public async Task What_was_said_is_in_the_document_and_what_was_not_is_noted()
    {
        using var database = await ShippedAsync();
        var (begun, result) = await BeginAsync(database, new GuideAnswers { Volume = 2_000_000, InputTokens = 1_000, Price = "openai:gpt-4o-mini", ApiOnly = true, Months = 24, BudgetUsd = 400 });

        var (scenario, load) = (begun.Scenario, begun.Scenario.Workload);
        Assert.Equal((2_000_000m, 1_000m, 24, "api"), (load.RequestsPerMonth, load.InputTokens, scenario.Horizon.Months, scenario.BaselineOptionId));
        // 2 M × (1,000 × $0.15 + 100 × $0.60) ÷ 10⁶
        Assert.Equal(420m, Assert.Single(result.Options).OngoingMonthlyUsd);
        Assert.Equal(["workload.outputTokens", "workload.shape.peakToMean", "workload.slo.ttftMs"], scenario.Evidence.Select(note => note.Path));
        Assert.Contains("400", scenario.Notes, StringComparison.Ordinal);
        Assert.Equal("The cheapest option costs $420.00 a month, $20.00 above your budget of $400.00.", GuidedScenario.BudgetInWords(400, result));
        Assert.Equal("The cheapest option costs $420.00 a month, within your budget of $420.00.", GuidedScenario.BudgetInWords(420, result));
    }

    [Fact]
    public async Task Named_model_and_instance_are_the_fleet()
    {
        using var database = await ShippedAsync();
        var (begun, _) = await BeginAsync(database, new GuideAnswers { Model = "llama-3.1-8b", Instance = "aws:g6e.xlarge:us-east-1", StaysInside = true });

        var fleet = begun.Scenario.Options.OfType<SelfHostOption>().Single();
        Assert.Equal(("llama-3.1-8b", "aws:g6e.xlarge:us-east-1"), (fleet.Model, fleet.InstanceKey));
        Assert.True(begun.Scenario.Workload.Requirements.DataStaysInside);
    }

    [Fact]
    public async Task Fleet_that_cannot_be_found_is_said_and_the_api_stays()
    {
        using var database = await ShippedAsync();
        // 70 billion parameters do not fit on one T4.
        var (begun, _) = await BeginAsync(database, new GuideAnswers { Model = "llama-3.1-70b", Instance = "aws:g4dn.xlarge:us-east-1" });

        Assert.StartsWith("No fleet was found: ", begun.Missing, StringComparison.Ordinal);
        Assert.IsType<ApiOption>(Assert.Single(begun.Scenario.Options));

        var (unknown, _) = await BeginAsync(database, new GuideAnswers { Model = "nosuch" });
        Assert.StartsWith("No fleet was found: ", unknown.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_price_sheet_the_fleet_stands_alone()
    {
        using var database = await ShippedAsync();
        var (begun, result) = await BeginAsync(database, new GuideAnswers { Price = "nosuch" });

        Assert.Equal("No price sheet was found: only self-hosting is priced.", begun.Missing);
        Assert.Equal("selfHost", Assert.Single(result.Options).Kind);
    }
}
