using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Normalised rows in Parquet files, counted by DuckDB.</summary>
internal sealed class ParquetUsage : IUsageEngine, IDisposable
{
    private readonly DuckDbSession _session;
    private readonly string _folder;

    private ParquetUsage(DuckDbSession session, string folder, string source)
    {
        _session = session;
        _folder = folder;
        Source = source;
    }

    public UsageDialect Dialect => DuckDbDialect.Instance;

    public string Source { get; }

    /// <summary>Opens the rows of files. Where several name the same row, that of the last file counts: sums of an unfinished time grow.</summary>
    /// <param name="files">Parquet files in the order of their import, at least one.</param>
    /// <param name="options">Where work may be done.</param>
    internal static ParquetUsage Open(IReadOnlyList<string> files, UsageOptions options)
    {
        var folder = NewFolder(options);
        var session = DuckDbSession.Open(new DuckDbSettings(files, folder, options.Limits.MemoryMb));
        var known = files.Count > 1 && Known(session, files) > 0;
        if (!known)
            return new ParquetUsage(session, folder, $"(SELECT * FROM read_parquet([{string.Join(", ", files.Select(Sql.Text))}]) WHERE fault = 0) AS usage");
        var once = Path.Combine(folder, "once.parquet");
        session.Run($"COPY (SELECT * FROM {All(files)} QUALIFY row_number() OVER (PARTITION BY id ORDER BY file DESC) = 1) TO {Sql.Text(once)} (FORMAT parquet)");
        return new ParquetUsage(session, folder, $"read_parquet({Sql.Text(once)}) AS usage");
    }

    /// <summary>Rows of the last file that others have too.</summary>
    internal static long CountKnown(IReadOnlyList<string> files, UsageOptions options)
    {
        var folder = NewFolder(options);
        try
        {
            using var session = DuckDbSession.Open(new DuckDbSettings(files, folder, options.Limits.MemoryMb));
            return session.Rows(
                $"SELECT count(*) FROM read_parquet({Sql.Text(files[^1])}) WHERE fault = 0 AND id IN (SELECT id FROM read_parquet([{string.Join(", ", files.SkipLast(1).Select(Sql.Text))}]) WHERE fault = 0)",
                row => row.Whole(0)!.Value)[0];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<IUsageRow, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var cancel = cancellationToken.Register(_session.Interrupt);
        try
        {
            return Task.FromResult(_session.Rows(sql, read));
        }
        catch (DuckDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static long Known(DuckDbSession session, IReadOnlyList<string> files) =>
        session.Rows($"SELECT CAST(count(*) - count(DISTINCT id) AS BIGINT) FROM {All(files)}", row => row.Whole(0)!.Value)[0];

    private static string All(IReadOnlyList<string> files) =>
        $"({string.Join(" UNION ALL ", files.Select((file, number) => $"SELECT *, {number} AS file FROM read_parquet({Sql.Text(file)}) WHERE fault = 0"))})";

    private static string NewFolder(UsageOptions options) => Directory.CreateDirectory(Path.Combine(options.Folder, $"work-{Guid.NewGuid():N}")).FullName;
}
