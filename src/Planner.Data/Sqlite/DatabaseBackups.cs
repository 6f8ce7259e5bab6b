using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Planner.Data.Sqlite;

/// <summary>How backups are made.</summary>
/// <param name="Enabled">False to make none by themselves.</param>
/// <param name="Folder">Where they are kept; null for <c>backups</c> beside the database.</param>
/// <param name="Keep">How many of the newest are kept, 1 to 1,000.</param>
public sealed record BackupOptions(bool Enabled = true, string? Folder = null, int Keep = 14);

/// <summary>A copy of the database.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="MadeUtc">When it was made.</param>
/// <param name="Bytes">Its size.</param>
public sealed record DatabaseBackup(string Path, DateTime MadeUtc, long Bytes);

/// <summary>Copies of the database, made while it is in use, checked, and kept for a while. Safe to share.</summary>
public sealed partial class DatabaseBackups(string databasePath, BackupOptions options, TimeProvider time, ILogger<DatabaseBackups> log, DatabaseDamage damage) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Where they are kept.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Folder ?? Path.Combine(Path.GetDirectoryName(databasePath)!, "backups"));

    /// <summary>What was wrong with the last one that was tried; null where it was made, and before any.</summary>
    public string? Fault { get; private set; }

    public void Dispose() => _one.Dispose();

    /// <summary>Backups that are there, the newest first; a file of another name is not one of them.</summary>
    public IReadOnlyList<DatabaseBackup> List() => !Directory.Exists(Folder) ? [] :
        [.. new DirectoryInfo(Folder).GetFiles("planner-*.db").Select(BackupOf).OfType<DatabaseBackup>().OrderByDescending(backup => backup.MadeUtc)];

    /// <summary>Copies the database, as it is at this moment, to a file of its own.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    public void CopyTo(string path) => DatabaseFile.Copy(databasePath, path);

    /// <summary>Makes one where there is none of the last day; one that a clock ahead of time has dated in the future is none. Looked at each hour, so that a machine that is off at night has backups too.</summary>
    /// <returns>The new one; null where none was due.</returns>
    public async Task<DatabaseBackup?> MakeIfDueAsync(CancellationToken cancellationToken = default) =>
        options.Enabled && !List().Any(backup => (Now - backup.MadeUtc).Duration() < Interval) ? await MakeAsync(cancellationToken) : null;

    /// <summary>Makes one now, and removes those that are no longer kept.</summary>
    /// <exception cref="IOException">The folder cannot be written to, is full, or on a disk that does not keep what is written.</exception>
    /// <exception cref="InvalidDataException">The database is damaged; older backups stay.</exception>
    public async Task<DatabaseBackup> MakeAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var path = Path.Combine(Folder, $"planner-{DatabaseFile.Stamp(time.GetUtcNow())}.db");
            await Task.Run(() => Copy(path), cancellationToken);
            var made = BackupOf(new FileInfo(path))!;
            Fault = null;
            LogMade(path);
            Sweep();
            return made;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            damage.Note(exception);
            var fault = StorageFault.Of(exception) is StorageFaultKind.Full ? Texts.BackupNoRoom.With(Folder) : exception.Message;
            Fault = fault;
            LogFailed(fault);
            // What a full disk makes SQLite say is a fault of the file system, too.
            throw exception is SqliteException ? new IOException(fault, exception) : exception;
        }
        finally
        {
            _one.Release();
        }
    }

    private void Copy(string path)
    {
        PrivateFiles.MakeFolder(Folder);
        CopyTo(path);
    }

    private static DatabaseBackup? BackupOf(FileInfo file) =>
        DatabaseFile.MomentOf(Path.GetFileNameWithoutExtension(file.Name)["planner-".Length..]) is { } made ? new DatabaseBackup(file.FullName, made, file.Length) : null;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void Sweep()
    {
        // Those dated in the future by a clock that was put back since would push out what is made now; they count again when their time comes.
        var counted = List().Where(backup => backup.MadeUtc - Now < Interval);
        // What a killed process left unfinished goes too; a copy that is being made is younger.
        var left = new DirectoryInfo(Folder).GetFiles("planner-*.db.part").Where(file => Now - file.LastWriteTimeUtc > Interval).Select(file => file.FullName);
        foreach (var old in counted.Skip(options.Keep).Select(backup => backup.Path).Concat(left))
        {
            try
            {
                File.Delete(old);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogKept(old, exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup made: {Path}")]
    private partial void LogMade(string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup could be made: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The old backup {Path} could not be removed: {Reason}")]
    private partial void LogKept(string path, string reason);
}
