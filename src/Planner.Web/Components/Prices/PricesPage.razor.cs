using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;
using Radzen;
using Radzen.Blazor;

namespace Planner.Web.Components.Prices;

/// <summary>The price sheets: a grid, a row's details, and the form to add and edit.</summary>
public sealed partial class PricesPage
{
    private static readonly IReadOnlyList<SelectOption> Modes =
    [
        new(FeedModes.Chat, "Chat"), new(FeedModes.Completion, "Completion"), new(FeedModes.Responses, "Responses"), new(FeedModes.Embedding, "Embedding"),
    ];

    private RadzenDataGrid<PriceRowModel>? _grid;
    private PriceGridState? _listed;
    private bool _stale;
    private Drawer? _drawer;
    private PriceEntry? _entry;
    private PriceDetailModel? _detail;
    private bool _rowMissing;
    private PriceForm? _form;
    private PriceDraft? _draft;
    private IReadOnlyList<Problem> _problems = [];
    private string? _message;
    private TokenPrices? _stored;
    private bool _saving;

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>The rows on the page; null while the first ones are on their way. They come with the page: it is not empty while the circuit starts.</summary>
    [PersistentState]
    public GridRows<PriceRowModel>? Loaded { get; set; }

    [PersistentState]
    public IReadOnlyList<SelectOption>? Sellers { get; set; }

    protected override PriceGridState Read(Uri address) => PriceGridState.Read(address);

    protected override string Write(PriceGridState state) => state.Write();

    protected override async Task LoadAsync(PriceGridState state, CancellationToken cancellationToken)
    {
        var list = state with { Row = null };
        if (_listed is null && Loaded is not null && Sellers is not null)
            _listed = list;
        if (list != _listed || _stale)
        {
            var page = await Catalog.Prices.PageAsync(state.ToQuery(), cancellationToken);
            if (page.Items.Count == 0 && page.Total > 0)
            {
                await GoAsync(state with { Page = new GridRows<PriceRowModel>([], page.Total).LastPage }, replace: true);
                return;
            }

            Sellers = [.. (await Catalog.Prices.SellersAsync(cancellationToken)).Select(seller => new SelectOption(seller.Value, $"{seller.Value} ({seller.Count})"))];
            Loaded = new([.. page.Items.Select(PriceRowModel.From)], page.Total);
            (_listed, _stale) = (list, false);
        }

        var entry = state.Row is null ? null : await Catalog.Prices.FindAsync(state.Row, cancellationToken);
        _detail = entry is null ? null : PriceDetailModel.From(entry, await Catalog.Prices.HistoryAsync(entry.Sheet.Key, cancellationToken));
        (_entry, _rowMissing) = (entry, state.Row is not null && entry is null);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The address decides: after "back" the grid's pager must follow it.
        if (_grid is not null && _listed is not null && _grid.CurrentPage != State.Page - 1)
            await _grid.GoToPage(State.Page - 1, true);
    }

    /// <summary>The grid asks for rows when its pager is used; the answer is another address.</summary>
    private Task GridAsksAsync(LoadDataArgs ask) => GoAsync(State with { Page = ((ask.Skip ?? 0) / GridRows<PriceRowModel>.PageSize) + 1 });

    private SortOrder? OrderOf(PriceSort column) => State.Sort != column ? null : State.Descending ? SortOrder.Descending : SortOrder.Ascending;

    private string SortLink(PriceSort column) =>
        (State with { Sort = column, Descending = State.Sort == column && !State.Descending, Page = 1, Row = null }).Write();

    private static void Mark(RowRenderEventArgs<PriceRowModel> row)
    {
        if (row.Data is { Retired: true })
            row.Attributes["class"] = "retired";
    }

    /// <summary>Back to the list, where the change is seen and the message with its undo is not covered.</summary>
    private Task CloseAndListAsync()
    {
        _stale = true;
        return _drawer?.CloseAsync() ?? ReloadAsync();
    }

    private Task ListAgainAsync()
    {
        _stale = true;
        return ReloadAsync();
    }

    private void Add() => (_draft, _problems, _message, _stored) = (new PriceDraft(), [], null, null);

    private void Edit()
    {
        if (_entry is not null)
            (_draft, _problems, _message, _stored) = (PriceDraft.From(_entry), [], null, null);
    }

    private string DrawerTitle => _draft switch
    {
        { Version: not null } => $"Edit {_draft.Name}",
        not null => "New price sheet",
        _ => _detail?.Name ?? "No such price sheet",
    };

    /// <summary>The drawer is gone, whatever was in it.</summary>
    private Task CloseAsync()
    {
        _draft = null;
        (_detail, _rowMissing, _message) = (null, false, null);
        return State.Row is null && _stale ? ReloadAsync() : GoAsync(State with { Row = null });
    }

    /// <summary>Back to the row's details, or out where there is none.</summary>
    private void LeaveForm() => (_draft, _message) = (null, null);

    private async Task SaveAsync()
    {
        if (_draft is not { } draft || _saving || _form is { IsUnreadable: true })
            return;
        (var edit, _problems) = draft.Read();
        _message = null;
        if (edit is null)
            return;
        _saving = true;
        try
        {
            var outcome = draft.Version is { } version ? await Catalog.Prices.EditAsync(edit, version, Leaving) : await Catalog.Prices.AddAsync(edit, Leaving);
            await EndedAsync(draft, edit, outcome);
        }
        finally
        {
            _saving = false;
        }
    }

    private async Task EndedAsync(PriceDraft draft, PriceEdit edit, SaveOutcome outcome)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved:
                _draft = null;
                Toasts.Done(draft.Version is null ? $"{edit.Name} was added." : $"Your prices for {edit.Name} apply from now on.");
                await CloseAndListAsync();
                break;
            case SaveOutcome.Invalid invalid:
                _problems = invalid.Problems;
                break;
            case SaveOutcome.Conflict conflict:
                var stored = await Catalog.Prices.FindAsync(edit.Key, Leaving);
                (draft.Version, _stored, _message) = (conflict.CurrentVersion, stored?.Sheet.Prices, CatalogTexts.Conflict);
                break;
            default:
                _message = Say(CatalogTexts.RowGone, edit.Key);
                break;
        }
    }

    private async Task ClearAsync()
    {
        if (_entry is not { } entry)
            return;
        var (edit, _) = PriceDraft.From(entry).Read();
        var outcome = await Catalog.Prices.ResetAsync(entry.Sheet.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, $"The feed's prices for {entry.Sheet.Name} apply again.", version => Catalog.Prices.EditAsync(edit!, version));
    }

    private async Task RetireAsync()
    {
        if (_entry is not { } entry)
            return;
        var outcome = await Catalog.Prices.RetireAsync(entry.Sheet.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, $"{entry.Sheet.Name} is retired: no new scenario offers it.",
            version => Catalog.Prices.RestoreAsync(entry.Sheet.Key, version));
    }

    private async Task RestoreAsync()
    {
        if (_entry is not { } entry)
            return;
        var outcome = await Catalog.Prices.RestoreAsync(entry.Sheet.Key, entry.State.Version, Leaving);
        await ReportAsync(entry, outcome, $"{entry.Sheet.Name} is offered again.", version => Catalog.Prices.RetireAsync(entry.Sheet.Key, version));
    }

    /// <summary>Says how a deed ended and offers to take it back.</summary>
    private async Task ReportAsync(PriceEntry entry, SaveOutcome outcome, string done, Func<int, Task<SaveOutcome>> undo)
    {
        switch (outcome)
        {
            case SaveOutcome.Saved saved:
                Toasts.Done(done, () => InvokeAsync(async () =>
                {
                    if (await undo(saved.Version) is not SaveOutcome.Saved)
                        Toasts.Failed(Say(CatalogTexts.NotUndone, done.TrimEnd('.')));
                    if (Leaving.IsCancellationRequested)
                        return;
                    await ListAgainAsync();
                    StateHasChanged();
                }));
                await CloseAndListAsync();
                return;
            case SaveOutcome.Invalid invalid:
                _message = string.Join(" ", invalid.Problems.Select(problem => problem.Message));
                break;
            case SaveOutcome.Conflict:
                _message = CatalogTexts.ConflictNothingDone;
                break;
            default:
                _message = Say(CatalogTexts.RowGone, entry.Sheet.Key);
                break;
        }

        await ListAgainAsync();
    }

    private static string Say(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
