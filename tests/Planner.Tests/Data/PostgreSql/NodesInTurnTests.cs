using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Data.Usage.Databases;
using Planner.Tests.Web.Reports.Scheduled;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>What one node does, another one does not do as well.</summary>
[Collection(nameof(PostgresTests))]
public sealed class NodesInTurnTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _name = $"turns_{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Connection => server.ConnectionString(_name) + ";Pooling=false";

    public async ValueTask InitializeAsync() => await server.ExecuteAsync($"CREATE DATABASE {_name}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Webhook_is_told_of_each_alert_once_however_many_nodes_tell_it()
    {
        const int Alerts = 20;
        var nodes = Enumerable.Range(0, 3).Select(_ => new ServiceCollection().AddLogging().AddPlannerData(DatabaseSettings.Server(Connection)).AddSingleton(new SeedCatalog([], TimeProvider.System)).BuildServiceProvider()).ToList();
        await nodes[0].GetRequiredService<DatabaseStartup>().PrepareAsync(Cancel);
        for (var number = 0; number < Alerts; number++)
        {
            var stored = await nodes[0].GetRequiredService<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"), Cancel);
            var (before, after) = (new DecisionAnswer("a", "A", 1, null), new DecisionAnswer("b", "B", 2, null));
            await nodes[0].GetRequiredService<AlertStore>().NoteAsync(stored.Id, 1, new DecisionChange(before, after, [DecisionReasons.CheapestOption], []), null, cancellationToken: Cancel);
        }

        await using var listener = await FeedServer.StartAsync();
        listener.Fail(204);
        using var webhook = new AlertWebhook(TimeProvider.System);
        await Task.WhenAll(nodes.Select(node => Task.Run(() => AlertTeller.TellAsync(node.GetRequiredService<AlertStore>(), webhook, node.GetRequiredService<Gates>(), listener.Url, (_, _) => { }, Cancel), Cancel)));

        Assert.Equal(Alerts, listener.Requests.Count);
        Assert.Empty(await nodes[0].GetRequiredService<AlertStore>().UntoldAsync(1, Cancel));
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Gate_whose_connection_broke_opens_again()
    {
        // The first notices only when it opens the gate, the second as soon as the server says so or a moment later.
        foreach (var settings in new[] { "Application Name=first", "Application Name=second;Keepalive=1" })
        {
            var gates = new Gates(DatabaseSettings.Server($"{Connection};{settings}"));
            var gate = await gates.EnterAsync("litellm", Cancel);
            Assert.True(await server.ScalarAsync<bool>($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{_name}' AND application_name = '{settings.Split('=', ';')[1]}'"));
            if (settings.Contains("Keepalive", StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
            await gate.DisposeAsync();

            await using var again = await gates.TryEnterAsync("litellm", Cancel);
            Assert.NotNull(again);
        }
    }

    [Fact]
    public async Task Server_gives_up_a_writer_whose_machine_vanished()
    {
        await using var services = new ServiceCollection().AddLogging().AddPlannerData(DatabaseSettings.Server(Connection)).BuildServiceProvider();
        await using var context = await services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancel);

        // What the server has told the operating system, by which it looks after the connection.
        Assert.Equal(
            "10 5 3 25000", await context.Database.SqlQueryRaw<string>("SELECT concat_ws(' ', current_setting('tcp_keepalives_idle'), current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'), current_setting('tcp_user_timeout')) AS \"Value\"").SingleAsync(Cancel));
    }

    [Fact]
    public async Task Report_that_runs_on_one_node_is_not_begun_on_another()
    {
        await using var app = await DispatchApp.StartAsync(("Database:Provider", "PostgreSql"), ("Database:ConnectionString", Connection));
        var scenario = await app.StoreAsync();
        var schedule = await app.ScheduleAsync(scenario);
        await using (await new Gates(DatabaseSettings.Server(Connection)).EnterAsync(Gates.OfReport(schedule.Id), Cancel))
        {
            Assert.Equal(Planner.Web.Reports.Scheduled.DeliveryTexts.ScheduleRunning, (await app.Dispatch.RunNowAsync(scenario, schedule.Id, Cancel)).Refusal);
            await app.RunAtAsync("2026-12-01 13:00");
            Assert.Empty(app.Saved);
        }

        await app.RunAtAsync("2026-12-01 13:01");
        Assert.Single(app.Saved);
    }
}
