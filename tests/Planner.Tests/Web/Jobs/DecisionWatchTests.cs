using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Web.Api;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Jobs;

/// <summary>
/// Decisions on an app of their own, as runs change the catalog. A request has 400 + 100 tokens and there are a million a month: model m399 at $1 and $2 per M tokens costs $600, the flat price of
/// $2 costs $1,000. At $2.20 for its input m399 costs 400 × 2.2 + 100 × 2 = $1,080.
/// </summary>
public class DecisionWatchTests(DecisionWatchTests.WatchHost host) : IClassFixture<DecisionWatchTests.WatchHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Second_file_of_prices_raises_one_alert_with_what_was_what_is_and_the_price_that_did_it()
    {
        await UploadAsync(LiteLlmFixture.Plain(400));
        var created = await host.PostAsync("/scenarios", Document());
        var (id, tag) = ((string)created.Value("id")!, created.Tag);
        var saved = (await host.GetAsync($"/scenarios/{id}")).Body!;
        using var checks = new SemaphoreSlim(0);
        var watch = host.Services.GetRequiredService<DecisionWatch>();
        void Count(DecisionCheck check) => checks.Release();
        watch.Ended += Count;

        var run = await UploadAsync(LiteLlmFixture.Plain(400, lastUsdPerToken: "2.2e-06"));
        Assert.Equal("published", (string)run.Value("status")!);
        List<JsonNode> alerts;
        do
        {
            Assert.True(await checks.WaitAsync(Patience), "No check followed the run.");
            alerts = await AlertsOfAsync(id);
        }
        while (alerts.Count == 0);
        watch.Ended -= Count;

        var alert = Assert.Single(alerts);
        Assert.Equal((id, 1), ((string)alert["scenarioId"]!, (int)alert["version"]!));
        Assert.Equal(("api", 600m), ((string)alert["before"]!["optionId"]!, (decimal)alert["before"]!["monthlyUsd"]!));
        Assert.Equal(("flat", 1000m), ((string)alert["after"]!["optionId"]!, (decimal)alert["after"]!["monthlyUsd"]!));
        var cause = Assert.Single(alert["causes"]!.AsArray())!;
        Assert.Equal(("acme:m399", "litellm", true, 480m), ((string)cause["key"]!, (string)cause["source"]!["source"]!, (bool)cause["flips"]!, (decimal)cause["effectUsd"]!));
        var price = Assert.Single(cause["prices"]!.AsArray())!;
        Assert.Equal(("inputUsdPerM", 1m, 2.2m), ((string)price["field"]!, (decimal)price["old"]!, (decimal)price["new"]!));

        // The saved version answers as it did, digit for digit, until somebody takes the new prices.
        Assert.True(JsonNode.DeepEquals(saved, (await host.GetAsync($"/scenarios/{id}")).Body));
        var page = await ReadPageAsync("/alerts");
        Assert.Contains("Flat at $1,000 a month", page, StringComparison.Ordinal);
        Assert.Contains($"/scenarios/{id}", page, StringComparison.Ordinal);
        Assert.Contains("row=acme", page, StringComparison.Ordinal);
        Assert.Contains("the cheapest would be Flat at $1,000 a month, not M399 at $600", await ReadPageAsync($"/scenarios/{id}"), StringComparison.Ordinal);
        Assert.Contains("$600", await ReadPageAsync($"/report/{id}"), StringComparison.Ordinal);
        Assert.Equal("flat", (string)(await host.GetAsync($"/scenarios/{id}/price-changes")).Value("after")!["optionId"]!);

        // Nothing is raised twice; put aside it is out of the list, and back.
        Assert.Equal((0, 0), await CheckedAsync());
        var address = $"/alerts/{(long)alert["id"]!}";
        Assert.Equal(204, (int)(await host.PostAsync($"{address}/put-aside", null)).Status);
        Assert.Empty(await AlertsOfAsync(id));
        Assert.Single(await AlertsOfAsync(id, "?putAside=true"));
        Assert.Equal(204, (int)(await host.PostAsync($"{address}/reopen", null)).Status);

        // At today's prices it is another version with another answer, and the alert is over without being asked for.
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watch.Ended += check =>
        {
            if (check is { Raised: 0, Closed: 1 })
                closed.TrySetResult();
        };
        ApiClient.IsProblem(await host.PostAsync($"/scenarios/{id}/reprice", null), 428, "If-Match");
        ApiClient.IsProblem(await host.SendAsync(HttpMethod.Post, $"/scenarios/{id}/reprice", ifMatch: "\"v7\""), 412);
        var repriced = await host.SendAsync(HttpMethod.Post, $"/scenarios/{id}/reprice", ifMatch: tag);
        Assert.Equal((200, "\"v2\""), ((int)repriced.Status, repriced.Tag));
        Assert.Equal("flat", (string)repriced.Value("result")!["verdict"]!["cheapestOptionId"]!);
        Assert.Empty(await AlertsOfAsync(id));
        ApiClient.IsProblem(await host.PostAsync($"{address}/put-aside", null), 404);
        await closed.Task.WaitAsync(Patience);
        Assert.Equal((0, 0), await CheckedAsync());

        // The first version still says what it said.
        Assert.True(JsonNode.DeepEquals(saved["result"], (await host.GetAsync($"/scenarios/{id}/versions/1")).Value("result")));
        ApiClient.IsProblem(await host.GetAsync("/alerts?putAside=perhaps&take=0"), 400, "putAside", "take");
    }

    [Fact]
    public async Task Save_at_the_old_prices_leaves_its_alert_as_it_was_and_a_version_that_is_brought_back_gets_its_own()
    {
        await UploadAsync(LiteLlmFixture.Plain(400));
        var id = (string)(await host.PostAsync("/scenarios", Document())).Value("id")!;
        var catalog = host.Services.GetRequiredService<CatalogStore>();
        var scenarios = host.Services.GetRequiredService<ScenarioStore>();
        var first = (await scenarios.GetAsync(id))!;
        await UploadAsync(LiteLlmFixture.Plain(400, lastUsdPerToken: "2.2e-06"));
        await CheckedAsync();
        var raised = Assert.Single(await AlertsOfAsync(id));
        await host.PostAsync($"/alerts/{(long)raised["id"]!}/put-aside", null);

        var noted = first.Scenario with { Notes = "Looked at." };
        await scenarios.SaveAsync(id, 1, noted, first.Snapshot, Engine.Evaluate(noted, first.Snapshot));
        var still = await AwaitAsync(id, "?putAside=true", alerts => alerts.Count == 1);
        Assert.Equal(((long)raised["id"]!, 2), ((long)still[0]["id"]!, (int)still[0]["version"]!));
        Assert.Empty(await AlertsOfAsync(id));

        // Saved at today's prices, and then brought back to those of the first version.
        var today = await catalog.SnapshotAsync(noted);
        await scenarios.SaveAsync(id, 2, noted, today, Engine.Evaluate(noted, today));
        await AwaitAsync(id, "?putAside=true", alerts => alerts.Count == 0);
        await CheckedAsync();
        await scenarios.RestoreVersionAsync(id, 1, 3);
        var again = await AwaitAsync(id, "", alerts => alerts.Count == 1);
        Assert.Equal((4, "flat"), ((int)again[0]["version"]!, (string)again[0]["after"]!["optionId"]!));
        await scenarios.DeleteAsync(id, 4);
    }

    [Fact]
    public async Task Scenario_that_cannot_be_read_is_told_and_the_others_are_still_compared()
    {
        await UploadAsync(LiteLlmFixture.Plain(400));
        var (created, other) = (await host.PostAsync("/scenarios", Document("acme:m3")), await host.PostAsync("/scenarios", Document("acme:m3")));
        var id = (string)created.Value("id")!;
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(host.Folder, "planner.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ScenarioVersions SET SnapshotJson = '[]' WHERE ScenarioId = $id";
            command.Parameters.AddWithValue("$id", id);
            command.ExecuteNonQuery();
        }

        var check = await host.PostAsync("/alerts/check", null);
        Assert.Equal(1, (int)check.Value("failed")!);
        Assert.True((int)check.Value("checked")! >= 2);
        Assert.NotEmpty((string)Assert.Single(await AlertsOfAsync(id))["after"]!["fault"]!);
        Assert.Empty(await AlertsOfAsync((string)other.Value("id")!));
    }

    private async Task<List<JsonNode>> AlertsOfAsync(string scenarioId, string query = "") =>
        [.. (await host.GetAsync($"/alerts{query}")).Value("items")!.AsArray().OfType<JsonNode>().Where(alert => (string)alert["scenarioId"]! == scenarioId)];

    /// <summary>The scenario's alerts once a check has ended after which they are as wanted.</summary>
    private async Task<List<JsonNode>> AwaitAsync(string scenarioId, string query, Predicate<List<JsonNode>> wanted)
    {
        using var checks = new SemaphoreSlim(0);
        var watch = host.Services.GetRequiredService<DecisionWatch>();
        void Count(DecisionCheck check) => checks.Release();
        watch.Ended += Count;
        try
        {
            while (true)
            {
                var alerts = await AlertsOfAsync(scenarioId, query);
                if (wanted(alerts))
                    return alerts;
                Assert.True(await checks.WaitAsync(Patience), "No check brought them.");
            }
        }
        finally
        {
            watch.Ended -= Count;
        }
    }

    private async Task<(int Raised, int Closed)> CheckedAsync()
    {
        var check = await host.PostAsync("/alerts/check", null);
        return ((int)check.Value("raised")!, (int)check.Value("closed")!);
    }

    private async Task<string> ReadPageAsync(string path)
    {
        using var client = host.CreateClient();
        return System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(path));
    }

    private async Task<Answer> UploadAsync(byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "prices.json" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/feeds/litellm/import") { Content = form };
        return await host.SendAsync(request);
    }

    private static JsonNode Document(string key = "acme:m399") => JsonNode.Parse($$"""
        { "schema": "planner.scenario/1", "name": "Watched", "startMonth": "2026-12", "hoursPerMonth": 720,
          "workload": { "requestsPerMonth": 1000000, "inputTokens": 400, "outputTokens": 100 },
          "options": [
            { "id": "api", "kind": "api", "name": "M399", "priceKey": "{{key}}" },
            { "id": "flat", "kind": "api", "name": "Flat", "price": { "inputUsdPerM": 2, "outputUsdPerM": 2 } } ] }
        """)!;

    /// <summary>An app with feeds that nobody else uses.</summary>
    public sealed class WatchHost : PlannerHost;
}
