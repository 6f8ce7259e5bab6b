using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;
using Radzen;
using Radzen.Blazor;

namespace Planner.Web.Components.Catalog;

/// <summary>An editor page whose list the database sorts and pages.</summary>
/// <typeparam name="TState">The page's address.</typeparam>
/// <typeparam name="TSort">Columns that the list can be sorted by.</typeparam>
/// <typeparam name="TRow">A row as the grid shows it.</typeparam>
/// <typeparam name="TEntry">A row as the store gives it.</typeparam>
/// <typeparam name="TEdit">What the store takes.</typeparam>
/// <typeparam name="TDraft">What the form edits.</typeparam>
public abstract class PagedEditorPage<TState, TSort, TRow, TEntry, TEdit, TDraft> : EditorPage<TState, TEntry, TEdit, TDraft>
    where TState : PagedGridState<TSort>, IEquatable<TState> where TSort : struct, Enum where TRow : notnull where TEntry : CatalogEntry where TEdit : CatalogEdit
    where TDraft : class, ICatalogDraft<TEdit>
{
    protected RadzenDataGrid<TRow>? Grid { get; set; }

    /// <summary>The rows on the page; null while the first ones are on their way.</summary>
    public abstract GridRows<TRow>? Loaded { get; set; }

    /// <summary>The page of the list that the state asks for.</summary>
    protected abstract Task<Page<TEntry>> AskAsync(TState state, CancellationToken cancellationToken);

    /// <summary>Loads what the filters offer.</summary>
    protected abstract Task LoadFiltersAsync(CancellationToken cancellationToken);

    protected abstract TRow Show(TEntry entry);

    protected override async Task<bool> ListAsync(TState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var page = await AskAsync(state, cancellationToken);
        if (page.Items.Count == 0 && page.Total > 0)
        {
            await GoAsync(state with { Page = new GridRows<TRow>([], page.Total).LastPage }, replace: true);
            return false;
        }

        await LoadFiltersAsync(cancellationToken);
        Loaded = new([.. page.Items.Select(Show)], page.Total);
        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The address decides: after "back" the grid's pager must follow it.
        if (Grid is not null && Loaded is not null && Grid.CurrentPage != State.Page - 1)
            await Grid.GoToPage(State.Page - 1, true);
    }

    /// <summary>The grid asks for rows when its pager is used; the answer is another address.</summary>
    protected Task GridAsksAsync(LoadDataArgs ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return GoAsync(State with { Page = ((ask.Skip ?? 0) / GridRows<TRow>.PageSize) + 1 });
    }

    protected RenderFragment Head(string text, TSort column) => builder =>
    {
        builder.OpenComponent<SortHead>(0);
        builder.AddComponentParameter(1, nameof(SortHead.Text), text);
        builder.AddComponentParameter(2, nameof(SortHead.Href), SortLink(column));
        builder.AddComponentParameter(3, nameof(SortHead.Order), OrderOf(column));
        builder.CloseComponent();
    };

    private SortOrder? OrderOf(TSort column) =>
        !EqualityComparer<TSort>.Default.Equals(State.Sort, column) ? null : State.Descending ? SortOrder.Descending : SortOrder.Ascending;

    private string SortLink(TSort column) =>
        Write(State with { Sort = column, Descending = OrderOf(column) == SortOrder.Ascending, Page = 1, Row = null });
}
