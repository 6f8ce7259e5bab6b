using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>A search that a page asks for: its constraints, how far it is, what it found. What was found stays until a newer search has found something.</summary>
/// <param name="catalog">The catalog that is searched.</param>
/// <param name="own">The rows that the scenario names, which are taken as it has them, since its cards have their prices; and a number that is another one once it has other prices.</param>
/// <param name="clock">Tells how often progress is shown.</param>
/// <param name="changed">Called when there is something new to show.</param>
public sealed class PlanRun(CatalogStore catalog, Func<(CatalogSnapshot Rows, int Prices)> own, TimeProvider clock, Func<Task> changed) : IDisposable, IProgress<SearchProgress>
{
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource? _running;
    private long _shown;
    private int _prices;

    /// <summary>What plans must keep to.</summary>
    public SearchConstraints? Constraints { get; set; }

    /// <summary>What the search begins with; null until somebody asked.</summary>
    public PlanStart? Start { get; private set; }

    /// <summary>True where each task of the workload is to get a plan of its own.</summary>
    public bool EachTask { get; set; }

    /// <summary>The rows to choose from; null until they were read.</summary>
    public CatalogSnapshot? Catalog { get; private set; }

    /// <summary>How far the search is; null while none runs.</summary>
    public SearchProgress? Progress { get; private set; }

    /// <summary>What was found last; null where nothing was asked or the last search was given up before any had ended.</summary>
    public SearchResult? Found { get; private set; }

    /// <summary>What was found last for tasks, where that is what was asked last; null otherwise.</summary>
    public PortfolioFound? Portfolio { get; private set; }

    /// <summary>What it was found for; null where nothing was.</summary>
    public PlanQuestion? Asked { get; private set; }

    /// <summary>Why it could not be searched.</summary>
    public IReadOnlyList<Problem> Faults { get; private set; } = [];

    public bool IsRunning => Progress is not null;

    /// <summary>Reads what there is to choose from.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken) => Catalog ??= await RowsAsync(cancellationToken);

    /// <summary>Begins with what suits a scenario, unless it was begun already.</summary>
    public SearchConstraints Begin(Scenario scenario)
    {
        Start ??= PlanStart.Of(scenario, Catalog!);
        return Constraints ??= Start.Constraints;
    }

    /// <summary>True where what was found is what a search of a scenario would be asked for now.</summary>
    public bool IsAnswerTo(Scenario scenario) => _prices == own().Prices && Asked?.IsSame(PlanQuestion.Of(scenario, Constraints ?? new SearchConstraints(), EachTask)) == true;

    /// <summary>Searches anew, with the catalog as it is now.</summary>
    public async Task StartAsync(Scenario scenario)
    {
        Cancel();
        var running = _running = new CancellationTokenSource();
        var cancelled = running.Token;
        var constraints = Constraints ?? new SearchConstraints();
        var question = PlanQuestion.Of(scenario, constraints, EachTask);
        var (tasks, prices) = (question.Tasks, own().Prices);
        Progress = new SearchProgress(0, 0, 0, null);
        try
        {
            var rows = Catalog = await RowsAsync(cancelled);
            Faults = tasks is null ? SearchRules.Check(scenario, constraints, rows) : TaskSearch.Check(scenario, constraints, tasks, rows);
            if (Faults.Count == 0)
            {
                if (tasks is null)
                {
                    var found = await Task.Run(() => Telemetry.Time(Telemetry.Searches, () => PlanSearch.Run(scenario, constraints, rows, this, cancelled)), cancelled);
                    (Found, Portfolio, Asked, _prices) = (found, null, question, prices);
                }
                else
                {
                    var found = await Task.Run(() => Telemetry.Time(Telemetry.Searches, () => TaskSearch.Run(scenario, constraints, tasks, rows, this, cancelled)), cancelled);
                    (Found, Portfolio, Asked, _prices) = (null, new PortfolioFound(tasks, found), question, prices);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Given up, or another one was asked for: what was found before stays.
        }

        finally
        {
            if (_running == running)
            {
                Progress = null;
                await changed();
            }
        }
    }

    private async Task<CatalogSnapshot> RowsAsync(CancellationToken cancellationToken) => own().Rows.Over(await catalog.WholeAsync(cancellationToken));

    /// <summary>Gives a search up; what was found before stays.</summary>
    public void Cancel()
    {
        _running?.Cancel();
        _running?.Dispose();
        _running = null;
        Progress = null;
    }

    void IProgress<SearchProgress>.Report(SearchProgress value)
    {
        // A search that was given up may still tell of a step.
        if (_running is not { IsCancellationRequested: false } || Progress is null)
        {
            return;
        }

        Progress = value with { Share = value.Share ?? Progress.Share };
        if (clock.GetElapsedTime(_shown) >= BetweenSteps)
        {
            _shown = clock.GetTimestamp();
            _ = changed();
        }
    }

    public void Dispose() => Cancel();
}
