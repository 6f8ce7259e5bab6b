namespace Planner.Data.Stores;

/// <summary>Search words as patterns of SQL's LIKE, which takes A to Z and a to z for the same on every database.</summary>
internal static class LikePatterns
{
    internal const string Escape = "\\";

    private const int MostWords = 8;

    /// <summary>A pattern for each word of a search, taken literally.</summary>
    internal static IEnumerable<string> Of(string? text) =>
        (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => $"%{Literal(word)}%");

    /// <summary>True where a text is as a pattern says; for use in queries only.</summary>
    internal static bool Matches(string? text, string pattern) => throw new InvalidOperationException($"Whether '{text}' is like '{pattern}' can be asked within a database query only.");

    /// <summary>A text as a pattern that only it matches.</summary>
    internal static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
