namespace Planner.Web.Hosting;

/// <summary>Half of the processors, for what scenario pages ask that takes longer than an edit may. Each question waits for a turn, so that edits of all readers are answered meanwhile. Work must not ask for another turn: it would wait for itself.</summary>
public static class SpareProcessors
{
    // The processors are the process's, whoever asks.
    private static readonly SemaphoreSlim Turns = new(Count);

    /// <summary>How many work at the same time at most.</summary>
    public static int Count => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Works something out when there is a turn; who asked first has it first.</summary>
    /// <param name="work">Finds it; pure.</param>
    /// <param name="cancellationToken">Ends the wait and the work.</param>
    /// <exception cref="OperationCanceledException">Nobody asks any more.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => work(cancellationToken), cancellationToken);
        }
        finally
        {
            Turns.Release();
        }
    }
}
