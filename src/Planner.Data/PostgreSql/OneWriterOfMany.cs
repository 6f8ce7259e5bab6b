using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Planner.Data.PostgreSql;

/// <summary>Lets one transaction at a time write to the database, whichever node it belongs to, as a file of SQLite does by itself. Readers never wait. Thread-safe.</summary>
/// <remarks>
/// Stores look, decide and write within a transaction, such as whether the last Admin may go. Without a turn, two nodes could each look before the other has written.
/// The turn is an advisory lock of the transaction: the server gives it back however that ends, and when the connection of a killed node breaks.
/// </remarks>
internal sealed class OneWriterOfMany : IDbTransactionInterceptor, IDbCommandInterceptor
{
    private const string TakeTurn = $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Writing})";

    /// <inheritdoc/>
    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        var began = Stopwatch.GetTimestamp();
        using var command = Turn(connection, result);
        try
        {
            command.ExecuteNonQuery();
            Telemetry.WriteWaits.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Busy(exception);
        }

        return result;
    }

    /// <inheritdoc/>
    public async ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        await using var command = Turn(connection, result);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
            Telemetry.WriteWaits.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Busy(exception);
        }

        return result;
    }

    /// <inheritdoc/>
    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        TakeFirst(command, eventData);
        return result;
    }

    /// <inheritdoc/>
    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        TakeFirst(command, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>A statement that stands alone takes its turn in the same message to the server, which makes one transaction of it.</summary>
    private static void TakeFirst(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null && eventData.CommandSource is (CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete))
        {
            // CA2100: the statement is the one that was to be run.
#pragma warning disable CA2100
            command.CommandText = $"{TakeTurn};\n{command.CommandText}";
#pragma warning restore CA2100
        }
    }

    private static DbCommand Turn(DbConnection connection, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{AdvisoryLocks.GiveUpOfTransaction}; SET LOCAL lock_timeout = '{AdvisoryLocks.PatienceSeconds}s'; {TakeTurn}";
        // The server's own wait ends first, with an error of its own.
        command.CommandTimeout = AdvisoryLocks.PatienceSeconds * 2;
        return command;
    }

    private static DatabaseBusyException Busy(Exception inner) => new(Texts.DatabaseWritten.With(AdvisoryLocks.PatienceSeconds), inner);
}
