namespace Planner.Data.Entities;

/// <summary>A row whose version is a concurrency token; the context raises it with each save.</summary>
public interface IVersioned
{
    /// <summary>1 for a new row, one more with each change.</summary>
    int Version { get; set; }
}

/// <summary>Who owns the feed-side columns of a row: a feed's id, or one of these.</summary>
public static class Origins
{
    /// <summary>The catalog shipped with the product; a newer release may update the row.</summary>
    public const string Seed = "seed";

    /// <summary>The user added the row; its values are in the override, so a feed that brings the same key later cannot overwrite them.</summary>
    public const string User = "user";
}

/// <summary>What all rows of the catalog have in common: a source, the user's override, and an end that is not a deletion.</summary>
public abstract class CatalogRow : IVersioned
{
    /// <summary>Key in the catalog.</summary>
    public required string Key { get; set; }

    /// <summary>One of <see cref="Origins"/> or a feed's id. A feed that publishes the row takes it over.</summary>
    public required string Origin { get; set; }

    /// <summary>Where the feed-side columns come from; <c>user</c> for a row that the user added.</summary>
    public required string Source { get; set; }

    /// <summary>Address of the source; null where there is none.</summary>
    public string? SourceUrl { get; set; }

    /// <summary>The row's key at the source; null where it is the same or unknown.</summary>
    public string? SourceKey { get; set; }

    /// <summary>Day on which the feed-side columns held.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>When a feed brought them; null for rows of the seed or the user.</summary>
    public DateTime? FetchedAtUtc { get; set; }

    /// <summary>
    /// What the user set, which wins over what the source says as a whole: the prices of a price sheet or an instance, all facts of a model, a GPU or an
    /// engine; null where there is no override. Feeds and the seed never write it.
    /// </summary>
    public string? OverrideJson { get; set; }

    /// <summary>When the user last changed the row; null where that never happened.</summary>
    public DateTime? UserEditedUtc { get; set; }

    /// <summary>Why the user changed it, in the user's own words.</summary>
    public string? UserNote { get; set; }

    /// <summary>When the row was retired: no longer offered, still there for the scenarios that name it. Null while it is current.</summary>
    public DateTime? RetiredUtc { get; set; }

    /// <summary>Who retired it: <c>user</c> or a feed's id.</summary>
    public string? RetiredBy { get; set; }

    /// <inheritdoc/>
    public int Version { get; set; } = 1;
}
