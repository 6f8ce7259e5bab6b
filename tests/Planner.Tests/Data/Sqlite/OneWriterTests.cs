using Microsoft.EntityFrameworkCore;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Sqlite;

/// <summary>One connection at a time writes, and each gives its turn back.</summary>
public sealed class OneWriterTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync();

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Transaction_that_is_never_committed_gives_its_turn_back()
    {
        await using (var context = _database.Open())
        await using (await context.Database.BeginTransactionAsync(Cancelled))
        {
            await context.Alerts.ExecuteDeleteAsync(Cancelled);
            Assert.False(await context.Alerts.AnyAsync(Cancelled));
        }

        await WriteAsync();
    }

    [Fact]
    public async Task Statement_that_fails_or_is_refused_gives_its_turn_back()
    {
        await using (var context = _database.Open())
            await Assert.ThrowsAnyAsync<Exception>(() => context.Database.ExecuteSqlRawAsync("DELETE FROM Nothing", Cancelled));
        using (_database.Get<CurrentReach>().Enter(Reach.Nothing))
        {
            await using var context = _database.Open();
            await Assert.ThrowsAsync<AccessRefusedException>(() => context.Alerts.ExecuteDeleteAsync(Cancelled));
        }

        await WriteAsync();
    }

    [Fact]
    public async Task Writer_waits_for_another_process_and_readers_do_not()
    {
        TestStore.IsAboutTheFile();
        using var other = new FileStream(_database.Path + ".writer", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var store = _database.Get<ScenarioStore>();

        var write = Task.Run(() => store.CreateAsync(TestDatabase.ScenarioOf("waits"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a")), Cancelled);
        Assert.Empty((await store.ListAsync()).Items);
        Assert.False(write.IsCompleted);
        other.Dispose();
        await write;

        Assert.Equal("waits", Assert.Single((await store.ListAsync()).Items).Name);
    }

    [Fact]
    public async Task Writers_at_once_come_one_after_the_other_and_none_is_lost()
    {
        var store = _database.Get<ScenarioStore>();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => store.CreateAsync(TestDatabase.ScenarioOf($"{i}"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a")), Cancelled)));

        Assert.Equal(40L, _database.Scalar<long>("SELECT count(*) FROM Scenarios"));
    }

    private async Task WriteAsync()
    {
        await using var context = _database.Open();
        Assert.Equal(0, await context.Alerts.ExecuteDeleteAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
    }
}
