using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planner.Tests.Data.Actuals;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Running fleets and links to measured workloads through the API.</summary>
public class FleetsApiTests(FleetsApiTests.OwnHost host) : IClassFixture<FleetsApiTests.OwnHost>
{
    [Fact]
    public async Task A_fleet_is_added_listed_changed_and_deleted()
    {
        var fleets = $"/scenarios/{await ScenarioAsync()}/fleets";
        var added = await host.PostAsync(fleets, Fleet());
        Assert.Equal(201, (int)added.Status);
        var id = (long)added.Value("id")!;

        var listed = Assert.Single((await host.GetAsync(fleets)).Body!.AsArray())!;
        Assert.Equal((id, "self", "Fleet", 5, "http://10.1.2.3:8000/metrics"), ((long)listed["id"]!, (string)listed["optionId"]!, (string)listed["name"]!, (int)listed["intervalMinutes"]!, (string)listed["addresses"]![0]!));
        Assert.Null(listed["state"]!["readUtc"]);
        var changed = Fleet();
        (changed["kind"], changed["selector"], changed["instances"]) = ("prometheus", "{job=\"vllm\"}", 2.5);
        Assert.Equal(2.5m, (decimal)(await host.PutAsync($"{fleets}/{id}", changed, null)).Value("instances")!);
        Assert.Equal("{job=\"vllm\"}", (string)(await host.GetAsync(fleets)).Body![0]!["selector"]!);
        var other = $"/scenarios/{await ScenarioAsync()}/fleets/{id}";
        ApiClient.IsProblem(await host.PutAsync(other, changed, null), 404);
        ApiClient.IsProblem(await host.DeleteAsync(other), 404);
        Assert.Equal(204, (int)(await host.DeleteAsync($"{fleets}/{id}")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"{fleets}/{id}"), 404);
        ApiClient.IsProblem(await host.PutAsync($"{fleets}/{id}", changed, null), 404);
    }

    [Theory]
    [InlineData("optionId", "\"api\"", "optionId")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("name", null, "name")]
    [InlineData("kind", "\"ssh\"", "kind")]
    [InlineData("addresses", "[]", "addresses")]
    [InlineData("addresses", "[\"http://a\",\"not an address\"]", "addresses[1]")]
    [InlineData("addresses", "[null]", "addresses[0]")]
    [InlineData("addresses", "7", "addresses")]
    [InlineData("selector", "\"{job=\\\"a\\\"} or up\"", "selector")]
    [InlineData("instances", "-1", "instances")]
    [InlineData("intervalMinutes", "31", "intervalMinutes")]
    [InlineData("intervalMinutes", "1.5", "intervalMinutes")]
    public async Task A_fault_is_told_by_its_field(string field, string? value, string path)
    {
        var fleets = $"/scenarios/{await ScenarioAsync()}/fleets";
        var fleet = Fleet();
        fleet[field] = value is null ? null : JsonNode.Parse(value);
        if (field == "selector")
            fleet["kind"] = "prometheus";
        ApiClient.IsProblem(await host.PostAsync(fleets, fleet), 400, path);
        ApiClient.IsProblem(await host.PostAsync($"{fleets}/try", fleet), 400, path);
        Assert.Empty((await host.GetAsync(fleets)).Body!.AsArray());
    }

    [Fact]
    public async Task A_scenario_that_is_not_there_has_no_fleets_and_one_has_at_most_twenty()
    {
        ApiClient.IsProblem(await host.GetAsync("/scenarios/nobody/fleets"), 404);
        ApiClient.IsProblem(await host.PostAsync("/scenarios/nobody/fleets", Fleet()), 404);
        ApiClient.IsProblem(await host.PostAsync("/scenarios/nobody/fleets/try", Fleet()), 404);
        ApiClient.IsProblem(await host.DeleteAsync("/scenarios/nobody/fleets/1"), 404);
        var fleets = $"/scenarios/{await ScenarioAsync()}/fleets";
        for (var i = 0; i < 20; i++)
            Assert.Equal(201, (int)(await host.PostAsync(fleets, Fleet(8000 + i))).Status);
        ApiClient.IsProblem(await host.PostAsync(fleets, Fleet(8000)), 400, "addresses[0]");
        ApiClient.IsProblem(await host.PostAsync(fleets, Fleet(8020)), 409);
    }

    [Fact]
    public async Task A_trial_tells_what_the_engine_says_or_why_it_is_not_asked()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(
            FleetReaderTests.Metrics(generated: 500, running: 3) + "vllm:time_to_first_token_seconds_bucket{le=\"+Inf\"} 4\nvllm:time_to_first_token_seconds_sum 2\n");
        var fleets = $"/scenarios/{await ScenarioAsync()}/fleets";
        var fleet = Fleet();
        fleet["addresses"] = new JsonArray(FleetReaderTests.Base(server).Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

        var tried = await host.PostAsync($"{fleets}/try", fleet);

        Assert.Equal((200, null), ((int)tried.Status, (string?)tried.Value("fault")));
        var replica = Assert.Single(tried.Value("replicas")!.AsArray())!;
        Assert.Equal(("vllm", 500m, 3m, 0.5m), ((string)replica["engine"]!, (decimal)replica["generatedTokens"]!, (decimal)replica["running"]!, (decimal)replica["meanTtftSeconds"]!));
        Assert.Empty((await host.GetAsync(fleets)).Body!.AsArray());
        fleet["addresses"] = new JsonArray(FleetReaderTests.Base(server));
        var refused = await host.PostAsync($"{fleets}/try", fleet);
        Assert.Equal("127.0.0.1 is on a private network, which is called only where the setting Actuals:AllowedHosts names it.", (string)refused.Value("fault")!);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_option_is_linked_with_the_workload_that_it_served()
    {
        var links = $"/scenarios/{await ScenarioAsync()}/usage-links";
        var set = await host.PostAsync("/usage", new JsonObject { ["name"] = "Logs", ["database"] = "gateway" });
        var request = new JsonObject { ["usageSetId"] = (long)set.Value("id")!, ["models"] = new JsonArray("gpt-4o", "gpt-4o") };

        Assert.Equal(200, (int)(await host.PutAsync($"{links}/api", request, null)).Status);

        var link = Assert.Single((await host.GetAsync(links)).Body!.AsArray())!;
        Assert.Equal(("api", "gpt-4o", 1), ((string)link["optionId"]!, (string)link["models"]![0]!, link["models"]!.AsArray().Count));
        ApiClient.IsProblem(await host.PutAsync($"{links}/nobody", request, null), 404);
        ApiClient.IsProblem(await host.PutAsync("/scenarios/nobody/usage-links/api", request, null), 404);
        ApiClient.IsProblem(await host.PutAsync($"{links}/api", new JsonObject { ["usageSetId"] = 999_999 }, null), 400, "usageSetId");
        ApiClient.IsProblem(await host.PutAsync($"{links}/api", new JsonObject { ["usageSetId"] = 1, ["models"] = new JsonArray("") }, null), 400, "models");
        Assert.Equal(204, (int)(await host.DeleteAsync($"{links}/api")).Status);
        ApiClient.IsProblem(await host.DeleteAsync($"{links}/api"), 404);
        ApiClient.IsProblem(await host.GetAsync("/scenarios/nobody/usage-links"), 404);
    }

    private static JsonObject Fleet(int port = 8000) => new()
    {
        ["optionId"] = "self",
        ["name"] = "Fleet",
        ["kind"] = "metrics",
        ["addresses"] = new JsonArray($"http://10.1.2.3:{port}/metrics"),
    };

    private async Task<string> ScenarioAsync() => (string)(await host.PostAsync("/scenarios", await host.ExampleAsync())).Value("id")!;

    /// <summary>An app that may call this machine by one of its names.</summary>
    public sealed class OwnHost : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Actuals:AllowedHosts"] = "localhost",
            ["Actuals:Enabled"] = "false",
            ["Usage:Databases:gateway:Kind"] = "LiteLlmPostgres",
            ["Usage:Databases:gateway:ConnectionString"] = "Host=none",
        };
    }
}
