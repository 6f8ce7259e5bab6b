namespace Planner.Web.Reports;

/// <summary>Addresses of a scenario's report.</summary>
public static class ReportAddress
{
    /// <summary>The page that prints well.</summary>
    public static string PrintView(string scenarioId, int version) => $"/report/{Uri.EscapeDataString(scenarioId)}?version={version}";

    /// <summary>The report as a file: <c>pdf</c>, <c>xlsx</c>, <c>csv</c> or <c>json</c>.</summary>
    public static string File(string scenarioId, int version, string extension) => $"/api/v1/scenarios/{Uri.EscapeDataString(scenarioId)}/report.{extension}?version={version}";
}
