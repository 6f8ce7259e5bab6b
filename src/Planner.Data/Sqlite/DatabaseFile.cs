using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Planner.Data.Sqlite;

/// <summary>What is done with a database file as a whole, past Entity Framework.</summary>
internal static class DatabaseFile
{
    /// <summary>Takes the right to write, uses it, and gives it back with nothing changed. Without the change SQLite lets a file that is read-only pass.</summary>
    internal const string TriesToWrite = "BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK";

    private const string StampForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Opens it on its own, outside of the pool.</summary>
    internal static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>The first column of what a statement answers.</summary>
    internal static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // CA2100: the callers' statements are constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.GetString(0));
        return values;
    }

    /// <summary>Copies a database as it is at this moment, with what lies beside it and whoever reads or writes it. Only a complete and sound copy gets its name.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    /// <exception cref="IOException">The copy came out damaged, though the database is sound: its disk is at fault.</exception>
    internal static void Copy(string path, string target)
    {
        var unfinished = target + ".part";
        File.Delete(unfinished);
        PrivateFiles.Make(unfinished);
        try
        {
            if (Fill(unfinished, path) is { } fault)
                throw Refusal(path, target, fault);
            Flush(unfinished);
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Copies a database into an empty file.</summary>
    /// <returns>What is wrong with the copy; null where it is sound.</returns>
    private static Exception? Fill(string unfinished, string path)
    {
        try
        {
            using var source = Open(path, SqliteOpenMode.ReadWrite);
            using var copy = Open(unfinished, SqliteOpenMode.ReadWrite);
            source.BackupDatabase(copy);
            // One file, with nothing beside it.
            Read(copy, "PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException exception) when (StorageFault.Of(exception) is StorageFaultKind.Damaged)
        {
            return exception;
        }

        return FaultOf(unfinished);
    }

    /// <summary>Why a copy that is damaged is not taken. Its own disk may be at fault, so the database is damaged only where that is found in itself.</summary>
    internal static Exception Refusal(string path, string target, Exception fault) => FaultOf(path) is { } own
        ? new InvalidDataException(Texts.DatabaseDamaged.With(path, own.Message), own)
        : new IOException(Texts.CopyDamaged.With(target, fault.Message));

    /// <summary>What an integrity check finds wrong, or rows that point at none; null where the file is sound.</summary>
    internal static Exception? FaultOf(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadOnly);
            return Read(connection, "PRAGMA integrity_check(1)") is not ["ok"] and var found ? new SqliteException(found.FirstOrDefault() ?? Texts.DatabaseEmpty, SQLitePCL.raw.SQLITE_CORRUPT)
                : Read(connection, "SELECT \"table\" FROM pragma_foreign_key_check() LIMIT 1") is [var table] ? new InvalidDataException(Texts.DatabaseLoose.With(table))
                : null;
        }
        catch (SqliteException exception)
        {
            return exception;
        }
    }

    /// <summary>Puts what the operating system still holds of a file on its disk.</summary>
    internal static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>A moment as it stands in names of files.</summary>
    internal static string Stamp(DateTimeOffset moment) => moment.UtcDateTime.ToString(StampForm, CultureInfo.InvariantCulture);

    /// <summary>The moment of a stamp, UTC; null for what is none.</summary>
    internal static DateTime? MomentOf(string stamp) =>
        DateTime.TryParseExact(stamp, StampForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    /// <summary>Takes the file for one app; null where another has it.</summary>
    internal static FileStream? TryTake(string path) => TryHold(path + ".lock");

    /// <summary>Takes the turn to write, which a command takes as well; null where another process has it.</summary>
    internal static FileStream? TryTakeTurn(string path) => TryHold(path + ".writer");

    private static FileStream? TryHold(string path)
    {
        try
        {
            return PrivateFiles.Hold(path);
        }
        catch (IOException exception) when (File.Exists(path) && StorageFault.Of(exception) is null)
        {
            return null;
        }
    }
}
