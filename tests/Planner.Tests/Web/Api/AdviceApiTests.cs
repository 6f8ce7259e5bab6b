using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

public class AdviceApiTests(PlannerHost host)
{
    [Fact]
    public async Task A_check_says_what_one_click_would_change()
    {
        var checks = (await host.PostAsync("/evaluate", await host.ExampleAsync())).Value("checks")!.AsArray();

        // The example's two machines cannot carry its load.
        var small = checks.Single(check => (string)check!["id"]! == "fleet-too-small")!;
        Assert.Equal("error", (string)small["severity"]!);
        Assert.Equal("self", (string)small["optionId"]!);
        var change = small["fix"]!["changes"]!.AsArray()[0]!;
        Assert.Equal(("options[1].fleet.sizing", "weeklyPeak"), ((string)change["path"]!, (string)change["value"]!));
        Assert.NotEmpty((string)small["fix"]!["label"]!);
    }

    [Fact]
    public async Task A_fleet_is_sized_over_the_whole_catalog()
    {
        var answer = await host.PostAsync("/right-size", new JsonObject { ["scenario"] = await host.ExampleAsync(), ["optionId"] = "self" });

        // Two machines of 125 tokens/s cannot carry 1,929; sixteen can, 16 × 5.672 × 720.
        Assert.False((bool)answer.Value("feasible")!);
        var larger = answer.Value("variants")!.AsArray().Single(variant => (string)variant!["change"]! == "replicas")!;
        Assert.Equal(65_341.44m, (decimal)larger["monthlyUsd"]!);
        Assert.NotEmpty((string)answer.Value("ruleOfThumb")!);
    }

    [Fact]
    public async Task A_question_about_what_is_no_fleet_is_refused_at_its_field()
    {
        ApiClient.IsProblem(await host.PostAsync("/right-size", new JsonObject { ["scenario"] = await host.ExampleAsync(), ["optionId"] = "api" }), 400, "optionId");
        ApiClient.IsProblem(await host.PostAsync("/right-size", new JsonObject { ["scenario"] = await host.ExampleAsync() }), 400, "optionId");
        ApiClient.IsProblem(await host.PostAsync("/right-size", new JsonObject { ["optionId"] = "self" }), 400, "scenario");
    }

    [Fact]
    public async Task The_scorecard_recommends_the_verdict()
    {
        var decision = await host.PostAsync("/decision", await host.ExampleAsync());

        Assert.Equal("api", (string)decision.Value("optionId")!);
        Assert.All(decision.Value("rows")!.AsArray(), row => Assert.NotEmpty((string)row!["ruleOfThumb"]!));
        Assert.Equal("api", (string)decision.Value("path")!["phases"]!.AsArray()[0]!["optionId"]!);
    }

    [Fact]
    public async Task Rules_and_advice_are_told()
    {
        Assert.True((await host.GetAsync("/rules")).Value("rules")!.AsArray().Count >= 25);
        Assert.NotNull((await host.PostAsync("/advice", await host.ExampleAsync())).Value("sizings"));
    }
}
