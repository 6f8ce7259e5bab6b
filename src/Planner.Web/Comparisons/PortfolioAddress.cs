using System.Globalization;
using Planner.Web.Reports;

namespace Planner.Web.Comparisons;

/// <summary>Addresses of a portfolio's reports.</summary>
public static class PortfolioAddress
{
    /// <summary>The page.</summary>
    public const string Page = "/portfolio";

    /// <summary>The page that prints well.</summary>
    /// <param name="picks">The scenarios.</param>
    /// <param name="paper">The paper; null for the configured one.</param>
    public static string PrintView(IEnumerable<ScenarioPick> picks, PaperSize? paper = null) => ScenarioPick.Address("/portfolio/report", picks, ("paper", paper?.Word));

    /// <summary>The report as a file: <c>pdf</c>, <c>xlsx</c> or <c>csv</c>.</summary>
    /// <param name="picks">The scenarios.</param>
    /// <param name="extension">Which file.</param>
    /// <param name="culture">In whose language and figures a PDF or a workbook is; null for English.</param>
    public static string File(IEnumerable<ScenarioPick> picks, string extension, CultureInfo? culture = null) => ScenarioPick.Address($"/api/v1/portfolio/report.{extension}", picks, ("language", culture?.Name));
}
