namespace Planner.Data;

/// <summary>Makes files for the app's user only, where the file system knows users: they have hashes of passwords and tokens, and the rows of all workspaces.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes an empty file where there is none; one that is there keeps its rights.</summary>
    internal static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Own;
        new FileStream(path, options).Dispose();
    }

    /// <summary>Opens a file that whoever holds it has alone, made where there is none; the operating system lets go of it however a process ends.</summary>
    /// <exception cref="IOException">Another has it.</exception>
    internal static FileStream Hold(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Own;
        return new FileStream(path, options);
    }

    /// <summary>Makes a folder that only its owner enters.</summary>
    internal static string MakeFolder(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Own | UnixFileMode.UserExecute)).FullName;

    /// <summary>Takes the rights of others off a file that another library or an earlier program made.</summary>
    internal static void Take(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Own);
    }
}
