using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Components.Scenarios;

/// <summary>Simulates a scenario away from the page's thread, once its edits pause. What was found stays until something newer is.</summary>
/// <param name="clock">Tells the pauses.</param>
/// <param name="changed">Called when there is something new to show.</param>
public sealed class RiskRun(TimeProvider clock, Func<Task> changed) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(150);

    private CancellationTokenSource? _running;
    private (Scenario Scenario, CatalogSnapshot Catalog)? _asked;

    /// <summary>What is known so far.</summary>
    public RiskState State { get; private set; } = Nothing;

    private static RiskState Nothing => new(null, false);

    /// <summary>Asks for a scenario without faults; nothing happens where that has been asked for already.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="answer">Its answer.</param>
    public Task AskAsync(Scenario scenario, CatalogSnapshot catalog, AnswerModel answer)
    {
        if (_asked is { } asked && ReferenceEquals(asked.Scenario, scenario) && ReferenceEquals(asked.Catalog, catalog))
        {
            return Task.CompletedTask;
        }

        var isFirst = _asked is null;
        _asked = (scenario, catalog);
        Cancel();
        _running = new CancellationTokenSource();
        return RunAsync(scenario, catalog, answer, isFirst ? TimeSpan.Zero : Pause, _running.Token);
    }

    /// <summary>Forgets what was found: another scenario is open.</summary>
    public void Forget()
    {
        Cancel();
        (_asked, State) = (null, Nothing);
    }

    public void Dispose() => Cancel();

    private async Task RunAsync(Scenario scenario, CatalogSnapshot catalog, AnswerModel answer, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, clock, cancellationToken);
            var work = Task.Run(() => RiskView.From(scenario, Engine.Simulate(scenario, catalog, cancellationToken), answer), cancellationToken);
            if (await Task.WhenAny(work, Task.Delay(Unnoticed, clock, cancellationToken)) != work)
            {
                cancellationToken.ThrowIfCancellationRequested();
                State = State with { IsRunning = true };
                await changed();
            }

            var view = await work;
            cancellationToken.ThrowIfCancellationRequested();
            State = new RiskState(view, false);
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
