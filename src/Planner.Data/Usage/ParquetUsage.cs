using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Normalised rows in Parquet files, counted by DuckDB.</summary>
internal sealed class ParquetUsage : IUsageEngine, IDisposable
{
    private readonly DuckDbSession _session;
    private readonly string _folder;

    private ParquetUsage(IReadOnlyList<string> files, UsageOptions options)
    {
        _folder = options.NewWorkFolder();
        try
        {
            _session = DuckDbSession.Open(new DuckDbSettings(files, _folder, options.Limits.MemoryMb));
        }
        catch
        {
            Directory.Delete(_folder, recursive: true);
            throw;
        }
    }

    public UsageDialect Dialect => DuckDbDialect.Instance;

    public string Source { get; private set; } = "";

    /// <summary>Rows of the last file that others have too.</summary>
    internal long AlreadyThere { get; private set; }

    /// <summary>Opens the rows of files. Where several name the same row, that of the last file counts: sums of an unfinished time grow.</summary>
    /// <param name="files">Parquet files in the order of their import, at least one.</param>
    /// <param name="options">Where work may be done.</param>
    internal static ParquetUsage Open(IReadOnlyList<string> files, UsageOptions options)
    {
        var usage = new ParquetUsage(files, options);
        try
        {
            usage.Source = $"{(files.Count == 1 ? Sound(files) : usage.Together(files))} AS usage";
            return usage;
        }
        catch
        {
            usage.Dispose();
            throw;
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

    /// <summary>What stands after FROM for the rows of several files, each once, and costs with the usage that they are of.</summary>
    private string Together(IReadOnlyList<string> files)
    {
        var all = $"({string.Join(" UNION ALL ", files.Select((file, number) => $"SELECT *, {number} AS file FROM read_parquet({Sql.Text(file)}) WHERE fault = 0"))})";
        var (repeated, alreadyThere) = _session.Rows(
            $"SELECT CAST(coalesce(sum(times - 1), 0) AS BIGINT), count(*) FILTER (times > 1 AND latest = {files.Count - 1}) FROM (SELECT count(*) AS times, max(file) AS latest FROM {all} GROUP BY id)",
            row => (row.Whole(0)!.Value, row.Whole(1)!.Value))[0];
        AlreadyThere = alreadyThere;
        var rows = repeated == 0 ? Sound(files) : Copied($"SELECT * EXCLUDE (file) FROM {all} QUALIFY row_number() OVER (PARTITION BY id ORDER BY file DESC) = 1", "once");
        var kinds = _session.Rows($"SELECT count(*) FILTER ({UsageBills.IsBill}), count(*) FILTER ({UsageBills.IsUse}) FROM {rows}", row => (Bills: row.Whole(0)!.Value, Uses: row.Whole(1)!.Value))[0];
        return kinds is { Bills: > 0, Uses: > 0 } ? Copied(UsageBills.Joined(rows), "joined") : rows;
    }

    private string Copied(string select, string name)
    {
        var path = Path.Combine(_folder, $"{name}.parquet");
        _session.Run($"COPY ({select}) TO {Sql.Text(path)} (FORMAT parquet)");
        return $"read_parquet({Sql.Text(path)})";
    }

    private static string Sound(IReadOnlyList<string> files) => $"(SELECT * FROM read_parquet([{string.Join(", ", files.Select(Sql.Text))}]) WHERE fault = 0)";
}
