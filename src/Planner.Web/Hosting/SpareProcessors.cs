namespace Planner.Web.Hosting;

/// <summary>Half of the processors, for what scenario pages ask that takes longer than an edit may. Each question waits for a turn, so that edits of all readers are answered meanwhile.</summary>
public static class SpareProcessors
{
    // The processors are the process's, whoever asks.
    private static readonly Turns Pages = new(Count);

    /// <summary>How many work at the same time at most.</summary>
    public static int Count => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Works something out when there is a turn; see <see cref="Turns"/>.</summary>
    public static Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Pages.RunAsync(work, cancellationToken);
}
