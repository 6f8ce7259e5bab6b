namespace Planner.Data.Sqlite;

/// <summary>Puts a backup in the place of the database. The app must not be running.</summary>
public static class DatabaseRestore
{
    /// <summary>Checks the backup, puts the present database aside and the backup in its place.</summary>
    /// <param name="backup">Path of the backup.</param>
    /// <param name="path">Path of the database.</param>
    /// <param name="known">Migrations that this program knows.</param>
    /// <param name="time">Names what is put aside.</param>
    /// <returns>Path of the database that was there before; null where there was none.</returns>
    /// <exception cref="DatabaseRefusedException">The backup is not there, damaged, of another program or a newer one, or an app uses the database. Nothing was changed.</exception>
    public static string? Run(string backup, string path, IReadOnlyCollection<string> known, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(time);
        (backup, path) = (Path.GetFullPath(backup), Path.GetFullPath(path));
        Check(backup, known);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var own = DatabaseFile.TryTake(path) ?? throw new DatabaseRefusedException(Texts.RestoreInUse.With(path));
        var restored = path + ".restored";
        DatabaseFile.Copy(backup, restored);
        // A command may be writing.
        using var writer = PrivateFiles.Hold(path + ".writer");
        var aside = File.Exists(path) ? $"{path}.replaced-{DatabaseFile.Stamp(time.GetUtcNow())}" : null;
        if (aside is not null)
            Rename(path, aside);
        try
        {
            File.Move(restored, path);
        }
        catch when (aside is not null)
        {
            Rename(aside, path);
            throw;
        }

        return aside;
    }

    private static void Check(string backup, IReadOnlyCollection<string> known)
    {
        if (!File.Exists(backup))
            throw new DatabaseRefusedException(Texts.RestoreMissing.With(backup));
        if (DatabaseFile.FaultOf(backup) is { } fault)
            throw new DatabaseRefusedException(Texts.DatabaseDamaged.With(backup, fault.Message));
        if (DatabaseStartup.AppliedMigrations(backup) is not { Count: > 0 } applied)
            throw new DatabaseRefusedException(Texts.DatabaseForeign.With(backup));
        known.RefuseNewer(applied, backup);
    }

    /// <summary>Renames a database and what SQLite keeps beside it, which may hold the last of its writes and must not be taken for another's.</summary>
    private static void Rename(string from, string to)
    {
        foreach (var end in new[] { "-wal", "-shm", "" })
        {
            if (File.Exists(from + end))
                File.Move(from + end, to + end);
        }
    }
}
