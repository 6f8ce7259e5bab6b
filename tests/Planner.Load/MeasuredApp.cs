using System.Diagnostics;
using System.Globalization;
using Planner.Tests;

namespace Planner.Load;

/// <summary>What a process takes at a moment.</summary>
/// <param name="ResidentMiB">Memory of the machine's that it holds.</param>
/// <param name="Processor">Time of the processors that it has had.</param>
internal readonly record struct ProcessUse(double ResidentMiB, TimeSpan Processor);

/// <summary>The app under load: a process of its own with a throw-away database.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    private readonly AppProcess _app;
    private readonly string _folder;

    private MeasuredApp(AppProcess app, string folder)
    {
        (_app, _folder) = (app, folder);
        // It must not go on where this program is told to end.
        AppDomain.CurrentDomain.ProcessExit += End;
    }

    public Uri Address => _app.Address;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">Path of <c>Planner.Web.dll</c> as published.</param>
    /// <param name="settings">Settings beside those that keep it quiet.</param>
    public static async Task<MeasuredApp> StartAsync(string program, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("planner-load-").FullName;
        // Nothing but the readers is to be measured.
        (string Name, string Value)[] quiet =
            [("Database__Path", Path.Combine(folder, "planner.db")), ("Feeds__Enabled", "false"), ("Backups__Enabled", "false"), ("Logging__LogLevel__Default", "Warning"), ("ASPNETCORE_ENVIRONMENT", "Production")];
        var started = await AppProcess.StartAsync(Path.GetFullPath(program), folder, folder, settings.Concat(quiet).ToDictionary(setting => setting.Name, setting => setting.Value));
        var app = new MeasuredApp(started, folder);
        using var http = new HttpClient { BaseAddress = app.Address };
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            using var ready = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
            if (ready.IsSuccessStatusCode)
                return app;
            if (watch.Elapsed <= TimeSpan.FromMinutes(3))
                continue;
            var said = await app.ComplaintsAsync();
            await app.DisposeAsync();
            throw new InvalidOperationException($"The app is not ready:\n{said}");
        }
    }

    /// <summary>What it says of itself that is worse than information.</summary>
    public Task<string> ComplaintsAsync() => _app.LogAsync();

    /// <summary>What it takes now.</summary>
    public ProcessUse Use() => Of(_app.Process);

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
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void End(object? sender, EventArgs e)
    {
        if (!_app.Process.HasExited)
            _app.Process.Kill(entireProcessTree: true);
    }

    private static ProcessUse Of(Process process)
    {
        process.Refresh();
        return new ProcessUse(process.WorkingSet64 / 1048576.0, process.TotalProcessorTime);
    }
}
