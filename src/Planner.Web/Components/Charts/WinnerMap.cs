using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>Who wins where, over two inputs at once: regions in the winners' colours, their names on them, the reader's own point.</summary>
public sealed class WinnerMap() : CellChart("winner-map")
{
    // More columns than this nobody reads; the file has them all.
    private const int MostColumns = 9;

    [Parameter, EditorRequired]
    public required MapAxis X { get; set; }

    [Parameter, EditorRequired]
    public required MapAxis Y { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<MapOption> Options { get; set; }

    /// <summary>Number of the winner among <see cref="Options"/> at each point, −1 where none can serve; along x first, from the least y on.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<int> Winners { get; set; }

    [Parameter]
    public MapHere? Here { get; set; }

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var legend = Options.Where((_, i) => Winners.Contains(i)).Select(option => new LegendEntry(ChartTexts.CheapestOf.With(option.Name), option.Color, 0, null)).ToList();
        if (Winners.Any(winner => winner < 0))
        {
            legend.Add(new LegendEntry(ChartTexts.NoneServes, OptionPalette.Neutral.Fill, 0, null) { Hatched = true });
        }

        var spec = new MapSpec(
            CultureInfo.CurrentCulture.Name, Title, 400, Width, legend, Drawn(X), Drawn(Y), Options, Winners,
            Here is null ? null : Here with { X = ChartFigures.In(Currency, X.Unit, Here.X), Y = ChartFigures.In(Currency, Y.Unit, Here.Y) })
        {
            Amounts = ChartFigures.Amounts(Currency),
            NarrowHeight = 360,
        };
        return (spec, Tabulate());
    }

    private ChartTable Tabulate()
    {
        var (columns, rows) = (Spread(X.Values.Count), Spread(Y.Values.Count));
        var shown = rows.Reverse().Select(IReadOnlyList<string> (y) =>
            [Write(Y, y), .. columns.Select(x => Name(x, y))]);
        var file = Enumerable.Range(0, Winners.Count).Select(IReadOnlyList<string> (i) =>
            [Format.Invariant(X.Values[i % X.Values.Count]), Format.Invariant(Y.Values[i / X.Values.Count]), Name(i % X.Values.Count, i / X.Values.Count)]);
        return new ChartTable(
            [ChartTexts.DownAcross.With(Drawn(Y).Title, Drawn(X).Title), .. columns.Select(x => Write(X, x))],
            [.. shown], [[X.Title, Y.Title, ChartTexts.Cheapest], .. file]);
    }

    private MapAxis Drawn(MapAxis axis) => axis with
    {
        Title = ChartFigures.In(Currency, axis.Title),
        Values = [.. axis.Values.Select(value => ChartFigures.In(Currency, axis.Unit, value))],
    };

    private string Write(MapAxis axis, int i) => ChartFigures.Write(axis.Values[i], axis.Unit, currency: Currency);

    private string Name(int x, int y) => Winners[(y * X.Values.Count) + x] is >= 0 and var winner ? Options[winner].Name : ChartTexts.None;

    private static IReadOnlyList<int> Spread(int count) =>
        [.. Enumerable.Range(0, Math.Min(count, MostColumns)).Select(i => count <= MostColumns ? i : i * (count - 1) / (MostColumns - 1))];
}
