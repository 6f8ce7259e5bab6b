namespace Planner.Web.Reports;

/// <summary>Addresses of a scenario's report.</summary>
public static class ReportAddress
{
    /// <summary>The page that prints well.</summary>
    public static string PrintView(string scenarioId, int version) => $"/report/{Uri.EscapeDataString(scenarioId)}?version={version}";

    /// <summary>The same as a PDF.</summary>
    public static string Pdf(string scenarioId, int version) => $"/api/v1/scenarios/{Uri.EscapeDataString(scenarioId)}/report.pdf?version={version}";
}
