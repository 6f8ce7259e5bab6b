namespace Planner.Web.Hosting;

/// <summary>Lets so much work be done at the same time; who asked first has the first turn. Work must not ask for another turn: it would wait for itself. Thread-safe.</summary>
/// <param name="count">How much at the same time, at least 1.</param>
internal sealed class Turns(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);

    /// <summary>Works something out when there is a turn.</summary>
    /// <param name="work">Finds it; pure.</param>
    /// <param name="cancellationToken">Ends the wait and the work.</param>
    /// <exception cref="OperationCanceledException">Nobody asks any more.</exception>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => work(cancellationToken), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
