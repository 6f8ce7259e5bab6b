using System.Text.Json;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Data.Feeds;

/// <summary>
/// Compares a feed's file with a list of the catalog. A feed publishes rows of its own, those of sources of lower rank, and new ones; of the others that it lists too it leaves a quote. The user's rows and
/// overrides are never touched.
/// </summary>
/// <typeparam name="TFeedRow">A row of the feed.</typeparam>
/// <typeparam name="TRow">A row of the list.</typeparam>
/// <typeparam name="TPrices">Its prices.</typeparam>
/// <param name="feed">The feed.</param>
/// <param name="context">What it is compared with.</param>
internal abstract class Reconciler<TFeedRow, TRow, TPrices>(FeedOptions feed, ReconcileContext<TRow> context)
    where TFeedRow : class, IFeedRow where TRow : CatalogRow
{
    private const decimal LargeMove = 0.4m;

    private readonly Dictionary<string, TRow> _catalog = context.Catalog.ToDictionary(row => row.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, TRow> _bySourceKey = [];
    private readonly HashSet<string> _takenKeys = context.Catalog.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
    private readonly List<TRow> _rows = [];
    private readonly List<Revision> _revisions = [];
    private readonly List<Quote> _quotes = [];
    private readonly List<Quote> _displaced = [];
    private readonly List<PriceChange> _changes = [];
    private readonly List<HeldBackRow> _heldBack = [];
    private int _added;
    private int _changed;
    private int _unavailable;
    private int _warned;

    protected FeedOptions Feed { get; } = feed;

    protected ReconcileContext<TRow> Context { get; } = context;

    /// <summary>Compares.</summary>
    /// <param name="reading">The feed's file.</param>
    /// <param name="isWhole">False where it is one row that somebody accepted, so that nothing is missing from it.</param>
    public FeedChanges Reconcile(FeedReading<TFeedRow> reading, bool isWhole = true)
    {
        foreach (var row in Context.Catalog.Where(row => IsOfFeed(row, Feed)))
            _bySourceKey.TryAdd(row.SourceKey!, row);
        _heldBack.AddRange(reading.Refused.Select(row => new HeldBackRow(row.Key, row.Reason, null)));
        var verdicts = Judge(reading.Rows, row => Context.Accepted.TryGetValue(row.SourceKey, out var accepted) && accepted == Write(row));
        for (var i = 0; i < verdicts.Count; i++)
            Take(reading.Rows[i], verdicts[i]);

        // A row that is listed but not published keeps its last good price. A shipped row that the feed never listed is none of its business.
        var listed = new HashSet<string>(reading.Rows.Select(row => row.SourceKey).Concat(reading.Refused.Select(row => row.Key)).Concat(reading.NotRows), StringComparer.Ordinal);
        var retired = Context.Catalog.Where(row => isWhole && IsOfFeed(row, Feed) && row.Origin == Feed.Id && IsListed(row) && !listed.Contains(row.SourceKey!)).Select(row => row.Key).ToList();
        return new FeedChanges(typeof(TRow), _rows, retired, _revisions, _quotes, _changes, _heldBack, _added, _changed, _unavailable, _warned, _rows.Count(HasPrice))
        {
            Displaced = _displaced,
            ReadKeys = isWhole ? [.. reading.Rows.Select(row => row.SourceKey)] : [],
        };
    }

    /// <summary>Whether a row of the feed was in its last file: it is current, or an own list's that the user retired, whose price may stand again elsewhere.</summary>
    private bool IsListed(TRow row) => row.RetiredUtc is null || (Feed.IsOwnList && row.RetiredBy == Origins.User);

    /// <summary>Whether a row belongs to a feed: published by it, or shipped with the feed's key.</summary>
    private static bool IsOfFeed(CatalogRow row, FeedOptions feed) => row.Source == feed.Id && row.Origin != Origins.User && row.SourceKey is not null;

    /// <summary>Judges all rows of a file, in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="isAccepted">Whether somebody has said that a row is right as it stands, whatever bounds say.</param>
    protected abstract IReadOnlyList<FeedVerdict<TPrices>> Judge(IReadOnlyList<TFeedRow> rows, Func<TFeedRow, bool> isAccepted);

    /// <summary>A row with what a feed's row and verdict say; its source is filled in afterwards.</summary>
    protected abstract TRow ToRow(TFeedRow row, string key, TRow? stored, TPrices prices, string? warningsJson);

    /// <summary>The prices of a row as its source states them.</summary>
    protected abstract TPrices PricesOf(TRow row);

    protected abstract bool HasPrice(TRow row);

    /// <summary>Codes of warnings about a row's prices.</summary>
    protected abstract string? WarningsOf(TRow row);

    /// <summary>What differs between two states of a row.</summary>
    protected abstract IReadOnlyList<PriceChange> ChangesOf(string key, TPrices before, TPrices after);

    protected abstract Revision NewRevision(string key, string pricesJson);

    protected abstract Quote NewQuote(string key, string pricesJson);

    /// <summary>Prices of other days that the feed states; null where it knows today's only.</summary>
    protected virtual string? DatedJson(TFeedRow row) => null;

    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, ScenarioJson.Options);

    private void Take(TFeedRow row, FeedVerdict<TPrices> verdict)
    {
        if (verdict.Quarantine is { } reason)
        {
            _heldBack.Add(new HeldBackRow(row.SourceKey, reason, Write(row)));
            return;
        }

        var stored = _bySourceKey.GetValueOrDefault(row.SourceKey);
        var dated = DatedJson(row);
        // A row that names this feed as its source but no key in it is the feed's, told by its own key.
        if (stored is null && _catalog.TryGetValue(row.Key, out var other) && (other.Source != Feed.Id || other is { Origin: not Origins.User, SourceKey: null }))
        {
            if (MayTakeOver(other))
                stored = other;
            else if (other.Origin != Origins.User || Feed.Rank == 0 || Feed.IsOwnList)
            {
                Quote(row.Key, row.SourceKey, verdict, dated);
                return;
            }
        }

        if ((stored?.Key ?? FreeKey(row)) is not { } key)
        {
            _heldBack.Add(new HeldBackRow(row.SourceKey, FeedTexts.RowKeyTaken.With(row.Key), Write(row)));
            return;
        }

        Publish(row, verdict, key, stored);
        if (dated is not null)
            Quote(key, row.SourceKey, verdict, dated);
    }

    /// <summary>A shipped row, and one of a feed of lower rank, goes over to the feed; and so does one that an own list had and has no more.</summary>
    private bool MayTakeOver(TRow other) => other.Origin != Origins.User
        && (other.Origin == Feed.Id || Feed.Rank > Context.Ranks.GetValueOrDefault(other.Origin) || (other.RetiredBy == other.Origin && KnownFeeds.IsOwnList(other.Origin)));

    private void Publish(TFeedRow row, FeedVerdict<TPrices> verdict, string key, TRow? stored)
    {
        var changes = stored is null ? [] : ChangesOf(key, PricesOf(stored), verdict.Prices);
        IReadOnlyList<string> warnings = changes.Any(HasMovedFar) ? [.. verdict.Warnings, PriceWarnings.Moved] : verdict.Warnings;
        var published = ToRow(row, key, stored, verdict.Prices, WriteCodes(warnings));
        (published.Origin, published.Source, published.SourceUrl, published.SourceKey) = (Feed.Id, Feed.Id, Feed.Url.Length == 0 ? null : Feed.Url, row.SourceKey);
        (published.AsOf, published.FetchedAtUtc) = (Context.AsOf, Context.FetchedUtc);
        _rows.Add(published);
        if (stored is null || changes.Count > 0)
        {
            var revision = NewRevision(key, Write(verdict.Prices));
            (revision.EffectiveFrom, revision.RecordedUtc, revision.FetchedAtUtc) = (Context.AsOf, Context.FetchedUtc, Context.FetchedUtc);
            _revisions.Add(revision);
        }

        _changes.AddRange(changes);
        if (Feed.IsOwnList && stored is { RetiredUtc: null } && stored.Origin != Feed.Id && HasPrice(stored))
            Displace(stored);
        _added += stored is null || (stored.RetiredBy is { } by && (by == Feed.Id || by == stored.Origin)) ? 1 : 0;
        _changed += changes.Count > 0 ? 1 : 0;
        _unavailable += verdict.IsUnavailable ? 1 : 0;
        _warned += warnings.Count > 0 ? 1 : 0;
    }

    private void Quote(string key, string sourceKey, FeedVerdict<TPrices> verdict, string? dated)
    {
        var quote = NewQuote(key, Write(verdict.Prices));
        (quote.SourceKey, quote.DatedJson, quote.AsOf, quote.FetchedAtUtc, quote.WarningsJson) = (sourceKey, dated, Context.AsOf, Context.FetchedUtc, WriteCodes(verdict.Warnings));
        _quotes.Add(quote);
    }

    /// <summary>Keeps what stood until an own list took the row over: its source may say nothing new for long, and stands again once the list is gone.</summary>
    private void Displace(TRow stored)
    {
        var quote = NewQuote(stored.Key, Write(PricesOf(stored)));
        (quote.FeedId, quote.SourceKey, quote.AsOf, quote.FetchedAtUtc) = (stored.Source, stored.SourceKey, stored.AsOf, stored.FetchedAtUtc ?? Context.FetchedUtc);
        (quote.SourceUrl, quote.WarningsJson) = (stored.SourceUrl, WarningsOf(stored));
        _displaced.Add(quote);
    }

    /// <summary>A key for a new row: the short one, else one with the feed's whole key. A key never changes once given: scenarios name it.</summary>
    private string? FreeKey(TFeedRow row) =>
        new[] { row.Key, $"{row.Owner}:{row.SourceKey}", $"{row.Owner}:{Feed.Id}/{row.SourceKey}" }.FirstOrDefault(_takenKeys.Add);

    private static string? WriteCodes(IReadOnlyList<string> warnings) => warnings.Count == 0 ? null : FeedRunStore.Write(warnings);

    private static bool HasMovedFar(PriceChange change) =>
        change is { Old: > 0, New: not null } && Math.Abs(change.New.Value - change.Old.Value) > LargeMove * change.Old;
}

/// <summary>What a feed's file is compared with.</summary>
/// <param name="Catalog">Every row of the list, retired ones included.</param>
/// <param name="Accepted">By key in the feed, rows that somebody accepted as they stood then.</param>
/// <param name="Ranks">Ranks of the feeds.</param>
/// <param name="AsOf">Day on which the file's prices hold.</param>
/// <param name="FetchedUtc">When the file came.</param>
internal sealed record ReconcileContext<TRow>(
    IReadOnlyCollection<TRow> Catalog, IReadOnlyDictionary<string, string> Accepted, IReadOnlyDictionary<string, int> Ranks, DateOnly AsOf, DateTime FetchedUtc);
