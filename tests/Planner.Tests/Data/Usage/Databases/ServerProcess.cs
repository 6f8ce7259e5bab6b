using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>Programs that a server of the tests needs, and ports for it.</summary>
internal static class ServerProcess
{
    /// <summary>A port of this machine that nobody listens on.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        // To files, not through pipes: a server that a program starts would keep those open.
        var said = Path.Combine(folder, $"said-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("said=$1; shift; exec \"$@\" >\"$said\" 2>&1 </dev/null");
        foreach (var argument in arguments.Prepend(program).Prepend(said).Prepend("sh"))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {await File.ReadAllTextAsync(said)}");
        File.Delete(said);
    }
}
