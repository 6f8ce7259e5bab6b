using Microsoft.AspNetCore.Components;
using Planner.Domain;

namespace Planner.Web.Components.Charts;

/// <summary>What all charts of cells share; each says what is drawn and listed.</summary>
/// <param name="usualFileName">Name of saved files where none is given.</param>
public abstract partial class CellChart(string usualFileName) : ComponentBase
{
    private (CellSpec Spec, ChartTable Table)? _drawn;

    /// <summary>The finding in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>The currency in which amounts are drawn and listed; they are given in USD, and files keep them so.</summary>
    [Parameter]
    public DisplayCurrency Currency { get; set; } = DisplayCurrency.Usd;

    /// <summary>For print: 680 pixels wide, no tools.</summary>
    [Parameter]
    public bool Static { get; set; }

    /// <summary>Name of saved files, without its ending.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>Raised with the number of the part that was clicked, in charts whose parts can be.</summary>
    [Parameter]
    public EventCallback<double> OnPick { get; set; }

    /// <summary>Width of the drawing; null for what there is.</summary>
    protected int? Width => Static ? ChartSizes.PrintWidth : null;

    /// <summary>The drawing and its table; null where there is nothing to show.</summary>
    protected abstract (CellSpec Spec, ChartTable Table)? Draw();

    protected override void OnParametersSet() => _drawn = Draw();
}
