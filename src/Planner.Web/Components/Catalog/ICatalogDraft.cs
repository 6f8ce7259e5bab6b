using Planner.Domain;

namespace Planner.Web.Components.Catalog;

/// <summary>A row of the catalog while somebody types it.</summary>
public interface ICatalogDraft<TEdit>
{
    string? Key { get; }

    /// <summary>What a reader calls it.</summary>
    string? Name { get; }

    /// <summary>Version that the edit expects; null for a new row.</summary>
    int? Version { get; set; }

    /// <summary>What was typed, or why it cannot be read.</summary>
    (TEdit? Edit, IReadOnlyList<Problem> Problems) Read();
}
