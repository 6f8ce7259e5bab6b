using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Planner.Data;

/// <summary>What keeps the app from storing anything until somebody mends it.</summary>
public enum StorageFaultKind
{
    /// <summary>No room is left, or none that the app's user may take.</summary>
    Full,

    /// <summary>The disk or the files are not to be written.</summary>
    ReadOnly,

    /// <summary>What the database holds is no database any more, or not a whole one.</summary>
    Damaged,

    /// <summary>The disk reports an error.</summary>
    Failing,
}

/// <summary>Tells faults of what everything is stored on from those of the program.</summary>
public static class StorageFault
{
    // What the operating system says, as .NET hands it on: numbers of Unix, and those of Windows.
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, OverQuota = 122, InputOutput = 5;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleFull = unchecked((int)0x80070027), WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>The kind of fault that an exception, or one inside it, tells of; null where it tells of none.</summary>
    public static StorageFaultKind? Of(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (OfOne(exception) is { } kind)
                return kind;
        }

        return null;
    }

    /// <summary>What a person may be told of an exception in place of its own words: a sentence without paths. Null where it is about something else.</summary>
    public static string? SentenceOf(Exception? exception) => Of(exception) switch
    {
        StorageFaultKind.Full => Texts.StorageFull,
        StorageFaultKind.ReadOnly => Texts.StorageReadOnly,
        StorageFaultKind.Damaged => IsOfServer(exception) ? Texts.StorageDamagedServer : Texts.StorageDamaged,
        StorageFaultKind.Failing => Texts.StorageFailing,
        _ => exception is DatabaseBusyException ? exception.Message : null,
    };

    /// <summary>What a library says in words of its own, as the operating system says it.</summary>
    internal static IOException NoRoom(string message) => new(message, NoSpace);

    private static bool IsOfServer(Exception? exception) => exception is not null && (exception is PostgresException || IsOfServer(exception.InnerException));

    private static StorageFaultKind? OfOne(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => StorageFaultKind.Full,
            // The file that connections share finds no room (sqlite.org/rescode.html#ioerr_shmsize).
            raw.SQLITE_IOERR when sqlite.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => StorageFaultKind.Full,
            raw.SQLITE_READONLY => StorageFaultKind.ReadOnly,
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StorageFaultKind.Damaged,
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => StorageFaultKind.Failing,
            _ => null,
        },
        PostgresException server => server.SqlState switch
        {
            PostgresErrorCodes.DiskFull => StorageFaultKind.Full,
            PostgresErrorCodes.ReadOnlySqlTransaction => StorageFaultKind.ReadOnly,
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StorageFaultKind.Damaged,
            PostgresErrorCodes.IoError => StorageFaultKind.Failing,
            _ => null,
        },
        UnauthorizedAccessException => StorageFaultKind.ReadOnly,
        IOException => exception.HResult switch
        {
            NoSpace or OverQuota or WindowsDiskFull or WindowsHandleFull => StorageFaultKind.Full,
            ReadOnlyFileSystem or WindowsWriteProtected => StorageFaultKind.ReadOnly,
            InputOutput => StorageFaultKind.Failing,
            _ => null,
        },
        _ => null,
    };
}
