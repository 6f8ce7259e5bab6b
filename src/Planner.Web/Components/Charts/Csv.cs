namespace Planner.Web.Components.Charts;

/// <summary>Comma-separated values (RFC 4180) that spreadsheets open as text and numbers, never as formulas.</summary>
public static class Csv
{
    // Some spreadsheets take full-width signs for signs, and leave white space before one out.
    private const string FormulaSigns = "=+-@\t\r\n＝＋－＠";

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    public static string Write(IEnumerable<IReadOnlyList<string>> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Cell)) + "\r\n"));

    private static string Cell(string value)
    {
        // A leading one of these starts a formula; a negative number is none.
        var safe = value.Length > 0 && FormulaSigns.Contains(value[0], StringComparison.Ordinal) && !IsNumber(value) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Special) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string value) =>
        double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
