using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Components.Scenarios;

/// <summary>The scorecard, variants of fleets, and changes by one click.</summary>
public sealed partial class ScenarioPage
{
    private BackgroundRun<AdviceView>? _advice;
    private CatalogSnapshot? _whole;

    private RunState<AdviceView> AdviceState => _advice?.State ?? new RunState<AdviceView>(null, false);

    private async Task FollowAdviceAsync()
    {
        if (View != "advice" || _session?.Editor is not { IsFaulty: false } editor)
        {
            return;
        }

        _whole ??= await Catalog.WholeAsync(Leaving);
        var (scenario, catalog, whole) = (editor.Draft, editor.Catalog, _whole);
        _advice ??= new BackgroundRun<AdviceView>(Clock, () => InvokeAsync(StateHasChanged));
        // Prices that the scenario has already stay what they are.
        await _advice.AskAsync(scenario, catalog, null, left => AdviceView.Of(scenario, catalog.Over(whole), left));
    }

    /// <summary>Takes the change that settles a check, as one edit.</summary>
    private Task TakeAsync(CheckFix fix) => EditAsync(fix.Apply(_session!.Editor.Draft), fix.Label);

    /// <summary>Puts a variant in the place of its fleet, as one edit.</summary>
    private Task ApplyAsync(SizedVariant variant)
    {
        var draft = _session!.Editor.Draft;
        return EditAsync(draft with { Options = [.. draft.Options.Select(option => option.Id == variant.Option.Id ? variant.Option : option)] }, variant.Sentence);
    }

    private async Task EditAsync(Scenario changed, string what)
    {
        var rows = await Catalog.SnapshotAsync(changed, Leaving);
        _session!.Editor.Change(_ => changed, rows);
        Changed();
        Toasts.Done(what, () => InvokeAsync(() => Step(editor => editor.Undo())));
    }
}
