using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>What less of one thing costs of another: a staircase through points than which none is better both ways. Each can be picked by its number.</summary>
public sealed class FrontierChart() : CellChart("frontier")
{
    /// <summary>From this ratio of largest to smallest on, equal factors take equal lengths: else the small ones would stand on one spot.</summary>
    private const double WideRange = 12;

    /// <summary>Points in any order; those with anything that is no number above 0 are left out of the drawing.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FrontierPoint> Points { get; set; }

    [Parameter, EditorRequired]
    public required string XTitle { get; set; }

    [Parameter]
    public ChartUnit XUnit { get; set; } = ChartUnit.Count;

    /// <summary>The points as they are drawn and numbered: by rising x.</summary>
    public static IReadOnlyList<FrontierPoint> Drawn(IEnumerable<FrontierPoint> points) =>
        [.. points.Where(point => point is { X: > 0 and < double.PositiveInfinity, Y: > 0 and < double.PositiveInfinity }).OrderBy(point => point.X)];

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var drawn = Drawn(Points);
        if (drawn.Count == 0)
        {
            return null;
        }

        var spec = new FrontierSpec(
            CultureInfo.CurrentCulture.Name, Title, 320, Width,
            [.. drawn.DistinctBy(point => point.Kind).Select(point => new LegendEntry(point.Kind, point.Color, 0, point.Marker) { Lone = true })],
            Axis(XTitle, XUnit, drawn.Select(point => point.X)), Axis(ChartTexts.UsdAMonth, ChartUnit.Usd, drawn.Select(point => point.Y)),
            [.. drawn.Select(point => new FrontierSpecPoint(point.Name, point.Label, ChartFigures.In(Currency, XUnit, point.X), ChartFigures.In(Currency, ChartUnit.Usd, point.Y), point.Color, point.Marker))])
        {
            Amounts = ChartFigures.Amounts(Currency),
        };
        var rows = drawn.Select(IReadOnlyList<string> (point) => [point.Name, point.Kind, ChartFigures.Write(point.X, XUnit, currency: Currency), ChartFigures.Write(point.Y, ChartUnit.Usd, currency: Currency)]);
        var file = drawn.Select(IReadOnlyList<string> (point) => [point.Name, point.Kind, Format.Invariant(point.X), Format.Invariant(point.Y)]);
        return (spec, new ChartTable([ChartTexts.Plan, ChartTexts.Kind, spec.X.Title, spec.Y.Title], [.. rows], [[ChartTexts.Plan, ChartTexts.Kind, XTitle, ChartTexts.UsdAMonth], .. file]));
    }

    private FrontierSpecAxis Axis(string title, ChartUnit unit, IEnumerable<double> values)
    {
        var all = values.ToList();
        return new FrontierSpecAxis(ChartFigures.In(Currency, title), unit, all.Max() / all.Min() > WideRange);
    }
}
