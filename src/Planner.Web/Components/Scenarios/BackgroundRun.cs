using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Hosting;

namespace Planner.Web.Components.Scenarios;

/// <summary>What a run has found.</summary>
/// <param name="View">What the last run found; null where none has ended yet.</param>
/// <param name="IsRunning">True once one has run for long enough to be noticed.</param>
public sealed record RunState<T>(T? View, bool IsRunning)
    where T : class;

/// <summary>Works something out about a scenario away from the page's thread, once its edits pause. What was found stays until something newer is.</summary>
/// <param name="clock">Tells the pauses.</param>
/// <param name="changed">Called when there is something new to show.</param>
public sealed class BackgroundRun<T>(TimeProvider clock, Func<Task> changed) : IDisposable
    where T : class
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(150);

    private CancellationTokenSource? _running;
    private (Scenario Scenario, CatalogSnapshot Catalog, object? Question)? _asked;

    /// <summary>What is known so far.</summary>
    public RunState<T> State { get; private set; } = Nothing;

    private static RunState<T> Nothing => new(null, false);

    /// <summary>Asks about a scenario without faults; nothing happens where that has been asked already.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="question">What is asked about it, told apart by equality; null where only one thing is.</param>
    /// <param name="work">Finds it; pure.</param>
    public Task AskAsync(Scenario scenario, CatalogSnapshot catalog, object? question, Func<CancellationToken, T> work) =>
        AskAsync(scenario, catalog, question, left => SpareProcessors.RunAsync(work, left));

    /// <summary>Asks about a scenario without faults; nothing happens where that has been asked already.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="question">What is asked about it, told apart by equality; null where only one thing is.</param>
    /// <param name="work">Finds it away from the page's thread; pure.</param>
    public Task AskAsync(Scenario scenario, CatalogSnapshot catalog, object? question, Func<CancellationToken, Task<T>> work)
    {
        var isSame = _asked is { } asked && ReferenceEquals(asked.Scenario, scenario) && ReferenceEquals(asked.Catalog, catalog);
        if (isSame && Equals(_asked!.Value.Question, question))
        {
            return Task.CompletedTask;
        }

        // Only edits come in quick succession.
        var pause = isSame || _asked is null ? TimeSpan.Zero : Pause;
        _asked = (scenario, catalog, question);
        Cancel();
        _running = new CancellationTokenSource();
        return RunAsync(work, pause, _running.Token);
    }

    public void Dispose() => Cancel();

    private async Task RunAsync(Func<CancellationToken, Task<T>> find, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
            var work = find(cancellationToken);
            if (await Task.WhenAny(work, Task.Delay(Unnoticed, clock, cancellationToken)) != work)
            {
                cancellationToken.ThrowIfCancellationRequested();
                State = State with { IsRunning = true };
                await changed();
            }

            var view = await work;
            cancellationToken.ThrowIfCancellationRequested();
            State = new RunState<T>(view, false);
            await changed();
        }
        catch (OperationCanceledException)
        {
            // A later edit asks again, or nobody looks any more.
        }
    }

    private void Cancel()
    {
        _running?.Cancel();
        _running?.Dispose();
        _running = null;
    }
}
