using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Catalog;

/// <summary>What a row's drawer needs of its page.</summary>
public interface IRowEditor
{
    /// <summary>The row that is open; null while there is none.</summary>
    RowState? Opened { get; }

    /// <summary>Key that the address asks for.</summary>
    string? Asked { get; }

    bool IsOpen { get; }

    bool IsEditing { get; }

    bool IsSaving { get; }

    string Title { get; }

    string? Subtitle { get; }

    /// <summary>Why the last deed did not happen; null where it did.</summary>
    string? Message { get; }

    EditorWords Words { get; }

    void Edit();

    void LeaveForm();

    Task CloseAsync();

    Task SaveAsync();

    Task ResetAsync();

    Task RetireAsync();

    Task RestoreAsync();
}

/// <summary>What a list of the catalog calls its rows and what is done to them.</summary>
/// <param name="New">Title of the form of a new row: "New price sheet".</param>
/// <param name="Missing">Title where the address asks for a row that is not there: "No such price sheet".</param>
/// <param name="Edit">The button to set one's own values: "Edit prices".</param>
/// <param name="UseSource">The button to go back to the source's: "Use the feed's prices".</param>
/// <param name="OwnApply">Said after the first, with a place for the row's name.</param>
/// <param name="SourceApplies">Said after the second, with a place for the row's name.</param>
public sealed record EditorWords(string New, string Missing, string Edit, string UseSource, string OwnApply, string SourceApplies);

/// <summary>A page with a list of the catalog, a row's details in a drawer, and the form to add and edit.</summary>
/// <typeparam name="TState">The page's address.</typeparam>
/// <typeparam name="TEntry">A row as the store gives it.</typeparam>
/// <typeparam name="TEdit">What the store takes.</typeparam>
/// <typeparam name="TDraft">What the form edits.</typeparam>
public abstract class EditorPage<TState, TEntry, TEdit, TDraft> : UrlPage<TState>, IRowEditor
    where TState : GridState, IEquatable<TState> where TEntry : CatalogEntry where TEdit : CatalogEdit where TDraft : class, ICatalogDraft<TEdit>
{
    private GridState? _listed;
    private bool _stale;
    private bool _rowMissing;

    [Inject]
    public required CatalogStore Catalog { get; init; }

    public RowState? Opened => Entry?.State;

    public string? Asked => State.Row;

    public bool IsOpen => Draft is not null || Entry is not null || _rowMissing;

    public bool IsEditing => Draft is not null;

    public bool IsSaving { get; private set; }

    public string Title => Draft switch
    {
        { Version: not null } => CatalogTexts.EditTitle.With(Draft.Name),
        not null => Words.New,
        _ => Entry?.Name ?? Words.Missing,
    };

    public string? Subtitle => Draft is null ? Owner : Draft.Key;

    public string? Message { get; private set; }

    public abstract EditorWords Words { get; }

    /// <summary>The list in the store.</summary>
    protected abstract ICatalogList<TEntry, TEdit> List { get; }

    /// <summary>Who makes or sells what is open; shown below its name.</summary>
    protected abstract string? Owner { get; }

    /// <summary>True where the first render's rows came with the page.</summary>
    protected virtual bool CameWithPage => false;

    protected RowDrawer? Drawer { get; set; }

    protected CatalogForm<TDraft>? Form { get; set; }

    protected TEntry? Entry { get; private set; }

    protected TDraft? Draft { get; private set; }

    /// <summary>What is stored now, after a conflict; null otherwise.</summary>
    protected TEntry? Stored { get; private set; }

    protected IReadOnlyList<Problem> Problems { get; private set; } = [];

    protected abstract TDraft NewDraft();

    protected abstract TDraft DraftOf(TEntry entry);

    /// <summary>Lists what the state asks for.</summary>
    /// <returns>False where it asked for a page that there is not; another address then follows.</returns>
    protected abstract Task<bool> ListAsync(TState state, CancellationToken cancellationToken);

    /// <summary>Prepares what the drawer shows of a row; null where none is open.</summary>
    protected abstract Task OpenAsync(TEntry? entry, CancellationToken cancellationToken);

    protected override async Task LoadAsync(TState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        GridState list = state with { Row = null };
        if (_listed is null && CameWithPage)
            _listed = list;
        if (list != _listed || _stale)
        {
            if (!await ListAsync(state, cancellationToken))
                return;
            (_listed, _stale) = (list, false);
        }

        var entry = state.Row is null ? null : await List.FindAsync(state.Row, cancellationToken);
        await OpenAsync(entry, cancellationToken);
        (Entry, _rowMissing) = (entry, state.Row is not null && entry is null);
    }

    protected void Add() => (Draft, Problems, Message, Stored) = (NewDraft(), [], null, null);

    public void Edit()
    {
        if (Entry is not null)
            (Draft, Problems, Message, Stored) = (DraftOf(Entry), [], null, null);
    }

    /// <summary>Back to the row's details, or out where there is none.</summary>
    public void LeaveForm() => (Draft, Message) = (null, null);

    /// <summary>The drawer is gone, whatever was in it.</summary>
    public async Task CloseAsync()
    {
        (Draft, Entry, _rowMissing, Message) = (null, null, false, null);
        await (State.Row is null && _stale ? ReloadAsync() : GoAsync(State with { Row = null }));
        StateHasChanged();
    }

    public async Task SaveAsync()
    {
        if (Draft is not { } draft || IsSaving || Form is { IsUnreadable: true })
            return;
        (var edit, Problems) = draft.Read();
        Message = null;
        if (edit is null)
            return;
        IsSaving = true;
        try
        {
            await EndedAsync(draft, edit, draft.Version is { } version ? await List.EditAsync(edit, version, Leaving) : await List.AddAsync(edit, Leaving));
        }
        finally
        {
            IsSaving = false;
        }
    }

    public async Task ResetAsync()
    {
        if (Entry is not { } entry)
            return;
        var (edit, _) = DraftOf(entry).Read();
        var outcome = await List.ResetAsync(entry.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, Words.SourceApplies.With(entry.Name), version => List.EditAsync(edit!, version));
    }

    public async Task RetireAsync()
    {
        if (Entry is not { } entry)
            return;
        var outcome = await List.RetireAsync(entry.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, CatalogTexts.IsRetired.With(entry.Name), version => List.RestoreAsync(entry.Key, version));
    }

    public async Task RestoreAsync()
    {
        if (Entry is not { } entry)
            return;
        var outcome = await List.RestoreAsync(entry.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, CatalogTexts.IsRestored.With(entry.Name), version => List.RetireAsync(entry.Key, version));
    }

    /// <summary>Back to the list, where the change is seen and the message with its undo is not covered.</summary>
    private Task CloseAndListAsync()
    {
        _stale = true;
        return Drawer?.CloseAsync() ?? ReloadAsync();
    }

    private Task ListAgainAsync()
    {
        _stale = true;
        return ReloadAsync();
    }

    private async Task EndedAsync(TDraft draft, TEdit edit, SaveOutcome outcome)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved:
                Draft = null;
                Toasts.Done((draft.Version is null ? CatalogTexts.WasAdded : Words.OwnApply).With(draft.Name));
                await CloseAndListAsync();
                break;
            case SaveOutcome.Invalid invalid:
                Problems = invalid.Problems;
                break;
            case SaveOutcome.Conflict conflict:
                Stored = await List.FindAsync(edit.Key, Leaving);
                (draft.Version, Message) = (conflict.CurrentVersion, CatalogTexts.Conflict);
                break;
            default:
                Message = CatalogTexts.RowGone.With(edit.Key);
                break;
        }
    }

    /// <summary>Says how a deed ended and offers to take it back.</summary>
    private async Task ReportAsync(TEntry entry, SaveOutcome outcome, string done, Func<int, Task<SaveOutcome>> undo)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved saved:
                Toasts.Done(done, () => InvokeAsync(async () =>
                {
                    if (await undo(saved.Version) is not SaveOutcome.Saved)
                        Toasts.Failed(CatalogTexts.NotUndone.With(done.TrimEnd('.')));
                    if (Leaving.IsCancellationRequested)
                        return;
                    await ListAgainAsync();
                    StateHasChanged();
                }));
                await CloseAndListAsync();
                return;
            case SaveOutcome.Invalid invalid:
                Message = string.Join(" ", invalid.Problems.Select(problem => problem.Message));
                break;
            case SaveOutcome.Conflict:
                Message = CatalogTexts.ConflictNothingDone;
                break;
            default:
                Message = CatalogTexts.RowGone.With(entry.Key);
                break;
        }

        await ListAgainAsync();
    }
}
