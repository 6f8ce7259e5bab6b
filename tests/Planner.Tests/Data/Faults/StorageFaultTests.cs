using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Faults;

/// <summary>What SQLite and the operating system say of the disk, and what the app makes of it; by limits and damage that need no rights.</summary>
/// <remarks>Beside no other tests: limits are set on a connection of the pool, and many tests end with clearing all pools.</remarks>
[CollectionDefinition(nameof(StorageFaultTests), DisableParallelization = true)]
[Collection(nameof(StorageFaultTests))]
public sealed class StorageFaultTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public StorageFaultTests() => TestStore.IsAboutTheFile();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DatabaseState State => _database.Get<DatabaseState>();

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", StorageFaultKind.Full)]
    [InlineData("PRAGMA query_only = ON", "PRAGMA query_only = OFF", StorageFaultKind.ReadOnly)]
    public async Task Save_that_is_refused_changes_nothing_and_the_next_one_goes_on(string begins, string ends, StorageFaultKind kind)
    {
        var id = await StoreAsync("before");
        await OnTheConnectionAsync(begins);

        // Longer than what is free within the pages that the file has.
        var refused = await Record.ExceptionAsync(() => StoreAsync("refused", new string('n', 100_000)));
        var saved = await Record.ExceptionAsync(() => _database.Get<ScenarioStore>().SaveAsync(id, 1, TestDatabase.ScenarioOf("refused") with { Notes = new string('n', 100_000) }, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"), Cancelled));

        Assert.Equal((kind, kind), (StorageFault.Of(refused), StorageFault.Of(saved)));
        await OnTheConnectionAsync(ends);
        Assert.Equal("before", Assert.Single((await _database.Get<ScenarioStore>().ListAsync(cancellationToken: Cancelled)).Items).Name);
        await StoreAsync("after");
        Assert.Null(DatabaseFile.FaultOf(_database.Path));
        Assert.NotEqual(false, (await State.FaultAsync(Cancelled))?.MayPass);
    }

    [Fact]
    public async Task Damage_that_is_met_while_the_app_runs_is_said_until_it_is_started_anew_and_good_backups_stay()
    {
        using var backups = new DatabaseBackups(_database.Path, new BackupOptions(Keep: 1), _database.Time, NullLogger<DatabaseBackups>.Instance, _database.Get<DatabaseDamage>());
        var id = await StoreAsync("precious", new string('n', 100_000));
        var good = await backups.MakeAsync(Cancelled);
        DatabaseFiles.Damage(_database.Path, from: 4_096);

        var met = await Record.ExceptionAsync(() => _database.Get<ScenarioStore>().GetAsync(id, cancellationToken: Cancelled));

        Assert.Equal(StorageFaultKind.Damaged, StorageFault.Of(met));
        Assert.Equal(("The database is damaged. Stop Planner and put a backup back (planner restore).", false), await State.FaultAsync(Cancelled));
        _database.Time.Now += TimeSpan.FromDays(2);
        Assert.NotNull(await Record.ExceptionAsync(() => backups.MakeIfDueAsync(Cancelled)));
        Assert.Equal([good.Path], Directory.GetFiles(backups.Folder));
        Assert.Equal("precious", _database.Scalar<string>("SELECT Name FROM Scenarios", good.Path));
    }

    [Fact]
    public async Task Damage_that_only_a_backup_meets_is_said_too()
    {
        using var backups = new DatabaseBackups(_database.Path, new BackupOptions(Keep: 1), _database.Time, NullLogger<DatabaseBackups>.Instance, _database.Get<DatabaseDamage>());
        await StoreAsync("precious", new string('n', 100_000));
        Assert.NotEqual(false, (await State.FaultAsync(Cancelled))?.MayPass);
        DatabaseFiles.Damage(_database.Path, from: (int)new FileInfo(_database.Path).Length / 2);

        Assert.NotNull(await Record.ExceptionAsync(() => backups.MakeAsync(Cancelled)));

        Assert.NotNull(backups.Fault);
        Assert.Empty(Directory.GetFiles(backups.Folder));
        Assert.Equal(("The database is damaged. Stop Planner and put a backup back (planner restore).", false), await State.FaultAsync(Cancelled));
    }

    [Fact]
    public async Task Copy_that_comes_out_damaged_condemns_the_database_only_where_that_is_damaged_too()
    {
        await StoreAsync("sound", new string('n', 100_000));
        var fault = new SqliteException("row 3 missing from index", 11);

        var ofTheCopy = DatabaseFile.Refusal(_database.Path, "/backups/planner.db", fault);
        DatabaseFiles.Damage(_database.Path);
        var ofBoth = DatabaseFile.Refusal(_database.Path, "/backups/planner.db", fault);

        Assert.Equal("The copy /backups/planner.db came out damaged, though what it was made of is sound: look at the disk of the copy (row 3 missing from index).", Assert.IsType<IOException>(ofTheCopy).Message);
        Assert.Null(StorageFault.Of(ofTheCopy));
        Assert.Equal(StorageFaultKind.Damaged, StorageFault.Of(Assert.IsType<InvalidDataException>(ofBoth)));
    }

    [Fact]
    public void Folder_that_is_gone_is_not_taken_for_a_full_disk() =>
        Assert.Equal(("The disk with Planner's data is full or reports an error. Nothing was changed; the log says more.", false), FreeSpace.FaultOf(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())));

    [Fact]
    public async Task File_that_is_no_database_any_more_is_damage()
    {
        await StoreAsync("gone");
        DatabaseFiles.Damage(_database.Path, from: 0);

        var met = await Record.ExceptionAsync(() => _database.Get<ScenarioStore>().ListAsync(cancellationToken: Cancelled));

        Assert.Equal(StorageFaultKind.Damaged, StorageFault.Of(met));
        Assert.Equal(("The database is damaged. Stop Planner and put a backup back (planner restore).", false), await State.FaultAsync(Cancelled));
    }

    [Theory]
    [InlineData(28, StorageFaultKind.Full)]
    [InlineData(122, StorageFaultKind.Full)]
    [InlineData(30, StorageFaultKind.ReadOnly)]
    [InlineData(5, StorageFaultKind.Failing)]
    [InlineData(unchecked((int)0x80070070), StorageFaultKind.Full)]
    [InlineData(unchecked((int)0x80070013), StorageFaultKind.ReadOnly)]
    [InlineData(11, null)]
    public void What_the_operating_system_says_is_understood_within_other_exceptions(int code, StorageFaultKind? kind) =>
        Assert.Equal(kind, StorageFault.Of(new InvalidOperationException("Saving failed.", new IOException("x", code))));

    [Fact]
    public void Other_faults_are_not_taken_for_the_disk_s()
    {
        Assert.Null(StorageFault.SentenceOf(new SqliteException("constraint", 19)));
        Assert.Null(StorageFault.SentenceOf(new FileNotFoundException()));
        Assert.Null(StorageFault.SentenceOf(null));
        Assert.Equal("Busy.", StorageFault.SentenceOf(new DatabaseBusyException("Busy.")));
    }

    /// <summary>Sets something on the connection that the pool gives next.</summary>
    private async Task OnTheConnectionAsync(string pragma)
    {
        await using var context = _database.Open();
#pragma warning disable EF1002 // A constant of this file.
        await context.Database.ExecuteSqlRawAsync(pragma, Cancelled);
#pragma warning restore EF1002
    }

    private async Task<string> StoreAsync(string name, string? notes = null) =>
        (await _database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf(name) with { Notes = notes ?? "" }, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"), cancellationToken: Cancelled)).Id;
}
