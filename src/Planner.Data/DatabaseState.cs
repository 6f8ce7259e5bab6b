using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.PostgreSql;
using Planner.Data.Sqlite;

namespace Planner.Data;

/// <summary>How the database fares, for whoever watches the app. Safe to share.</summary>
public sealed class DatabaseState(DatabaseSettings database, IDbContextFactory<PlannerDbContext> contexts, DatabaseDamage damage)
{
    internal const int PatienceSeconds = 2;

    /// <summary>Version of the SQLite that is used, such as <c>3.40.1</c>.</summary>
    public static string SqliteVersion
    {
        get
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return connection.ServerVersion;
        }
    }

    /// <summary>True where it is the operating system's, false where it came with the program.</summary>
    public static bool IsSystemLibrary => SqliteShim.UsesSystemLibrary;

    /// <summary>The file; null where the database is on a server.</summary>
    public string? Path => database.Provider == DatabaseProvider.Sqlite ? database.Name : null;

    /// <summary>Asks the server; null where the database is a file.</summary>
    /// <exception cref="System.Data.Common.DbException">It does not answer.</exception>
    public async Task<ServerFacts?> ServerAsync(CancellationToken cancellationToken = default) => Path is null ? await ServerState.AskAsync(database, cancellationToken) : null;

    /// <summary>Finds out whether the database can be written and is of this program.</summary>
    /// <returns>Why not, as a sentence without paths, and whether that may pass by itself; null where all is well.</returns>
    public async Task<(string Reason, bool MayPass)?> FaultAsync(CancellationToken cancellationToken = default) =>
        damage.Seen ? (Texts.StorageDamaged, false)
        : Path is { } path ? FreeSpace.FaultOf(System.IO.Path.GetDirectoryName(path)!) is var space && space is { MayPass: false } ? space : await FaultOfFileAsync(path, cancellationToken) ?? space
        : await ServerState.FaultAsync(database, PendingAsync, cancellationToken);

    private async Task<(string Reason, bool MayPass)?> FaultOfFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = PatienceSeconds }.ToString()))
            {
                await connection.OpenAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.CommandText = DatabaseFile.TriesToWrite;
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return await PendingAsync(cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return (Texts.DatabaseHeld.With(PatienceSeconds), true);
        }
        catch (SqliteException exception) when (StorageFault.Of(exception) is not null and not StorageFaultKind.Failing)
        {
            damage.Note(exception);
            return (StorageFault.SentenceOf(exception)!, false);
        }
        catch (SqliteException exception)
        {
            return (Texts.DatabaseNotWritable.With(exception.SqliteErrorCode), false);
        }
    }

    private async Task<(string Reason, bool MayPass)?> PendingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return pending == 0 ? null : (Texts.DatabaseBehind.With(pending), false);
    }
}
