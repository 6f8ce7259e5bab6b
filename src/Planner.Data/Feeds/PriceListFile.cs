using System.Text.Json;
using CsvHelper;

namespace Planner.Data.Feeds;

/// <summary>A row of a price list as it stands there.</summary>
/// <param name="Number">Its line in a table, its place in a list of JSON; from 1.</param>
/// <param name="Cells">Its cells in the order of the columns; a missing one is empty.</param>
public sealed record RawLine(int Number, IReadOnlyList<string> Cells);

/// <summary>The columns and first rows of a price list, before anybody says what they mean.</summary>
/// <param name="Refusal">Why it cannot be read whatever its columns mean; null where it can.</param>
/// <param name="Columns">Its columns: the head line, or the fields of its first JSON rows.</param>
/// <param name="Rows">Its first rows.</param>
public sealed record PriceListFile(string? Refusal, IReadOnlyList<string> Columns, IReadOnlyList<RawLine> Rows)
{
    /// <summary>Largest file of a list, bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    private const int Shown = 10;

    /// <summary>True for a table, false for JSON.</summary>
    public bool IsTable { get; init; }

    /// <summary>Reads a file into memory; of one that is too large only as much that it is known to be.</summary>
    public static Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FeedFile.ReadAsync(stream, MaxBytes, cancellationToken);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="delimiter">What parts the cells of a table; null to tell by the first lines.</param>
    public static PriceListFile Open(ReadOnlyMemory<byte> file, char? delimiter)
    {
        if (file.Length > MaxBytes)
            return Refuse(FeedTexts.TooLarge.With(MaxBytes / (1024 * 1024)));
        if (MappedPriceReader.FileRefusal(file.Span) is { } refusal)
            return Refuse(refusal);
        file = file[FeedFile.MarkLength(file.Span)..];
        try
        {
            return file.Span.TrimStart(" \t\r\n"u8)[0] is (byte)'[' or (byte)'{' ? OpenJson(file) : OpenTable(file, delimiter);
        }
        catch (JsonException exception)
        {
            return Refuse(FeedTexts.NotJson.With(exception.LineNumber + 1));
        }
        catch (CsvFormatException exception)
        {
            return Refuse(FeedTexts.NotTable.With(exception.LineNumber));
        }
    }

    /// <summary>Proposes what the columns mean, by their names, and the decimal sign, by the cells of prices and discounts.</summary>
    public PriceMapping Suggest()
    {
        var mapping = PriceMapping.Suggest(Columns);
        string?[] numbers = [.. mapping.PriceColumns, mapping.Discount];
        var cells = Rows.SelectMany(row => row.Cells.Where((_, index) => numbers.Contains(Columns[index]))).ToList();
        var hasCommas = cells.Any(cell => cell.Contains(',', StringComparison.Ordinal)) && !cells.Any(cell => cell.Contains('.', StringComparison.Ordinal));
        return hasCommas ? mapping with { DecimalSign = ',' } : mapping;
    }

    private static PriceListFile Refuse(string reason) => new(reason, [], []);

    private static PriceListFile OpenTable(ReadOnlyMemory<byte> file, char? delimiter)
    {
        using var csv = MappedPriceReader.OpenTable(file, delimiter);
        var columns = csv.Headers.ToList();
        var rows = new List<RawLine>();
        while (rows.Count < Shown && csv.Read())
            rows.Add(new((int)csv.LineNumber, [.. columns.Select((_, index) => index < csv.FieldCount ? csv.GetString(index) : "")]));
        return rows.Count == 0 ? Refuse(FeedTexts.NoRows) : new(null, columns, rows) { IsTable = true };
    }

    private static PriceListFile OpenJson(ReadOnlyMemory<byte> file)
    {
        if (MappedPriceReader.JsonRows(file.Span, []) is not { } list)
            return Refuse(FeedTexts.NotRows);
        var fields = list.Take(Shown).Select(row => new FeedRowDraft().Fields(row, "")).ToList();
        var columns = fields.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).ToList();
        return columns.Count == 0
            ? Refuse(list.Count == 0 ? FeedTexts.NoModels : FeedTexts.NoColumns)
            : new(null, columns, [.. fields.Select((row, index) => new RawLine(index + 1, [.. columns.Select(column => row.TryGetValue(column, out var value) ? value.ToString() : "")]))]);
    }
}
