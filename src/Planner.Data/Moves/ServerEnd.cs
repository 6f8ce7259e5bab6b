using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using NpgsqlTypes;
using Planner.Data.PostgreSql;

namespace Planner.Data.Moves;

/// <summary>A database of a PostgreSQL server. Its tables, too, are made in the one transaction.</summary>
internal sealed class ServerEnd : MoveEnd
{
    private const string Others = """
        SELECT string_agg(DISTINCT coalesce(nullif(application_name, ''), '?'), ', ') FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        """;

    // What a server needs to see that a process that was ended just now is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly DatabaseSettings _database;
    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private ServerEnd(DatabaseSettings database)
    {
        _database = database;
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
    }

    /// <inheritdoc/>
    internal override string Name => _database.Name;

    /// <summary>Opens a database to be read, and keeps nodes from starting on it.</summary>
    /// <exception cref="DatabaseRefusedException">It is of another version or program, or somebody is connected to it.</exception>
    internal static Task<ServerEnd> OpenSourceAsync(DatabaseSettings database, CancellationToken cancellationToken) => OpenAsync(database, async end =>
    {
        await end.CheckAloneAsync(cancellationToken);
        end._transaction = await end._connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await end.ScalarAsync("""SELECT to_regclass('"__EFMigrationsHistory"')::text""", cancellationToken) is null)
            throw new DatabaseRefusedException(Texts.MoveServerForeign.With(database.Name));
        var applied = new List<string>();
        await using (var command = end.Command("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                applied.Add(reader.GetString(0));
        }

        StoreMove.CheckVersion(database.Name, database.KnownMigrations(), applied);
    }, cancellationToken);

    /// <summary>Opens an empty database, and keeps nodes from starting on it.</summary>
    /// <exception cref="DatabaseRefusedException">It has tables.</exception>
    internal static Task<ServerEnd> OpenTargetAsync(DatabaseSettings database, CancellationToken cancellationToken) => OpenAsync(database, async end =>
    {
        if (await end.ScalarAsync("SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1", cancellationToken) is not null)
            throw new DatabaseRefusedException(Texts.MoveServerFilled.With(database.Name));
        end._transaction = await end._connection.BeginTransactionAsync(cancellationToken);
    }, cancellationToken);

    /// <inheritdoc/>
    internal override async Task MakeTablesAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        await using var context = PlannerDbContext.AtDesignTime(_database);
        await ExecuteAsync(context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions), cancellationToken);
        await EmptyAsync(tables, cancellationToken);
    }

    /// <inheritdoc/>
    internal override string? FaultOf(object value) => value is string text && text.Contains('\0', StringComparison.Ordinal) ? Texts.MoveZeroCharacter : null;

    /// <inheritdoc/>
    internal override async Task WriteAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var types = table.Columns.Select(column => TypeOf(column.Type)).ToList();
        await using var importer = await _connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        importer.Timeout = Timeout.InfiniteTimeSpan;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await importer.StartRowAsync(cancellationToken);
            for (var index = 0; index < row.Length; index++)
                await (row[index] is { } value ? importer.WriteAsync(value, types[index], cancellationToken) : importer.WriteNullAsync(cancellationToken));
        }

        await importer.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    internal override async Task<long> LastNumberAsync(MovedTable table, CancellationToken cancellationToken)
    {
        var sequence = (string)(await ScalarAsync($"SELECT pg_get_serial_sequence('\"{table.Name}\"', '{table.Counter}')", cancellationToken))!;
        return (long)(await ScalarAsync($"SELECT greatest((SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}), (SELECT coalesce(max(\"{table.Counter}\"), 0) FROM \"{table.Name}\"))", cancellationToken))!;
    }

    /// <inheritdoc/>
    internal override async Task SetLastNumberAsync(MovedTable table, long number, CancellationToken cancellationToken) => await ScalarAsync(
        string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('\"{table.Name}\"', '{table.Counter}'), {Math.Max(number, 1)}, {(number > 0 ? "true" : "false")})"), cancellationToken);

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("""SELECT "Xml" FROM "Keys" ORDER BY "Id" """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            keys.Add(reader.GetString(0));
        return keys;
    }

    /// <inheritdoc/>
    internal override async Task AddKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            await using var command = (NpgsqlCommand)Command("""INSERT INTO "Keys" ("Xml") VALUES ($1)""");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        // A server plans badly for tables that it has not looked at.
        await ExecuteAsync("ANALYZE", cancellationToken);
        // Whoever ends it now would not know how it ended.
        await _transaction!.CommitAsync(CancellationToken.None);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override DbCommand Command(string sql)
    {
        // CA2100: made of names of the model.
#pragma warning disable CA2100
        return new NpgsqlCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
    }

    /// <inheritdoc/>
    protected override string ReadText(DbDataReader reader, int index) => reader.GetString(index);

    /// <summary>A server stores nothing else.</summary>
    protected override bool IsStoredAs(Type type, DbDataReader reader, int index) => true;

    private static async Task<ServerEnd> OpenAsync(DatabaseSettings database, Func<ServerEnd, Task> prepare, CancellationToken cancellationToken)
    {
        var end = new ServerEnd(database);
        try
        {
            await end._connection.OpenAsync(cancellationToken);
            if (!await WaitAsync(async () => await end.ScalarAsync($"SELECT pg_try_advisory_lock({AdvisoryLocks.Starting})", cancellationToken) is true, cancellationToken))
                throw new DatabaseRefusedException(Texts.RestoreInUse.With(database.Name));
            await prepare(end);
            return end;
        }
        catch
        {
            await end.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node that runs always has a connection; of other roles nothing is known.</summary>
    private async Task CheckAloneAsync(CancellationToken cancellationToken)
    {
        object? others = null;
        if (!await WaitAsync(async () => (others = await ScalarAsync(Others, cancellationToken)) is null, cancellationToken))
            throw new DatabaseRefusedException(Texts.MoveConnected.With(Name, others));
    }

    /// <summary>Looks until something holds, or for as long as that may take.</summary>
    private static async Task<bool> WaitAsync(Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(100, cancellationToken))
        {
            if (await holds())
                return true;
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                return false;
        }
    }

    private static NpgsqlDbType TypeOf(Type type) =>
        type == typeof(string) ? NpgsqlDbType.Text
        : type == typeof(int) ? NpgsqlDbType.Integer
        : type == typeof(long) ? NpgsqlDbType.Bigint
        : type == typeof(double) ? NpgsqlDbType.Double
        : type == typeof(bool) ? NpgsqlDbType.Boolean
        : type == typeof(byte[]) ? NpgsqlDbType.Bytea
        : type == typeof(DateOnly) ? NpgsqlDbType.Date
        : type == typeof(DateTime) ? NpgsqlDbType.TimestampTz
        : throw new InvalidOperationException($"A {type} is not written.");
}
