namespace Planner.Web.Comparisons;

/// <summary>Addresses of a portfolio's reports.</summary>
public static class PortfolioAddress
{
    /// <summary>The page.</summary>
    public const string Page = "/portfolio";

    /// <summary>The page that prints well.</summary>
    public static string PrintView(IEnumerable<ScenarioPick> picks) => ScenarioPick.Address("/portfolio/report", picks);

    /// <summary>The report as a file: <c>pdf</c>, <c>xlsx</c> or <c>csv</c>.</summary>
    public static string File(IEnumerable<ScenarioPick> picks, string extension) => ScenarioPick.Address($"/api/v1/portfolio/report.{extension}", picks);
}
