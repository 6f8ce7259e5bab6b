using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Planner.Load;

/// <summary>What a process takes at a moment.</summary>
/// <param name="ResidentMiB">Memory of the machine's that it holds.</param>
/// <param name="Processor">Time of the processors that it has had.</param>
internal readonly record struct ProcessUse(double ResidentMiB, TimeSpan Processor);

/// <summary>The app under load: a process of its own with a throw-away database, on a free port of the loopback address.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly StringWriter _log = new();

    private AppProcess(Process process, string folder, Uri address)
    {
        (_process, _folder, Address) = (process, folder, address);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // It must not go on where this program is told to end.
        AppDomain.CurrentDomain.ProcessExit += End;
    }

    public Uri Address { get; }

    /// <summary>What it says of itself that is worse than information.</summary>
    public string Complaints
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">Path of <c>Planner.Web.dll</c> as published.</param>
    /// <param name="settings">Settings beside those that keep it quiet.</param>
    public static async Task<AppProcess> StartAsync(string program, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("planner-load-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [program, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // Nothing but the readers is to be measured.
        foreach (var (name, value) in settings.Concat([("Database__Path", Path.Combine(folder, "planner.db")), ("Feeds__Enabled", "false"), ("Backups__Enabled", "false"), ("Logging__LogLevel__Default", "Warning"), ("ASPNETCORE_ENVIRONMENT", "Production")]))
            start.Environment[name] = value;
        var app = new AppProcess(Process.Start(start)!, folder, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            if (app._process.HasExited || watch.Elapsed > TimeSpan.FromMinutes(3))
            {
                await app.DisposeAsync();
                throw new InvalidOperationException($"The app did not start:\n{app.Complaints}");
            }

            try
            {
                using var ready = await http.GetAsync(new Uri(app.Address, "health/ready"));
                if (ready.IsSuccessStatusCode)
                    return app;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // Does not listen or answer yet.
            }
        }
    }

    /// <summary>What it takes now.</summary>
    public ProcessUse Use() => Of(_process);

    /// <summary>What this program takes now, of the same processors.</summary>
    public static ProcessUse OwnUse()
    {
        using var own = Process.GetCurrentProcess();
        return Of(own);
    }

    /// <summary>Tasks that waited for the processors or ran on them in the last minute, on average; of all programs.</summary>
    public static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void End(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private static ProcessUse Of(Process process)
    {
        process.Refresh();
        return new ProcessUse(process.WorkingSet64 / 1048576.0, process.TotalProcessorTime);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Note(string? line)
    {
        lock (_log)
        {
            if (line is not null)
                _log.WriteLine(line);
        }
    }
}
