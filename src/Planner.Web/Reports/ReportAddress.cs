using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Planner.Web.Reports;

/// <summary>How a report is printed.</summary>
/// <param name="Paper">The paper; null for the configured one.</param>
/// <param name="PreparedBy">Name beside the first signature line; null where it is written by hand.</param>
/// <param name="ApprovedBy">Name beside the second.</param>
/// <param name="Culture">In whose language and figures; null for English.</param>
public sealed record PrintChoices(PaperSize? Paper = null, string? PreparedBy = null, string? ApprovedBy = null, CultureInfo? Culture = null)
{
    /// <summary>Most letters of a name.</summary>
    public const int LongestName = 120;
}

/// <summary>Addresses of a scenario's report.</summary>
public static class ReportAddress
{
    /// <summary>The page that prints well, in the language of who opens it.</summary>
    public static string PrintView(string scenarioId, int version, PrintChoices? choices = null) =>
        $"/report/{Uri.EscapeDataString(scenarioId)}{Query(version, choices).ToQueryString()}";

    /// <summary>The report as a file: <c>pdf</c>, <c>xlsx</c>, <c>csv</c> or <c>json</c>; choices are those of a PDF, and of a workbook the culture.</summary>
    public static string File(string scenarioId, int version, string extension, PrintChoices? choices = null)
    {
        var query = Query(version, choices);
        if (choices?.Culture is { } culture)
            query.Add("language", culture.Name);
        return $"/api/v1/scenarios/{Uri.EscapeDataString(scenarioId)}/report.{extension}{query.ToQueryString()}";
    }

    private static QueryBuilder Query(int version, PrintChoices? choices)
    {
        var query = new QueryBuilder { { "version", $"{version}" } };
        if (choices?.Paper is { } paper)
            query.Add("paper", paper.Word);
        if (!string.IsNullOrWhiteSpace(choices?.PreparedBy))
            query.Add("preparedBy", choices.PreparedBy.Trim());
        if (!string.IsNullOrWhiteSpace(choices?.ApprovedBy))
            query.Add("approvedBy", choices.ApprovedBy.Trim());
        return query;
    }
}
