using System.ComponentModel;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Planner.Domain;

namespace Planner.Web.Reports;

/// <summary>
/// The one browser that prints. It starts when first needed, is replaced when it died or hung, and leaves when nobody printed for a while. Safe to share.
/// </summary>
public sealed partial class PrintBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly PdfOptions _options;
    private readonly ILogger<PrintBrowser> _log;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _idle;
    private IPlaywright? _driver;
    private IBrowserContext? _browser;
    private int _users;
    private bool _disposed;

    public PrintBrowser(IOptions<PdfOptions> options, TimeProvider time, ILogger<PrintBrowser> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Value;
        _log = log;
        _idle = time.CreateTimer(_ => _ = LeaveIfIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The program that would be started. Asked anew each time, so that a browser installed meanwhile is found.</summary>
    public FoundBrowser Program => BrowserFinder.Find(_options.BrowserPath);

    /// <summary>The running browser, started if need be. The caller gives it back with <see cref="ReleaseAsync"/>.</summary>
    /// <exception cref="PdfUnavailableException">There is no browser, or it does not start.</exception>
    public async Task<IBrowserContext> AcquireAsync()
    {
        await _gate.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_browser?.Browser is not { IsConnected: true })
            {
                await StopAsync();
                _browser = await StartAsync();
            }

            _users++;
            return _browser;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives the browser back.</summary>
    /// <param name="browser">What <see cref="AcquireAsync"/> gave.</param>
    /// <param name="broken">True where it hung: it is then ended, and the next caller gets a new one.</param>
    public async Task ReleaseAsync(IBrowserContext browser, bool broken)
    {
        await _gate.WaitAsync();
        try
        {
            _users--;
            if (broken && ReferenceEquals(browser, _browser))
                await StopAsync();
            if (_users == 0 && !_disposed)
                _idle.Change(Idle, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _disposed = true;
            await _idle.DisposeAsync();
            await StopAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task LeaveIfIdleAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_users == 0)
                await StopAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IBrowserContext> StartAsync()
    {
        var (path, reason) = Program;
        if (path is null)
            throw new PdfUnavailableException(reason!);
        try
        {
            _driver = await Playwright.CreateAsync();
            var browser = await _driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                ChromiumSandbox = _options.Sandbox ?? (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess),
                Timeout = (float)Patience.TotalMilliseconds,
            });
            LogStarted(path, browser.Version);
            // One profile for all prints: nothing is kept in it but the cached files of the app.
            return await browser.NewContextAsync(new BrowserNewContextOptions
            {
                // The address is this process's own; its certificate may be a development one.
                IgnoreHTTPSErrors = true,
                ColorScheme = ColorScheme.Light,
                ReducedMotion = ReducedMotion.Reduce,
                ServiceWorkers = ServiceWorkerPolicy.Block,
                ViewportSize = new ViewportSize { Width = 760, Height = 1000 },
            });
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException or Win32Exception or IOException)
        {
            LogNotStarted(exception, path);
            await StopAsync();
            throw new PdfUnavailableException(Wording.Say(Texts.PdfBrowserFailed, path), exception);
        }
    }

    private async Task StopAsync()
    {
        var (browser, driver) = (_browser, _driver);
        (_browser, _driver) = (null, null);
        try
        {
            if (browser?.Browser is { } running)
                await running.CloseAsync().WaitAsync(Farewell);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            // The driver ends what does not answer.
        }
        finally
        {
            driver?.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Printing with {Path}, version {Version}")]
    private partial void LogStarted(string path, string version);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} did not start")]
    private partial void LogNotStarted(Exception exception, string path);
}
