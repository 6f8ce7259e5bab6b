using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using Planner.BrowserTests;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests;
using Planner.Web.Reports;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace Planner.BrowserTests;

/// <summary>The app on a socket of 127.0.0.1 with a throw-away database, and a browser beside it. Tests of one run share both.</summary>
public class RunningApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    // An evaluation waits its turn behind those of other pages: on a small machine an answer may take a while.
    static RunningApp() => Assertions.SetDefaultExpectTimeout(30_000);

    public RunningApp()
    {
        UseKestrel(0);
        StartServer();
    }

    /// <summary>Settings beyond those every test has.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Its address, such as <c>http://127.0.0.1:43215/</c>.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    public virtual async ValueTask InitializeAsync()
    {
        var (path, reason) = BrowserFinder.Find(null);
        if (path is null)
            throw new InvalidOperationException(reason);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path });
    }

    /// <summary>A page of a fresh profile, open at a path and answering to clicks; the caller closes its context.</summary>
    public async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var page = await NewPageAsync(options);
        await GoAsync(page, path);
        return page;
    }

    /// <summary>A blank page of a fresh profile; the caller closes its context.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null) => await (await _browser!.NewContextAsync(options)).NewPageAsync();

    /// <summary>Opens an address of the app and waits until the page answers to clicks: until then what is seen came with the document, and a click on it is lost.</summary>
    public Task GoAsync(IPage page, string path) => GoAsync(page, new Uri(Address, path));

    /// <summary>The same at an address of another app.</summary>
    internal static async Task GoAsync(IPage page, Uri address)
    {
        var rendered = FirstRenderOf(page);
        var response = await page.GotoAsync(address.ToString());
        // Pages to print have no circuit.
        if ((await response!.TextAsync()).Contains("\"type\":\"server\"", StringComparison.Ordinal))
            await DrawnAsync(page, rendered);
    }

    /// <summary>Loads the page again and waits until it answers to clicks.</summary>
    public static async Task ReloadAsync(IPage page)
    {
        var rendered = FirstRenderOf(page);
        await page.ReloadAsync();
        await DrawnAsync(page, rendered);
    }

    private static async Task DrawnAsync(IPage page, Task rendered)
    {
        await rendered.WaitAsync(TimeSpan.FromSeconds(30));
        // It has arrived, and is drawn a moment later: what is typed into a box before is lost with it.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    }

    /// <summary>Waits until the page's address matches. <c>WaitForURLAsync</c> would wait for the document too, and misses its loading now and then (microsoft/playwright-dotnet#3364).</summary>
    public static Task StandsAtAsync(IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern));

    /// <summary>Ends when the page has got the first rendering from its next circuit.</summary>
    private static Task FirstRenderOf(IPage page)
    {
        var rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            // The document's head comes in a batch of its own, before the page.
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0 && bytes.AsSpan().IndexOf("main"u8) >= 0)
                rendered.TrySetResult();
        };
        return rendered.Task;
    }

    /// <summary>Stores a worked example, changed or as it is, as a new scenario.</summary>
    public async Task<string> StoreAsync(string exampleId, Func<Scenario, Scenario>? change = null)
    {
        var example = Services.GetRequiredService<ExampleStore>().Find(exampleId)!.Scenario;
        var scenario = change?.Invoke(example) ?? example;
        var snapshot = await Services.GetRequiredService<CatalogStore>().SnapshotAsync(scenario);
        return (await Services.GetRequiredService<ScenarioStore>().CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot))).Id;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        await TestFolder.DeleteAsync(_folder);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSolutionRelativeContentRoot("");
        builder.UseSetting("Urls", "http://127.0.0.1:0");
        // No run on schedule reaches for the network while tests run.
        builder.UseSetting("Feeds:Enabled", "false");
        builder.UseSetting("Database:Path", Path.Combine(_folder, "planner.db"));
        builder.ConfigureTestServices(services => services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60)));
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
    }
}
