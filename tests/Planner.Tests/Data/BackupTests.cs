using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data;

/// <summary>Backups that are made while the database is in use, and put back.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private DatabaseBackups _backups = null!;
    private readonly DatabaseDamage _damage = new();

    public BackupTests() => TestStore.IsAboutTheFile();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(Path.GetDirectoryName(_database.Path)!, "backups");

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());
        _backups = new DatabaseBackups(_database.Path, new BackupOptions(Keep: 2), _database.Time, NullLogger<DatabaseBackups>.Instance, _damage);
    }

    public ValueTask DisposeAsync()
    {
        _backups.Dispose();
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Backup_has_what_was_stored_before_it_in_one_file_of_the_owner_s()
    {
        await StoreAsync("first");

        var made = await _backups.MakeAsync(Cancelled);
        await StoreAsync("second");

        Assert.Equal("planner-20261201T120000Z.db", Path.GetFileName(made.Path));
        Assert.Equal("first", _database.Scalar<string>("SELECT group_concat(Name) FROM Scenarios", made.Path));
        Assert.Equal(["planner-20261201T120000Z.db"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.Path));
    }

    [Fact]
    public async Task Next_is_due_a_day_later_and_so_many_are_kept()
    {
        Assert.NotNull(await _backups.MakeIfDueAsync(Cancelled));
        _database.Time.Now += TimeSpan.FromHours(23);
        Assert.Null(await _backups.MakeIfDueAsync(Cancelled));
        _database.Time.Now += TimeSpan.FromHours(1);
        Assert.NotNull(await _backups.MakeIfDueAsync(Cancelled));
        _database.Time.Now += TimeSpan.FromDays(1);
        Assert.NotNull(await _backups.MakeIfDueAsync(Cancelled));

        Assert.Equal(["planner-20261203T120000Z.db", "planner-20261202T120000Z.db"], _backups.List().Select(backup => Path.GetFileName(backup.Path)));
    }

    [Fact]
    public async Task Damaged_database_gives_no_backup_and_older_ones_stay()
    {
        await _backups.MakeAsync(Cancelled);
        // A link to a scenario that is not there: as after a write that foreign keys did not see.
        _database.Execute("PRAGMA foreign_keys = OFF; INSERT INTO ShareLinks (ScenarioId, TokenHash, CreatedUtc, ViewCount, AllowsWhatIf) VALUES ('nobody', '00', '2026-12-01', 0, 1)");
        _database.Time.Now += TimeSpan.FromDays(1);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _backups.MakeAsync(Cancelled));

        Assert.Contains("a row of the table ShareLinks points at one that is not there", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, _backups.Fault);
        Assert.False(_damage.Seen);
        Assert.Equal("planner-20261201T120000Z.db", Path.GetFileName(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public async Task Backup_takes_the_place_of_the_database_which_is_put_aside_whole()
    {
        await StoreAsync("first");
        var made = await _backups.MakeAsync(Cancelled);
        await StoreAsync("second");
        var copy = Path.Combine(Path.GetDirectoryName(_database.Path)!, "elsewhere.db");
        // As after a kill: the last write is in the file beside the database only.
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Copy(_database.Path + end, copy + end);

        var aside = DatabaseRestore.Run(made.Path, copy, await KnownAsync(), _database.Time);

        Assert.Equal("first", _database.Scalar<string>("SELECT group_concat(Name) FROM Scenarios", copy));
        Assert.Equal("first,second", _database.Scalar<string>("SELECT group_concat(Name) FROM (SELECT Name FROM Scenarios ORDER BY Name)", aside));
    }

    [Fact]
    public async Task Copy_with_writes_beside_it_is_put_back_with_them()
    {
        await StoreAsync("first");
        var (left, path) = (Path.Combine(Path.GetDirectoryName(_database.Path)!, "left.db"), Path.Combine(Path.GetDirectoryName(_database.Path)!, "new.db"));
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Copy(_database.Path + end, left + end);

        Assert.Null(DatabaseRestore.Run(left, path, await KnownAsync(), _database.Time));

        Assert.Equal("first", _database.Scalar<string>("SELECT group_concat(Name) FROM Scenarios", path));
        Assert.False(File.Exists(path + "-wal"));
    }

    [Fact]
    public async Task File_of_another_name_is_neither_counted_nor_removed()
    {
        Directory.CreateDirectory(Folder);
        var own = Path.Combine(Folder, "planner-before-upgrade.db");
        await File.WriteAllTextAsync(own, "mine", Cancelled);

        for (var day = 0; day < 4; day++)
        {
            Assert.NotNull(await _backups.MakeIfDueAsync(Cancelled));
            _database.Time.Now += TimeSpan.FromDays(1);
        }

        Assert.Equal(2, _backups.List().Count);
        Assert.Equal("mine", await File.ReadAllTextAsync(own, Cancelled));
    }

    [Fact]
    public async Task Database_in_use_is_not_replaced()
    {
        var made = await _backups.MakeAsync(Cancelled);
        var known = await KnownAsync();

        var refused = Assert.Throws<DatabaseRefusedException>(() => DatabaseRestore.Run(made.Path, _database.Path, known, _database.Time));

        Assert.Contains("Stop it first", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE Songs (Title TEXT)", "another program")]
    [InlineData("CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT); INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99')", "newer version of Planner")]
    public async Task File_that_is_no_backup_of_this_program_changes_nothing(string sql, string sentence)
    {
        var (other, path) = (Path.Combine(Path.GetDirectoryName(_database.Path)!, "other.db"), Path.Combine(Path.GetDirectoryName(_database.Path)!, "new.db"));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        var known = await KnownAsync();
        var refused = Assert.Throws<DatabaseRefusedException>(() => DatabaseRestore.Run(other, path, known, _database.Time));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Torn_backup_is_refused()
    {
        var made = await _backups.MakeAsync(Cancelled);
        var bytes = await File.ReadAllBytesAsync(made.Path, Cancelled);
        bytes.AsSpan(bytes.Length / 2, 20_000).Fill(0xA5);
        await File.WriteAllBytesAsync(made.Path, bytes, Cancelled);
        var known = await KnownAsync();

        var refused = Assert.Throws<DatabaseRefusedException>(() => DatabaseRestore.Run(made.Path, _database.Path + ".new", known, _database.Time));

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyCollection<string>> KnownAsync()
    {
        await using var context = _database.Open();
        return [.. context.Database.GetMigrations()];
    }

    private Task<ScenarioReference> StoreAsync(string name) => _database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf(name), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"));
}
