namespace Planner.Data;

/// <summary>Values of JSON texts, for use in queries only. <see cref="SqlTranslations"/> says how each database reads them.</summary>
internal static class SqlJson
{
    internal static double? Number(string? json, string path) => throw QueryOnly(path);

    internal static string? Text(string? json, string path) => throw QueryOnly(path);

    internal static int Length(string json) => throw QueryOnly("$");

    private static InvalidOperationException QueryOnly(string path) => new($"The value at {path} can be read within a database query only.");
}
