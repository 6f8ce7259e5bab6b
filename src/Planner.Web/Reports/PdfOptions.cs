using System.ComponentModel.DataAnnotations;

namespace Planner.Web.Reports;

/// <summary>Settings of the PDF printer: the section <c>Pdf</c> of the configuration.</summary>
public sealed class PdfOptions
{
    public const string Section = "Pdf";

    /// <summary>The browser to print with; null to look for one.</summary>
    public string? BrowserPath { get; set; }

    /// <summary>
    /// False where the system gives the browser no sandbox, as in some containers. Null: on, save for root on Unix, to whom Chromium refuses it.
    /// </summary>
    public bool? Sandbox { get; set; }

    /// <summary>Paper of reports that are asked for without one.</summary>
    public PaperSize Paper { get; set; } = PaperSize.A4;

    /// <summary>Reports printed at the same time; others wait.</summary>
    [Range(1, 16)]
    public int Pages { get; set; } = 2;

    /// <summary>Longest wait for a page, and longest time for printing it, seconds.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 30;
}
