namespace Planner.Web.Components.Catalog;

/// <summary>Keys that are made of what was typed.</summary>
public static class KeyText
{
    /// <summary>The parts in lower case with hyphens for spaces, joined by colons; empty while one is missing.</summary>
    public static string Suggest(params string?[] parts) =>
        parts.Any(string.IsNullOrWhiteSpace)
            ? ""
            : string.Join(':', parts.Select(part => string.Join('-', part!.ToLowerInvariant().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
}
