using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Planner.Data.Entities;
using Planner.Data.PostgreSql;
using Planner.Data.Seed;
using Planner.Data.Sqlite;
using Planner.Data.Stores;

namespace Planner.Data;

/// <summary>Brings the database to the program's state before anything else uses it: created, backed up, migrated, seeded.</summary>
public sealed partial class DatabaseStartup(
    DatabaseSettings database, IDbContextFactory<PlannerDbContext> contexts, Gates gates, SeedCatalog seed, TimeProvider time, ILogger<DatabaseStartup> log) : IDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);
    private FileStream? _own;

    /// <summary>Prepares the database, and keeps other apps from it until this is disposed of: a file belongs to one app at a time.</summary>
    /// <exception cref="DatabaseRefusedException">The file is newer than the program, of another program, unreadable, or another app's.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await (database.Provider == DatabaseProvider.PostgreSql ? ServerStartup.PrepareAsync(context, database, seed, cancellationToken) : PrepareFileAsync(context, cancellationToken));
            await EndInterruptedRunsAsync(context, cancellationToken);
        }
        catch
        {
            Release();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Does what one node of a server at a time does while it starts, once the database is prepared. A file is of one app anyway.</summary>
    /// <exception cref="DatabaseRefusedException">The server does not answer, or another node has been starting for too long.</exception>
    public Task InTurnAsync(Action act, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        return ServerStartup.InTurnAsync(
            database,
            _ =>
            {
                act();
                return Task.CompletedTask;
            }, cancellationToken);
    }

    public void Dispose()
    {
        Release();
        _one.Dispose();
    }

    private void Release()
    {
        _own?.Dispose();
        _own = null;
    }

    private async Task PrepareFileAsync(PlannerDbContext context, CancellationToken cancellationToken)
    {
        var path = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        _own ??= await LockAsync(path, cancellationToken);
        Create(path);
        var known = context.Database.GetMigrations().ToList();
        var applied = AppliedMigrations(path);
        known.RefuseNewer(applied, path);

        UseWal(path);
        var pending = known.Where(migration => !applied.Contains(migration)).ToList();
        var backup = pending.Count > 0 && HasTables(path) ? Backup(path, pending[0]) : null;
        ClearStaleMigrationLock(path);
        if (pending.Count > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
            LogMigrated(path, pending.Count, backup ?? "–");
        }

        await seed.ApplyAsync(context, cancellationToken);
    }

    /// <summary>Makes the file where there is none. What SQLite puts beside it gets its rights from it.</summary>
    private void Create(string path)
    {
        if (File.Exists(path))
            TakeRights(path);
        else
            PrivateFiles.Make(path);
    }

    /// <summary>An earlier program, or a copy from a backup, may have left the file and what is beside it to be read by everybody.</summary>
    private void TakeRights(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", Path.ChangeExtension(path, ".schedule.db") }.Where(File.Exists))
        {
            try
            {
                PrivateFiles.Take(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Of another owner, or on a file system without rights: the app works all the same.
                LogRightsKept(file, exception.Message);
            }
        }
    }

    /// <summary>Finds out whether the file can be written, and sets its mode: readers do not wait for writers; a backup that took the database's place has another mode.</summary>
    private static void UseWal(string path)
    {
        try
        {
            using var connection = DatabaseFile.Open(path, SqliteOpenMode.ReadWrite);
            DatabaseFile.Read(connection, "PRAGMA journal_mode = 'wal'");
            // SQLite opens what it may not write without a word, and the first change would tell.
            DatabaseFile.Read(connection, DatabaseFile.TriesToWrite);
        }
        catch (SqliteException exception) when (StorageFault.Of(exception) is StorageFaultKind.ReadOnly)
        {
            throw new DatabaseRefusedException(Texts.DatabaseFileReadOnly.With(path), exception);
        }
    }

    /// <summary>Migrations that the file says it has, in order; read without changing the file.</summary>
    internal static List<string> AppliedMigrations(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return [];
        try
        {
            using var connection = DatabaseFile.Open(path, SqliteOpenMode.ReadOnly);
            var tables = DatabaseFile.Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'");
            if (!tables.Contains("__EFMigrationsHistory"))
                return tables.Count == 0 || tables is ["__EFMigrationsLock"] ? [] : throw new DatabaseRefusedException(Texts.DatabaseForeign.With(path));
            return DatabaseFile.Read(connection, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId");
        }
        catch (SqliteException exception)
        {
            throw new DatabaseRefusedException(Texts.DatabaseUnreadable.With(path, exception.Message), exception);
        }
    }

    private static bool HasTables(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return false;
        using var connection = DatabaseFile.Open(path, SqliteOpenMode.ReadOnly);
        return DatabaseFile.Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Count > 0;
    }

    private string Backup(string path, string migration)
    {
        var backup = $"{path}.backup-{DatabaseFile.Stamp(time.GetUtcNow())}-before-{migration}";
        try
        {
            DatabaseFile.Copy(path, backup);
        }
        catch (InvalidDataException exception)
        {
            throw new DatabaseRefusedException(exception.Message, exception);
        }

        return backup;
    }

    /// <summary>Removes the row that a program killed while migrating leaves, and that the next migration would wait for without end.</summary>
    /// <remarks>The caller holds our own lock, so nobody is migrating now.</remarks>
    private static void ClearStaleMigrationLock(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return;
        using var connection = DatabaseFile.Open(path, SqliteOpenMode.ReadWrite);
        if (DatabaseFile.Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'").Count == 0)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM __EFMigrationsLock";
        command.ExecuteNonQuery();
    }

    private async Task EndInterruptedRunsAsync(PlannerDbContext context, CancellationToken cancellationToken)
    {
        foreach (var feedId in await context.FeedRuns.Where(run => run.Status == FeedRunStatuses.Running).Select(run => run.FeedId).Distinct().ToListAsync(cancellationToken))
        {
            // A run of another node is under way.
            await using var gate = await gates.TryEnterAsync(feedId, cancellationToken);
            if (gate is not null)
                await FeedRunStore.EndInterruptedAsync(context, feedId, cancellationToken);
        }
    }

    /// <summary>An exclusive handle on a file beside the database; the operating system releases it however the program ends.</summary>
    private async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); ;)
        {
            if (DatabaseFile.TryTake(path) is { } own)
                return own;
            if (time.GetElapsedTime(started) >= LockPatience)
                throw new DatabaseRefusedException(Texts.DatabaseBusy.With(path, LockPatience.TotalSeconds));
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Migrated {Path} ({Count} migrations); copy of the state before: {Backup}")]
    private partial void LogMigrated(string path, int count, string backup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} keeps its rights, others may be able to read it: {Reason}")]
    private partial void LogRightsKept(string path, string reason);
}
