using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>10 M requests of 500 tokens in 720 hours: 3.858 requests/s and 1,929 tokens/s in the mean hour. A replica serves 125 tokens/s.</summary>
public class WeekApiTests(PlannerHost host)
{
    private async Task<JsonNode> AskAsync(string shape, string? mix = null)
    {
        var scenario = await host.ExampleAsync();
        scenario["workload"]!["shape"] = JsonNode.Parse(shape);
        var fleet = scenario["options"]![1]!;
        fleet["instanceKey"] = null;
        fleet["instanceUsdPerHour"] = 5;
        fleet["fleet"] = JsonNode.Parse("""{ "sizing": "hourly" }""");
        fleet["purchase"] = JsonNode.Parse("""[{ "kind": "onDemand", "share": 1 }, { "kind": "reserved1y", "share": 0, "usdPerHour": 3 }]""");
        if (mix is not null)
        {
            scenario["options"]![0]!["price"] = JsonNode.Parse("""{ "inputUsdPerM": 15, "outputUsdPerM": 15 }""");
            scenario["options"]!.AsArray().Add(JsonNode.Parse(mix));
        }

        return (await host.PostAsync("/week", scenario)).Body!;
    }

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(value => (double)value!)];

    private static JsonNode Mix(JsonNode week, string id) => week["fleets"]![0]!["mixes"]!.AsArray().Single(mix => (string)mix!["id"]! == id)!;

    [Fact]
    public async Task Even_week_runs_the_same_instances_in_every_hour_and_is_cheapest_reserved()
    {
        var week = await AskAsync("""{ "kind": "flat" }""");

        Assert.All(Numbers(week["requestsPerSecond"]), requests => Assert.Equal(3.858, requests, 0.001));
        // 1,929 ÷ 125 = 15.4: 16 instances, which carry 2,000.
        var fleet = week["fleets"]![0]!;
        Assert.All(Numbers(fleet["instances"]), instances => Assert.Equal(16, instances));
        Assert.All(Numbers(fleet["capacityTokensPerSecond"]), capacity => Assert.Equal(2_000, capacity, 0.001));
        Assert.Equal(0, (int)fleet["hoursShort"]!);
        // 16 × 720 h × $5, and × $3 reserved.
        Assert.Equal(57_600m, (decimal)Mix(week, "asStated")["monthlyUsd"]!);
        Assert.Equal(57_600m, (decimal)Mix(week, "onDemand")["monthlyUsd"]!);
        Assert.Equal(34_560m, (decimal)Mix(week, "cheapest")["monthlyUsd"]!);
        var part = Assert.Single(Mix(week, "cheapest")["parts"]!.AsArray())!;
        Assert.Equal(("reserved1y", 16), ((string)part["kind"]!, (double)part["instances"]!));
    }

    [Fact]
    public async Task Batch_window_runs_in_its_hours_only_and_commits_to_nothing()
    {
        // A quarter of the week: four times the mean there, 7,716 ÷ 125 = 61.7.
        var week = await AskAsync($$"""{ "kind": "batchWindow", "hours": [{{string.Join(", ", Enumerable.Range(0, 42))}}] }""");

        var requests = Numbers(week["requestsPerSecond"]);
        Assert.Equal((15.432, 0), (Math.Round(requests[0], 3), requests[42]));
        Assert.Equal(4, (double)week["peakToMean"]!, 1e-9);
        var instances = Numbers(week["fleets"]![0]!["instances"]);
        Assert.Equal((62, 62, 0), (instances[0], instances[41], instances[42]));
        // 62 × 180 h × $5; reserved all month 62 × 720 h × $3 would be more.
        Assert.Equal(55_800m, (decimal)Mix(week, "cheapest")["monthlyUsd"]!);
        Assert.Equal("onDemand", (string)Assert.Single(Mix(week, "cheapest")["parts"]!.AsArray())!["kind"]!);
    }

    [Fact]
    public async Task Mix_says_who_serves_which_share()
    {
        // A full instance saves $4,860 of API a month and costs $3,600; 0.43 of one would save $2,100. So 15 of 15.432 units are the fleet's.
        var week = await AskAsync("""{ "kind": "flat" }""", """{ "id": "mix", "kind": "hybrid", "name": "Mix", "mode": "overflow", "fleetOptionId": "self", "apiOptionId": "api" }""");

        var mix = Assert.Single(week["mixes"]!.AsArray())!;
        Assert.Equal("mix", (string)mix["optionId"]!);
        var parts = mix["parts"]!.AsArray();
        Assert.Equal(["self", "api"], parts.Select(part => (string)part!["optionId"]!));
        Assert.Equal([0.972, 0.028], parts.Select(part => Math.Round((double)part!["servedShare"]!, 6)));
    }

    [Fact]
    public async Task Shape_out_of_its_range_is_refused_at_its_field()
    {
        var scenario = await host.ExampleAsync();
        scenario["workload"]!["shape"] = JsonNode.Parse("""{ "kind": "batchWindow" }""");
        ApiClient.IsProblem(await host.PostAsync("/week", scenario), 400, "workload.shape.hours");
    }
}
