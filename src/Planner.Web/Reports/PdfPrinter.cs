using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Web.Accounts;
using Planner.Web.Hosting;

namespace Planner.Web.Reports;

/// <summary>What to print.</summary>
/// <param name="Path">Path and query of a page of this app that marks itself ready (see charts.ts).</param>
/// <param name="Heading">Words at the head of each page, at the left.</param>
/// <param name="Aside">Words at its right.</param>
/// <param name="Paper">The paper; null for the configured one.</param>
/// <param name="Culture">In whose language and figures; null for English.</param>
public sealed record PrintJob(string Path, string Heading, string Aside, PaperSize? Paper = null, CultureInfo? Culture = null)
{
    private const int DigestShown = 12;

    /// <summary>The report of a version; the head of each page says which one it is.</summary>
    public static PrintJob Of(StoredScenario stored, PrintChoices choices)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(choices);
        using var language = Language.Of(choices.Culture);
        var aside = stored.Digest is { } digest ? Texts.ReportVersionDigest.With(stored.Version, digest[..DigestShown]) : Texts.ReportVersion.With(stored.Version);
        return new PrintJob(ReportAddress.PrintView(stored.Id, stored.Version, choices), stored.Scenario.Name, aside, choices.Paper, choices.Culture);
    }
}

/// <summary>Prints pages of this app to PDF: a few at a time, the others wait their turn. Safe to share.</summary>
public sealed class PdfPrinter : IDisposable
{
    private const string Ready = "() => document.documentElement.dataset.ready === 'true'";

    private readonly PrintBrowser _browser;
    private readonly OwnAddress _address;
    private readonly PrintTickets _tickets;
    private readonly SemaphoreSlim _slots;
    private readonly TimeSpan _timeout;

    public PdfPrinter(PrintBrowser browser, OwnAddress address, PrintTickets tickets, IOptions<PdfOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _browser = browser;
        _address = address;
        _tickets = tickets;
        Paper = options.Value.Paper;
        _slots = new SemaphoreSlim(options.Value.Pages);
        _timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
    }

    /// <summary>The paper where none is asked for.</summary>
    public PaperSize Paper { get; }

    /// <summary>Why there can be no PDF, as a sentence; null where there can.</summary>
    public string? Unavailable => _browser.Program.Reason;

    /// <summary>Prints a page.</summary>
    /// <param name="job">The page.</param>
    /// <param name="cancellationToken">Ends the wait for a turn; what is being printed is finished.</param>
    /// <exception cref="PdfUnavailableException">There is no browser, or it does not start, or the page is refused.</exception>
    /// <exception cref="TimeoutException">The turn or the page took too long.</exception>
    public async Task<byte[]> PrintAsync(PrintJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await TakeTurnAsync(cancellationToken);
        using var measured = Telemetry.Begin("print", Telemetry.Prints);
        try
        {
            var pdf = await PrintAsync(job, retry: true);
            measured.Outcome = "printed";
            return pdf;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        Telemetry.PrintsWaiting.Add(1);
        try
        {
            if (!await _slots.WaitAsync(_timeout, cancellationToken))
                throw new TimeoutException(Texts.PdfQueueTimeout);
        }
        finally
        {
            Telemetry.PrintsWaiting.Add(-1);
        }
    }

    private async Task<byte[]> PrintAsync(PrintJob job, bool retry)
    {
        if (_address.Loopback is not { } start)
            throw new PdfUnavailableException(Texts.PdfNoAddress);
        IPage? page = null;
        var isSound = false;
        try
        {
            page = await _browser.OpenAsync();
            var pdf = await PrintAsync(page, new Uri(start, job.Path), job).WaitAsync(_timeout);
            isSound = true;
            return pdf;
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(Texts.PdfTimeout, exception);
        }
        catch (PlaywrightException exception)
        {
            // Most likely somebody ended the browser, or the system a page of it, while it printed: once more.
            if (!retry)
                throw new PdfUnavailableException(Texts.PdfBrowserDied, exception);
        }
        finally
        {
            if (page is not null)
                await _browser.ReleaseAsync(page, isSound);
        }

        return await PrintAsync(job, retry: false);
    }

    private async Task<byte[]> PrintAsync(IPage page, Uri address, PrintJob job)
    {
        page.SetDefaultTimeout((float)_timeout.TotalMilliseconds);
        // Each time anew: a page that is kept remembers those of its last print, and the browser has a language of its own.
        await page.SetExtraHTTPHeadersAsync([Languages.Header(job.Culture), .. _tickets.Issue(job.Path) is { } ticket ? [new(PrintTickets.Header, ticket)] : Array.Empty<KeyValuePair<string, string>>()]);
        var response = await page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        if (response is not { Ok: true })
            throw new PdfUnavailableException(Texts.PdfPageRefused.With(response?.Status.ToString(CultureInfo.InvariantCulture) ?? "–"));
        await page.WaitForFunctionAsync(Ready);
        var paper = job.Paper ?? Paper;
        using var language = Language.Of(job.Culture);
        return await page.PdfAsync(new PagePdfOptions
        {
            Format = paper.ToString(),
            Margin = new Margin { Top = "17mm", Bottom = "16mm", Left = paper.SideMargin, Right = paper.SideMargin },
            PrintBackground = true,
            DisplayHeaderFooter = true,
            HeaderTemplate = Strip(
                paper,
                $"<span style=\"min-width:0;overflow:hidden;text-overflow:ellipsis\">{WebUtility.HtmlEncode(job.Heading)}</span>"
                + $"<span>{WebUtility.HtmlEncode(job.Aside)}</span>"),
            FooterTemplate = Strip(paper, $"<span>Planner</span><span>{WebUtility.HtmlEncode(ReportsTexts.PageOf).With("<span class=\"pageNumber\"></span>", "<span class=\"totalPages\"></span>")}</span>"),
            Tagged = true,
            Outline = true,
        });
    }

    // Templates see neither the page's styles nor its fonts, and their default size is 0.
    private static string Strip(PaperSize paper, string content) =>
        $"<div style=\"box-sizing:border-box;width:100%;padding:0 {paper.SideMargin};display:flex;justify-content:space-between;gap:8mm;white-space:nowrap;"
        + $"font:10px Arial,'Liberation Sans',sans-serif;color:#545b66\">{content}</div>";
}
