using System.Runtime.InteropServices;

namespace Planner.Data.Usage.DuckDb;

/// <summary>The part of DuckDB's C API that Planner calls; names and layouts are those of its header <c>duckdb.h</c> 1.5.</summary>
internal static partial class DuckDbNative
{
    private const string Library = "duckdb";

    /// <summary>False where the library has no build for this machine.</summary>
    internal static bool IsThere { get; } = NativeLibrary.TryLoad(Library, typeof(DuckDbNative).Assembly, null, out _);

    [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
    internal static partial State CreateConfig(out nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State SetConfig(nint config, string name, string option);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
    internal static partial void DestroyConfig(ref nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State Open(string? path, out nint database, nint config, out nint error);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    internal static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    internal static partial State Connect(nint database, out nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    internal static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
    internal static partial void Interrupt(nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query_progress")]
    internal static partial Progress QueryProgress(nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State Query(nint connection, string sql, out Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    internal static partial void DestroyResult(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    internal static partial nint ResultError(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    internal static partial ulong ColumnCount(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_type")]
    internal static partial ColumnType TypeOf(ref Result result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    internal static partial nint FetchChunk(Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    internal static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    internal static partial ulong ChunkSize(nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    internal static partial nint ChunkVector(nint chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    internal static unsafe partial byte* VectorData(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    internal static unsafe partial ulong* VectorValidity(nint vector);

    /// <summary><c>duckdb_state</c>.</summary>
    internal enum State
    {
        Success,
        Error,
    }

    /// <summary>Those values of <c>duckdb_type</c> that queries of Planner give: every one casts its columns to one of them.</summary>
    internal enum ColumnType
    {
        Boolean = 1,
        BigInt = 5,
        Double = 11,
        Varchar = 17,
    }

    /// <summary><c>duckdb_query_progress_type</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Progress
    {
        internal double Percentage;
        internal ulong RowsProcessed;
        internal ulong TotalRows;
    }

    /// <summary><c>duckdb_result</c>; its members are private to the library.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        private readonly nint _columnCount;
        private readonly nint _rowCount;
        private readonly nint _rowsChanged;
        private readonly nint _columns;
        private readonly nint _errorMessage;
        private readonly nint _internalData;
    }
}
