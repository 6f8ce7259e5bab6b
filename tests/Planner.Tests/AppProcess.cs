using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Planner.Tests;

/// <summary>The app in a process of its own on a SQLite file, to be stopped and started as one likes; the browser's tests and those of load have this file too.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly string _log;

    private AppProcess(Process process, Uri address, string log) => (Process, Address, _log) = (process, address, log);

    internal Process Process { get; }

    /// <summary>Its address, such as <c>http://127.0.0.1:43215/</c>.</summary>
    internal Uri Address { get; }

    /// <summary>Starts the app and waits until it answers.</summary>
    /// <param name="database">The file.</param>
    /// <param name="folder">The working directory, where its log is written too.</param>
    /// <param name="root">The checkout whose pages it serves.</param>
    /// <param name="address">Where it listens; null for any free port of 127.0.0.1.</param>
    /// <param name="command">What comes before the program, such as another user; null for nothing.</param>
    internal static async Task<AppProcess> StartAsync(string database, string folder, string root, Uri? address = null, string[]? command = null)
    {
        var program = Path.Combine(root, "artifacts", "bin", "Planner.Web", new DirectoryInfo(AppContext.BaseDirectory).Name, "Planner.Web.dll");
        var settings = new Dictionary<string, string>
        {
            ["Database__Path"] = database,
            ["Feeds__Enabled"] = "false",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["HOME"] = folder,
        };
        if (command is not null)
        {
            // Another user cannot read the styles and scripts of packages, which are where the build found them.
            var none = Path.Combine(folder, "no-assets.json");
            await File.WriteAllTextAsync(none, """{"ContentRoots":[],"Root":{"Children":null,"Asset":null,"Patterns":null}}""");
            settings["ASPNETCORE_STATICWEBASSETS"] = none;
        }

        return await StartAsync(program, folder, root, settings, address, command);
    }

    /// <summary>Starts a program of the app with settings of one's own, and waits until it answers.</summary>
    /// <param name="program">Path of <c>Planner.Web.dll</c>.</param>
    /// <param name="folder">Where its log is written.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="settings">As the environment names them.</param>
    /// <param name="address">Where it listens; null for any free port of 127.0.0.1.</param>
    /// <param name="command">What comes before the program, such as another user; null for nothing.</param>
    internal static async Task<AppProcess> StartAsync(string program, string folder, string workingDirectory, IReadOnlyDictionary<string, string> settings, Uri? address = null, string[]? command = null)
    {
        address ??= new Uri($"http://127.0.0.1:{FreePort()}/");
        var log = Path.Combine(folder, $"log-{Guid.NewGuid():N}");
        // To a file, not through a pipe that nobody empties.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, .. command ?? [], "dotnet", program, "--urls", address.ToString()]) { WorkingDirectory = workingDirectory };
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var app = new AppProcess(Process.Start(start)!, address, log);
        try
        {
            await app.AnswersAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it wrote to the console.</summary>
    internal Task<string> LogAsync() => File.ReadAllTextAsync(_log);

    /// <summary>Ends it without asking it.</summary>
    internal async Task KillAsync()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                if (Process.HasExited || watch.Elapsed > TimeSpan.FromMinutes(3))
                    throw new InvalidOperationException($"The app did not start: {await LogAsync()}", exception);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
