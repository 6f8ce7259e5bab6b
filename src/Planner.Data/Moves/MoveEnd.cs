using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;

namespace Planner.Data.Moves;

/// <summary>The database that is moved, or the one that it is moved to. One transaction holds all that is read or written; disposed of without <see cref="CommitAsync"/>, a target is as it was.</summary>
internal abstract class MoveEnd : IAsyncDisposable
{
    /// <summary>What a person calls it.</summary>
    internal abstract string Name { get; }

    /// <summary>Makes the tables of a target, with nothing in them.</summary>
    internal abstract Task MakeTablesAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken);

    /// <summary>Why it cannot keep a value, as a part of a sentence; null where it can.</summary>
    internal abstract string? FaultOf(object value);

    /// <summary>Writes rows of <see cref="ReadAsync"/>.</summary>
    internal abstract Task WriteAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>The last number that a table gave by itself, to a row that may be gone; 0 where it gave none.</summary>
    internal abstract Task<long> LastNumberAsync(MovedTable table, CancellationToken cancellationToken);

    /// <summary>Has a table go on numbering after a number, so that none is given twice: a browser that was signed out may still tell the one of its session.</summary>
    internal abstract Task SetLastNumberAsync(MovedTable table, long number, CancellationToken cancellationToken);

    /// <summary>The keys that sign sessions and encrypt secrets, as the framework writes them but without line breaks.</summary>
    internal abstract Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>Adds keys to a target.</summary>
    internal abstract Task AddKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Makes what was written to a target last.</summary>
    internal abstract Task CommitAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>The rows of a table in the order of their keys, which is the same everywhere: texts are compared byte by byte.</summary>
    internal async IAsyncEnumerable<object?[]> ReadAsync(MovedTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT {table.ColumnList} FROM \"{table.Name}\" ORDER BY {table.KeyList}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader, table);
    }

    /// <summary>A statement made of names of the model.</summary>
    protected abstract DbCommand Command(string sql);

    /// <summary>A text of a row.</summary>
    protected abstract string ReadText(DbDataReader reader, int index);

    /// <summary>True where a value of a row is stored as its column says; otherwise it could be read as something that it is not.</summary>
    protected abstract bool IsStoredAs(Type type, DbDataReader reader, int index);

    protected async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is var value and not DBNull ? value : null;
    }

    protected async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Removes the rows that migrations make. A table without any is left alone: that of the audit log refuses even that.</summary>
    protected async Task EmptyAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables.Reverse())
        {
            if (await ScalarAsync($"SELECT 1 FROM \"{table.Name}\" LIMIT 1", cancellationToken) is not null)
                await ExecuteAsync($"DELETE FROM \"{table.Name}\"", cancellationToken);
        }
    }

    private object?[] Read(DbDataReader reader, MovedTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var index = 0; index < row.Length; index++)
        {
            var type = table.Columns[index].Type;
            try
            {
                row[index] = reader.IsDBNull(index) ? null : IsStoredAs(type, reader, index) ? Read(reader, index, type) : throw new InvalidCastException();
            }
            catch (Exception exception) when (exception is InvalidCastException or OverflowException or FormatException or DecoderFallbackException)
            {
                var named = table.Columns.Select((column, at) => table.Key.Contains(column.Name) ? reader.GetValue(at) : null).ToArray();
                throw new DatabaseRefusedException(Texts.MoveOdd.With(table.Name, table.Columns[index].Name, table.KeyOf(named), type.Name), exception);
            }
        }

        return row;
    }

    private object Read(DbDataReader reader, int index, Type type) =>
        type == typeof(string) ? ReadText(reader, index)
        : type == typeof(int) ? reader.GetInt32(index)
        : type == typeof(long) ? reader.GetInt64(index)
        : type == typeof(double) ? reader.GetDouble(index)
        : type == typeof(bool) ? reader.GetBoolean(index)
        : type == typeof(byte[]) ? reader.GetFieldValue<byte[]>(index)
        : type == typeof(DateOnly) ? reader.GetFieldValue<DateOnly>(index)
        : type == typeof(DateTime) ? ToMicrosecond(reader.GetDateTime(index))
        : throw new InvalidOperationException($"A {type} is not read.");

    /// <summary>What both kinds of databases keep of a time.</summary>
    private static DateTime ToMicrosecond(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
}
