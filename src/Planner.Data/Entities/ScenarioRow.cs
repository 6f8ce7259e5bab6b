namespace Planner.Data.Entities;

/// <summary>A stored scenario; what it says is in its versions.</summary>
public sealed class ScenarioRow : IOfWorkspace
{
    /// <summary>Random and safe in addresses.</summary>
    public required string Id { get; set; }

    /// <summary>Name of the current version.</summary>
    public required string Name { get; set; }

    /// <summary>Number of the current version; a save that expects another one is a conflict.</summary>
    public int CurrentVersion { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime UpdatedUtc { get; set; }

    /// <summary>When it was deleted; null while it is there. Nothing is removed, so a deletion can be undone.</summary>
    public DateTime? DeletedUtc { get; set; }

    /// <inheritdoc/>
    public long WorkspaceId { get; set; }
}

/// <summary>A version of a scenario, by value: reproducible and shown as stored whatever the catalog says later.</summary>
public sealed class ScenarioVersionRow
{
    public required string ScenarioId { get; set; }

    /// <summary>1 for the first.</summary>
    public int Version { get; set; }

    /// <summary>The document <c>planner.scenario/1</c>.</summary>
    public required string DocumentJson { get; set; }

    /// <summary>The catalog rows that it used (<see cref="Domain.Catalogs.CatalogSnapshot"/>).</summary>
    public required string SnapshotJson { get; set; }

    /// <summary>What the engine answered (<see cref="Domain.Planning.Result"/>).</summary>
    public required string ResultJson { get; set; }

    public required string EngineVersion { get; set; }

    public DateTime SavedUtc { get; set; }

    /// <summary>Name of who saved it; null for versions of a time when nobody asked.</summary>
    public string? SavedBy { get; set; }
}
