using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>What a feed's file changes in the catalog.</summary>
/// <param name="Rows">Every sheet that is published, feed-side columns only.</param>
/// <param name="RetiredKeys">Sheets that the feed no longer lists.</param>
/// <param name="Revisions">One for each sheet that is new or has another price.</param>
/// <param name="Changes">Price by price, what changed in sheets that were there.</param>
/// <param name="HeldBack">Rows that are not published; the catalog keeps what it has of them.</param>
/// <param name="Added">Sheets that are new, or current again.</param>
/// <param name="Changed">Sheets with another price.</param>
/// <param name="Unavailable">Published without an input or output price, because the feed names none in tokens.</param>
/// <param name="Warned">Published with a warning.</param>
internal sealed record Reconciliation(
    IReadOnlyList<PriceRow> Rows, IReadOnlyList<string> RetiredKeys, IReadOnlyList<PriceRevision> Revisions, IReadOnlyList<PriceChange> Changes,
    IReadOnlyList<QuarantinedRow> HeldBack, int Added, int Changed, int Unavailable, int Warned)
{
    /// <summary>Published sheets with an input price.</summary>
    internal int Priced => Rows.Count(row => row.InputNanos is not null);
}

/// <summary>Compares a feed's file with the catalog. It touches the rows of its own feed and shipped ones that the feed lists; never the user's.</summary>
internal sealed class PriceReconciler
{
    private const decimal LargeMove = 0.4m;

    private readonly FeedOptions _feed;
    private readonly DateOnly _asOf;
    private readonly DateTime _fetchedUtc;
    private readonly Dictionary<string, PriceRow> _catalog;
    private readonly Dictionary<string, PriceRow> _bySourceKey;
    private readonly HashSet<string> _takenKeys;
    private readonly List<PriceRow> _rows = [];
    private readonly List<PriceRevision> _revisions = [];
    private readonly List<PriceChange> _changes = [];
    private readonly List<QuarantinedRow> _heldBack;
    private int _added;
    private int _changed;
    private int _unavailable;

    private PriceReconciler(FeedOptions feed, IReadOnlyCollection<PriceRow> catalog, IEnumerable<QuarantinedRow> heldBack, DateOnly asOf, DateTime fetchedUtc)
    {
        (_feed, _asOf, _fetchedUtc) = (feed, asOf, fetchedUtc);
        _catalog = catalog.ToDictionary(row => row.Key, StringComparer.Ordinal);
        _takenKeys = new HashSet<string>(_catalog.Keys, StringComparer.Ordinal);
        _bySourceKey = new Dictionary<string, PriceRow>(StringComparer.Ordinal);
        foreach (var row in catalog.Where(row => IsOfFeed(row, feed)))
            _bySourceKey.TryAdd(row.SourceKey!, row);
        _heldBack = [.. heldBack];
    }

    /// <summary>Whether a sheet belongs to a feed: published by it, or shipped with the feed's key.</summary>
    internal static bool IsOfFeed(PriceRow row, FeedOptions feed) => row.Source == feed.Id && row.Origin != Origins.User && row.SourceKey is not null;

    /// <summary>Compares.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="reading">Its file.</param>
    /// <param name="catalog">Every price sheet there is, retired ones included.</param>
    /// <param name="asOf">Day on which the file's prices hold.</param>
    /// <param name="fetchedUtc">When the file came.</param>
    internal static Reconciliation Reconcile(FeedOptions feed, FeedReading<PriceFeedRow> reading, IReadOnlyCollection<PriceRow> catalog, DateOnly asOf, DateTime fetchedUtc)
    {
        var reconciler = new PriceReconciler(feed, catalog, reading.Refused, asOf, fetchedUtc);
        foreach (var row in reading.Rows)
            reconciler.Publish(row, PriceSanity.Judge(row));

        // A row that is listed but not published keeps its last good price. A shipped sheet that the feed never listed is none of its business.
        var listed = new HashSet<string>(
            reading.Rows.Select(row => row.SourceKey).Concat(reading.Refused.Select(row => row.Key)).Concat(reading.NotRows), StringComparer.Ordinal);
        var retired = catalog
            .Where(row => IsOfFeed(row, feed) && row.Origin == feed.Id && row.RetiredUtc is null && !listed.Contains(row.SourceKey!))
            .Select(row => row.Key).ToList();
        return new(
            reconciler._rows, retired, reconciler._revisions, reconciler._changes, reconciler._heldBack, reconciler._added, reconciler._changed,
            reconciler._unavailable, reconciler._rows.Count(row => row.WarningsJson is not null));
    }

    private void Publish(PriceFeedRow row, PriceVerdict verdict)
    {
        var stored = Stored(row);
        if (verdict.Quarantine is { } reason)
        {
            _heldBack.Add(new(row.SourceKey, reason));
            return;
        }

        if ((stored?.Key ?? FreeKey(row)) is not { } key)
        {
            _heldBack.Add(new(row.SourceKey, FeedTexts.RowKeyTaken.With(row.Key)));
            return;
        }

        var changes = stored is null ? [] : PriceFields.Changes(key, stored.FeedPrices(), verdict.Prices);
        var warnings = changes.Any(HasMovedFar) ? [.. verdict.Warnings, PriceWarnings.Moved] : verdict.Warnings;
        _rows.Add(ToRow(row, key, stored, verdict.Prices, warnings));
        if (stored is null || changes.Count > 0)
            _revisions.Add(ToRevision(key, verdict.Prices));
        _changes.AddRange(changes);
        _added += stored is null || stored.RetiredBy == _feed.Id ? 1 : 0;
        _changed += changes.Count > 0 ? 1 : 0;
        _unavailable += verdict.IsUnavailable ? 1 : 0;
    }

    private PriceRow? Stored(PriceFeedRow row)
    {
        if (_bySourceKey.TryGetValue(row.SourceKey, out var own))
            return own;
        // A shipped sheet without a key of this feed is taken over where the catalog key is the same.
        return _catalog.TryGetValue(row.Key, out var shipped) && shipped.Origin == Origins.Seed && !IsOfFeed(shipped, _feed) ? shipped : null;
    }

    /// <summary>A key for a new sheet: the short one, else one with the feed's whole key. A key never changes once given: scenarios name it.</summary>
    private string? FreeKey(PriceFeedRow row) =>
        new[] { row.Key, $"{row.Seller}:{row.SourceKey}", $"{row.Seller}:{_feed.Id}/{row.SourceKey}" }.FirstOrDefault(_takenKeys.Add);

    private PriceRow ToRow(PriceFeedRow row, string key, PriceRow? stored, TokenPrices prices, IReadOnlyList<string> warnings)
    {
        var published = new PriceRow
        {
            Key = key,
            Origin = _feed.Id,
            Source = _feed.Id,
            SourceUrl = _feed.Url,
            SourceKey = row.SourceKey,
            AsOf = _asOf,
            FetchedAtUtc = _fetchedUtc,
            // The shipped catalog writes names as the vendors do; the feed has identifiers only.
            Seller = stored?.Seller ?? row.Seller,
            Name = stored?.Name ?? row.Name,
            Mode = row.Mode,
            ContextTokens = row.ContextTokens ?? stored?.ContextTokens,
            DeprecatedFrom = row.DeprecatedFrom,
            WarningsJson = warnings.Count == 0 ? null : FeedRunStore.Write(warnings),
        };
        published.SetFeedPrices(prices);
        return published;
    }

    private PriceRevision ToRevision(string key, TokenPrices prices) => new()
    {
        PriceKey = key,
        EffectiveFrom = _asOf,
        PricesJson = PriceRowPrices.WritePrices(prices),
        Source = _feed.Id,
        RecordedUtc = _fetchedUtc,
        FetchedAtUtc = _fetchedUtc,
    };

    private static bool HasMovedFar(PriceChange change) =>
        change is { Old: > 0, New: not null } && Math.Abs(change.New.Value - change.Old.Value) > LargeMove * change.Old;
}
