using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Sqlite;

namespace Planner.Data;

/// <summary>How the database fares, for whoever watches the app. Safe to share.</summary>
public sealed class DatabaseState(IDbContextFactory<PlannerDbContext> contexts)
{
    private const int PatienceSeconds = 2;

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

    /// <summary>The file.</summary>
    public string Path
    {
        get
        {
            using var context = contexts.CreateDbContext();
            return new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        }
    }

    /// <summary>Finds out whether the database can be written and is of this program.</summary>
    /// <returns>Why not, as a sentence without paths, and whether that may pass by itself; null where all is well.</returns>
    public async Task<(string Reason, bool MayPass)?> FaultAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = PatienceSeconds }.ToString()))
            {
                await connection.OpenAsync(cancellationToken);
                // Takes the right to write, and gives it back without having written.
                await using var command = connection.CreateCommand();
                command.CommandText = "BEGIN IMMEDIATE; ROLLBACK";
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            return pending == 0 ? null : (Texts.DatabaseBehind.With(pending), false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return (Texts.DatabaseHeld.With(PatienceSeconds), true);
        }
        catch (SqliteException exception)
        {
            return (Texts.DatabaseNotWritable.With(exception.SqliteErrorCode), false);
        }
    }
}
