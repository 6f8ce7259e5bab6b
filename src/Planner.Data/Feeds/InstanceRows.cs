using Planner.Data.Stores;
using Planner.Domain.Catalogs;

namespace Planner.Data.Feeds;

/// <summary>The rows of a feed of machines while it is read. A key comes out once: as a row, or refused for the first reason.</summary>
/// <param name="cloud">Whose machines they are, in lower case.</param>
internal sealed class InstanceRows(string cloud)
{
    private const int MaxSkippedKinds = 100;
    private const int MaxKindLength = 100;

    private readonly List<InstanceFeedRow> _rows = [];
    private readonly List<QuarantinedRow> _refused = [];
    private readonly HashSet<string> _refusedKeys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _skipped = new(StringComparer.Ordinal);

    /// <summary>Entries of the file, of every kind.</summary>
    internal int Read { get; set; }

    /// <summary>Key of a machine in a region, within one cloud.</summary>
    internal static string SourceKey(string type, string region) => $"{type}:{region}";

    internal void Add(
        string type, string region, string gpu, int gpuCount, decimal? gpuMemoryGb, int? vcpus, decimal? memoryGb, HourlyPrices prices, SpotZones? zones = null,
        decimal? interruptionShare = null)
    {
        var key = SourceKey(type, region);
        if (_keys.Add(key))
            _rows.Add(new(key, $"{cloud}:{key}", cloud, type, region, gpu, gpuCount, gpuMemoryGb, vcpus, memoryGb, prices) { Zones = zones, InterruptionShare = interruptionShare });
        else
            Refuse(key, FeedTexts.RowMachineTwice);
    }

    internal void Refuse(string key, string reason)
    {
        if (_refusedKeys.Add(key))
            _refused.Add(new(key, reason));
    }

    internal void Skip(string kind, int count = 1)
    {
        kind = kind.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)) ? "other" : kind[..Math.Min(kind.Length, MaxKindLength)];
        if (!_skipped.ContainsKey(kind) && _skipped.Count >= MaxSkippedKinds)
            kind = "other";
        _skipped[kind] = _skipped.GetValueOrDefault(kind) + count;
    }

    internal FeedReading<InstanceFeedRow> ToReading() => new(null, Read, [.. _rows.Where(row => !_refusedKeys.Contains(row.SourceKey))], _refused, _skipped, []);
}
