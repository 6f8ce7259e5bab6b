using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>What each input alone does to a result: a bar from its low to its high value, around the result as it stands.</summary>
public sealed partial class TornadoChart : ComponentBase
{
    private const string LowColor = "var(--series-neutral)";
    private const string HighColor = "var(--pl-accent)";
    private const int Around = 72;
    private const int RowHeight = 32;
    private const int NarrowRowHeight = 50;

    private TornadoSpec _spec = null!;
    private ChartTable _table = null!;

    /// <summary>The finding in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    /// <summary>In the order they are drawn, usually the widest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TornadoRow> Rows { get; set; }

    /// <summary>The result with every input as it stands.</summary>
    [Parameter, EditorRequired]
    public required double Base { get; set; }

    /// <summary>What the result is, with its unit.</summary>
    [Parameter]
    public string XTitle { get; set; } = "USD a month";

    [Parameter]
    public ChartUnit XUnit { get; set; } = ChartUnit.Usd;

    /// <summary>The currency in which amounts are drawn and listed; they are given in USD, and files keep them so.</summary>
    [Parameter]
    public DisplayCurrency Currency { get; set; } = DisplayCurrency.Usd;

    /// <summary>For print: 680 pixels wide, no tools.</summary>
    [Parameter]
    public bool Static { get; set; }

    [Parameter]
    public string FileName { get; set; } = "sensitivity";

    protected override void OnParametersSet()
    {
        var title = ChartFigures.In(Currency, XTitle);
        var flips = Rows.Any(row => row.Flip is not null);
        LegendEntry[] ends = [new("at the low value", LowColor, 0, null), new("at the high value", HighColor, 0, null)];
        _spec = new TornadoSpec(
            CultureInfo.CurrentCulture.Name, Title, Around + (Rows.Count * RowHeight), Static ? ChartSizes.PrintWidth : null,
            flips ? [.. ends, new LegendEntry("another option wins from here", "var(--pl-text)", 0, ChartMarker.Diamond) { Lone = true }] : ends,
            XUnit, title, Drawn(Base) ?? 0, LowColor, HighColor,
            [.. Rows.Select(row => row with
            {
                AtLow = Drawn(row.AtLow),
                AtHigh = Drawn(row.AtHigh),
                Flip = Drawn(row.Flip?.At) is { } at ? row.Flip! with { At = at } : null,
            })])
        {
            Symbol = ChartFigures.Symbol(Currency),
            NarrowHeight = Around + (Rows.Count * NarrowRowHeight),
        };
        var rows = Rows.Select(IReadOnlyList<string> (row) =>
            [row.Name, row.Low, Write(row.AtLow), row.High, Write(row.AtHigh), .. flips ? (string[])[row.Flip?.Label ?? "nowhere between"] : []]);
        var file = Rows.Select(IReadOnlyList<string> (row) =>
            [row.Name, row.Low, Format.Invariant(row.AtLow), row.High, Format.Invariant(row.AtHigh), .. flips ? (string[])[row.Flip?.Label ?? ""] : []]);
        _table = new ChartTable(Columns(title), [.. rows, ["As it stands", "", Write(Base), "", Write(Base), .. flips ? (string[])[""] : []]], [Columns(XTitle), .. file]);

        IReadOnlyList<string> Columns(string result) =>
            ["Input", "Low value", $"{result} at low", "High value", $"{result} at high", .. flips ? (string[])["Another option wins"] : []];
    }

    private double? Drawn(double? result) => ChartFigures.Finite(result) is { } figure ? ChartFigures.In(Currency, XUnit, figure) : null;

    private string Write(double? result) => ChartFigures.Write(result, XUnit, currency: Currency);
}
