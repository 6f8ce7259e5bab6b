using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>Cost of each option along an axis: lines with their steps, crossings, the reader's own point and who wins where.</summary>
public sealed partial class BreakEvenChart : ComponentBase
{
    private const string Scale = "scale";
    private LineSpec _spec = null!;
    private ChartTable _table = null!;
    private readonly ViewState _own = new();

    /// <summary>The finding in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>The lines; several of one name and look are one option that cannot serve in between.</summary>
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
    public string XTitle { get; set; } = ChartTexts.RequestsAMonth;

    [Parameter]
    public ChartUnit XUnit { get; set; } = ChartUnit.Count;

    /// <summary>The month at x = 0 where x counts months.</summary>
    [Parameter]
    public DateOnly? Start { get; set; }

    [Parameter]
    public string YTitle { get; set; } = ChartTexts.UsdAMonth;

    [Parameter]
    public ChartUnit YUnit { get; set; } = ChartUnit.Usd;

    /// <summary>The currency in which amounts are drawn and listed. Series, crossings and titles are given in USD, and files keep them so.</summary>
    [Parameter]
    public DisplayCurrency Currency { get; set; } = DisplayCurrency.Usd;

    private double UnitsPerUsd => (double)Currency.UnitsPerUsd;

    private IEnumerable<IGrouping<(string Name, string Color, int Dash), ChartSeries>> Options => Series.GroupBy(one => (one.Name, one.Color, one.Dash));

    /// <summary>Height in pixels, reserved from the first paint on.</summary>
    [Parameter]
    public int Height { get; set; } = 380;

    /// <summary>For print: 680 pixels wide, no tools.</summary>
    [Parameter]
    public bool Static { get; set; }

    /// <summary>Name under which the page's address keeps the kind of cost axis; null where it does not.</summary>
    [Parameter]
    public string? KeptAs { get; set; }

    /// <summary>Keeps it; null where no page does.</summary>
    [CascadingParameter]
    public ViewState? Address { get; set; }

    /// <summary>Starts with a logarithmic cost axis; then the reader decides.</summary>
    [Parameter]
    public bool Logarithmic { get; set; }

    [Parameter]
    public bool AllowLogarithmic { get; set; } = true;

    /// <summary>What the table calls a crossing.</summary>
    [Parameter]
    public string CrossingWord { get; set; } = ChartTexts.Crossing;

    [Parameter]
    public string FileName { get; set; } = "break-even";

    /// <summary>True where the lowest line is the best one: what is shown at a place says so, and how far the others are above it.</summary>
    [Parameter]
    public bool LowestWins { get; set; } = true;

    /// <summary>Raised with the x that was clicked.</summary>
    [Parameter]
    public EventCallback<double> OnPick { get; set; }

    private ViewState Kept => KeptAs is null || Address is null ? _own : Address;

    private bool IsLogarithmic => Kept[KeptAs ?? Scale] switch { "log" => true, "linear" => false, _ => Logarithmic };

    protected override void OnParametersSet()
    {
        _spec = Specify();
        _table = Tabulate();
    }

    private void Toggle()
    {
        var logarithmic = !IsLogarithmic;
        Kept.Keep(KeptAs ?? Scale, logarithmic == Logarithmic ? null : logarithmic ? "log" : "linear");
        _spec = Specify();
    }

    private LineSpec Specify()
    {
        var series = Series.Select(one => new LineSpecSeries(one.Name, one.Color, one.Dash, one.Marker, [.. Polyline.Finite(one.Points).Select(point => new[] { X(point[0]), point[1] * UnitsPerUsd })], one.CapacityAt is { } full ? X(full) : null)).ToList();
        var legend = Options.Select(option => new LegendEntry(option.Key.Name, option.Key.Color, option.Key.Dash, option.First().Marker)).ToList();
        var end = Series.SelectMany(one => one.Points).Select(point => point.X).DefaultIfEmpty().Max();
        if (Series.Any(one => one.CapacityAt < end))
        {
            legend.Add(new LegendEntry(ChartTexts.BeyondFleet, OptionPalette.Neutral.Fill, 3, ChartMarker.None));
        }

        return new LineSpec(
            CultureInfo.CurrentCulture.Name, Title, Height, Static ? ChartSizes.PrintWidth : null, legend, XUnit, ChartFigures.In(Currency, XTitle), YUnit, ChartFigures.In(Currency, YTitle),
            IsLogarithmic, OnPick.HasDelegate, series, [.. Crossings.Select(crossing => crossing with { X = X(crossing.X), Y = crossing.Y * UnitsPerUsd })],
            [.. Winners.Select(winner => winner with { From = X(winner.From), To = X(winner.To) })], Here is null ? null : Here with { X = X(Here.X), Y = Here.Y * UnitsPerUsd }, Start)
        {
            Amounts = ChartFigures.Amounts(Currency),
            LowestWins = LowestWins,
        };
    }

    private double X(double x) => ChartFigures.In(Currency, XUnit, x);

    private ChartTable Tabulate()
    {
        var marked = Crossings.Select(crossing => crossing.X).Concat(Series.Select(one => one.CapacityAt).OfType<double>());
        if (Here is not null)
        {
            marked = marked.Append(Here.X);
        }

        var at = XUnit == ChartUnit.Month ? Polyline.Whole(Series, marked) : Polyline.Rows(Series, marked);
        var rows = at.Select(IReadOnlyList<string> (x) => [WriteX(x), .. Options.Select(option => WriteY(option, x)), .. Winner(x)]).ToList();
        var file = Series.SelectMany(one => one.Points.Select(IReadOnlyList<string> (point) =>
            [one.Name, Format.Invariant(point.X), Format.Invariant(point.Y)]));
        IEnumerable<string> last = Winners.Count == 0 ? [] : [ChartTexts.Cheapest];
        return new ChartTable([ChartFigures.In(Currency, XTitle), .. Options.Select(option => option.Key.Name), .. last], rows, [[ChartTexts.Option, XTitle, YTitle], .. file]);
    }

    private string WriteX(double x)
    {
        var written = ChartFigures.Write(x, XUnit, Start, Currency);
        return x == Here?.X ? ChartTexts.Yours.With(written) : Crossings.Any(crossing => crossing.X == x) ? $"{written} ({CrossingWord})" : written;
    }

    private string WriteY(IEnumerable<ChartSeries> option, double x)
    {
        var written = ChartFigures.Write(option.Select(one => Polyline.ValueAt(one.Points, x)).FirstOrDefault(y => y is not null), YUnit, currency: Currency);
        return option.Any(one => x > one.CapacityAt) ? ChartTexts.BeyondCapacity.With(written) : written;
    }

    private IEnumerable<string> Winner(double x) => Winners.Count == 0
        ? []
        : [(Winners.FirstOrDefault(winner => x >= winner.From && x < winner.To) ?? (Winners[^1].To == x ? Winners[^1] : null))?.Name ?? Format.Unknown];
}
