using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Planner.Tests.Web;
using Xunit;

[assembly: AssemblyFixture(typeof(PlannerHost))]

namespace Planner.Tests.Web;

/// <summary>The whole app on a throw-away database, as <c>Program.cs</c> composes it. It starts with the first request; tests of one run share it.</summary>
public class PlannerHost : WebApplicationFactory<Program>
{
    private readonly Lock _starting = new();
    private IHost? _started;

    /// <summary>Holds the database and what belongs to it; removed in the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("planner-test-").FullName;

    /// <summary>Settings beyond those every test has.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSolutionRelativeContentRoot("");
        builder.UseEnvironment("Production");
        builder.UseSetting("Database:Path", Path.Combine(Folder, "planner.db"));
        builder.UseSetting("Urls", "http://127.0.0.1:0");
        builder.UseSetting("Feeds:Enabled", "false");
        // On a busy machine many of these stop at once.
        builder.ConfigureTestServices(services => services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60)));
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
    }

    /// <inheritdoc/>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        // Two tests may be the first at the same moment, and the database belongs to one app.
        lock (_starting)
            return _started ??= base.CreateHost(builder);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        await TestFolder.DeleteAsync(Folder);
        GC.SuppressFinalize(this);
    }
}

/// <summary>The app on a real socket of 127.0.0.1.</summary>
public sealed class SocketHost : PlannerHost
{
    public SocketHost()
    {
        UseKestrel(0);
        StartServer();
    }

    /// <summary>Its address, such as <c>http://127.0.0.1:43215/</c>.</summary>
    public Uri Address => ClientOptions.BaseAddress;
}
