using System.Data;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;
using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>LiteLLM's spend logs, counted by the PostgreSQL that holds them, in one transaction that may only read and sees one state.</summary>
internal sealed class PostgresUsage : IUsageDatabaseSession
{
    private const string Table = "LiteLLM_SpendLogs";
    private const int ConnectSeconds = 15;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly TimeSpan _timeout;
    private readonly UsageSpan _span;

    private PostgresUsage(NpgsqlConnection connection, NpgsqlTransaction transaction, TimeSpan timeout, UsageSpan span, string requests)
    {
        _connection = connection;
        _transaction = transaction;
        _timeout = timeout;
        _span = span;
        var faulty = UsageRequests.IsFaulty(span.Now);
        Source = $"(SELECT * FROM {requests} WHERE NOT {faulty}) AS usage";
        LeftOutSql = $"SELECT {Dialect.Whole("count(*)")} FROM {requests} WHERE {faulty}";
    }

    public UsageDialect Dialect => PostgresDialect.Instance;

    public string Source { get; }

    public string LeftOutSql { get; }

    /// <summary>Connects and finds the table.</summary>
    /// <exception cref="UsageRefusedException">It cannot; the message names neither the server nor the account.</exception>
    internal static async Task<PostgresUsage> OpenAsync(UsageDatabaseSettings settings, UsageSpan span, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionStringOf(settings));
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            // Where a pooler dropped the options of the connection, these hold all the same.
            await using var limits = new NpgsqlCommand($"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {(long)settings.Timeout.TotalMilliseconds}; SET LOCAL TimeZone = 'UTC'", connection, transaction);
            await limits.ExecuteNonQueryAsync(cancellationToken);
            var name = settings.Schema is { } schema ? $"{Sql.Name(schema)}.{Sql.Name(Table)}" : Sql.Name(Table);
            var columns = await ColumnsAsync(connection, name, cancellationToken);
            return new PostgresUsage(connection, transaction, settings.Timeout, span, LiteLlmTable.Requests(name, columns));
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            if (Refusal(exception, settings.Timeout, cancellationToken) is { } refusal)
                throw refusal;
            throw;
        }
    }

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<IUsageRow, T> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = CommandSeconds(_timeout) };
            // A column with a zone is compared in UTC too, since that is the session's zone.
            command.Parameters.Add(new NpgsqlParameter { Value = Unzoned(_span.From), NpgsqlDbType = NpgsqlDbType.Timestamp });
            command.Parameters.Add(new NpgsqlParameter { Value = Unzoned(_span.To), NpgsqlDbType = NpgsqlDbType.Timestamp });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var row = new Row(reader);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (rows.Count == UsageRequests.MostRows)
                    throw UsageRequests.TooMany();
                rows.Add(read(row));
            }

            return rows;
        }
        catch (Exception exception) when (Refusal(exception, _timeout, cancellationToken) is { } refusal)
        {
            throw refusal;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static string ConnectionStringOf(UsageDatabaseSettings settings)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
            {
                ApplicationName = "Planner",
                // Measurements are rare; nothing stays open between them.
                Pooling = false,
                CommandTimeout = CommandSeconds(settings.Timeout),
                IncludeErrorDetail = false,
            };
            builder.Timeout = Math.Clamp(builder.Timeout, 1, ConnectSeconds);
            builder.Options = $"{builder.Options} -c default_transaction_read_only=on -c statement_timeout={(long)settings.Timeout.TotalMilliseconds}".TrimStart();
            if (settings.User is { } user)
                builder.Username = user;
            if (settings.ReadPassword() is { } password)
                builder.Password = password;
            return builder.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            // Its message may quote the connection string.
            throw new UsageRefusedException(UsageTexts.DatabaseConnectionStringBad);
        }
    }

    /// <summary>The columns of the table that the account may read, with their types: one that it may not read counts as one that is not there.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ColumnsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT CAST(attname AS text), CAST(CAST(atttypid AS regtype) AS text), has_column_privilege(attrelid, attnum, 'SELECT') FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!reader.HasRows)
            throw new UsageRefusedException(UsageTexts.DatabaseNoTable.With(Table));
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetBoolean(2))
                columns.Add(reader.GetString(0), reader.GetString(1));
        }

        return columns.Count > 0 ? columns : throw new UsageRefusedException(UsageTexts.DatabaseNoRight.With(Table));
    }

    // The server ends a statement in time by itself; this is for one that does not answer any more.
    private static int CommandSeconds(TimeSpan timeout) => (int)timeout.TotalSeconds + ConnectSeconds;

    private static DateTime Unzoned(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);

    /// <summary>What went wrong, for the user; null for a fault of our own, or where the user ended it.</summary>
    private static UsageRefusedException? Refusal(Exception exception, TimeSpan timeout, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested ? null : exception switch
    {
        PostgresException refused => new UsageRefusedException(refused.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => UsageTexts.DatabaseLoginRefused,
            PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName => UsageTexts.DatabaseUnknown,
            PostgresErrorCodes.UndefinedTable => UsageTexts.DatabaseNoTable.With(Table),
            PostgresErrorCodes.InsufficientPrivilege => UsageTexts.DatabaseNoRight.With(Table),
            PostgresErrorCodes.QueryCanceled => UsageTexts.DatabaseTimedOut.With(timeout.TotalSeconds),
            PostgresErrorCodes.ReadOnlySqlTransaction => UsageTexts.DatabaseWouldWrite,
            PostgresErrorCodes.TooManyConnections => UsageTexts.DatabaseBusy,
            var state => UsageTexts.DatabaseRefused.With(state),
        }),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => new UsageRefusedException(UsageTexts.DatabaseSilent),
        NpgsqlException { InnerException: SocketException socket } => new UsageRefusedException(UsageTexts.DatabaseUnreachable.With(socket.SocketErrorCode)),
        SocketException socket => new UsageRefusedException(UsageTexts.DatabaseUnreachable.With(socket.SocketErrorCode)),
        NpgsqlException => new UsageRefusedException(UsageTexts.DatabaseBroken),
        _ => null,
    };

    private sealed class Row(NpgsqlDataReader reader) : IUsageRow
    {
        public long? Whole(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

        public double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
