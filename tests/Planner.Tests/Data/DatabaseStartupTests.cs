using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data;

public class DatabaseStartupTests
{
    public DatabaseStartupTests() => TestStore.IsAboutTheFile();

    [Fact]
    public async Task A_missing_file_is_created_with_its_folder_and_no_backup()
    {
        using var database = new TestDatabase();

        await database.PrepareAsync();

        Assert.True(File.Exists(database.Path));
        Assert.Empty(database.Backups());
        Assert.True(database.Scalar<long>("SELECT count(*) FROM __EFMigrationsHistory") > 0);
        Assert.Equal("wal", database.Scalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Database_and_its_backups_are_made_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are those of the folder there.");
        using var database = await TestDatabase.PreparedAsync();
        database.Execute("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");
        // The last migration fails on what it made before, after the backup.
        await Record.ExceptionAsync(database.PrepareAsync);

        var made = Directory.GetFiles(Path.GetDirectoryName(database.Path)!, "planner.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();

        Assert.Contains(database.Path, made);
        Assert.Contains(made, file => file.Contains(".backup-", StringComparison.Ordinal));
#pragma warning disable CA1416 // Skipped above.
        Assert.All(made, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Database_that_everybody_could_read_is_its_owners_only_after_a_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are those of the folder there.");
        using var database = await TestDatabase.PreparedAsync();
        using var holding = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        // While a connection holds a read, SQLite keeps what it has beside the file.
        holding.Open();
        using var transaction = holding.BeginTransaction();
        using var reading = holding.CreateCommand();
        (reading.Transaction, reading.CommandText) = (transaction, "SELECT count(*) FROM Users");
        reading.ExecuteScalar();
        string[] files = [database.Path, database.Path + "-wal", database.Path + "-shm"];
#pragma warning disable CA1416 // Skipped above.
        Assert.All(files, file => File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        transaction.Rollback();

        await database.PrepareAsync();

        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_prepared_file_is_left_as_it_is()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());

        await database.PrepareAsync();

        Assert.Empty(database.Backups());
        Assert.Equal(1L, database.Scalar<long>("SELECT count(*) FROM Prices"));
    }

    [Fact]
    public async Task Older_database_is_backed_up_whole_before_it_is_migrated()
    {
        using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        database.Execute("""
            PRAGMA journal_mode = wal;
            CREATE TABLE __EFMigrationsHistory (MigrationId TEXT NOT NULL PRIMARY KEY, ProductVersion TEXT NOT NULL);
            CREATE TABLE Kept (Word TEXT); INSERT INTO Kept VALUES ('precious');
            """);

        await database.PrepareAsync();

        var backup = Assert.Single(database.Backups());
        Assert.EndsWith($"planner.db.backup-20261201T120000Z-before-{database.Scalar<string>("SELECT min(MigrationId) FROM __EFMigrationsHistory")}", backup, StringComparison.Ordinal);
        Assert.Equal("precious", database.Scalar<string>("SELECT Word FROM Kept", backup));
        Assert.Equal(0L, database.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'Scenarios'", backup));
        Assert.Equal("precious", database.Scalar<string>("SELECT Word FROM Kept"));
        Assert.Equal(1L, database.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'Scenarios'"));
    }

    [Fact]
    public async Task Models_of_an_older_database_are_taken_over_anew_and_the_users_prices_kept()
    {
        using var database = new TestDatabase(SmallCatalog.Prices(), SmallCatalog.Models, SmallCatalog.Gpus);
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        await using (var context = database.Open())
            await context.GetService<IMigrator>().MigrateAsync("20261120211214_Initial", TestContext.Current.CancellationToken);
        database.Execute($$"""
            INSERT INTO Prices (Key, Origin, Source, AsOf, Seller, Name, Mode, InputNanos, UserPricesJson, UserEditedUtc, Version)
              VALUES ('acme:one', 'seed', 'list', '2026-08-01', 'acme', 'Acme One', 'chat', 2500000000, '{ "inputUsdPerM": 1.75 }', '2026-09-01', 2);
            INSERT INTO Models (Key, Name, Kind, ParametersB, ActiveParametersB, Layers, HiddenSize, KvHeads, HeadDim, ContextTokens, License, Source, AsOf)
              VALUES ('small', 'Small', 'dense', 6.74, 6.74, 32, 4096, 32, 128, 4096, 'MIT', 'hub', '2026-08-01');
            INSERT INTO SeedStates (FileName, ContentSha256, SeededUtc) VALUES ('Seed/catalog/models.json', '{{SmallCatalog.Models.Sha256()}}', '2026-08-01');
            """);

        await database.PrepareAsync();

        var catalog = database.Get<CatalogStore>();
        Assert.Equal(1.75m, (await catalog.Prices.FindAsync("acme:one"))!.Sheet.Prices.InputUsdPerM);
        Assert.Equal(11_008, Assert.Single(await catalog.Models.AllAsync()).Architecture!.IntermediateSize);
        Assert.Single(await catalog.Gpus.AllAsync());
    }

    [Fact]
    public async Task A_newer_database_is_refused_in_one_line_and_left_untouched()
    {
        using var database = await TestDatabase.PreparedAsync();
        database.Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0'); PRAGMA wal_checkpoint(TRUNCATE);");
        var before = await File.ReadAllBytesAsync(database.Path);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(database.PrepareAsync);

        Assert.Contains("newer version of Planner", refused.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(database.Path));
        Assert.Empty(database.Backups());
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_untouched()
    {
        using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        database.Execute("CREATE TABLE Songs (Title TEXT)");
        var before = await File.ReadAllBytesAsync(database.Path);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(database.PrepareAsync);

        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(database.Path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_untouched()
    {
        using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        var letter = new string('x', 5_000);
        await File.WriteAllTextAsync(database.Path, letter);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(database.PrepareAsync);

        Assert.Contains(database.Path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(letter, await File.ReadAllTextAsync(database.Path));
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_migration_does_not_stop_the_next_start()
    {
        using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        database.Execute("""
            CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL);
            INSERT INTO __EFMigrationsLock VALUES (1, '2026-11-30 10:00:00');
            """);

        await database.PrepareAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(database.Scalar<long>("SELECT count(*) FROM __EFMigrationsHistory") > 0);
        Assert.Equal(0L, database.Scalar<long>("SELECT count(*) FROM __EFMigrationsLock"));
    }

    [Fact]
    public async Task Two_starts_at_once_migrate_once()
    {
        using var database = new TestDatabase(SmallCatalog.Prices());

        await Task.WhenAll(Task.Run(database.PrepareAsync), Task.Run(database.PrepareAsync));

        Assert.Equal(1L, database.Scalar<long>("SELECT count(*) FROM Prices"));
        Assert.Equal(1L, database.Scalar<long>("SELECT count(*) FROM PriceRevisions"));
    }

    [Fact]
    public async Task A_run_that_the_program_did_not_survive_is_marked_as_failed()
    {
        using var database = await TestDatabase.PreparedAsync();
        var runs = database.Get<FeedRunStore>();
        var run = await runs.StartAsync("litellm", FeedRunTriggers.Manual, database.Time.Now.UtcDateTime);

        await database.PrepareAsync();

        var details = await runs.GetAsync(run.Id);
        Assert.Equal("failed", details!.Run.Status);
        Assert.Equal("The program ended before the run did.", details.Run.Reason);
    }

    [Fact]
    public async Task Foreign_keys_are_enforced_and_commits_are_durable()
    {
        using var database = await TestDatabase.PreparedAsync();
        await using var context = database.Open();
        context.ShareLinks.Add(new ShareLinkRow { ScenarioId = "nobody", TokenHash = "00" });

        var failure = await Assert.ThrowsAsync<Microsoft.EntityFrameworkCore.DbUpdateException>(() => context.SaveChangesAsync());

        Assert.Equal(19, Assert.IsType<SqliteException>(failure.InnerException).SqliteErrorCode);
    }
}
