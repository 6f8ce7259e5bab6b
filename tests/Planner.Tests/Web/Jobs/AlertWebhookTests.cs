using System.Text.Json.Nodes;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Tests.Data;
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

        Assert.Equal(new WebhookAnswer("The webhook was told: status 204.", true), await webhook.TellAsync(server.Url, Alert, CancellationToken.None));
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
        Assert.Equal(new WebhookAnswer("The webhook was not told, after two attempts: status 500.", true), answer);
        Assert.Equal(2, server.Requests.Count);

        var closed = server.Url;
        await server.DisposeAsync();
        var unreachable = await webhook.TellAsync($"{closed}?token=hush", Alert, CancellationToken.None);
        Assert.False(unreachable.IsReached);
        Assert.Contains("no connection", unreachable.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", unreachable.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", unreachable.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_is_not_tried_again()
    {
        await using var server = await FeedServer.StartAsync();
        server.Fail(410);
        using var webhook = new AlertWebhook(TimeProvider.System);

        Assert.Equal(new WebhookAnswer("The webhook was not told: status 410.", true), await webhook.TellAsync(server.Url, Alert, CancellationToken.None));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task All_alerts_are_told_however_many_there_are()
    {
        using var database = await TestDatabase.PreparedAsync();
        var alerts = await RaiseAsync(database, 101);
        await using var server = await FeedServer.StartAsync();
        server.Fail(204);
        using var webhook = new AlertWebhook(TimeProvider.System);

        await AlertTeller.TellAsync(alerts, webhook, database.Get<Gates>(), server.Url, (_, _) => { }, CancellationToken.None);

        Assert.Equal(101, server.Requests.Count);
        Assert.Empty(await alerts.UntoldAsync(1));
    }

    [Fact]
    public async Task Where_nobody_answers_the_other_alerts_wait_for_the_next_check()
    {
        using var database = await TestDatabase.PreparedAsync();
        var alerts = await RaiseAsync(database, 3);
        var server = await FeedServer.StartAsync();
        var closed = server.Url;
        await server.DisposeAsync();
        using var webhook = new AlertWebhook(TimeProvider.System);

        await AlertTeller.TellAsync(alerts, webhook, database.Get<Gates>(), closed, (_, _) => { }, CancellationToken.None);

        Assert.Equal(2, (await alerts.UntoldAsync(10)).Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("hush-this")]
    public async Task Address_that_is_none_is_refused_without_being_quoted(string url)
    {
        using var webhook = new AlertWebhook(TimeProvider.System);
        var answer = await webhook.TellAsync(url, Alert, CancellationToken.None);
        Assert.StartsWith("The webhook was not told", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(url, answer.Text, StringComparison.Ordinal);
    }

    private static async Task<AlertStore> RaiseAsync(TestDatabase database, int count)
    {
        var alerts = database.Get<AlertStore>();
        for (var number = 0; number < count; number++)
        {
            var stored = await database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"));
            await alerts.NoteAsync(stored.Id, 1, new DecisionChange(Alert.Before, Alert.After, [DecisionReasons.CheapestOption], []), null);
        }

        return alerts;
    }
}
