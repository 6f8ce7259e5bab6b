using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>What all charts share: finding, legend, drawing, table and files. It alone speaks to charts.ts.</summary>
public sealed partial class ChartFrame : ComponentBase, IAsyncDisposable
{
    private readonly string _id = $"chart-{Guid.NewGuid():N}";
    private readonly string _words = ChartWords.Json();
    private ElementReference _host;
    private IJSObjectReference? _module;
    private DotNetObjectReference<ChartFrame>? _self;
    private string _json = "";
    private string? _drawn;
    private bool _table;
    private bool _fault;
    private int _saved;

    [Parameter, EditorRequired]
    public required ChartSpec Spec { get; set; }

    [Parameter, EditorRequired]
    public required ChartTable Table { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>For print: 680 pixels wide, no tools; drawn without a circuit where the page has none.</summary>
    [Parameter]
    public bool Static { get; set; }

    /// <summary>Name of saved files, without its ending.</summary>
    [Parameter]
    public string FileName { get; set; } = "chart";

    /// <summary>More buttons beside "Table".</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    /// <summary>Raised with the x that was clicked.</summary>
    [Parameter]
    public EventCallback<double> OnPick { get; set; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required PageFiles Files { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>Whether arrow keys lead through the drawing.</summary>
    private bool IsRead => !Static;

    private string Keys => Spec switch
    {
        LineSpec { Picks: true } => $"{ChartTexts.LineKeys} {ChartTexts.PickKey}",
        LineSpec => ChartTexts.LineKeys,
        _ => Texts.ChartKeys,
    };

    /// <summary>Reserved from the first paint on, when nobody knows the width yet.</summary>
    private string Heights => Spec is CellSpec { NarrowHeight: > 0 and var narrow }
        ? $"--chart-height:{Spec.Height}px;--chart-narrow-height:{narrow}px"
        : $"--chart-height:{Spec.Height}px";

    [JSInvokable]
    public Task Picked(double x) => double.IsFinite(x) ? OnPick.InvokeAsync(x) : Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _self?.Dispose();
        return Scripts.ReleaseAsync(_module, "dispose", _id);
    }

    protected override void OnParametersSet() => _json = Spec.ToJson();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_json == _drawn)
        {
            return;
        }

        _drawn = _json;
        try
        {
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./js/charts.js");
            _self ??= DotNetObjectReference.Create(this);
            await _module.InvokeVoidAsync("show", _id, _host, _json, _self);
        }
        catch (JSDisconnectedException)
        {
            // The page was left while it was being drawn.
        }
        catch (JSException)
        {
            _fault = true;
            _table = true;
            StateHasChanged();
        }
    }

    private async Task SaveAsync(string format)
    {
        _saved++;
        if (_module is null)
        {
            return;
        }

        try
        {
            await _module.InvokeVoidAsync("save", _id, format, FileName);
            await Files.NoteAsync($"{FileName}.{format}");
        }
        catch (JSException)
        {
            Toasts.Failed(Texts.ChartNotSaved.With($"{FileName}.{format}"));
        }
    }

    private async Task SaveTableAsync()
    {
        _saved++;
        try
        {
            var shell = await Script.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
            // The mark at the front tells spreadsheets that this is UTF-8.
            await shell.InvokeVoidAsync("download", $"{FileName}.csv", "text/csv;charset=utf-8", "\uFEFF" + Csv.Write(Table.File));
            await Files.NoteAsync($"{FileName}.csv");
            await Scripts.ReleaseAsync(shell);
        }
        catch (JSException)
        {
            Toasts.Failed(Texts.ChartNotSaved.With($"{FileName}.csv"));
        }
    }

    private static string? Shape(ChartMarker marker) => marker switch
    {
        ChartMarker.Square => "M9.5 2.5h7v7h-7z",
        ChartMarker.Triangle => "M13 1.5 17.5 10h-9z",
        ChartMarker.Diamond => "M13 1l5 5-5 5-5-5z",
        ChartMarker.None => null,
        _ => "M13 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
    };
}
