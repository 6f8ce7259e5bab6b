using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Tests.Data.Usage.Databases;
using Planner.Web.Hosting;
using Xunit;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>Nodes that start on one empty database of a server.</summary>
[Collection(nameof(PostgresTests))]
public sealed class ServerStartupTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string _name = $"start_{Guid.NewGuid():N}";
    private readonly List<ServiceProvider> _nodes = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Connection => server.ConnectionString(_name) + ";Pooling=false";

    public async ValueTask InitializeAsync() => await server.ExecuteAsync($"CREATE DATABASE {_name}");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_that_start_at_once_migrate_and_seed_once_and_none_fails()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Node().PrepareAsync(Cancel), Cancel)));

        Assert.Equal(1L, await server.ScalarAsync<long>("""SELECT count(*) FROM "Prices" """, _name));
        Assert.Equal(1L, await server.ScalarAsync<long>("""SELECT count(*) FROM "PriceRevisions" """, _name));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_on_a_new_database_make_one_key_and_take_what_the_others_signed()
    {
        await Node().PrepareAsync(Cancel);
        var nodes = Enumerable.Range(0, 4).Select(_ => new ServiceCollection().AddLogging().AddPlannerData(DatabaseSettings.Server(Connection)).AddSharedKeys().BuildServiceProvider()).ToList();
        _nodes.AddRange(nodes);

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.GetRequiredService<DatabaseStartup>().InTurnAsync(() => SharedKeysServices.MakeFirst(node), Cancel), Cancel)));

        Assert.Equal(1L, await server.ScalarAsync<long>("""SELECT count(*) FROM "Keys" """, _name));
        var signed = nodes[0].GetRequiredService<IDataProtectionProvider>().CreateProtector("a").Protect([1, 2, 3]);
        Assert.All(nodes, node => Assert.Equal([1, 2, 3], node.GetRequiredService<IDataProtectionProvider>().CreateProtector("a").Unprotect(signed)));
    }

    [Fact]
    public async Task Damage_that_the_server_tells_of_is_said_and_lasts_no_longer_than_it_does()
    {
        await Node().PrepareAsync(Cancel);
        var node = _nodes[^1];
        await using var context = await node.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);

        var met = await Record.ExceptionAsync(() => context.Database.ExecuteSqlRawAsync("DO $$ BEGIN RAISE EXCEPTION 'bad page' USING ERRCODE = 'XX001'; END $$", Cancel));

        Assert.Equal("The database's server says that what it holds is damaged: look at the server, and put a backup of it back where that is needed.", StorageFault.SentenceOf(met));
        Assert.Null(await node.GetRequiredService<DatabaseState>().FaultAsync(Cancel));
    }

    [Fact]
    public async Task First_key_that_cannot_be_stored_ends_the_start_with_one_line()
    {
        await Node().PrepareAsync(Cancel);
        await server.ExecuteAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room for keys'; END $$;
            CREATE TRIGGER refused BEFORE INSERT ON "Keys" FOR EACH ROW EXECUTE FUNCTION refuse()
            """, _name);

        var said = (await Assert.ThrowsAsync<InvalidOperationException>(() => NodeProcess.StartAsync("node", server.ConnectionString(_name), NodeAccounts.Settings))).Message;

        Assert.Contains($"Planner: The database 127.0.0.1:{server.Port}/{_name} cannot be used: P0001: no room for keys", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_newer_program_and_one_of_another_program_are_refused_and_left_alone()
    {
        await server.ExecuteAsync("CREATE TABLE songs (title text)", _name);
        Assert.Contains("tables of another program", (await Assert.ThrowsAsync<DatabaseRefusedException>(() => Node().PrepareAsync(Cancel))).Message, StringComparison.Ordinal);
        Assert.Equal(1L, await server.ScalarAsync<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", _name));

        await server.ExecuteAsync("DROP TABLE songs", _name);
        await Node().PrepareAsync(Cancel);
        await server.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '99.0')""", _name);
        Assert.Contains("29990101000000_FromTheFuture", (await Assert.ThrowsAsync<DatabaseRefusedException>(() => Node().PrepareAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_said_in_a_line_without_the_password()
    {
        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => NodeOn(server.ConnectionString(_name, port: 1)).PrepareAsync(Cancel));

        Assert.Contains($"127.0.0.1:1/{_name}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Run_of_a_node_that_lives_goes_on_when_another_starts_and_one_of_a_node_that_is_gone_is_ended()
    {
        await Node().PrepareAsync(Cancel);
        var living = _nodes[0];
        await using (await living.GetRequiredService<Gates>().EnterAsync("a", Cancel))
        {
            var runs = living.GetRequiredService<FeedRunStore>();
            await runs.StartAsync("a", FeedRunTriggers.Manual, DateTime.UtcNow, Cancel);
            await runs.StartAsync("b", FeedRunTriggers.Manual, DateTime.UtcNow, Cancel);

            await Node().PrepareAsync(Cancel);

            var found = (await runs.ListAsync(cancellationToken: Cancel)).Items.ToDictionary(run => run.FeedId);
            Assert.Equal((FeedRunStatuses.Running, FeedRunStatuses.Failed), (found["a"].Status, found["b"].Status));
            Assert.Null(await _nodes[1].GetRequiredService<Gates>().TryEnterAsync("a", Cancel));
        }

        await using var passed = await _nodes[1].GetRequiredService<Gates>().TryEnterAsync("a", Cancel);
        Assert.NotNull(passed);
    }

    [Fact]
    public async Task Nodes_take_turns_to_write_and_read_meanwhile()
    {
        await Node().PrepareAsync(Cancel);
        await Node().PrepareAsync(Cancel);
        await using var first = await ContextAsync(0);
        await using var second = await ContextAsync(1);
        await using var writing = await first.Database.BeginTransactionAsync(Cancel);

        var waiting = second.Alerts.ExecuteDeleteAsync(Cancel);
        var beginning = BeginAndEndAsync(_nodes[1]);
        Assert.Equal(1, (await _nodes[1].GetRequiredService<CatalogStore>().Prices.PageAsync(new PriceQuery(), Cancel)).Total);
        Assert.Single((await _nodes[1].GetRequiredService<CatalogStore>().WholeAsync(Cancel)).Prices);
        while (await server.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_name}' AND wait_event_type = 'Lock'") < 2)
            await Task.Yield();
        Assert.False(waiting.IsCompleted || beginning.IsCompleted);

        await writing.CommitAsync(Cancel);
        Assert.Equal(0, await waiting);
        await beginning;
    }

    [Fact]
    public async Task Health_tells_why_the_database_of_a_server_cannot_be_written()
    {
        await Node().PrepareAsync(Cancel);
        Assert.Null(await FaultAsync());
        await using (var context = await ContextAsync(0))
        await using (await context.Database.BeginTransactionAsync(Cancel))
            Assert.Equal(("The database has been written by another one for 2 s.", true), await FaultAsync());

        await server.ExecuteAsync($"ALTER DATABASE {_name} SET default_transaction_read_only = on");
        Assert.Equal(("The database's server lets nobody write.", false), await FaultAsync());
        await server.ExecuteAsync($"ALTER DATABASE {_name} RESET default_transaction_read_only");
        await server.ExecuteAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")""", _name);
        Assert.Equal(("1 migrations are not done.", false), await FaultAsync());
        NodeOn(server.ConnectionString(_name, password: "another"));
        Assert.Equal(("The database's server refuses (SQLSTATE 28P01).", false), await FaultAsync());
        NodeOn(server.ConnectionString(_name, port: 1));
        Assert.Equal(("The database's server does not answer.", false), await FaultAsync());
    }

    private Task<(string Reason, bool MayPass)?> FaultAsync() => _nodes[^1].GetRequiredService<DatabaseState>().FaultAsync(Cancel);

    private static async Task BeginAndEndAsync(ServiceProvider node)
    {
        await using var context = await node.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private Task<PlannerDbContext> ContextAsync(int node) => _nodes[node].GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);

    private DatabaseStartup Node() => NodeOn(Connection);

    private DatabaseStartup NodeOn(string connection)
    {
        var time = new ManualTime();
        var node = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time).AddPlannerData(DatabaseSettings.Server(connection))
            .AddSingleton(new SeedCatalog([SmallCatalog.Prices()], time)).BuildServiceProvider();
        lock (_nodes)
            _nodes.Add(node);
        return node.GetRequiredService<DatabaseStartup>();
    }
}
