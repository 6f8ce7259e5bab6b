using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Domain.Advice;
using Planner.Domain.Planning;
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
        var isNew = Session!.Id is null;
        var key = DraftKey;
        await AfterSaveAsync(await Session.SaveAsync(Leaving), isNew, key);
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

                (_kept, _opened) = (null, new OpenedScenario(Session!));
                Renew();
                Toasts.Done(ScenariosTexts.SavedAs.With(Session!.Version));
                if (moved)
                {
                    Navigation.NavigateTo(Look.On($"/scenarios/{Session.Id}", Kept), AddressViewState.Staying);
                }

                break;
            case SaveState.Faulty:
                Refuse(Session!.FaultsInWords());
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

    private Task AddAsync(Func<Scenario, Scenario> add, string name)
    {
        if (add(Session!.Editor.Draft).Options.Count <= ScenarioRules.MostOptions)
        {
            return EditAsync(add, Texts.PlanAdded.With(name));
        }

        Toasts.Failed(Texts.PlanTooMany.With(ScenarioRules.MostOptions));
        return Task.CompletedTask;
    }

    /// <summary>Takes the change that settles a check.</summary>
    private Task TakeAsync(CheckFix fix) => EditAsync(fix.Apply, fix.Label);

    /// <summary>Puts a variant in the place of its fleet.</summary>
    private Task ApplyAsync(SizedVariant variant) => EditAsync(
        draft => draft with { Options = [.. draft.Options.Select(option => option.Id == variant.Option.Id ? variant.Option : option)] }, variant.Sentence);

    /// <summary>Makes a change that was offered, as one edit that can be taken back.</summary>
    private async Task EditAsync(Func<Scenario, Scenario> change, string what)
    {
        var session = Session!;
        var rows = await Catalog.SnapshotAsync(change(session.Editor.Draft), Leaving);
        session.Editor.Change(change, rows);
        Changed();
        Toasts.Done(what, () => InvokeAsync(() => Step(editor => editor.Undo())));
    }

    private async Task KeepMineAsync()
    {
        var key = DraftKey;
        await AfterSaveAsync(await Session!.SaveCopyAsync(NameOfCopy("mine"), Leaving), moved: true, key);
    }

    private async Task LoadTheirsAsync()
    {
        var mine = Session!.Editor.Draft;
        if (!await Session.LoadStoredAsync(Leaving))
        {
            Toasts.Failed(Texts.ScenarioGone);
            return;
        }

        Changed();
        var session = Session;
        Toasts.Done(ScenariosTexts.LoadedTheirs.With(session.Version), () => InvokeAsync(async () =>
        {
            await session.ReplaceAsync(mine);
            Changed();
        }));
    }

    /// <summary>A name is at most 200 letters long, with what tells the copy.</summary>
    private string NameOfCopy(string what)
    {
        var name = Session!.Editor.Draft.Name;
        return $"{(name.Length > 190 ? name[..190] : name)} ({what})";
    }

    private void CloseConflict() => Session!.ForgetConflict();

    private async Task DuplicateAsync()
    {
        var (key, name) = (DraftKey, Session!.Editor.Draft.Name);
        var dirty = Session.Editor.IsDirty;
        if (Session.Id is { } id && !dirty)
        {
            if (await Scenarios.DuplicateAsync(id, cancellationToken: Leaving) is { } copy)
            {
                Toasts.Done(ScenariosTexts.Duplicated.With(name));
                Navigation.NavigateTo($"/scenarios/{copy.Id}");
            }

            return;
        }

        await AfterSaveAsync(await Session.SaveCopyAsync(NameOfCopy("copy"), Leaving), moved: true, key);
    }

    private async Task DeleteAsync()
    {
        if (Session is not { Id: { } id } session)
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
        var draft = Session!.Editor.Draft;
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

        var session = Session!;
        var bringBack = await session.ReplaceAsync(scenario, Leaving);
        Changed();
        Toasts.Done(ScenariosTexts.ImportedUnsaved.With(chosen.File.Name), () => InvokeAsync(() =>
        {
            if (session == Session)
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
        if (_reveal is not { } path || Session is not { } session)
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
        var catalog = Session!.Editor.Catalog;
        _form!.Change(draft => OptionEdits.Change<SelfHostOption>(
            draft, option.Id, fleet => FleetEdits.BoughtCheapest(fleet, fleet.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key) : null)));
    }

    private async Task TakePricesAsync()
    {
        // What is being edited is not saved along with the prices.
        var saves = !Session!.Editor.IsDirty;
        await Session.TakeTodaysPricesAsync(Leaving);
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
        await Session!.ReplaceAsync(kept.Scenario, Leaving);
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
