using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class SimulateApiTests(PlannerHost host)
{
    private static JsonObject Range(string path, decimal low, decimal likely, decimal high) => new() { ["path"] = path, ["low"] = low, ["likely"] = likely, ["high"] = high };

    [Fact]
    public async Task Scenario_with_ranges_gets_shares_percentiles_tornado_flips_and_values()
    {
        var scenario = await host.ExampleAsync();
        scenario["ranges"] = new JsonArray(Range("workload.requestsPerMonth", 500_000, 1_000_000, 1_300_000));

        var answer = await host.PostAsync("/simulate", scenario);

        Assert.Equal(10_000, (int)answer.Value("samples")!);
        var month = answer.Value("outlooks")![0]!;
        Assert.Equal("month", (string)month["metric"]!);
        var api = month["options"]![0]!;
        // The API costs $750 a million requests; the fleet $8,168, whatever they are.
        Assert.Equal(1, (double)api["cheapestShare"]!);
        Assert.InRange((double)api["cost"]!["p50"]!, 650, 750);
        Assert.Equal("workload.requestsPerMonth", (string)answer.Value("tornado")![0]!["path"]!);
        Assert.Null(answer.Value("flips")![0]!["value"]);
        Assert.Equal(0, (double)answer.Value("information")!["totalUsdPerMonth"]!, 1e-9);
    }

    [Fact]
    public async Task Faulty_range_is_refused_at_its_field()
    {
        var scenario = await host.ExampleAsync();
        scenario["ranges"] = new JsonArray(Range("workload.requestsPerMonth", 3, 2, 1), Range("workload.moonPhase", 1, 2, 3), Range("workload.retryShare", 0, 0.5m, 2));

        var answer = await host.PostAsync("/simulate", scenario);

        ApiClient.IsProblem(answer, 400, "ranges[0].low", "ranges[1].path", "ranges[2].high");
    }

    [Fact]
    public async Task Nothing_uncertain_is_no_fault_but_has_a_reason()
    {
        var scenario = await host.ExampleAsync();
        scenario["ranges"] = new JsonArray();
        var answer = await host.PostAsync("/simulate", scenario);

        Assert.Equal(0, (int)answer.Value("samples")!);
        Assert.NotNull((string?)answer.Value("reason"));
        Assert.Empty(answer.Value("outlooks")!.AsArray());
    }
}
