using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>The checked figures of the two source documents, through HTTP.</summary>
public class ExampleFiguresTests(PlannerHost host)
{
    private const double Cent = 0.01;

    [Fact]
    public async Task Examples_are_listed_with_the_five_of_the_contract()
    {
        var answer = await host.GetAsync("/examples");
        var ids = answer.Body!.AsArray().Select(example => (string)example!["id"]!).ToList();
        foreach (var id in new[] { "high-volume-chat", "internal-code-generation", "daily-classifier", "document-embeddings", "support-assistant" })
            Assert.Contains(id, ids);
        Assert.All(answer.Body!.AsArray(), example => Assert.NotEmpty((string)example!["name"]!));
    }

    [Theory]
    [InlineData("high-volume-chat", 0, 7_500.00, 7_500.00)]
    [InlineData("high-volume-chat", 1, 8_167.68, 14_167.68)]
    [InlineData("internal-code-generation", 0, 1_500.00, 1_500.00)]
    [InlineData("internal-code-generation", 1, 4_083.84, 4_083.84)]
    [InlineData("internal-code-generation", 2, 1_200.00, 1_200.00)]
    [InlineData("daily-classifier", 1, 4_500.00, 4_500.00)]
    [InlineData("daily-classifier", 2, 22_500.00, 22_500.00)]
    public async Task Option_costs_what_its_inputs_say(string example, int option, double ongoing, double firstMonth)
    {
        var costed = (await host.GetAsync($"/examples/{example}/result")).Value("options")![option]!;
        Assert.Equal(ongoing, (double)costed["ongoingMonthlyUsd"]!, Cent);
        Assert.Equal(firstMonth, (double)costed["firstMonthUsd"]!, Cent);
    }

    [Theory]
    [InlineData(false, 10_890_240)]
    [InlineData(true, 18_890_240)]
    public async Task High_volume_chat_breaks_even_where_its_inputs_say(bool firstMonth, double requests)
    {
        var result = await host.GetAsync("/examples/high-volume-chat/result");
        var crossing = Assert.Single(Question(result.Body!, firstMonth, capacityChecked: false)["crossings"]!.AsArray());
        Assert.Equal(requests, (double)crossing!["value"]!);
        Assert.Equal("api", (string)crossing["fromOptionId"]!);
    }

    [Fact]
    public async Task High_volume_chat_never_breaks_even_within_capacity_and_says_how_full_the_fleet_is()
    {
        var result = await host.GetAsync("/examples/high-volume-chat/result");
        Assert.Empty(Question(result.Body!, firstMonth: false, capacityChecked: true)["crossings"]!.AsArray());
        var fleet = result.Value("options")![1]!;
        Assert.False((bool)fleet["feasible"]!);
        Assert.Equal(7.716, (double)fleet["utilization"]!, 0.001);
        Assert.Equal(250, (double)fleet["capacity"]!["tokensPerSecond"]!, 0.001);
    }

    [Fact]
    public async Task Every_example_evaluates_the_same_when_it_is_posted_back()
    {
        foreach (var example in (await host.GetAsync("/examples")).Body!.AsArray())
        {
            var id = (string)example!["id"]!;
            var posted = await host.PostAsync("/evaluate", await host.ExampleAsync(id));
            Assert.Equal(200, (int)posted.Status);
            Assert.True(JsonNode.DeepEquals((await host.GetAsync($"/examples/{id}/result")).Body, posted.Body), id);
        }
    }

    [Fact]
    public async Task Amounts_carry_no_trailing_zeros()
    {
        using var client = host.CreateClient();
        var text = await client.GetStringAsync("/api/v1/examples/high-volume-chat/result");
        Assert.Contains("\"ongoingMonthlyUsd\":7500,", text, StringComparison.Ordinal);
        Assert.Contains("\"firstMonthUsd\":14167.68,", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_example_is_not_found() => ApiClient.IsProblem(await host.GetAsync("/examples/nobody"), 404);

    private static JsonNode Question(JsonNode result, bool firstMonth, bool capacityChecked) => result["breakEven"]!.AsArray()
        .Single(found => (bool)found!["firstMonth"]! == firstMonth && (bool)found["capacityChecked"]! == capacityChecked)!;
}
