using System.Text.Json;
using CsvHelper;

namespace Planner.Data.Feeds;

/// <summary>
/// Reads somebody's own price list, such as an agreement with a vendor: a table with a head line, a JSON array of rows, an object with one such array, or a row a line.
/// Which column means what is said by a <see cref="PriceMapping"/>. A row that does not read is refused by its number and column, and with it the other rows of the
/// same model: without it the price before it would seem to last.
/// </summary>
public static class MappedPriceReader
{
    private static readonly CsvReaderOptions Options =
        new() { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1_000_000, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="today">Day whose prices are those in force.</param>
    /// <param name="publicPrices">What discounts without a price are taken off, and what stands where a row leaves a price out.</param>
    /// <returns>The models in it, or why it is refused as a whole; and its first rows.</returns>
    public static MappedReading Read(ReadOnlyMemory<byte> file, PriceMapping mapping, DateOnly today, IReadOnlyList<PublicPrice> publicPrices)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if ((FileRefusal(file.Span) ?? Refusal(mapping)) is { } refusal)
            return MappedReading.Refuse(refusal);
        file = file[FeedFile.MarkLength(file.Span)..];
        var first = file.Span.TrimStart(" \t\r\n"u8)[0];
        try
        {
            var list = new MappedPriceRows(mapping);
            var fault = first is (byte)'[' or (byte)'{' ? ReadJson(file.Span, list) : ReadTable(file, mapping, list);
            return fault is null ? list.ToReading(today, publicPrices) : MappedReading.Refuse(fault);
        }
        catch (JsonException exception)
        {
            return new(FeedFile.NotJson(exception), [], []);
        }
        catch (CsvFormatException exception)
        {
            return MappedReading.Refuse(FeedTexts.NotTable.With(exception.LineNumber));
        }
    }

    /// <summary>Why a file is refused whatever its columns mean; null where it may be read.</summary>
    internal static string? FileRefusal(ReadOnlySpan<byte> file) =>
        file.StartsWith("PK\u0003\u0004"u8) || file.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? FeedTexts.Spreadsheet : FeedFile.Refusal(file);

    /// <summary>Opens a table at its head line.</summary>
    internal static CsvReader OpenTable(ReadOnlyMemory<byte> file, char? delimiter)
    {
        var csv = CsvReader.Create(file, delimiter is { } separator ? Options with { Separator = separator } : Options);
        csv.ReadHeader();
        return csv;
    }

    /// <summary>The rows of a file of JSON; null where it has several lists.</summary>
    /// <param name="file">The file without a byte order mark.</param>
    /// <param name="columns">Fields by which an object is known to be a row itself.</param>
    internal static List<JsonElement>? JsonRows(ReadOnlySpan<byte> file, IEnumerable<string> columns)
    {
        var json = new Utf8JsonReader(file, new JsonReaderOptions { MaxDepth = FeedFile.MaxDepth, AllowMultipleValues = true });
        var documents = new List<JsonElement>();
        while (json.Read())
            documents.Add(JsonElement.ParseValue(ref json));
        return documents is [var document] ? RowsOf(document, columns) : documents;
    }

    /// <summary>Why a mapping cannot be used, whatever the file; null where it can.</summary>
    internal static string? Refusal(PriceMapping mapping)
    {
        var hasPrice = mapping.Input is not null || mapping.Output is not null;
        if (mapping.Model is null && mapping.Key is null && (hasPrice || mapping.Discount is null))
            return FeedTexts.MappingNoModel;
        if (!hasPrice && mapping.Discount is null)
            return FeedTexts.MappingNoPrice;
        if (mapping.Columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return FeedTexts.MappingColumnTwice.With(twice.Key);
        if (mapping.DefaultSeller is { } seller && !FeedNames.IsSeller(seller))
            return FeedTexts.RowSellerUnusable;
        return mapping.DecimalSign is '.' or ',' && mapping.Delimiter is null or ',' or ';' or '|' or '\t' && mapping.Delimiter != mapping.DecimalSign
            ? null
            : FeedTexts.MappingSigns;
    }

    private static string? ReadTable(ReadOnlyMemory<byte> file, PriceMapping mapping, MappedPriceRows list)
    {
        using var csv = OpenTable(file, mapping.Delimiter);
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in mapping.Columns)
        {
            if (!csv.TryGetFieldIndex(column, out var index))
                return FeedTexts.ColumnMissing.With(column);
            if (csv.TryGetFieldIndex(column, 1, out _))
                return FeedTexts.ColumnTwice.With(column);
            indexes.Add(column, index);
        }

        while (csv.Read())
        {
            var fault = csv.FieldCount == csv.Headers.Count ? null : FeedTexts.RowLength.With(csv.FieldCount, csv.Headers.Count);
            list.Add((int)csv.LineNumber, indexes.Where(column => column.Value < csv.FieldCount)
                .ToDictionary(column => column.Key, column => new MappedCell(csv.GetString(column.Value), false), StringComparer.Ordinal), fault);
        }

        return null;
    }

    /// <summary>Rows as JSON: documents one after the other, or the one list of a document.</summary>
    private static string? ReadJson(ReadOnlySpan<byte> file, MappedPriceRows list)
    {
        if (JsonRows(file, list.Mapping.Columns) is not { } rows)
            return FeedTexts.NotRows;
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            AddJson(list, i + 1, rows[i]);
            found.UnionWith(FeedRowDraft.NamesOf(rows[i]));
        }

        return rows.Count > 0 && list.Mapping.Columns.FirstOrDefault(column => !found.Contains(column)) is { } missing ? FeedTexts.ColumnMissing.With(missing) : null;
    }

    private static List<JsonElement>? RowsOf(JsonElement document, IEnumerable<string> columns)
    {
        if (document.ValueKind == JsonValueKind.Array)
            return [.. document.EnumerateArray()];
        if (new FeedRowDraft().Fields(document, "").Keys.Intersect(columns, StringComparer.Ordinal).Any())
            return [document];
        var lists = document.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array).ToList();
        return lists.Count switch
        {
            0 => [document],
            1 => [.. lists[0].Value.EnumerateArray()],
            _ => null,
        };
    }

    private static void AddJson(MappedPriceRows list, int number, JsonElement row)
    {
        var draft = new FeedRowDraft();
        var cells = new Dictionary<string, MappedCell>(StringComparer.Ordinal);
        foreach (var (name, value) in draft.Fields(row, FeedTexts.RowNumber.With(number)))
        {
            var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : FeedRowDraft.TextOf(value);
            if (text is not null)
                cells.Add(name, new(text, value.ValueKind == JsonValueKind.Number));
            else if (list.Mapping.Columns.Contains(name))
                draft.Fail(FeedTexts.RowFieldShape.With(name));
        }

        list.Add(number, cells, draft.Fault);
    }
}
