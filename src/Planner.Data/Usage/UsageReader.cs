using System.Text.RegularExpressions;
using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>What a file of usage is taken for, before anything of it is stored.</summary>
/// <param name="FormatId">The format that its columns fit.</param>
/// <param name="FormatName">What users call it.</param>
/// <param name="Columns">Names of the columns that a mapping may name.</param>
/// <param name="Mapping">What they mean.</param>
public sealed record UsageRecognition(string FormatId, string FormatName, IReadOnlyList<string> Columns, UsageMapping Mapping);

/// <summary>Rows of a file that were left out for one reason.</summary>
/// <param name="Fault">The reason; null where the line itself could not be read.</param>
/// <param name="Count">How many.</param>
/// <param name="Rows">The first of them, counted from 1 without the head line; where they could not be read, their lines in the file, the head line included.</param>
public sealed record UsageSkipped(UsageFault? Fault, long Count, IReadOnlyList<long> Rows);

/// <summary>The first rows of a file as they would be counted.</summary>
/// <param name="Rows">The rows, at most a dozen, by time.</param>
public sealed record UsagePreview(IReadOnlyList<UsagePreviewRow> Rows);

/// <summary>A row as it would be counted; what it does not state is null.</summary>
/// <param name="StartUtc">When it began.</param>
/// <param name="Seller">Who served it.</param>
/// <param name="Model">The model; empty where it names none.</param>
/// <param name="Requests">Answered requests.</param>
/// <param name="Failed">Failed requests.</param>
/// <param name="InputTokens">Prompt tokens, cached and written ones included.</param>
/// <param name="CacheReadTokens">Prompt tokens read from the cache.</param>
/// <param name="CacheWriteTokens">Prompt tokens written to the cache.</param>
/// <param name="OutputTokens">Generated tokens.</param>
/// <param name="CostUsd">Cost, USD.</param>
/// <param name="Fault">Why it would be left out; null where it counts.</param>
public sealed record UsagePreviewRow(
    DateTime? StartUtc, string? Seller, string Model, long? Requests, long? Failed, long? InputTokens, long? CacheReadTokens, long? CacheWriteTokens, long? OutputTokens, decimal? CostUsd,
    UsageFault? Fault);

/// <summary>The normalised rows of a file.</summary>
/// <param name="Path">The Parquet file with them.</param>
/// <param name="Rows">Rows of the file that could be read as rows.</param>
/// <param name="Counted">Rows that count.</param>
/// <param name="Duplicates">Rows that name a request which another row of the file names too.</param>
/// <param name="Skipped">Rows left out, by reason.</param>
internal sealed record UsageRows(string Path, long Rows, long Counted, long Duplicates, IReadOnlyList<UsageSkipped> Skipped);

/// <summary>Reads files of usage with DuckDB, which may touch the file and its folder only.</summary>
internal sealed partial class UsageReader(UsageLimits limits, TimeProvider time)
{
    private const int RowsNamed = 20;
    private const int RowsPreviewed = 12;

    /// <summary>Tells what a file is.</summary>
    /// <exception cref="UsageRefusedException">It is no table.</exception>
    internal UsageRecognition Recognise(UsageFile file)
    {
        using var session = Open(file);
        var table = file.Open(session);
        var format = UsageFormats.Of(table);
        return new UsageRecognition(format.Id, format.Name, format.ColumnsOf(table), format.MappingOf(table));
    }

    /// <summary>The first rows as they would be counted.</summary>
    /// <exception cref="UsageRefusedException">They cannot be read.</exception>
    internal UsagePreview Preview(UsageFile file, string formatId, UsageMapping mapping)
    {
        using var session = Open(file, keepsOrder: true);
        try
        {
            var format = FormatOf(formatId);
            var source = SourceOf(file, session, format, mapping);
            var first = $"(SELECT * FROM {source.Rows} LIMIT {RowsPreviewed})";
            var rows = session.Rows(
                $"SELECT start_ms, seller, model, requests, failed, input, cache_read, cache_write, output, cost, fault::BIGINT FROM ({UsageSelect.Of(first, mapping, time.GetUtcNow())}) ORDER BY start_ms",
                row => new UsagePreviewRow(
                    row.Whole(0) is { } start ? DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime : null, row.Text(1), row.Text(2) ?? "", row.Whole(3), row.Whole(4), row.Whole(5),
                    row.Whole(6), row.Whole(7), row.Whole(8), row.Whole(9) is { } nanos ? nanos / 1_000_000_000m : null, row.Whole(10) is > 0 and var fault ? (UsageFault)fault : null));
            return rows.Any(row => row.Fault == UsageFault.UnclearMark) && Marked(session, source.Rows, format, mapping) is { } marked ? Preview(file, formatId, marked) : new UsagePreview(rows);
        }
        catch (DuckDbException exception)
        {
            throw Refusal(exception, file);
        }
    }

    /// <summary>Reads a file into normalised rows, each request once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="formatId">Its format.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="progress">Told the share of the reading that is done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; what was written goes with the file.</param>
    /// <exception cref="UsageRefusedException">Nothing of it can be read, or it has too many rows.</exception>
    internal UsageRows Read(UsageFile file, string formatId, UsageMapping mapping, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var session = Open(file);
        using var cancel = cancellationToken.Register(session.Interrupt);
        using var watch = Watch(session, progress);
        try
        {
            var format = FormatOf(formatId);
            var (source, container) = SourceOf(file, session, format, mapping);
            var select = UsageSelect.Of(source, mapping, time.GetUtcNow());
            var path = System.IO.Path.Combine(file.Folder, "rows.parquet");
            session.Run($"COPY ({select} LIMIT {limits.MaxRows + 1}) TO {Sql.Text(path)} (FORMAT parquet)");
            var counts = session.Rows(
                $"SELECT fault::BIGINT, count(*), count(DISTINCT id) FROM read_parquet({Sql.Text(path)}) GROUP BY fault ORDER BY fault",
                row => (Fault: row.Whole(0)!.Value, Rows: row.Whole(1)!.Value, Distinct: row.Whole(2)!.Value));
            var rows = counts.Sum(count => count.Rows);
            if (rows > limits.MaxRows)
                throw new UsageRefusedException(UsageTexts.TooManyRows.With(limits.MaxRows));
            if (counts.Any(count => count.Fault == (int)UsageFault.UnclearMark) && Marked(session, source, format, mapping) is { } marked)
                return Read(file, formatId, marked, progress, cancellationToken);
            var sound = counts.FirstOrDefault(count => count.Fault == 0);
            if (sound.Rows > sound.Distinct)
                path = Once(session, path);
            var rejected = container == UsageContainer.Csv ? Rejected(session) : null;
            var skipped = counts.Any(count => count.Fault != 0) ? Faulty(file, source, mapping, counts.Where(count => count.Fault != 0).ToDictionary(count => count.Fault, count => count.Rows)) : [];
            return new UsageRows(path, rows, sound.Distinct, sound.Rows - sound.Distinct, rejected is null ? skipped : [rejected, .. skipped]);
        }
        catch (DuckDbException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Refusal(exception, file);
        }
    }

    /// <summary>The mapping with the mark before decimals, where that was open and all numbers together tell it; those of a format that is laid out are no texts of a user's own.</summary>
    private static UsageMapping? Marked(DuckDbSession session, string rows, UsageFormat format, UsageMapping mapping)
    {
        if (mapping.DecimalComma is not null || format is LaidOutFormat)
            return null;
        var (commas, dots) = session.Rows(UsageMarks.Of(rows, mapping), row => (row.Whole(0)!.Value, row.Whole(1)!.Value))[0];
        return UsageMarks.Decided(commas, dots) is { } comma ? mapping with { DecimalComma = comma } : null;
    }

    /// <summary>Readies a session for the rows of a file, and gives what stands after FROM.</summary>
    private static (string Rows, UsageContainer Container) SourceOf(UsageFile file, DuckDbSession session, UsageFormat format, UsageMapping mapping)
    {
        var table = file.Open(session);
        if (UsageMappingRules.Missing(mapping, format.ColumnsOf(table)) is [var missing, ..])
            throw new UsageRefusedException(missing.Message);
        foreach (var macro in UsageSelect.SetupOf(mapping))
            session.Run(macro);
        return (format.RowsOf(table, mapping), table.Container);
    }

    private static UsageFormat FormatOf(string id) => UsageFormats.Find(id) ?? throw new ArgumentException($"There is no format '{id}'.", nameof(id));

    private DuckDbSession Open(UsageFile file, bool keepsOrder = false) =>
        DuckDbSession.Open(new DuckDbSettings([file.Path], file.Folder, limits.MemoryMb) { KeepsOrder = keepsOrder });

    private static Timer? Watch(DuckDbSession session, IProgress<double>? progress) => progress is null ? null : new Timer(
        _ =>
        {
            if (session.ProgressShare is { } share)
                progress.Report(share);
        },
        null, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));

    /// <summary>Keeps one row of each request: of an unfinished and a finished record of it, the one that counts more.</summary>
    private static string Once(DuckDbSession session, string path)
    {
        var once = path + ".once";
        session.Run(
            $"COPY (SELECT * FROM read_parquet({Sql.Text(path)}) WHERE fault = 0 QUALIFY row_number() OVER (PARTITION BY id ORDER BY output DESC NULLS LAST, input DESC NULLS LAST, start_ms) = 1) "
            + $"TO {Sql.Text(once)} (FORMAT parquet)");
        return once;
    }

    private static UsageSkipped? Rejected(DuckDbSession session)
    {
        // Where a statement needs no row of a file, the engine does not begin to read it.
        if (session.Rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'", row => row.Whole(0)!.Value)[0] == 0)
            return null;
        var lines = session.Rows("SELECT DISTINCT CAST(line AS BIGINT) FROM reject_errors ORDER BY 1", row => row.Whole(0)!.Value);
        return lines.Count == 0 ? null : new UsageSkipped(null, lines.Count, [.. lines.Take(RowsNamed)]);
    }

    /// <summary>Faulty rows are rare, and only in the order of the file do they have numbers: a second reading finds the first of them.</summary>
    private List<UsageSkipped> Faulty(UsageFile file, string rows, UsageMapping mapping, Dictionary<long, long> counts)
    {
        using var session = Open(file, keepsOrder: true);
        foreach (var macro in UsageSelect.SetupOf(mapping))
            session.Run(macro);
        var numbered = UsageSelect.Of($"(SELECT *, row_number() OVER () AS row_of_file FROM {rows})", mapping, time.GetUtcNow(), "row_of_file");
        var found = session.Rows(
            $"SELECT fault::BIGINT, row_of_file FROM ({numbered}) WHERE fault <> 0 QUALIFY row_number() OVER (PARTITION BY fault ORDER BY row_of_file) <= {RowsNamed} ORDER BY fault, row_of_file",
            row => (Fault: row.Whole(0)!.Value, Row: row.Whole(1)!.Value));
        return [.. counts.Select(count => new UsageSkipped((UsageFault)count.Key, count.Value, [.. found.Where(row => row.Fault == count.Key).Select(row => row.Row)]))];
    }

    private static UsageRefusedException Refusal(DuckDbException exception, UsageFile file) => new(file.IsUtf8 ? UsageTexts.Unreadable.With(Said(exception, file)) : UsageTexts.NotUtf8);

    /// <summary>What the engine says, of the file as the user knows it.</summary>
    private static string Said(DuckDbException exception, UsageFile file)
    {
        var message = exception.Message.Replace(file.Path, file.Name, StringComparison.Ordinal);
        return KindOfError().Replace(message.AsSpan().IndexOf('\n') is var end and >= 0 ? message[..end].TrimEnd() : message, "");
    }

    [GeneratedRegex("^[A-Z][A-Za-z ]* Error: ")]
    private static partial Regex KindOfError();
}
