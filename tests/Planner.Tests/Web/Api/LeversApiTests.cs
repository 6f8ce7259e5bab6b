using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class LeversApiTests(PlannerHost host)
{
    [Fact]
    public async Task Steps_of_every_option_add_up_to_its_end()
    {
        var scenario = await host.ExampleAsync();
        scenario["workload"]!["levers"] = JsonNode.Parse("""{ "outputLimit": { "share": 0.5 }, "responseCache": { "hitShare": 0.2 } }""");

        var options = (await host.PostAsync("/levers", scenario)).Value("options")!.AsArray();

        // 10 M requests of 500 tokens at $1.5: $7,500; a fifth less; then 50 of 500 tokens less.
        Assert.Equal(7_500m, (decimal)options[0]!["baseMonthlyUsd"]!);
        Assert.Equal([("responseCache", -1_500m), ("outputLimit", -600m)], options[0]!["steps"]!.AsArray().Select(step => ((string)step!["leverId"]!, (decimal)step["deltaMonthlyUsd"]!)));
        Assert.Equal(5_400m, (decimal)options[0]!["endMonthlyUsd"]!);
        // The fleet of the example cannot carry its load, with or without.
        Assert.Null(options[1]!["baseMonthlyUsd"]);
        Assert.NotEmpty((string)options[1]!["baseReason"]!);
    }

    [Fact]
    public async Task Lever_out_of_its_range_is_refused_at_its_field()
    {
        var scenario = await host.ExampleAsync();
        scenario["workload"]!["levers"] = JsonNode.Parse("""{ "outputLimit": { "share": 1 } }""");
        ApiClient.IsProblem(await host.PostAsync("/levers", scenario), 400, "workload.levers.outputLimit.share");
    }
}
