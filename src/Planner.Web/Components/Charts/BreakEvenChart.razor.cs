using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>Cost of each option along an axis: lines with their steps, crossings, the reader's own point and who wins where.</summary>
public sealed partial class BreakEvenChart : ComponentBase
{
    private LineSpec _spec = null!;
    private ChartTable _table = null!;
    private bool _logarithmic;

    /// <summary>The finding in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartSeries> Series { get; set; }

    [Parameter]
    public IReadOnlyList<ChartCrossing> Crossings { get; set; } = [];

    /// <summary>Who is cheapest where; the band along the axis.</summary>
    [Parameter]
    public IReadOnlyList<ChartInterval> Winners { get; set; } = [];

    [Parameter]
    public ChartHere? Here { get; set; }

    [Parameter]
    public string XTitle { get; set; } = "Requests a month";

    [Parameter]
    public ChartUnit XUnit { get; set; } = ChartUnit.Count;

    /// <summary>The month at x = 0 where x counts months.</summary>
    [Parameter]
    public DateOnly? Start { get; set; }

    [Parameter]
    public string YTitle { get; set; } = "USD a month";

    [Parameter]
    public ChartUnit YUnit { get; set; } = ChartUnit.Usd;

    /// <summary>The currency in which costs are drawn and listed. Series, crossings and titles are given in USD, and files keep them so.</summary>
    [Parameter]
    public DisplayCurrency Currency { get; set; } = DisplayCurrency.Usd;

    private string CostTitle => YTitle.Replace(DisplayCurrency.Usd.Code, Currency.Code, StringComparison.Ordinal);

    private double UnitsPerUsd => (double)Currency.UnitsPerUsd;

    /// <summary>Height in pixels, reserved from the first paint on.</summary>
    [Parameter]
    public int Height { get; set; } = 380;

    /// <summary>For print: 680 pixels wide, no tools.</summary>
    [Parameter]
    public bool Static { get; set; }

    /// <summary>Starts with a logarithmic cost axis; then the reader decides.</summary>
    [Parameter]
    public bool Logarithmic { get; set; }

    [Parameter]
    public bool AllowLogarithmic { get; set; } = true;

    /// <summary>What the table calls a crossing.</summary>
    [Parameter]
    public string CrossingWord { get; set; } = "crossing";

    [Parameter]
    public string FileName { get; set; } = "break-even";

    /// <summary>Raised with the x that was clicked.</summary>
    [Parameter]
    public EventCallback<double> OnPick { get; set; }

    protected override void OnInitialized() => _logarithmic = Logarithmic;

    protected override void OnParametersSet()
    {
        _spec = Specify();
        _table = Tabulate();
    }

    private void Toggle()
    {
        _logarithmic = !_logarithmic;
        _spec = Specify();
    }

    private LineSpec Specify()
    {
        var series = Series.Select(one => new LineSpecSeries(one.Name, one.Color, one.Dash, one.Marker, [.. Polyline.Finite(one.Points).Select(point => new[] { point[0], point[1] * UnitsPerUsd })], one.CapacityAt)).ToList();
        var legend = Series.Select(one => new LegendEntry(one.Name, one.Color, one.Dash, one.Marker)).ToList();
        var end = Series.SelectMany(one => one.Points).Select(point => point.X).DefaultIfEmpty().Max();
        if (Series.Any(one => one.CapacityAt < end))
        {
            legend.Add(new LegendEntry("beyond what the fleet carries", OptionPalette.Neutral.Fill, 3, ChartMarker.None));
        }

        return new LineSpec(
            CultureInfo.CurrentCulture.Name, Title, Height, Static ? ChartSizes.PrintWidth : null, legend, XUnit, XTitle, YUnit, CostTitle,
            _logarithmic, OnPick.HasDelegate, series, [.. Crossings.Select(crossing => crossing with { Y = crossing.Y * UnitsPerUsd })], Winners,
            Here is null ? null : Here with { Y = Here.Y * UnitsPerUsd }, Start)
        {
            Symbol = Currency.IsUsd ? null : Currency.Symbol,
        };
    }

    private ChartTable Tabulate()
    {
        var marked = Crossings.Select(crossing => crossing.X).Concat(Series.Select(one => one.CapacityAt).OfType<double>());
        if (Here is not null)
        {
            marked = marked.Append(Here.X);
        }

        var at = XUnit == ChartUnit.Month ? Polyline.Whole(Series, marked) : Polyline.Rows(Series, marked);
        var rows = at.Select(IReadOnlyList<string> (x) => [WriteX(x), .. Series.Select(one => WriteY(one, x)), .. Winner(x)]).ToList();
        var file = Series.SelectMany(one => one.Points.Select(IReadOnlyList<string> (point) =>
            [one.Name, Format.Invariant(point.X), Format.Invariant(point.Y)]));
        IEnumerable<string> last = Winners.Count == 0 ? [] : ["Cheapest"];
        return new ChartTable([XTitle, .. Series.Select(one => one.Name), .. last], rows, [["Option", XTitle, YTitle], .. file]);
    }

    private string WriteX(double x) =>
        ChartFigures.Write(x, XUnit, Start) + (x == Here?.X ? " (yours)" : Crossings.Any(crossing => crossing.X == x) ? $" ({CrossingWord})" : "");

    private string WriteY(ChartSeries one, double x) =>
        ChartFigures.Write(Polyline.ValueAt(one.Points, x), YUnit, currency: Currency) + (x > one.CapacityAt ? " (beyond capacity)" : "");

    private IEnumerable<string> Winner(double x) => Winners.Count == 0
        ? []
        : [(Winners.FirstOrDefault(winner => x >= winner.From && x < winner.To) ?? (Winners[^1].To == x ? Winners[^1] : null))?.Name ?? Format.Unknown];
}
