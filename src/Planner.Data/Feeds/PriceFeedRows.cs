using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>The rows of a file while they are read, in its order. What the file lists twice is refused, and so is a second row for one key of the catalog.</summary>
internal sealed class PriceFeedRows
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    internal void Add(PriceFeedRow row) => Add(row.SourceKey, new(row, null, null));

    internal void Refuse(string sourceKey, string reason) => Add(sourceKey, new(null, new(sourceKey, reason), null));

    /// <summary>Counts a row of a kind that the planner has no use for.</summary>
    internal void Skip(string sourceKey, string kind) => Add(sourceKey, new(null, null, kind));

    internal FeedReading<PriceFeedRow> ToReading()
    {
        var rows = new List<PriceFeedRow>(_entries.Count);
        var refused = new List<QuarantinedRow>();
        var skipped = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (entry.SkippedAs is { } kind)
                skipped[kind] = skipped.GetValueOrDefault(kind) + 1;
            else if (entry.Refused is { } refusal)
                refused.Add(refusal);
            else if (keys.Add(entry.Row!.Key))
                rows.Add(entry.Row);
            else
                refused.Add(new(entry.Row.SourceKey, FeedTexts.RowKeyTaken.With(entry.Row.Key)));
        }

        return rows.Count == 0 && refused.Count == 0
            ? FeedReading<PriceFeedRow>.Refuse(FeedTexts.NoModels)
            : new(null, _entries.Count, rows, refused, skipped, []);
    }

    private void Add(string sourceKey, Entry entry)
    {
        if (_indexes.TryAdd(sourceKey, _entries.Count))
            _entries.Add(entry);
        else
            _entries[_indexes[sourceKey]] = new(null, new(sourceKey, FeedTexts.RowDuplicateKey), null);
    }

    private sealed record Entry(PriceFeedRow? Row, QuarantinedRow? Refused, string? SkippedAs);
}
