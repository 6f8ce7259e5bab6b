using System.Net.Sockets;
using Npgsql;

namespace Planner.Data.PostgreSql;

/// <summary>What a server tells of its database.</summary>
/// <param name="Name">Its host, port and database.</param>
/// <param name="Version">Of the server, such as <c>15.14</c>.</param>
/// <param name="Bytes">What the database takes there.</param>
public sealed record ServerFacts(string Name, string Version, long Bytes);

/// <summary>How a database of a server fares.</summary>
internal static class ServerState
{
    internal static async Task<ServerFacts> AskAsync(DatabaseSettings database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAloneAsync(DatabaseState.PatienceSeconds, cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return new ServerFacts(database.Name, connection.PostgreSqlVersion.ToString(), (long)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Finds out whether the database can be written, and then what else may be wrong.</summary>
    internal static async Task<(string Reason, bool MayPass)?> FaultAsync(
        DatabaseSettings database, Func<CancellationToken, Task<(string Reason, bool MayPass)?>> otherwise, CancellationToken cancellationToken)
    {
        try
        {
            // A connection of its own: whether the pool has a free one says nothing of the server.
            await using (var connection = await database.OpenAloneAsync(DatabaseState.PatienceSeconds, cancellationToken))
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                // The turn of a writer, given back without anything having been written.
                await using var turn = new NpgsqlCommand($"SET LOCAL lock_timeout = '{DatabaseState.PatienceSeconds}s'; SELECT pg_advisory_xact_lock({AdvisoryLocks.Writing})", connection, transaction);
                await turn.ExecuteNonQueryAsync(cancellationToken);
                await using var reads = new NpgsqlCommand("SHOW transaction_read_only", connection, transaction);
                if ((string?)await reads.ExecuteScalarAsync(cancellationToken) == "on")
                    return (Texts.DatabaseReadOnly, false);
            }

            return await otherwise(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return (Texts.DatabaseHeld.With(DatabaseState.PatienceSeconds), true);
        }
        catch (PostgresException exception)
        {
            // Not its message, which may name accounts.
            return (Texts.DatabaseServerRefuses.With(exception.SqlState), false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or SocketException)
        {
            return (Texts.DatabaseServerAway, false);
        }
    }
}
