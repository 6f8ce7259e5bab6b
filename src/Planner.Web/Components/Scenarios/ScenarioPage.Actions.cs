using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Scenarios.Plans;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios;

/// <summary>What the buttons of the page do.</summary>
public sealed partial class ScenarioPage
{
    private async Task SaveAsync()
    {
        var isNew = _session!.Id is null;
        var key = DraftKey;
        await AfterSaveAsync(await _session.SaveAsync(Leaving), isNew, key);
    }

    private async Task AfterSaveAsync(SaveState state, bool moved, string key)
    {
        RefusalIsOver();
        _faultsTold = state == SaveState.Faulty;
        switch (state)
        {
            case SaveState.Saved:
                if (_keeper is not null)
                {
                    await _keeper.DropAsync(key);
                }

                (_kept, _measured, _guided) = (null, null, null);
                Renew();
                Toasts.Done(ScenariosTexts.SavedAs.With(_session!.Version));
                if (moved)
                {
                    Navigation.NavigateTo(Look.On($"/scenarios/{_session.Id}", Kept), AddressViewState.Staying);
                }

                break;
            case SaveState.Faulty:
                Refuse(_session!.FaultsInWords());
                break;
            case SaveState.Gone:
                Refuse(Texts.ScenarioGone);
                break;
            case SaveState.Refused:
                Refuse(Data.Texts.AccessRefusedEdit);
                break;
            case SaveState.Conflict:
                // The dialog opens by the session's conflict version.
                break;
        }
    }

    /// <summary>A plan becomes an option of the scenario, with the parts of a mix.</summary>
    private Task UseAsync(Plan plan) => AddAsync(draft => OptionEdits.AddPlan(draft, plan.Options), plan.Result.Name);

    /// <summary>The best plans of tasks become options, and a mix that sends each task to its own.</summary>
    private Task UseTasksAsync(PortfolioFound portfolio) => portfolio.Best is { } best
        ? AddAsync(draft => OptionEdits.AddTaskPlans(draft, [.. portfolio.Tasks.Zip(best, (task, plan) => (task, plan.Options))]), OptionEdits.TaskMixName)
        : Task.CompletedTask;

    private async Task AddAsync(Func<Scenario, Scenario> add, string name)
    {
        var session = _session!;
        var added = add(session.Editor.Draft);
        if (added.Options.Count > ScenarioRules.MostOptions)
        {
            Toasts.Failed(Texts.PlanTooMany.With(ScenarioRules.MostOptions));
            return;
        }

        var rows = await Catalog.SnapshotAsync(added, Leaving);
        session.Editor.Change(add, rows);
        Changed();
        Toasts.Done(Texts.PlanAdded.With(name), () => InvokeAsync(() => Step(editor => editor.Undo())));
    }

    private async Task KeepMineAsync()
    {
        var (key, name) = (DraftKey, _session!.Editor.Draft.Name);
        var copy = name.Length > 190 ? name[..190] : name;
        await AfterSaveAsync(await _session.SaveCopyAsync($"{copy} (mine)", Leaving), moved: true, key);
    }

    private async Task LoadTheirsAsync()
    {
        var mine = _session!.Editor.Draft;
        if (!await _session.LoadStoredAsync(Leaving))
        {
            Toasts.Failed(Texts.ScenarioGone);
            return;
        }

        Changed();
        var session = _session;
        Toasts.Done(ScenariosTexts.LoadedTheirs.With(session.Version), () => InvokeAsync(async () =>
        {
            await session.ReplaceAsync(mine);
            Changed();
        }));
    }

    private void CloseConflict() => _session!.ForgetConflict();

    private async Task DuplicateAsync()
    {
        var (key, name) = (DraftKey, _session!.Editor.Draft.Name);
        var dirty = _session.Editor.IsDirty;
        if (_session.Id is { } id && !dirty)
        {
            if (await Scenarios.DuplicateAsync(id, cancellationToken: Leaving) is { } copy)
            {
                Toasts.Done(ScenariosTexts.Duplicated.With(name));
                Navigation.NavigateTo($"/scenarios/{copy.Id}");
            }

            return;
        }

        await AfterSaveAsync(await _session.SaveCopyAsync($"{(name.Length > 190 ? name[..190] : name)} (copy)", Leaving), moved: true, key);
    }

    private async Task DeleteAsync()
    {
        if (_session is not { Id: { } id } session)
        {
            return;
        }

        var name = session.Editor.Draft.Name;
        switch (await Scenarios.DeleteAsync(id, session.Version, Leaving))
        {
            case SaveOutcome.Saved:
                var (scenarios, navigation, toasts) = (Scenarios, Navigation, Toasts);
                session.Editor.MarkSaved();
                toasts.Done(ScenariosTexts.Deleted.With(name), async () =>
                {
                    await scenarios.UndeleteAsync(id);
                    navigation.NavigateTo($"/scenarios/{id}");
                });
                navigation.NavigateTo("/scenarios");
                break;
            case SaveOutcome.Conflict conflict:
                session.FindConflict(conflict.CurrentVersion);
                break;
            default:
                Toasts.Failed(Texts.ScenarioGone);
                break;
        }
    }

    private async Task ExportAsync()
    {
        var draft = _session!.Editor.Draft;
        var shell = await Script.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/shell.js");
        var name = $"{ScenarioFiles.NameOf(draft)}.json";
        await shell.InvokeVoidAsync("download", name, "application/json", ScenarioJson.Write(draft, indented: true));
        await Files.NoteAsync(name);
        await Scripts.ReleaseAsync(shell);
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        var (scenario, problem) = await ScenarioFiles.ReadAsync(chosen.File, Leaving);
        if (scenario is null)
        {
            Toasts.Failed(problem!);
            return;
        }

        var session = _session!;
        var bringBack = await session.ReplaceAsync(scenario, Leaving);
        Changed();
        Toasts.Done(ScenariosTexts.ImportedUnsaved.With(chosen.File.Name), () => InvokeAsync(() =>
        {
            if (session == _session)
            {
                bringBack();
                Changed();
            }
        }));
    }

    /// <summary>Leads to the field at a path: shows the inputs, opens what it is in, and once that is drawn puts the focus on it.</summary>
    private void Reveal(string path)
    {
        (_inputsOpen, _reveal) = (true, path);
        _form = _form! with { Wanted = new WantedInput(path) };
    }

    private async Task RevealAsync()
    {
        if (_reveal is not { } path || _session is not { } session)
        {
            return;
        }

        _reveal = null;
        var shell = await Script.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/shell.js");
        await shell.InvokeVoidAsync("reveal", Leaving, ScenarioForm.IdsOf(session.Editor.Draft, path));
        await Scripts.ReleaseAsync(shell);
    }

    private void Buy(OptionView option)
    {
        var catalog = _session!.Editor.Catalog;
        _form!.Change(draft => OptionEdits.Change<SelfHostOption>(
            draft, option.Id, fleet => FleetEdits.BoughtCheapest(fleet, fleet.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null)));
    }

    private async Task TakePricesAsync()
    {
        // What is being edited is not saved along with the prices.
        var saves = !_session!.Editor.IsDirty;
        await _session.TakeTodaysPricesAsync(Leaving);
        Changed();
        if (saves)
        {
            await SaveAsync();
        }
    }

    private async Task RestoreAsync()
    {
        var kept = _kept!;
        _kept = null;
        await _keeper!.TakeAsync(DraftKey, kept);
        await _session!.ReplaceAsync(kept.Scenario, Leaving);
        Changed();
    }

    private async Task DropKeptAsync()
    {
        var kept = _kept!;
        _kept = null;
        await _keeper!.DropAsync(DraftKey, kept);
        // What is on the page may lie at the same place by now.
        Changed();
    }
}
