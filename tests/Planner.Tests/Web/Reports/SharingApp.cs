using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Data;

namespace Planner.Tests.Web.Reports;

/// <summary>The app on a database of its own, with everything that it logs kept.</summary>
public class SharingApp : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planner-");

    public LogKeeper Log { get; } = new();

    /// <summary>The app's clock, which stands until it is moved.</summary>
    internal ManualTime Clock { get; } = new();

    /// <summary>Stores a worked example as a new scenario.</summary>
    public async Task<string> StoreAsync(string exampleId)
    {
        var scenario = Services.GetRequiredService<ExampleStore>().Find(exampleId)!.Scenario;
        var snapshot = await Services.GetRequiredService<CatalogStore>().SnapshotAsync(scenario);
        var stored = await Services.GetRequiredService<ScenarioStore>().CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot));
        return stored.Id;
    }

    /// <summary>Saves a scenario under another name as its next version.</summary>
    public async Task RenameAsync(string id, string name)
    {
        var store = Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(id))!;
        await store.SaveAsync(id, stored.Version, stored.Scenario with { Name = name }, stored.Snapshot, stored.Result);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSolutionRelativeContentRoot("");
        builder.UseEnvironment("Production");
        builder.UseSetting("Database:Path", Path.Combine(_folder.FullName, "planner.db"));
        builder.UseSetting("Feeds:Enabled", "false");
        builder.UseSetting("Pdf:BrowserPath", Path.Combine(_folder.FullName, "no-browser"));
        builder.UseSetting("Logging:LogLevel:Default", "Trace");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            _folder.Delete(recursive: true);
        }
    }
}

/// <summary>Keeps every message with its scopes.</summary>
public sealed class LogKeeper : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Keeper(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Keeper(LogKeeper owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder().Append(category).Append(": ").Append(formatter(state, exception)).Append(exception);
            owner._scopes.ForEachScope((scope, text) => text.Append(" => ").Append(scope), line);
            owner._lines.Enqueue(line.ToString());
        }
    }
}
