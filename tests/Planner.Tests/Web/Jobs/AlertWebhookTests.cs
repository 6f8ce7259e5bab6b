using System.Text.Json.Nodes;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Data.Feeds;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Jobs;

public class AlertWebhookTests
{
    private static readonly DecisionAlert Alert = new(
        3, "abc", "Chat", 1, 9, new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc), new DecisionAnswer("api", "API", 600, null), new DecisionAnswer("self", "Fleet", 720, null), [], null, null);

    [Fact]
    public async Task Alert_is_posted_as_json_and_the_answer_is_told()
    {
        await using var server = await FeedServer.StartAsync();
        var told = new TaskCompletionSource<(string Method, string? Type, string Body)>();
        server.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            told.SetResult((context.Request.Method, context.Request.ContentType, await reader.ReadToEndAsync()));
            context.Response.StatusCode = 204;
        };
        using var webhook = new AlertWebhook(TimeProvider.System);

        Assert.Equal("The webhook was told: status 204.", await webhook.TellAsync(server.Url, Alert, CancellationToken.None));
        var (method, type, body) = await told.Task;
        Assert.Equal(("POST", "application/json; charset=utf-8"), (method, type));
        var message = JsonNode.Parse(body)!;
        Assert.Equal("decisionChanged", (string)message["event"]!);
        Assert.Equal((3, "abc", 600m, 720m), ((int)message["alert"]!["id"]!, (string)message["alert"]!["scenarioId"]!, (decimal)message["alert"]!["before"]!["monthlyUsd"]!, (decimal)message["alert"]!["after"]!["monthlyUsd"]!));
    }

    [Fact]
    public async Task Failure_is_tried_once_more_and_no_secret_of_the_address_is_told()
    {
        await using var server = await FeedServer.StartAsync();
        server.Fail(500);
        using var webhook = new AlertWebhook(TimeProvider.System);

        var answer = await webhook.TellAsync($"{server.Url}?token=hush", Alert, CancellationToken.None);
        Assert.Equal("The webhook was not told, after two attempts: status 500.", answer);
        Assert.Equal(2, server.Requests.Count);

        var closed = server.Url;
        await server.DisposeAsync();
        var unreachable = await webhook.TellAsync($"{closed}?token=hush", Alert, CancellationToken.None);
        Assert.Contains("no connection", unreachable, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", unreachable, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", unreachable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("hush-this")]
    public async Task Address_that_is_none_is_refused_without_being_quoted(string url)
    {
        using var webhook = new AlertWebhook(TimeProvider.System);
        var answer = await webhook.TellAsync(url, Alert, CancellationToken.None);
        Assert.StartsWith("The webhook was not told", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(url, answer, StringComparison.Ordinal);
    }
}
