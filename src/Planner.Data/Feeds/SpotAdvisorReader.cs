using System.Text.Json;

namespace Planner.Data.Feeds;

/// <summary>What AWS says about spot machines of a type in a region over the past month. It names no prices.</summary>
/// <param name="Type">The machine.</param>
/// <param name="Region">The region.</param>
/// <param name="SavingShare">Saved against the price on demand, up to 1; below 0 where spot was dearer.</param>
/// <param name="InterruptionShare">Share of machines reclaimed within a month, 0 to 1, as the band's upper end; 1 for the band above 20 %.</param>
public sealed record SpotAdvice(string Type, string Region, decimal SavingShare, decimal InterruptionShare);

/// <summary>Reads AWS's <c>spot-advisor-data.json</c>, Linux only: by region and type a saving in percent and the index of a band of interruptions.</summary>
/// <remarks>The bands' labels are read, not their <c>max</c>, which lies above the label's end.</remarks>
public static class SpotAdvisorReader
{
    /// <summary>Whose machines these are.</summary>
    public const string Cloud = "aws";

    // Percent. The lowest in 15,000 rows is -62.
    private const int LowestSaving = -1000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <returns>What it says by type and region, or why it is refused as a whole.</returns>
    public static FeedReading<SpotAdvice> Read(ReadOnlyMemory<byte> file) => InstanceFile.ReadJson(file, ReadObject);

    private static FeedReading<SpotAdvice> ReadObject(ReadOnlyMemory<byte> file)
    {
        using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = FeedFile.MaxDepth });
        var (regions, ranges) = (InstanceFile.Member(document.RootElement, "spot_advisor"), InstanceFile.Member(document.RootElement, "ranges"));
        if (regions.ValueKind != JsonValueKind.Object || ranges.ValueKind != JsonValueKind.Array)
            return FeedReading<SpotAdvice>.Refuse(FeedTexts.WrongForm.With("spot-advisor-data.json"));

        var reading = new Reading(Bands(ranges));
        foreach (var region in regions.EnumerateObject())
            reading.ReadRegion(FeedRowDraft.NameOf(region), region.Value);
        return reading.ToReading();
    }

    /// <summary>The upper ends of the bands by index. An index that is explained twice, or not in a known way, has none.</summary>
    private static Dictionary<int, decimal?> Bands(JsonElement ranges)
    {
        var bands = new Dictionary<int, decimal?>();
        foreach (var range in ranges.EnumerateArray())
        {
            if (InstanceFile.NumberOf(InstanceFile.Member(range, "index")) is not { } index || index is < 0 or > 100 || index != decimal.Truncate(index))
                continue;
            var end = InstanceFile.Duplicate(range) is null ? VantageReader.BandEnd(FeedRowDraft.TextOf(InstanceFile.Member(range, "label"))) : null;
            if (!bands.TryAdd((int)index, end))
                bands[(int)index] = null;
        }

        return bands;
    }

    private sealed class Reading(Dictionary<int, decimal?> bands)
    {
        private readonly Dictionary<string, SpotAdvice> _rows = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _skipped = new(StringComparer.Ordinal);
        private int _read;

        internal void ReadRegion(string? region, JsonElement systems)
        {
            if (!InstanceFile.IsName(region) || systems.ValueKind != JsonValueKind.Object)
            {
                _read++;
                _refused.TryAdd(InstanceFile.IsName(region) ? region! : "?", FeedTexts.RowFieldUnusable.With("region"));
                return;
            }

            foreach (var system in systems.EnumerateObject())
            {
                if (FeedRowDraft.NameOf(system) == "Linux")
                    ReadTypes(region!, system.Value);
                else
                {
                    var kind = FeedRowDraft.NameOf(system) == "Windows" ? "Windows" : "other";
                    var count = system.Value.ValueKind == JsonValueKind.Object ? system.Value.EnumerateObject().Count() : 1;
                    _read += count;
                    _skipped[kind] = _skipped.GetValueOrDefault(kind) + count;
                }
            }
        }

        internal FeedReading<SpotAdvice> ToReading() => new(
            null, _read, [.. _rows.Where(row => !_refused.ContainsKey(row.Key)).Select(row => row.Value)], [.. _refused.Select(row => new Stores.QuarantinedRow(row.Key, row.Value))],
            _skipped, []);

        private void ReadTypes(string region, JsonElement types)
        {
            if (types.ValueKind != JsonValueKind.Object)
            {
                _read++;
                _refused.TryAdd(region, FeedTexts.RowFieldUnusable.With("Linux"));
                return;
            }

            foreach (var type in types.EnumerateObject())
            {
                _read++;
                var name = FeedRowDraft.NameOf(type);
                var key = InstanceRows.SourceKey(InstanceFile.IsName(name) ? name! : "?", region);
                var (row, fault) = InstanceFile.IsName(name) ? ReadType(name!, region, type.Value) : (null, FeedTexts.RowFieldUnusable.With("type"));
                if (fault is null && !_rows.TryAdd(key, row!))
                    fault = FeedTexts.RowMachineTwice;
                if (fault is not null)
                    _refused.TryAdd(key, fault);
            }
        }

        private (SpotAdvice? Row, string? Fault) ReadType(string name, string region, JsonElement type)
        {
            if (InstanceFile.Duplicate(type) is { } twice)
                return (null, FeedTexts.RowDuplicateField.With(twice));
            var (saving, range) = (InstanceFile.Member(type, "s"), InstanceFile.Member(type, "r"));
            if (saving.ValueKind != JsonValueKind.Number || InstanceFile.NumberOf(saving) is not { } percent || percent is < LowestSaving or > 100)
                return (null, FeedTexts.RowFieldNotANumber.With("s"));
            return range.ValueKind == JsonValueKind.Number && InstanceFile.NumberOf(range) is >= 0 and <= 100 and var index && index == decimal.Truncate(index)
                && bands.GetValueOrDefault((int)index) is { } end
                ? (new SpotAdvice(name, region, percent / 100, end), null)
                : (null, FeedTexts.RowBandUnknown);
        }
    }
}
