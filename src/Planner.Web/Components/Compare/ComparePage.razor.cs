using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Web.Comparisons;

namespace Planner.Web.Components.Compare;

/// <summary>Up to six scenarios or versions side by side, as they were stored.</summary>
public sealed partial class ComparePage
{
    private const int MostListed = 200;

    private Comparison? _comparison;
    private CompareTable? _table;
    private IReadOnlyList<ScenarioSummary> _known = [];
    private int _older;

    [Inject]
    public required ComparisonDesk Desk { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private int Origin => Math.Clamp(State.Base, 0, Math.Max(0, (_comparison?.Scenarios.Count ?? 1) - 1));

    private IReadOnlyList<string> Names => [.. _comparison!.Scenarios.Select((scenario, i) => $"{i + 1} · {scenario.Name}, v{scenario.Version}")];

    protected override CompareState Read(Uri address) => CompareState.Read(address);

    protected override string Write(CompareState state) => state.Write();

    protected override async Task LoadAsync(CompareState state, CancellationToken cancellationToken)
    {
        var comparison = await Desk.CompareAsync(state.With, cancellationToken);
        var listed = await Scenarios.ListAsync(take: MostListed, cancellationToken: cancellationToken);
        (_known, _older) = (listed.Items, listed.Total - listed.Items.Count);
        _comparison = comparison;
        _table = comparison.Scenarios.Count == 0 ? null : CompareTable.Of(comparison.Scenarios, Origin, DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime));
    }

    private ScenarioPick Pick(int shown) => ScenarioPick.Read(State.With[_comparison!.Places[shown]])!;

    private Task ChangeAsync(int shown, Func<ScenarioPick, ScenarioPick> change)
    {
        var with = State.With.ToList();
        with[_comparison!.Places[shown]] = change(Pick(shown)).ToString();
        return GoAsync(State with { With = with });
    }

    private Task RemoveAsync(int shown)
    {
        // The base stays the base where it is another one; what could not be shown goes with the first change.
        var with = _comparison!.Places.Where((_, i) => i != shown).Select(place => State.With[place]).ToList();
        return GoAsync(State with { With = with, Base = Origin > shown ? Origin - 1 : Origin == shown ? 0 : Origin });
    }

    /// <summary>Another version of a scenario that is there already, the latest that is not; otherwise the current one.</summary>
    private Task AddAsync(string id)
    {
        var shown = _comparison!.Scenarios.Where(scenario => scenario.Id == id).ToList();
        var version = shown is [{ CurrentVersion: var current }, ..]
            ? Enumerable.Range(0, current).Select(back => (int?)(current - back)).FirstOrDefault(number => shown.All(scenario => scenario.Version != number))
            : null;
        return GoAsync(State with { With = [.. _comparison.Places.Select(place => State.With[place]), new ScenarioPick(id, version).ToString()] });
    }
}
