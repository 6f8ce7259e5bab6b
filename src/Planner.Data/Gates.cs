using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Planner.Data.PostgreSql;

namespace Planner.Data;

/// <summary>
/// Lets one run of a feed, of a report schedule or of the webhook at a time pass, whichever node it is on. Between nodes the gate is a lock of a session on the server, which a killed node gives back with
/// its connection. Thread-safe.
/// </summary>
public sealed class Gates(DatabaseSettings database)
{
    // No feed has an empty id.
    private const string Catalog = "";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>The gate of whoever tells the webhook. No feed has such an id.</summary>
    public const string Webhook = "/webhook";

    /// <summary>The gate of a report schedule.</summary>
    public static string OfReport(long schedule) => string.Create(CultureInfo.InvariantCulture, $"/reports/{schedule}");

    /// <summary>Passes a gate, once the run before is over.</summary>
    /// <param name="name">The id of a feed, or one of the names here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Opens the gate again.</returns>
    public async Task<IAsyncDisposable> EnterAsync(string name, CancellationToken cancellationToken = default) => (await EnterAsync(name, Timeout.InfiniteTimeSpan, cancellationToken))!;

    /// <summary>Passes the gate of the whole catalog: what a file was compared with must still stand when it is published.</summary>
    internal Task<IAsyncDisposable> EnterCatalogAsync(CancellationToken cancellationToken) => EnterAsync(Catalog, cancellationToken);

    /// <summary>Passes a gate where nobody else has.</summary>
    /// <param name="name">The id of a feed, or one of the names here.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    /// <returns>Opens the gate again; null where a run is under way.</returns>
    public Task<IAsyncDisposable?> TryEnterAsync(string name, CancellationToken cancellationToken = default) => EnterAsync(name, TimeSpan.Zero, cancellationToken);

    private async Task<IAsyncDisposable?> EnterAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1));
        if (!await gate.WaitAsync(patience, cancellationToken))
            return null;
        NpgsqlConnection? session = null;
        try
        {
            if (database.Provider == DatabaseProvider.PostgreSql && (session = await LockAsync(name, patience, cancellationToken)) is null)
            {
                gate.Release();
                return null;
            }

            return new Passed(gate, session);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async Task<NpgsqlConnection?> LockAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Not pooled: the lock ends with the connection.
        var session = await database.OpenAloneAsync(null, cancellationToken);
        try
        {
            await using var command = session.CreateCommand();
            command.CommandText = AdvisoryLocks.GiveUpOfSession;
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = patience == TimeSpan.Zero
                ? $"SELECT pg_try_advisory_lock({AdvisoryLocks.Gates}, hashtext(@name))"
                : $"SELECT true FROM (SELECT pg_advisory_lock({AdvisoryLocks.Gates}, hashtext(@name))) AS taken";
            // Another node's run may take minutes.
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("name", name);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }

    private sealed class Passed(SemaphoreSlim gate, NpgsqlConnection? session) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                if (session is not null)
                    await UnlockAsync(session);
            }
            finally
            {
                gate.Release();
            }
        }

        private static async Task UnlockAsync(NpgsqlConnection session)
        {
            await using var _ = session;
            try
            {
                // The server notices a moment later that a connection was closed.
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", session);
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // The connection is gone, and the lock with it. One that was known to be says so by an InvalidOperationException.
            }
        }
    }
}
