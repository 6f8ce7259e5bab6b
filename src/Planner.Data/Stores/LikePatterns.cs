namespace Planner.Data.Stores;

/// <summary>Search words as patterns of SQL's LIKE.</summary>
internal static class LikePatterns
{
    internal const string Escape = "\\";

    private const int MostWords = 8;

    /// <summary>A pattern for each word of a search, taken literally.</summary>
    internal static IEnumerable<string> Of(string? text) =>
        (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => $"%{Literal(word)}%");

    private static string Literal(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
