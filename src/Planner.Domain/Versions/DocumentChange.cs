using System.Text.Json;

namespace Planner.Domain.Versions;

/// <summary>One difference between two scenario documents. Entries of lists are the same where their ids or names are, wherever they stand.</summary>
/// <param name="Kind">One of <see cref="DocumentChangeKinds"/>.</param>
/// <param name="OldPath">Path in the earlier document, such as <c>options[0].discountShare</c>; null for what was added.</param>
/// <param name="NewPath">Path in the later document; null for what was removed.</param>
/// <param name="Old">The earlier value as the document has it; null where there was none.</param>
/// <param name="New">The later value, likewise.</param>
public sealed record DocumentChange(string Kind, string? OldPath, string? NewPath, JsonElement? Old, JsonElement? New)
{
    /// <summary>Where it stands: in the later document, or in the earlier one where it was removed.</summary>
    public string Path => NewPath ?? OldPath!;
}

/// <summary>The values of <see cref="DocumentChange.Kind"/>.</summary>
public static class DocumentChangeKinds
{
    /// <summary>A value is another one, was set, or was taken away.</summary>
    public const string Changed = "changed";

    /// <summary>A list has one entry more; the entry is the new value.</summary>
    public const string Added = "added";

    /// <summary>A list has one entry less; the entry was the old value.</summary>
    public const string Removed = "removed";

    /// <summary>Entries of a list stand in another order; the values are the whole lists.</summary>
    public const string Reordered = "reordered";
}
