using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>A box that finds a row of the catalog while one types.</summary>
public sealed partial class CatalogPicker : ComponentBase, IDisposable
{
    private IReadOnlyList<PickerItem> _items = [];
    private string _query = "";
    private bool _open;
    private int _active;
    private CancellationTokenSource? _search;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Name of the row chosen; null for none.</summary>
    [Parameter, EditorRequired]
    public required string? Selected { get; set; }

    /// <summary>Finds rows by words; no words give the first ones.</summary>
    [Parameter, EditorRequired]
    public required Func<string, CancellationToken, Task<IReadOnlyList<PickerItem>>> Search { get; set; }

    /// <summary>Raised with the key of the row that was chosen.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string> OnChoose { get; set; }

    /// <summary>What the empty box says; null for that the catalog is searched.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Where is searched, as said where nothing is found; null for the catalog.</summary>
    [Parameter]
    public string? Where { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public RenderFragment? Chip { get; set; }

    private string ListId => $"{Id}-list";

    public void Dispose()
    {
        _search?.Cancel();
        _search?.Dispose();
    }

    private async Task OpenAsync()
    {
        if (!_open)
        {
            _open = true;
            _query = "";
            await FindAsync();
        }
    }

    private Task TypedAsync(ChangeEventArgs typed)
    {
        _open = true;
        _query = typed.Value as string ?? "";
        return FindAsync();
    }

    private async Task FindAsync()
    {
        if (_search is not null)
        {
            await _search.CancelAsync();
            _search.Dispose();
        }

        var search = _search = new CancellationTokenSource();
        try
        {
            var found = await Search(_query, search.Token);
            if (!search.IsCancellationRequested)
            {
                (_items, _active) = (found, 0);
            }
        }
        catch (OperationCanceledException)
        {
            // A later key asks again.
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when !_open:
                await OpenAsync();
                break;
            case "ArrowDown":
                _active = Math.Min(_active + 1, _items.Count - 1);
                break;
            case "ArrowUp":
                _active = Math.Max(_active - 1, 0);
                break;
            case "Enter" when _open && _active < _items.Count:
                await ChooseAsync(_items[_active]);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    private Task ChooseAsync(PickerItem item)
    {
        Close();
        return OnChoose.InvokeAsync(item.Key);
    }

    private void Close() => _open = false;
}
