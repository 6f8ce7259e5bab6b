using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class BreakEvenApiTests(PlannerHost host)
{
    [Fact]
    public async Task Tokens_axis_is_five_hundred_times_the_requests_axis()
    {
        var answer = await host.PostAsync("/break-even", new JsonObject { ["scenario"] = await host.ExampleAsync(), ["axis"] = "tokensPerMonth" });
        var found = answer.Value("breakEven")!.AsArray();
        Assert.Equal(4, found.Count);
        Assert.Equal(5_445_120_000, (double)found[0]!["crossings"]![0]!["value"]!, 0.5);
        Assert.Equal("tokens/month", (string)found[0]!["unit"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Range_may_stand_in_an_object_or_beside_the_axis(bool nested)
    {
        var body = new JsonObject { ["scenario"] = await host.ExampleAsync(), ["axis"] = "requestsPerMonth" };
        var range = new JsonObject { ["from"] = 0, ["to"] = 10_000_000 };
        if (nested)
            body["range"] = range;
        else
            (body["from"], body["to"]) = (0, 10_000_000);

        var answer = await host.PostAsync("/break-even", body);

        var interval = Assert.Single(answer.Value("breakEven")![0]!["intervals"]!.AsArray())!;
        Assert.Equal(10_000_000, (double)interval["to"]!);
        Assert.Empty(answer.Value("breakEven")![0]!["crossings"]!.AsArray());
    }

    [Theory]
    [InlineData("\"moonPhase\"")]
    [InlineData("null")]
    [InlineData("\"requestspermonth\"")]
    public async Task Unknown_axis_is_told_with_the_axes_there_are(string axis)
    {
        var answer = await host.SendAsync(HttpMethod.Post, "/break-even", $$"""{ "scenario": {{await host.ExampleAsync()}}, "axis": {{axis}} }""");
        ApiClient.IsProblem(answer, 400, "axis");
        Assert.Contains("requestsPerMonth", (string)answer.Value("errors")![0]!["message"]!, StringComparison.Ordinal);
        Assert.Contains("tokensPerMonth", (string)answer.Value("errors")![0]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "from": -1 }""", "range.from")]
    [InlineData("""{ "from": 5, "to": 5 }""", "range.to")]
    [InlineData("""{ "to": 1.1e12 }""", "range.to")]
    [InlineData("""{ "to": 1e400 }""", "range.to")]
    [InlineData("""{ "to": "many" }""", "range.to")]
    public async Task Range_outside_the_axis_is_refused(string range, string path)
    {
        var body = $$"""{ "scenario": {{await host.ExampleAsync()}}, "axis": "requestsPerMonth", "range": {{range}} }""";
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, "/break-even", body), 400, path);
    }

    [Fact]
    public async Task Axis_of_an_option_says_which_one_it_belongs_to()
    {
        var body = new JsonObject { ["scenario"] = await host.ExampleAsync(), ["axis"] = "apiPrice" };
        var found = (await host.PostAsync("/break-even", body)).Value("breakEven")![0]!;
        Assert.Equal("api", (string)found["optionId"]!);
        // Two instances at $8,167.68 for 5,000 M tokens.
        Assert.Equal(1.633536, (double)found["crossings"]![0]!["value"]!, 1e-9);

        body["optionId"] = "nobody";
        ApiClient.IsProblem(await host.PostAsync("/break-even", body), 400, "optionId");
    }

    [Fact]
    public async Task Map_names_the_winner_of_each_cell()
    {
        var body = new JsonObject
        {
            ["scenario"] = await host.ExampleAsync(),
            ["x"] = new JsonObject { ["axis"] = "requestsPerMonth" },
            ["y"] = new JsonObject { ["axis"] = "apiPrice" },
            ["columns"] = 4,
            ["rows"] = 3,
        };
        var map = await host.PostAsync("/break-even/map", body);
        Assert.Equal(3, map.Value("cells")!.AsArray().Count);
        Assert.Equal(4, map.Value("cells")![0]!.AsArray().Count);
        Assert.Equal("api", (string)map.Value("y")!["optionId"]!);

        body["y"] = new JsonObject { ["axis"] = "tokensPerMonth" };
        ApiClient.IsProblem(await host.PostAsync("/break-even/map", body), 400, "y.axis");
        body.Remove("y");
        ApiClient.IsProblem(await host.PostAsync("/break-even/map", body), 400, "y");
    }

    [Fact]
    public async Task Faults_of_the_scenario_are_told_below_it()
    {
        var scenario = await host.ExampleAsync();
        scenario["hoursPerMonth"] = 1;
        var body = new JsonObject { ["scenario"] = scenario, ["axis"] = "requestsPerMonth" };
        ApiClient.IsProblem(await host.PostAsync("/break-even", body), 400, "scenario.hoursPerMonth");
        ApiClient.IsProblem(await host.PostAsync("/break-even", new JsonObject { ["axis"] = "requestsPerMonth" }), 400, "scenario");
    }
}
