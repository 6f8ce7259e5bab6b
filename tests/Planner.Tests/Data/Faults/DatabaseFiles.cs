using Microsoft.Data.Sqlite;
using Planner.Data;

namespace Planner.Tests.Data.Faults;

/// <summary>What tests of faults do to a database file past the app; the browser's tests have this file too.</summary>
internal static class DatabaseFiles
{
    /// <summary>Puts what SQLite keeps beside the file into it, and leaves nothing there.</summary>
    internal static void Checkpoint(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>Writes over the file from a place to its end, with nothing of it left beside it or in the memory of connections.</summary>
    internal static void Damage(string path, int from = 4_096)
    {
        Checkpoint(path);
        using (var pool = new SqliteConnection(DatabaseSettings.File(path).ConnectionString))
            SqliteConnection.ClearPool(pool);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = from;
        var rest = new byte[file.Length - from];
        rest.AsSpan().Fill((byte)'x');
        file.Write(rest);
    }
}
