namespace Planner.Data.Sqlite;

/// <summary>Room for what the database still has to take.</summary>
internal static class FreeSpace
{
    /// <summary>A save with what it needs beside it takes less.</summary>
    private const int Needed = 1_000_000;

    /// <summary>Time for somebody to look after it.</summary>
    private const long Low = 100_000_000;

    private static readonly byte[] Block = new byte[50_000];

    /// <summary>Finds out whether files can be made in a folder, and grow.</summary>
    /// <returns>Why not, and whether the app goes on all the same; null where all is well.</returns>
    internal static (string Reason, bool MayPass)? FaultOf(string folder)
    {
        try
        {
            // Takes the room itself: what a volume has free says nothing of quotas, or of what is kept for others, and .NET passes over a quota where it only reserves room.
            using (var probe = new FileStream(Path.Combine(folder, $".planner-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
            {
                for (var taken = 0; taken < Needed; taken += Block.Length)
                    probe.Write(Block);
            }

            return new DriveInfo(folder).AvailableFreeSpace is var free and < Low ? (Texts.StorageLow.With(free / 1_000_000), true) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder may be gone, or too many files be open.
            return (StorageFault.SentenceOf(exception) ?? Texts.StorageFailing, false);
        }
    }
}
