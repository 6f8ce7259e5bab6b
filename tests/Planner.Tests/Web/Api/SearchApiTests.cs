using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Searches of the shipped catalog.</summary>
public class SearchApiTests(PlannerHost host)
{
    private const string Workload = """{ "requestsPerMonth": 1000000, "inputTokens": 1000, "outputTokens": 200 }""";

    private static JsonObject Question(string constraints, string workload = Workload) => new() { ["workload"] = JsonNode.Parse(workload), ["constraints"] = JsonNode.Parse(constraints) };

    [Fact]
    public async Task Fleet_of_a_chosen_model_is_found_and_its_bill_adds_up()
    {
        var found = (await host.PostAsync("/search", Question("""{ "kinds": ["selfHost"], "models": ["llama-3.1-70b"], "top": 5 }"""))).Body!;

        var plan = found["plans"]![0]!;
        Assert.Equal("llama-3.1-70b", (string)plan["options"]![0]!["model"]!);
        var result = plan["result"]!;
        Assert.True((bool)result["feasible"]!);
        Assert.Equal((decimal)result["ongoingMonthlyUsd"]!, result["ledger"]!.AsArray().Where(line => !(bool)line!["oneOff"]!).Sum(line => (decimal)line!["amountUsd"]!));
        Assert.Equal(5, found["plans"]!.AsArray().Count);
        Assert.True((long)found["considered"]! > (long)found["evaluated"]!);
    }

    [Fact]
    public async Task Plan_taken_over_into_a_scenario_costs_what_the_search_said()
    {
        var plan = (await host.PostAsync("/search", Question("""{ "kinds": ["selfHost"], "models": ["llama-3.1-8b"], "top": 1 }"""))).Body!["plans"]![0]!;
        var scenario = new JsonObject { ["name"] = "Taken over", ["workload"] = JsonNode.Parse(Workload), ["options"] = plan["options"]!.DeepClone() };

        var result = (await host.PostAsync("/evaluate", scenario)).Body!;

        Assert.Equal((decimal)plan["result"]!["ongoingMonthlyUsd"]!, (decimal)result["options"]![0]!["ongoingMonthlyUsd"]!);
    }

    [Fact]
    public async Task What_excludes_everything_is_named_and_priced()
    {
        var found = (await host.PostAsync("/search", Question("""{ "kinds": ["api"] }""", """{ "requestsPerMonth": 1000000, "inputTokens": 1000, "outputTokens": 200, "requirements": { "dataStaysInside": true } }"""))).Body!;

        Assert.Empty(found["plans"]!.AsArray());
        var misses = found["nearMisses"]!.AsArray();
        Assert.Contains("privacy", misses.Select(miss => (string)miss!["constraint"]!));
        Assert.Contains("kind", misses.Select(miss => (string)miss!["constraint"]!));
        Assert.StartsWith("No plan keeps to everything. The tightest is", (string)found["sentence"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_below_every_plan_is_the_one_constraint_that_excludes_them()
    {
        var found = (await host.PostAsync("/search", Question("""{ "kinds": ["selfHost"], "models": ["llama-3.1-70b"], "budgetMonthlyUsd": 1 }"""))).Body!;

        Assert.Empty(found["plans"]!.AsArray());
        Assert.Contains("budget", found["nearMisses"]!.AsArray().Select(miss => (string)miss!["constraint"]!));
    }

    [Fact]
    public async Task Tasks_have_plans_of_their_own_and_one_together()
    {
        var question = Question("""{ "kinds": ["api"] }""");
        question["tasks"] = JsonNode.Parse("""[{ "name": "Short", "share": 0.75, "outputTokens": 20 }, { "name": "Long", "share": 0.25, "outputTokens": 740 }]""");

        var found = (await host.PostAsync("/search/tasks", question)).Body!;

        var month = found["tasks"]!.AsArray().Sum(task => (decimal)task!["found"]!["plans"]![0]!["result"]!["ongoingMonthlyUsd"]!);
        Assert.Equal(month, (decimal)found["monthlyUsd"]!);
        // An API's bill is a sum over requests, so that one API for all at the mean of 200 tokens cannot be cheaper than the best for each.
        Assert.True((decimal)found["together"]!["plans"]![0]!["result"]!["ongoingMonthlyUsd"]! >= month);
    }

    [Theory]
    [InlineData("""{ "models": ["none-such"] }""", "constraints.models")]
    [InlineData("""{ "models": ["llama-3.1-8b", null] }""", "constraints.models[1]")]
    [InlineData("""{ "clouds": [null] }""", "constraints.clouds[0]")]
    [InlineData("""{ "kinds": ["cloud"] }""", "constraints.kinds")]
    [InlineData("""{ "clouds": ["none-such"] }""", "constraints.clouds")]
    [InlineData("""{ "sellers": ["none-such"] }""", "constraints.sellers")]
    [InlineData("""{ "licenses": ["none-such"] }""", "constraints.licenses")]
    [InlineData("""{ "qualityTiers": { "none-such": 1 } }""", "constraints.qualityTiers")]
    [InlineData("""{ "qualityTiers": { "llama-3.1-8b": 1001 } }""", "constraints.qualityTiers.llama-3.1-8b")]
    [InlineData("""{ "qualityTiers": { "llama-3.1-8b": -1 } }""", "constraints.qualityTiers.llama-3.1-8b")]
    [InlineData("""{ "top": 0 }""", "constraints.top")]
    [InlineData("""{ "budgetMonthlyUsd": -1 }""", "constraints.budgetMonthlyUsd")]
    [InlineData("""{ "fleet": { "id": "f", "name": "F", "overheadShare": -1 } }""", "constraints.fleet.overheadShare")]
    public async Task Faults_are_told_at_their_field(string constraints, string path) =>
        ApiClient.IsProblem(await host.PostAsync("/search", Question(constraints)), 400, path);

    [Fact]
    public async Task Workload_is_needed() => ApiClient.IsProblem(await host.PostAsync("/search", new JsonObject()), 400, "workload");

    [Fact]
    public async Task Shares_of_tasks_that_do_not_add_up_are_refused()
    {
        var question = Question("{}");
        question["tasks"] = JsonNode.Parse("""[{ "name": "Half", "share": 0.5 }]""");
        ApiClient.IsProblem(await host.PostAsync("/search/tasks", question), 400, "tasks");
    }
}
