namespace Planner.Data.Usage.DuckDb;

/// <summary>Texts as parts of SQL.</summary>
internal static class Sql
{
    /// <summary>A text as a literal.</summary>
    internal static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name of a column as an identifier.</summary>
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
