using System.Net;
using System.Text.Json.Nodes;
using Planner.Tests.Web.Api;
using Xunit;

namespace Planner.Tests.Web.Security.Fuzzing;

/// <summary>What random calls broke once.</summary>
public sealed class FoundTests(FuzzedHost host) : IClassFixture<FuzzedHost>
{
    [Fact]
    public async Task Advice_is_given_on_a_scenario_whose_model_and_engine_are_retired()
    {
        var scenario = await host.ExampleAsync("document-embeddings");
        var fleet = scenario["options"]!.AsArray().First(option => option!["model"] is not null)!;
        foreach (var path in new[] { $"/catalog/models/{(string)fleet["model"]!}", $"/catalog/engines/{(string)fleet["engine"]!}" })
            Assert.True((int)(await host.DeleteAsync(path, (await host.GetAsync(path)).Tag)).Status < 300, path);

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/advice", scenario)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/right-size", new JsonObject { ["scenario"] = scenario, ["optionId"] = (string)fleet["id"]! })).Status);
    }

    [Fact]
    public async Task Decision_is_told_of_a_machine_for_next_to_nothing()
    {
        var scenario = await host.ExampleAsync();
        scenario["options"]![1]!["instanceUsdPerHour"] = JsonNode.Parse("1e-28");

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/decision", scenario)).Status);
        ApiClient.IsProblem(await host.PostAsync("/break-even", new JsonObject { ["scenario"] = scenario.DeepClone(), ["axis"] = "instancePrice" }), 400, "optionId");
    }

    [Fact]
    public async Task File_that_only_begins_as_Parquet_is_refused()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("PAR1xxxxPAR1"u8.ToArray()), "file", "log.parquet" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/usage/imports") { Content = form };

        var answer = await host.SendAsync(request);

        Assert.Contains((int)answer.Status, new[] { 400, 422 });
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Month_of_more_hours_than_can_be_counted_is_refused()
    {
        var scenario = await host.ExampleAsync();
        scenario["hoursPerMonth"] = JsonNode.Parse("7.9e28");
        scenario["options"]![1]!["purchase"] = JsonNode.Parse("""[{ "kind": "spot", "share": 1, "interruptionsPerMonth": 1, "restartMinutes": 1 }]""");

        ApiClient.IsProblem(await host.PostAsync("/evaluate", scenario), 400, "hoursPerMonth");
    }
}
