using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Planner.Data.Sqlite;

/// <summary>Lets one connection at a time write to the file, whichever process it belongs to. Thread-safe.</summary>
/// <remarks>
/// SQLite before 3.51.3 can damage a file in WAL mode where two connections write and checkpoint at the same instant (https://sqlite.org/wal.html); it checkpoints within a commit, so one turn covers both. Readers never wait.
/// A turn belongs to a connection: from before its transaction, or its single statement, until that is over, whatever its outcome.
/// </remarks>
/// <param name="path">The database file.</param>
/// <param name="time">Tells how long others have been writing.</param>
internal sealed class OneWriter(string path, TimeProvider time) : IDbTransactionInterceptor, IDbCommandInterceptor, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _state = new();
    private FileStream? _file;
    private Guid? _writer;

    public void Dispose()
    {
        _file?.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        Take(eventData.ConnectionId);
        try
        {
            // Begun here, so that the turn is given back where that fails.
            return InterceptionResult<DbTransaction>.SuppressWithResult(connection.BeginTransaction(eventData.IsolationLevel));
        }
        catch
        {
            GiveBack(eventData.ConnectionId);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await TakeAsync(eventData.ConnectionId, cancellationToken);
        try
        {
            return InterceptionResult<DbTransaction>.SuppressWithResult(await connection.BeginTransactionAsync(eventData.IsolationLevel, cancellationToken));
        }
        catch
        {
            GiveBack(eventData.ConnectionId);
            throw;
        }
    }

    // Statements that stand alone: bulk updates and removals. Saves always have a transaction, see ReachingContexts.

    /// <inheritdoc/>
    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (command.Transaction is null)
            Take(eventData.ConnectionId);
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null)
            await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    /// <inheritdoc/>
    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        AfterStatement(command, eventData.ConnectionId);
        return result;
    }

    /// <inheritdoc/>
    public ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        AfterStatement(command, eventData.ConnectionId);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => AfterStatement(command, eventData.ConnectionId);

    /// <inheritdoc/>
    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        AfterStatement(command, eventData.ConnectionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void CommandCanceled(DbCommand command, CommandEndEventData eventData) => AfterStatement(command, eventData.ConnectionId);

    /// <inheritdoc/>
    public Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        AfterStatement(command, eventData.ConnectionId);
        return Task.CompletedTask;
    }

    private void AfterStatement(DbCommand command, Guid connection)
    {
        if (command.Transaction is null)
            GiveBack(connection);
    }

    private void Take(Guid connection)
    {
        var began = time.GetTimestamp();
        if (!_turn.Wait(Patience))
            throw Busy();
        while (!TryFile(connection, began))
            Thread.Sleep(Pause);
    }

    private async Task TakeAsync(Guid connection, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (!await _turn.WaitAsync(Patience, cancellationToken))
            throw Busy();
        while (!TryFile(connection, began))
        {
            try
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                _turn.Release();
                throw;
            }
        }
    }

    /// <summary>Keeps other processes out, such as an import from the command line.</summary>
    private bool TryFile(Guid connection, long began)
    {
        try
        {
            var file = PrivateFiles.Hold(path + ".writer");
            lock (_state)
                (_file, _writer) = (file, connection);
            Telemetry.WriteWaits.Record(time.GetElapsedTime(began).TotalSeconds);
            return true;
        }
        catch (IOException exception) when (File.Exists(path + ".writer") && StorageFault.Of(exception) is null)
        {
            if (time.GetElapsedTime(began) < Patience)
                return false;
            _turn.Release();
            throw Busy();
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Gives the turn of a connection back; nothing happens where it has none.</summary>
    internal void GiveBack(Guid connection)
    {
        lock (_state)
        {
            if (_writer != connection)
                return;
            _file!.Dispose();
            (_file, _writer) = (null, null);
        }

        _turn.Release();
    }

    private static DatabaseBusyException Busy() => new(Texts.DatabaseWritten.With(Patience.TotalSeconds));
}
