using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Planner.Data.Stores;
using Planner.Web.Components.Share;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The app with everything kept that it logs.</summary>
public sealed class LoggingApp : RunningApp
{
    private readonly Keeper _keeper = new();

    public string Log => string.Join('\n', _keeper.Lines);

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" };

    /// <summary>The path of a new link to a worked example.</summary>
    public async Task<string> ShareAsync(ShareTerms terms) =>
        $"/s/{(await Services.GetRequiredService<ShareLinkStore>().CreateAsync(await StoreAsync("high-volume-chat"), 1, terms))!.Token}";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_keeper));
    }

    private sealed class Keeper : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Writer(Keeper keeper, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => keeper._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                keeper._scopes.ForEachScope((scope, lines) => lines.Enqueue($"{scope}"), keeper.Lines);
                keeper.Lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>What the reader of a share link does, with a browser's own headers, cookies and circuit.</summary>
public sealed class SharingTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    private const string Passcode = "open sesame";

    [Fact]
    public async Task Reader_gives_the_passcode_tries_other_figures_and_comes_back_to_the_shared_ones()
    {
        var path = await app.ShareAsync(new ShareTerms(PasscodeHash: Passcodes.Hash(Passcode)));
        var page = await app.OpenAsync(path);
        await Expect(page).ToHaveURLAsync(new Regex("/passcode$"));
        await GiveAsync(page, "open barley");
        await Expect(page.GetByText("This is not the passcode")).ToBeVisibleAsync();
        await GiveAsync(page, Passcode);
        await Expect(page).ToHaveURLAsync(new Regex($"{path}$"));
        await Expect(page.GetByText("is cheaper by $668 a month").First).ToBeVisibleAsync();

        await RunningApp.ReloadAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try other figures" }).ClickAsync();
        var requests = page.GetByLabel("Requests per month");
        await requests.FocusAsync();
        // A step a key: 10 M × 100^(−50/100).
        for (var key = 0; key < 50; key++)
            await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByText("Your what-if, not the shared figures.")).ToBeVisibleAsync();
        await Expect(requests).ToHaveAttributeAsync("aria-valuetext", "1,000,000 requests");
        await Expect(page.GetByText("$750.00").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the shared figures" }).ClickAsync();
        await Expect(page.GetByText("is cheaper by $668 a month").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Your what-if")).ToHaveCountAsync(0);
        await Expect(requests).ToHaveValueAsync("0");

        // How it is looked at stands behind the token, and is there after a reload.
        await page.GetByRole(AriaRole.Link, new() { Name = "Horizon", Exact = true }).ClickAsync();
        var cash = page.GetByRole(AriaRole.Button, new() { Name = "Cash", Exact = true });
        await cash.ClickAsync();
        await RunningApp.StandsAtAsync(page, $@"{path}\?view=horizon&amounts=cash$");
        await RunningApp.ReloadAsync(page);
        await Expect(cash).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Context.CloseAsync();

        Assert.Contains("Microsoft.AspNetCore", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(path[3..], app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("barley", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_page_is_clean_in_both_themes_and_sizes() => await AccessibilityTests.IsCleanAsync(app, await app.ShareAsync(new ShareTerms()));

    [Fact]
    public async Task Passcode_page_is_clean_in_both_themes_and_sizes() =>
        await AccessibilityTests.IsCleanAsync(app, await app.ShareAsync(new ShareTerms(PasscodeHash: Passcodes.Hash(Passcode))));

    private static async Task GiveAsync(IPage page, string passcode)
    {
        await page.GetByLabel("Passcode").FillAsync(passcode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
    }
}
