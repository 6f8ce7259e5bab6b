using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>A row that is not published; the catalog keeps what it has of it.</summary>
/// <param name="SourceKey">Its key in the feed.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="RowJson">The row as the feed states it; null where it could not be read.</param>
public sealed record HeldBackRow(string SourceKey, string Reason, string? RowJson);

/// <summary>What a feed's file changes in a list of the catalog.</summary>
/// <param name="List">The list: the type of its rows.</param>
/// <param name="Rows">Every row that is published, the source's columns only.</param>
/// <param name="RetiredKeys">Rows of this feed that it no longer lists.</param>
/// <param name="Revisions">One for each row that is new or has another price.</param>
/// <param name="Quotes">What the feed says of rows whose prices are another source's, and of other days.</param>
/// <param name="Changes">Price by price, what changed in rows that were there.</param>
/// <param name="HeldBack">Rows that are not published.</param>
/// <param name="Added">Rows that are new, or current again.</param>
/// <param name="Changed">Rows with another price.</param>
/// <param name="Unavailable">Published without a price that could be counted with.</param>
/// <param name="Warned">Published with a warning.</param>
/// <param name="Priced">Published with a price.</param>
public sealed record FeedChanges(
    Type List, IReadOnlyList<CatalogRow> Rows, IReadOnlyList<string> RetiredKeys, IReadOnlyList<Revision> Revisions, IReadOnlyList<Quote> Quotes, IReadOnlyList<PriceChange> Changes,
    IReadOnlyList<HeldBackRow> HeldBack, int Added, int Changed, int Unavailable, int Warned, int Priced)
{
    /// <summary>What sources said of rows that an own list takes over from them.</summary>
    public IReadOnlyList<Quote> Displaced { get; init; } = [];

    /// <summary>Keys in the feed of the rows that were read; empty where it was not the feed's whole file.</summary>
    public IReadOnlyList<string> ReadKeys { get; init; } = [];

    /// <summary>Rows that an own list gives back to another source, of <see cref="Rows"/>.</summary>
    public int HandedBack { get; init; }

    /// <summary>Quotes that are no second opinion any more.</summary>
    public IReadOnlyList<Quote> Ended { get; init; } = [];

    /// <summary>How often spot machines of instances that others list are reclaimed.</summary>
    public IReadOnlyList<InterruptionShare> Interruptions { get; init; } = [];
}

/// <summary>How often spot machines of an instance are reclaimed.</summary>
/// <param name="Key">Key of the instance.</param>
/// <param name="Share">Share reclaimed within a month, 0 to 1.</param>
public sealed record InterruptionShare(string Key, decimal Share);
