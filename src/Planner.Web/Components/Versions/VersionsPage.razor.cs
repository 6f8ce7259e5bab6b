using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Versions;

/// <summary>The history of a scenario: its versions, how two of them differ, and one of them brought back.</summary>
public sealed partial class VersionsPage
{
    private const int Size = 20;

    private Page<VersionRow>? _page;
    private VersionDiff? _diff;
    private string? _missing;
    private string _name = "";
    private int _current;
    private int _from;
    private int _to;
    private bool _restoring;

    /// <summary>The scenario.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    private int LastPage => Pager.LastOf(_page?.Total ?? 0, Size);

    protected override VersionsState Read(Uri address) => VersionsState.Read(address);

    protected override string Write(VersionsState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Write(Id);
    }

    protected override async Task LoadAsync(VersionsState state, CancellationToken cancellationToken)
    {
        if (await Scenarios.CurrentVersionAsync(Id, cancellationToken) is not { } current)
        {
            Navigation.NotFound();
            return;
        }

        var page = await Scenarios.VersionsAsync(Id, VersionRow.Of, (state.Page - 1) * Size, Size, cancellationToken);
        if (page.Items.Count == 0 && page.Total > 0)
        {
            await GoAsync(state with { Page = Pager.LastOf(page.Total, Size) }, replace: true);
            return;
        }

        var to = state.To ?? current;
        var from = state.From ?? Math.Max(1, to - 1);
        (_current, _from, _to) = (current, from, to);
        (_page, _name) = (page, await Scenarios.NameAsync(Id, cancellationToken) ?? Id);
        (_diff, _missing) = await CompareAsync(from, to, cancellationToken);
    }

    private async Task<(VersionDiff? Diff, string? Missing)> CompareAsync(int from, int to, CancellationToken cancellationToken)
    {
        if (from == to)
            return (null, _current == 1 ? Texts.VersionOnlyOne : Texts.VersionWithItself.With(from));
        try
        {
            if (await Scenarios.GetAsync(Id, from, cancellationToken) is not { } old)
                return (null, Texts.VersionMissing.With(from));
            return await Scenarios.GetAsync(Id, to, cancellationToken) is { } now ? (VersionDiff.Of(old, now), null) : (null, Texts.VersionMissing.With(to));
        }
        catch (InvalidDataException)
        {
            return (null, Texts.VersionsUnreadable.With(from, to));
        }
    }

    private async Task RestoreAsync(int version)
    {
        if (_restoring)
            return;
        _restoring = true;
        try
        {
            var replaced = _current;
            if (await BringBackAsync(version, replaced, Leaving) is { } made)
                Toasts.Done(Texts.VersionRestored.With(version, made), () => InvokeAsync(() => UndoAsync(replaced, made)));
        }
        finally
        {
            _restoring = false;
        }
    }

    /// <summary>Brings back what a restoring replaced, unless somebody saved since. The page may have been left meanwhile.</summary>
    private async Task UndoAsync(int replaced, int made)
    {
        if (await BringBackAsync(replaced, made, CancellationToken.None) is { } back)
            Toasts.Done(Texts.VersionRestored.With(replaced, back));
        StateHasChanged();
    }

    /// <returns>The version that was made of it; null where none was, which the reader was told.</returns>
    private async Task<int?> BringBackAsync(int version, int expected, CancellationToken cancellationToken)
    {
        int? made = null;
        try
        {
            switch (await Scenarios.RestoreVersionAsync(Id, version, expected, cancellationToken))
            {
                case SaveOutcome.Saved saved when saved.Version == expected:
                    Toasts.Done(Texts.VersionCurrent.With(expected, version));
                    break;
                case SaveOutcome.Saved saved:
                    made = saved.Version;
                    break;
                case SaveOutcome.Conflict conflict:
                    Toasts.Failed(Texts.VersionConflict.With(conflict.CurrentVersion));
                    break;
                default:
                    Toasts.Failed(Texts.VersionMissing.With(version));
                    break;
            }
        }
        catch (InvalidDataException)
        {
            Toasts.Failed(Texts.VersionUnreadable);
        }

        var next = made is { } after ? new VersionsState(expected, after, 1) : State;
        if (!next.Equals(State))
            await GoAsync(next);
        else
            await ReloadAsync();
        return made;
    }
}
