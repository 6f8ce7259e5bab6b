namespace Planner.Data;

/// <summary>SQLite's <c>json_extract</c> and <c>json_array_length</c>, for use in queries only.</summary>
internal static class SqlJson
{
    internal static double? Number(string? json, string path) => throw QueryOnly(path);

    internal static string? Text(string? json, string path) => throw QueryOnly(path);

    internal static int Length(string json) => throw QueryOnly("$");

    private static InvalidOperationException QueryOnly(string path) => new($"The value at {path} can be read within a database query only.");
}
