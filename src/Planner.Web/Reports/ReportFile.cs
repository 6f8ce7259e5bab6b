using System.Text;
using Planner.Data.Stores;
using Planner.Web.Reports.Workbooks;

namespace Planner.Web.Reports;

/// <summary>A form of a report as a file.</summary>
/// <param name="Name">Its name, such as <c>High-volume-chat v7.pdf</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ReportFile(string Name, string ContentType, byte[] Content)
{
    public const string PdfType = "application/pdf";
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string TableType = "text/csv";

    private const int LongestName = 80;

    /// <summary>The report as it was printed.</summary>
    public static ReportFile Pdf(StoredScenario stored, byte[] pdf) => new(NameOf(stored, "pdf"), PdfType, pdf);

    /// <summary>The workbook.</summary>
    public static ReportFile Workbook(StoredScenario stored) => new(NameOf(stored, "xlsx"), WorkbookType, ScenarioWorkbook.Write(stored));

    /// <summary>The ledgers.</summary>
    public static ReportFile Table(StoredScenario stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return new(NameOf(stored, "csv"), TableType, Encoding.UTF8.GetBytes(LedgerCsv.Write(stored.Result)));
    }

    /// <summary>The name of a form's file.</summary>
    public static string NameOf(StoredScenario stored, string extension)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return $"{Words(stored.Scenario.Name, LongestName)} v{stored.Version}.{extension}";
    }

    /// <summary>Letters and digits of a name with hyphens between: what every file system takes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="longest">Letters of the name that are looked at.</param>
    /// <param name="otherwise">Where nothing is left.</param>
    internal static string Words(string name, int longest, string otherwise = "")
    {
        var words = new StringBuilder();
        foreach (var letter in name.Take(longest))
        {
            if (char.IsLetterOrDigit(letter))
                words.Append(letter);
            else if (words.Length > 0 && words[^1] != '-')
                words.Append('-');
        }

        return words.ToString().TrimEnd('-') is { Length: > 0 } text ? text : otherwise;
    }
}
