namespace Planner.Data.Sqlite;

/// <summary>Room for what the database still has to take.</summary>
internal static class FreeSpace
{
    /// <summary>A save with what it needs beside it takes less.</summary>
    private const long Needed = 1_000_000;

    /// <summary>Time for somebody to look after it.</summary>
    private const long Low = 100_000_000;

    /// <summary>Finds out whether files can be made in a folder, and grow.</summary>
    /// <returns>Why not, and whether the app goes on all the same; null where all is well.</returns>
    internal static (string Reason, bool MayPass)? FaultOf(string folder)
    {
        try
        {
            // Asks for the room itself: what a volume has free says nothing of quotas, or of what is kept for others.
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
                PreallocationSize = Needed,
                Options = FileOptions.DeleteOnClose,
            };
            using (new FileStream(Path.Combine(folder, $".planner-{Guid.NewGuid():N}"), options))
            {
            }

            return new DriveInfo(folder).AvailableFreeSpace is var free and < Low ? (Texts.StorageLow.With(free / 1_000_000), true) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of room that cannot be had .NET tells no number.
            return (StorageFault.SentenceOf(exception) ?? Texts.StorageFull, false);
        }
    }
}
