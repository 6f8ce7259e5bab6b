using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Planner.Data.Stores;
using Planner.Web.Accounts;
using Planner.Web.Reports;
using Xunit;

namespace Planner.BrowserTests.Reports;

/// <summary>Printers with browsers of their own, so that what is done to them disturbs no other test.</summary>
public sealed class PrintBrowserTests(RunningApp app)
{
    [Fact]
    public async Task Five_reports_at_once_wait_their_turn_for_the_set_number_of_pages()
    {
        await using var browser = Browser(new PdfOptions { Pages = 2 });
        using var printer = Printer(browser, new PdfOptions { Pages = 2 });
        var job = new PrintJob(ReportAddress.PrintView(await app.StoreAsync("daily-classifier"), 1), "Five", "at once");
        var first = await browser.OpenAsync();
        await browser.ReleaseAsync(first, isSound: true);
        var open = new ConcurrentDictionary<IPage, bool> { [first] = true };
        var most = 1;
        first.Context.Page += (_, page) =>
        {
            page.Close += (_, closed) => open.TryRemove(KeyValuePair.Create(closed, true));
            open[page] = true;
            most = Math.Max(most, open.Count);
        };

        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => printer.PrintAsync(job, TestContext.Current.CancellationToken)));

        Assert.All(reports, report => Assert.True(report.AsSpan().StartsWith("%PDF-"u8)));
        Assert.Equal(2, most);
        Assert.Equal(2, first.Context.Pages.Count);
    }

    [Fact]
    public async Task Page_that_printed_prints_the_next_report_too_and_one_that_failed_is_closed()
    {
        await using var browser = Browser(new PdfOptions());
        using var printer = Printer(browser, new PdfOptions());
        var page = await browser.OpenAsync();
        await browser.ReleaseAsync(page, isSound: true);

        Assert.Contains("Daily classifier", await TextAsync(printer, "daily-classifier"), StringComparison.Ordinal);
        Assert.Contains("High-volume chat", await TextAsync(printer, "high-volume-chat"), StringComparison.Ordinal);

        Assert.Same(page, Assert.Single(page.Context.Pages));
        await Assert.ThrowsAsync<PdfUnavailableException>(() => printer.PrintAsync(new PrintJob("/report/nosuch", "No", "such"), TestContext.Current.CancellationToken));
        Assert.True(page.IsClosed);
        Assert.Empty(page.Context.Pages);
    }

    [Fact]
    public async Task Browser_that_hangs_is_ended_and_the_next_report_is_printed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that holds a process.");
        var options = new PdfOptions { TimeoutSeconds = 5 };
        await using var browser = Browser(options);
        using var printer = Printer(browser, options);
        var job = new PrintJob(ReportAddress.PrintView(await app.StoreAsync("daily-classifier"), 1), "Hung", "and replaced");
        await PrintAgainAsync(printer, job);
        var processes = await ProcessesAsync(browser);
        using (var stop = Process.Start("kill", ["-STOP", .. processes.Select(process => $"{process.Id}")]))
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TimeoutException>(() => printer.PrintAsync(job, TestContext.Current.CancellationToken));

        Assert.All(processes, process => Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30))));
        Assert.True((await PrintAgainAsync(printer, job)).AsSpan().StartsWith("%PDF-"u8));
        Assert.DoesNotContain(await ProcessesAsync(browser), process => processes.Any(old => old.Id == process.Id));
    }

    [Fact]
    public async Task Scenario_is_saved_while_its_report_is_being_printed()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(id, cancellationToken: TestContext.Current.CancellationToken))!;
        await using var browser = Browser(new PdfOptions { Pages = 1 });
        using var printer = Printer(browser, new PdfOptions { Pages = 1 });
        var page = await browser.OpenAsync();
        await browser.ReleaseAsync(page, isSound: true);
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        // The report is held where the page has been written and its charts are wanted.
        await page.RouteAsync("**/js/charts*", async route =>
        {
            asked.TrySetResult();
            await goOn.Task;
            await route.ContinueAsync();
        });
        var printing = printer.PrintAsync(PrintJob.Of(stored, new PrintChoices()), TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        var saved = await store.SaveAsync(id, 1, stored.Scenario with { Name = "Saved meanwhile" }, stored.Snapshot, stored.Result, TestContext.Current.CancellationToken);

        Assert.Equal(2, Assert.IsType<SaveOutcome.Saved>(saved).Version);
        Assert.False(printing.IsCompleted);
        goOn.SetResult();
        Assert.DoesNotContain("Saved meanwhile", await PdfText.ReadAsync(await printing), StringComparison.Ordinal);
    }

    private static PrintBrowser Browser(PdfOptions options) => new(Options.Create(options), TimeProvider.System, NullLogger<PrintBrowser>.Instance);

    private PdfPrinter Printer(PrintBrowser browser, PdfOptions options) => new(browser, app.Services.GetRequiredService<OwnAddress>(), app.Services.GetRequiredService<PrintTickets>(), Options.Create(options));

    private async Task<string> TextAsync(PdfPrinter printer, string example)
    {
        var stored = await app.Services.GetRequiredService<ScenarioStore>().GetAsync(await app.StoreAsync(example));
        return await PdfText.ReadAsync(await printer.PrintAsync(PrintJob.Of(stored!, new PrintChoices()), TestContext.Current.CancellationToken));
    }

    /// <summary>Prints on a machine that may be too busy for the short patience of the test.</summary>
    private static async Task<byte[]> PrintAgainAsync(PdfPrinter printer, PrintJob job)
    {
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await printer.PrintAsync(job, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException) when (attempt < attempts)
            {
            }
        }
    }

    private static async Task<List<Process>> ProcessesAsync(PrintBrowser browser)
    {
        var page = await browser.OpenAsync();
        var session = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var processes = (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo");
        await session.DetachAsync();
        await browser.ReleaseAsync(page, isSound: true);
        return [.. processes.EnumerateArray().Select(process => Process.GetProcessById(process.GetProperty("id").GetInt32()))];
    }
}
