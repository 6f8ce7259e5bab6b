using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>How the rows of a file stand in it.</summary>
public enum UsageContainer
{
    /// <summary>Cells of lines, parted by a character.</summary>
    Csv,

    /// <summary>A JSON object on each line.</summary>
    JsonLines,

    /// <summary>A JSON array of objects.</summary>
    JsonArray,

    /// <summary>A JSON object that holds its rows in lists of lists; only its format knows where.</summary>
    JsonPage,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>A file of usage whose columns are known and whose rows were not read yet.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Container">How its rows stand in it.</param>
/// <param name="Columns">Names of the columns; of a page, its members.</param>
/// <param name="Delimiter">What parts the cells of a CSV; empty otherwise.</param>
/// <param name="Quote">What encloses cells of a CSV; empty for nothing.</param>
/// <param name="Escape">What stands before a quote within a cell of a CSV.</param>
/// <param name="LinesBefore">Lines of a CSV before its head line.</param>
internal sealed record UsageTable(string Path, UsageContainer Container, IReadOnlyList<string> Columns, string Delimiter = "", string Quote = "", string Escape = "", int LinesBefore = 0)
{
    // A page is one value for the reader, however many rows it holds. It takes twice that much memory for each value, so one of many is kept shorter.
    private const long MostBytesOfPage = 256 * 1024 * 1024;
    private const long MostBytesOfOneOfMany = 16 * 1024 * 1024;

    /// <summary>Names of the members that lie deeper than the columns of JSON, as far as the head of the file shows them.</summary>
    internal IReadOnlySet<string> Inner { get; init; } = new HashSet<string>();

    /// <summary>True where several values of JSON follow one another.</summary>
    internal bool HasManyValues { get; init; }

    /// <summary>Longest line of a CSV, bytes; 0 for what the engine takes unasked, 2 MB.</summary>
    internal int MostBytesOfLine { get; init; }

    /// <summary>The option of the engine that says so.</summary>
    internal static string LineOption(int mostBytesOfLine) => mostBytesOfLine == 0 ? "" : $", max_line_size = {mostBytesOfLine}";

    internal bool Has(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Columns.Contains(column, StringComparer.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>True where a page has members of these names below its own.</summary>
    internal bool IsPageWith(params ReadOnlySpan<string> inner)
    {
        foreach (var name in inner)
        {
            if (!Inner.Contains(name))
                return false;
        }

        return Container == UsageContainer.JsonPage;
    }

    /// <summary>The first of some columns that it has; null for none.</summary>
    internal string? First(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (Has(column))
                return column;
        }

        return null;
    }

    /// <summary>What stands after FROM to read columns as texts; rows that cannot be read are left out, those of a CSV are listed in <c>reject_errors</c>.</summary>
    internal string Rows(IEnumerable<string> columns) => Container switch
    {
        UsageContainer.Csv =>
            $"read_csv({Sql.Text(Path)}, auto_detect = false, header = true, delim = {Sql.Text(Delimiter)}, quote = {Sql.Text(Quote)}, escape = {Sql.Text(Escape)}, skip = {LinesBefore}, "
            + $"columns = {{{string.Join(", ", Columns.Select(column => $"{Sql.Text(column)}: 'VARCHAR'"))}}}, store_rejects = true, rejects_limit = 1000{LineOption(MostBytesOfLine)})",
        UsageContainer.Parquet => $"(SELECT {string.Join(", ", columns.Select(column => $"CAST({Sql.Name(column)} AS VARCHAR) AS {Sql.Name(column)}"))} FROM read_parquet({Sql.Text(Path)}))",
        UsageContainer.JsonLines => Json(string.Join(", ", columns.Select(column => $"{Sql.Text(column)}: 'VARCHAR'")), "newline_delimited", ", ignore_errors = true"),
        UsageContainer.JsonArray => Json(string.Join(", ", columns.Select(column => $"{Sql.Text(column)}: 'VARCHAR'")), "array", ""),
        // Only its format knows the rows of a page.
        _ => throw new UsageRefusedException(UsageTexts.UnknownPage),
    };

    /// <summary>What stands after FROM to read a page as one row.</summary>
    /// <param name="columns">Its members with their types, such as <c>'data': 'JSON[]'</c>.</param>
    /// <exception cref="UsageRefusedException">It is no JSON.</exception>
    internal string Page(string columns) => Container is UsageContainer.Csv or UsageContainer.Parquet ? throw new UsageRefusedException(UsageTexts.NoJson) : Json(columns, "auto", $", maximum_object_size = {(HasManyValues ? MostBytesOfOneOfMany : Math.Clamp(new FileInfo(Path).Length, MostBytesOfOneOfMany, MostBytesOfPage))}");

    private string Json(string columns, string format, string options) => $"read_json({Sql.Text(Path)}, format = '{format}', columns = {{{columns}}}{options})";
}
