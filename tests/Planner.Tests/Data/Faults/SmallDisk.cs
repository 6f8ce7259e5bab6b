using System.Diagnostics;
using Xunit;

namespace Planner.Tests.Data.Faults;

/// <summary>A file system of a few megabytes in memory, which is really full when it is full. Only root may mount one: tests are skipped otherwise.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    internal string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    internal static SmallDisk Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can mount a small disk.");
        var path = Directory.CreateTempSubdirectory("planner-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "planner-test", path) == 0)
            return new SmallDisk(path);
        Directory.Delete(path);
        Assert.Skip("No disk can be mounted here.");
        throw new UnreachableException();
    }

    /// <summary>Takes all room but so much.</summary>
    internal void Fill(int leftBytes = 0)
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (new DriveInfo(Path).AvailableFreeSpace > leftBytes)
                file.Write(block);
        }
        catch (IOException exception) when (exception.Message.Contains("space", StringComparison.OrdinalIgnoreCase))
        {
        }
    }

    internal void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: a connection of a pool may still be open.
        Assert.Equal(0, Run("umount", "-l", Path));
        Directory.Delete(Path);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
