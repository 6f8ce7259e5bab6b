using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Seed;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Faults;

/// <summary>The disk is full, really: what was acknowledged stays, the rest is refused and said, and with room the app goes on.</summary>
public sealed class DiskFullFaultTests : IAsyncLifetime
{
    private readonly string _notes = new('n', 9_000);
    private SmallDisk _disk = null!;
    private ServiceProvider _services = null!;

    private string Database => Path.Combine(_disk.Path, "planner.db");

    private ScenarioStore Store => _services.GetRequiredService<ScenarioStore>();

    private DatabaseBackups Backups => _services.GetRequiredService<DatabaseBackups>();

    public async ValueTask InitializeAsync()
    {
        TestStore.IsAboutTheFile();
        _disk = SmallDisk.Mount(megabytes: 16);
        _services = new ServiceCollection().AddLogging().AddPlannerData(Database).AddSingleton(new SeedCatalog([], TimeProvider.System)).BuildServiceProvider();
        await _services.GetRequiredService<DatabaseStartup>().PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _disk.Dispose();
    }

    [Fact]
    public async Task Writers_are_refused_in_words_lose_nothing_and_go_on_when_there_is_room()
    {
        var stored = new ConcurrentBag<string>();
        stored.Add(await StoreAsync());
        _disk.Fill(leftBytes: 400_000);

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteUntilRefusedAsync(stored))));

        Assert.All(ends, end => Assert.Equal("The disk with Planner's data is full. Nothing was changed; make room on it, then try again.", StorageFault.SentenceOf(end)));
        Assert.Equal(stored.Order(), (await IdsAsync()).Order());
        Assert.Equal(("The disk with Planner's data is full. Nothing was changed; make room on it, then try again.", false), await _services.GetRequiredService<DatabaseState>().FaultAsync());

        _disk.MakeRoom();
        stored.Add(await StoreAsync());
        Assert.Equal(stored.Order(), (await IdsAsync()).Order());
        // A disk of 16 MB is nearly full by itself.
        Assert.True((await _services.GetRequiredService<DatabaseState>().FaultAsync())!.Value.MayPass);
        Assert.Null(DatabaseFile.FaultOf(Database));
        Assert.False(_services.GetRequiredService<DatabaseDamage>().Seen);
    }

    [Fact]
    public async Task Backup_without_room_leaves_no_part_of_it_and_the_older_one()
    {
        await StoreAsync();
        var older = await Backups.MakeAsync();
        _disk.Fill(leftBytes: 100_000);

        var refused = await Assert.ThrowsAsync<IOException>(() => Backups.MakeAsync());

        Assert.Equal($"There is no room for it in {Backups.Folder}. Older backups stay.", refused.Message);
        Assert.Equal(refused.Message, Backups.Fault);
        Assert.Equal([older.Path], Directory.GetFiles(Backups.Folder));
        Assert.Null(DatabaseFile.FaultOf(older.Path));

        _disk.MakeRoom();
        Assert.Null(DatabaseFile.FaultOf((await Backups.MakeAsync()).Path));
        Assert.Null(Backups.Fault);
    }

    [Fact]
    public async Task Connections_opened_anew_say_that_the_disk_is_full_too()
    {
        await StoreAsync();
        // A pool closes what has been idle; the last one takes the files beside the database with it.
        SqliteConnection.ClearAllPools();
        _disk.Fill();

        var read = await Record.ExceptionAsync(IdsAsync);

        Assert.Equal(StorageFaultKind.Full, StorageFault.Of(read));
        _disk.MakeRoom();
        Assert.Single(await IdsAsync());
    }

    [Fact]
    public async Task Start_on_a_full_disk_names_its_reason_and_harms_nothing()
    {
        await StoreAsync();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _disk.Fill();
        await using var again = new ServiceCollection().AddLogging().AddPlannerData(Database).BuildServiceProvider();

        // The shipped catalog is what there is no room for.
        var refused = await Record.ExceptionAsync(() => again.GetRequiredService<DatabaseStartup>().PrepareAsync());

        // With no room for the file that connections share, SQLite speaks of the disk, not of room.
        Assert.Contains("is full", StorageFault.SentenceOf(refused), StringComparison.Ordinal);
        _disk.MakeRoom();
        Assert.Null(DatabaseFile.FaultOf(Database));
    }

    private async Task<Exception> WriteUntilRefusedAsync(ConcurrentBag<string> stored)
    {
        for (var i = 0; i < 2_000; i++)
        {
            try
            {
                stored.Add(await StoreAsync());
            }
            catch (DbUpdateException exception)
            {
                return exception;
            }
            catch (SqliteException exception)
            {
                return exception;
            }
        }

        throw new InvalidOperationException("The disk does not get full.");
    }

    private async Task<string> StoreAsync() =>
        (await Store.CreateAsync(TestDatabase.ScenarioOf("On a small disk") with { Notes = _notes }, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"))).Id;

    private async Task<List<string>> IdsAsync()
    {
        await using var context = await _services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        Assert.Equal(await context.Scenarios.CountAsync(), await context.Set<Planner.Data.Entities.ScenarioVersionRow>().CountAsync());
        return await context.Scenarios.Select(row => row.Id).ToListAsync();
    }
}
