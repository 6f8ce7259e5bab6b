using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Planner.Web.Reports;

/// <summary>
/// The one browser that prints. It starts when first needed, is replaced when it died or hung, and leaves when nobody printed for a while.
/// A page that printed well is kept for the next print, since Chromium opens a window with each and a process for it. Safe to share.
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
    private readonly Stack<IPage> _free = new();
    private IPlaywright? _driver;
    private IBrowserContext? _browser;
    private int? _process;
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

    /// <summary>Version of the browser that was started last; null before the first print.</summary>
    public string? Version { get; private set; }

    /// <summary>A page of the browser, which is started if need be. The caller gives it back with <see cref="ReleaseAsync"/>.</summary>
    /// <exception cref="PdfUnavailableException">There is no browser, or it does not start.</exception>
    /// <exception cref="TimeoutException">The browser hung. It was ended, and the next caller gets a new one.</exception>
    /// <exception cref="PlaywrightException">The browser died.</exception>
    public async Task<IPage> OpenAsync()
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

            IPage? page;
            while (_free.TryPop(out page) && page.IsClosed)
            {
            }

            page ??= await NewPageAsync(_browser);
            _users++;
            return page;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives a page back.</summary>
    /// <param name="page">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="isSound">False where it did not print. It is closed then, and where not even that can be done the browser hangs and is ended; others may be printing with it.</param>
    public async Task ReleaseAsync(IPage page, bool isSound)
    {
        ArgumentNullException.ThrowIfNull(page);
        var hangs = !isSound && !await IsClosedAsync(page);
        await _gate.WaitAsync();
        try
        {
            _users--;
            if (ReferenceEquals(page.Context, _browser))
            {
                if (hangs)
                    await KillAsync();
                else if (isSound && !page.IsClosed)
                    _free.Push(page);
            }

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

    private async Task<IPage> NewPageAsync(IBrowserContext browser)
    {
        try
        {
            var page = await browser.NewPageAsync().WaitAsync(Patience);
            // Its process may go while nobody prints with it.
            page.Crash += (_, _) => _ = IsClosedAsync(page);
            return page;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw;
        }
    }

    private static async Task<bool> IsClosedAsync(IPage page)
    {
        try
        {
            await page.CloseAsync().WaitAsync(Farewell);
            return true;
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            return page.IsClosed;
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
            Version = browser.Version;
            _process = await ProcessOfAsync(browser);
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
            throw new PdfUnavailableException(Texts.PdfBrowserFailed.With(path), exception);
        }
    }

    private static async Task<int?> ProcessOfAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
        await session.DetachAsync();
        return processes.EnumerateArray().Where(process => process.GetProperty("type").GetString() == "browser")
            .Select(process => (int?)process.GetProperty("id").GetInt32()).FirstOrDefault();
    }

    private async Task StopAsync()
    {
        try
        {
            if (_browser?.Browser is { } running)
                await running.CloseAsync().WaitAsync(Farewell);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            Kill();
        }
        finally
        {
            Forget();
        }
    }

    private async Task KillAsync()
    {
        LogHung();
        Kill();
        // The driver waits for what it started, so only now.
        await Task.Run(Forget);
    }

    private void Kill()
    {
        try
        {
            if (_process is not { } id || _browser?.Browser is not { IsConnected: true })
                return;
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It went by itself.
        }
    }

    private void Forget()
    {
        var driver = _driver;
        (_browser, _driver, _process) = (null, null, null);
        _free.Clear();
        driver?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The browser hung and was ended")]
    private partial void LogHung();

    [LoggerMessage(Level = LogLevel.Information, Message = "Printing with {Path}, version {Version}")]
    private partial void LogStarted(string path, string version);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} did not start")]
    private partial void LogNotStarted(Exception exception, string path);
}
