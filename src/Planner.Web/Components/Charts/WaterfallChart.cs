using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>How one option's amount becomes another: the first, each step up or down, and what they come to.</summary>
public sealed class WaterfallChart() : CellChart("waterfall")
{
    private const string AddsColor = "var(--pl-accent)";
    private const string TakesColor = "var(--series-neutral)";
    private const int Around = 48;
    private const int RowHeight = 30;
    private const int NarrowRowHeight = 46;

    /// <summary>What the first bar is called.</summary>
    [Parameter, EditorRequired]
    public required string StartName { get; set; }

    /// <summary>The amount the steps begin with; 0 leaves its bar out.</summary>
    [Parameter]
    public double Start { get; set; }

    /// <summary>Steps whose amounts are numbers.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<WaterfallStep> Steps { get; set; }

    /// <summary>What the last bar is called; its amount is the first and all steps together.</summary>
    [Parameter, EditorRequired]
    public required string EndName { get; set; }

    /// <summary>CSS colour of the option: of the first and the last bar.</summary>
    [Parameter, EditorRequired]
    public required string Color { get; set; }

    [Parameter]
    public string XTitle { get; set; } = "USD";

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var bars = Bars().ToList();
        List<LegendEntry> legend = [];
        if (Steps.Any(step => step.Amount > 0))
        {
            legend.Add(new LegendEntry(ChartTexts.Adds, AddsColor, 0, null));
        }

        if (Steps.Any(step => step.Amount < 0))
        {
            legend.Add(new LegendEntry(ChartTexts.TakesOff, TakesColor, 0, null));
        }

        var spec = new WaterfallSpec(
            CultureInfo.CurrentCulture.Name, Title, Around + (bars.Count * RowHeight), Width, legend, ChartUnit.Usd,
            ChartFigures.In(Currency, XTitle), [.. bars.Select(bar => bar with { From = Drawn(bar.From), To = Drawn(bar.To) })])
        {
            Amounts = ChartFigures.Amounts(Currency),
            NarrowHeight = Around + (bars.Count * NarrowRowHeight),
        };
        return (spec, new ChartTable(
            [ChartTexts.Step, ChartTexts.Amount, ChartTexts.TotalSoFar],
            [.. bars.Select(IReadOnlyList<string> (bar) => [bar.Name, Write(bar.To - bar.From), Write(bar.To)])],
            [[ChartTexts.Step, ChartTexts.AmountIn.With(XTitle), ChartTexts.TotalSoFarIn.With(XTitle)], .. bars.Select(IReadOnlyList<string> (bar) =>
                [bar.Name, Format.Invariant(bar.To - bar.From), Format.Invariant(bar.To)])]));
    }

    private IEnumerable<WaterfallSpecBar> Bars()
    {
        var total = Start;
        if (Start != 0)
        {
            yield return Total(StartName, total);
        }

        foreach (var step in Steps)
        {
            var from = total;
            total += step.Amount;
            yield return new WaterfallSpecBar(step.Name, from, total, step.Amount < 0 ? TakesColor : AddsColor, false);
        }

        yield return Total(EndName, total);
    }

    private double Drawn(double amount) => ChartFigures.In(Currency, ChartUnit.Usd, amount);

    private string Write(double amount) => ChartFigures.Write(amount, ChartUnit.Usd, currency: Currency);

    private WaterfallSpecBar Total(string name, double total) => new(name, 0, total, Color, true);
}
