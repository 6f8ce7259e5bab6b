using System.Text.Json.Nodes;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Data.Usage.Databases;
using Xunit;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>Two nodes on one database: what is done through one is there for the other, and what a killed one was doing is done once.</summary>
[Collection(nameof(PostgresTests))]
public sealed class TwoNodesTests(PostgresServer server)
{
    private const int Models = 120;

    // How long Quartz takes to see that a node is gone, and a slow machine to do the rest.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_that_is_killed_during_a_refresh_loses_nothing_and_doubles_nothing()
    {
        var name = $"nodes_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        await using var source = await FeedServer.StartAsync();
        var asked = new TaskCompletionSource();
        source.Answer = async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var settings = new Dictionary<string, string>
        {
            ["Feeds__Enabled"] = "false",
            ["Feeds__litellm__Enabled"] = "true",
            ["Feeds__litellm__Cron"] = "0/5 * * * * ?",
            ["Feeds__litellm__Url"] = source.Url,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        await using var one = await NodeProcess.StartAsync("node-one", server.ConnectionString(name), settings);
        await using var two = await NodeProcess.StartAsync("node-two", server.ConnectionString(name), settings);
        await asked.Task.WaitAsync(Patience, Cancel);

        // Each is known by a name of its own, without which nobody would notice that one is gone.
        await UntilAsync(async () => await server.ScalarAsync<long>("SELECT count(*) FROM qrtz_scheduler_state", name) == 2);

        // Both are written to at once while one of them refreshes.
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => MakeAsync(number % 2 == 0 ? one : two, number)));
        foreach (var id in made)
        {
            Assert.Equal(id, (string)(await one.GetAsync($"/scenarios/{id}", Cancel))["id"]!);
            Assert.Equal(id, (string)(await two.GetAsync($"/scenarios/{id}", Cancel))["id"]!);
        }

        var running = await server.ScalarAsync<string>(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND classid = 7350003 AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted", name);
        var (killed, left) = running == one.Name ? (one, two) : (two, one);
        Assert.Equal(killed.Name, running);
        Assert.Single(source.Requests);
        source.Serve(LiteLlmFixture.Plain(Models));
        await killed.KillAsync();

        await UntilAsync(async () => await server.ScalarAsync<long>("""SELECT count(*) FROM "FeedRuns" WHERE "Status" = 'published'""", name) > 0);
        Assert.Equal(1L, await server.ScalarAsync<long>("""SELECT count(*) FROM "FeedRuns" WHERE "Status" = 'failed' AND "Reason" = 'The program ended before the run did.'""", name));
        Assert.Equal(1L, await server.ScalarAsync<long>("""SELECT count(*) FROM "FeedRuns" WHERE "Status" = 'published'""", name));
        Assert.Equal((long)Models, await server.ScalarAsync<long>("""SELECT count(*) FROM "Prices" WHERE "Origin" = 'litellm' AND "Key" LIKE 'acme:m%'""", name));
        Assert.Equal((long)Models, await server.ScalarAsync<long>("""SELECT count(*) FROM "PriceRevisions" WHERE "FeedRunId" IS NOT NULL AND "PriceKey" LIKE 'acme:m%'""", name));
        Assert.Equal((10L, 10L), (await server.ScalarAsync<long>("""SELECT count(*) FROM "Scenarios" """, name), await server.ScalarAsync<long>("""SELECT count(*) FROM "ScenarioVersions" """, name)));
        Assert.Equal(1, (decimal)(await left.GetAsync("/catalog/prices/acme:m7", Cancel))["prices"]!["inputUsdPerM"]!);
    }

    [Fact]
    public async Task Node_tells_how_the_database_of_its_server_fares_and_makes_no_backups()
    {
        var name = $"nodes_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        await using var node = await NodeProcess.StartAsync("node", server.ConnectionString(name), new Dictionary<string, string> { ["Feeds__Enabled"] = "false" });

        var report = await node.GetAsync("/system", Cancel);
        var (about, database) = (report["about"]!, Assert.Single(report["storage"]!["items"]!.AsArray(), item => (string)item!["kind"]! != "usage")!);
        Assert.Matches(@"^\d+\.\d+", (string)about["postgreSql"]!);
        Assert.Null(about["sqlite"]);
        Assert.Equal(("database", $"127.0.0.1:{server.Port}/{name}"), ((string)database["kind"]!, (string)database["path"]!));
        Assert.InRange((long)database["bytes"]!, 1_000_000, 1_000_000_000);
        Assert.Null(report["storage"]!["freeBytes"]);
        Assert.DoesNotContain(report["jobs"]!.AsArray(), job => ((string)job!["name"]!).Contains("Back up", StringComparison.Ordinal));
        Assert.Contains($"127.0.0.1:{server.Port}/{name}", await node.TextAsync("/system", Cancel), StringComparison.Ordinal);
        Assert.Equal("Healthy", (string)JsonNode.Parse(await node.TextAsync("/health/ready", Cancel))!["checks"]!.AsArray().Single(check => (string)check!["name"]! == "database")!["status"]!);
        Assert.Equal(0L, await server.ScalarAsync<long>("SELECT count(*) FROM qrtz_job_details WHERE job_group = 'backups'", name));
    }

    private static async Task<string> MakeAsync(NodeProcess node, int number)
    {
        var document = await node.GetAsync("/examples/high-volume-chat", Cancel);
        document["name"] = $"Of both {number}";
        return (string)(await node.PostAsync("/scenarios", document, Cancel))["id"]!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        end.CancelAfter(Patience);
        while (!await holds())
            await Task.Delay(200, end.Token);
    }
}
