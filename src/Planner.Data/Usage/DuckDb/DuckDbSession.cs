using System.Runtime.InteropServices;
using System.Text;

namespace Planner.Data.Usage.DuckDb;

/// <summary>
/// An empty DuckDB in memory that may touch nothing but the paths it is opened with: no other file, no network, no extension, and no statement can change that.
/// One query at a time; <see cref="Interrupt"/> and <see cref="ProgressShare"/> may be called from other threads.
/// </summary>
internal sealed class DuckDbSession : IDisposable
{
    // Never disposed while a query runs: the lock is held by both.
    private readonly Lock _gate = new();
    private nint _database;
    private nint _connection;

    private DuckDbSession(nint database, nint connection)
    {
        _database = database;
        _connection = connection;
    }

    /// <summary>Opens one.</summary>
    /// <param name="settings">What it may touch and use.</param>
    /// <exception cref="DuckDbException">The library refuses the settings.</exception>
    internal static DuckDbSession Open(DuckDbSettings settings)
    {
        var connection = (nint)0;
        var database = OpenDatabase(settings);
        if (DuckDbNative.Connect(database, out connection) != DuckDbNative.State.Success)
        {
            DuckDbNative.Close(ref database);
            throw new DuckDbException("DuckDB gives no connection.");
        }

        var session = new DuckDbSession(database, connection);
        try
        {
            // In this order: what is allowed can be named only while access is open, and nothing can be changed once it is locked.
            session.Run($"SET allowed_paths = [{string.Join(", ", settings.Files.Select(Sql.Text))}]");
            session.Run($"SET allowed_directories = [{Sql.Text(settings.Folder)}]");
            session.Run("SET enable_external_access = false");
            session.Run("SET lock_configuration = true");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement whose rows do not matter.</summary>
    internal void Run(string sql) => Rows(sql, static _ => 0);

    /// <summary>Runs a query and reads its rows.</summary>
    /// <param name="sql">One statement; its columns are BIGINT, DOUBLE, VARCHAR or BOOLEAN.</param>
    /// <param name="read">Makes a value of a row; the row is gone after it.</param>
    /// <exception cref="DuckDbException">The statement failed; the message is the library's.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    internal IReadOnlyList<T> Rows<T>(string sql, Func<DuckDbRow, T> read)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_connection == 0, this);
            var state = DuckDbNative.Query(_connection, sql, out var result);
            try
            {
                if (state != DuckDbNative.State.Success)
                    throw FailureOf(Marshal.PtrToStringUTF8(DuckDbNative.ResultError(ref result)) ?? "DuckDB failed.");
                return ReadRows(ref result, read);
            }
            finally
            {
                DuckDbNative.DestroyResult(ref result);
            }
        }
    }

    /// <summary>A full disk is no fault of the file that is read.</summary>
    private static Exception FailureOf(string message) =>
        message.Contains("No space left", StringComparison.Ordinal) || message.Contains("not enough space", StringComparison.Ordinal) ? StorageFault.NoRoom(message) : new DuckDbException(message);

    /// <summary>Share of the running query that is done, 0 to 1; null where none runs or it is not known.</summary>
    internal double? ProgressShare => DuckDbNative.QueryProgress(_connection).Percentage is var percentage and >= 0 and <= 100 ? percentage / 100 : null;

    /// <summary>Ends the running query, which then fails.</summary>
    internal void Interrupt() => DuckDbNative.Interrupt(_connection);

    public void Dispose()
    {
        lock (_gate)
        {
            if (_connection != 0)
                DuckDbNative.Disconnect(ref _connection);
            if (_database != 0)
                DuckDbNative.Close(ref _database);
        }
    }

    private static nint OpenDatabase(DuckDbSettings settings)
    {
        if (DuckDbNative.CreateConfig(out var config) != DuckDbNative.State.Success)
            throw new DuckDbException("DuckDB gives no configuration.");
        try
        {
            foreach (var (name, value) in settings.Options)
            {
                if (DuckDbNative.SetConfig(config, name, value) != DuckDbNative.State.Success)
                    throw new DuckDbException($"DuckDB does not know the setting {name}.");
            }

            if (DuckDbNative.Open(null, out var database, config, out var error) == DuckDbNative.State.Success)
                return database;
            var message = Marshal.PtrToStringUTF8(error);
            DuckDbNative.Free(error);
            throw new DuckDbException(message ?? "DuckDB does not open.");
        }
        finally
        {
            DuckDbNative.DestroyConfig(ref config);
        }
    }

    private static List<T> ReadRows<T>(ref DuckDbNative.Result result, Func<DuckDbRow, T> read)
    {
        var types = new DuckDbNative.ColumnType[(int)DuckDbNative.ColumnCount(ref result)];
        for (var column = 0; column < types.Length; column++)
            types[column] = DuckDbNative.TypeOf(ref result, (ulong)column);
        var rows = new List<T>();
        for (var chunk = DuckDbNative.FetchChunk(result); chunk != 0; chunk = DuckDbNative.FetchChunk(result))
        {
            try
            {
                var view = new DuckDbRow(chunk, types);
                var size = (int)DuckDbNative.ChunkSize(chunk);
                for (view.Index = 0; view.Index < size; view.Index++)
                    rows.Add(read(view));
            }
            finally
            {
                DuckDbNative.DestroyChunk(ref chunk);
            }
        }

        return rows;
    }
}

/// <summary>A row of a result while it is read.</summary>
internal sealed unsafe class DuckDbRow : IUsageRow
{
    // Layout of duckdb_string_t: a length, then either 12 characters or 4 and the address of all.
    private const int InlineLength = 12;

    private readonly nint[] _vectors;
    private readonly DuckDbNative.ColumnType[] _types;

    internal DuckDbRow(nint chunk, DuckDbNative.ColumnType[] types)
    {
        _types = types;
        _vectors = [.. types.Select((_, column) => DuckDbNative.ChunkVector(chunk, (ulong)column))];
    }

    internal int Index { get; set; }

    /// <summary>A BIGINT; null for NULL.</summary>
    public long? Whole(int column) => Data(column, DuckDbNative.ColumnType.BigInt) is var data && data is null ? null : ((long*)data)[Index];

    /// <summary>A DOUBLE; null for NULL.</summary>
    public double? Number(int column) => Data(column, DuckDbNative.ColumnType.Double) is var data && data is null ? null : ((double*)data)[Index];

    /// <summary>A BOOLEAN; null for NULL.</summary>
    internal bool? Flag(int column) => Data(column, DuckDbNative.ColumnType.Boolean) is var data && data is null ? null : data[Index] != 0;

    /// <summary>A VARCHAR; null for NULL.</summary>
    public string? Text(int column)
    {
        var data = Data(column, DuckDbNative.ColumnType.Varchar);
        if (data is null)
            return null;
        var text = data + (Index * 16);
        var length = *(int*)text;
        return Encoding.UTF8.GetString(length <= InlineLength ? text + 4 : *(byte**)(text + 8), length);
    }

    private byte* Data(int column, DuckDbNative.ColumnType type)
    {
        if (_types[column] != type)
            throw new InvalidOperationException($"Column {column} is of type {_types[column]}, not {type}.");
        var validity = DuckDbNative.VectorValidity(_vectors[column]);
        return validity is not null && (validity[Index / 64] >> (Index % 64) & 1) == 0 ? null : DuckDbNative.VectorData(_vectors[column]);
    }
}

/// <summary>What DuckDB may touch and use.</summary>
/// <param name="Files">Files it may read, full paths.</param>
/// <param name="Folder">Folder in which it may read and write, and keep what does not fit into memory.</param>
/// <param name="MemoryMb">Memory it may take, MB.</param>
internal sealed record DuckDbSettings(IReadOnlyList<string> Files, string Folder, int MemoryMb)
{
    /// <summary>True where rows must come in the order of the file, which takes longer.</summary>
    internal bool KeepsOrder { get; init; }

    internal IEnumerable<KeyValuePair<string, string>> Options
    {
        get
        {
            yield return new("memory_limit", $"{MemoryMb}MB");
            yield return new("temp_directory", Folder);
            yield return new("autoinstall_known_extensions", "false");
            yield return new("autoload_known_extensions", "false");
            yield return new("preserve_insertion_order", KeepsOrder ? "true" : "false");
        }
    }
}

/// <summary>DuckDB could not do what was asked; the message is its own.</summary>
internal sealed class DuckDbException(string message) : Exception(message);
