using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;

namespace Planner.Tests.Data.Feeds;

/// <summary>An import of LiteLLM's file in a process of its own, which may be killed at any moment. Its clock stands at noon of 1 December 2026.</summary>
internal sealed class ImportProcess : IDisposable
{
    internal const string Command = "import-feed";

    private const string Ready = "ready";
    private const string Go = "go";

    private readonly Process _process;

    private ImportProcess(Process process) => _process = process;

    /// <summary>Starts the process and waits until it is about to import.</summary>
    internal static async Task<ImportProcess> StartAsync(string database, string file)
    {
        var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Planner.Tests"), [Command, database, file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return await process.StandardOutput.ReadLineAsync() == Ready ? new(process) : throw new InvalidOperationException("The process did not start.");
    }

    /// <summary>Lets it import.</summary>
    internal void Begin() => _process.StandardInput.WriteLine(Go);

    /// <summary>The run's status once it has ended.</summary>
    internal Task<string?> EndAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Ends it without asking it, and waits until it is gone.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What the process does.</summary>
    internal static async Task<int> RunAsync(string database, string file)
    {
        await using var services = Services(database);
        await using (var context = await services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync())
            await context.FeedRuns.CountAsync();
        Console.WriteLine(Ready);
        if (Console.ReadLine() != Go)
            return 1;
        Console.WriteLine((await ImportAsync(services, file)).Status);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    internal static async Task<FeedRunRow> ImportAsync(IServiceProvider services, string file)
    {
        await using var stream = File.OpenRead(file);
        return await services.GetRequiredService<FeedImporter>().ImportAsync(PriceFeeds.LiteLlm, stream, FeedRunTriggers.Upload);
    }

    /// <summary>The feeds on a database with the shipped catalog, as the app has them.</summary>
    internal static ServiceProvider Services(string database) =>
        new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new ManualTime()).AddPlannerData(database).AddPriceFeeds(new ConfigurationBuilder().Build()).BuildServiceProvider();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
