using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>What each input alone does to a result: a bar from its low to its high value, around the result as it stands.</summary>
public sealed class TornadoChart() : CellChart("sensitivity")
{
    private const string LowColor = "var(--series-neutral)";
    private const string HighColor = "var(--pl-accent)";
    private const int Around = 72;
    private const int RowHeight = 32;
    private const int NarrowRowHeight = 50;

    /// <summary>In the order they are drawn, usually the widest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TornadoRow> Rows { get; set; }

    /// <summary>The result with every input as it stands.</summary>
    [Parameter, EditorRequired]
    public required double Base { get; set; }

    /// <summary>What the result is, with its unit.</summary>
    [Parameter]
    public string XTitle { get; set; } = ChartTexts.UsdAMonth;

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        if (Rows.Count == 0)
        {
            return null;
        }

        var title = ChartFigures.In(Currency, XTitle);
        var flips = Rows.Any(row => row.Flip is not null);
        LegendEntry[] ends = [new(ChartTexts.AtLow, LowColor, 0, null), new(ChartTexts.AtHigh, HighColor, 0, null)];
        var spec = new TornadoSpec(
            CultureInfo.CurrentCulture.Name, Title, Around + (Rows.Count * RowHeight), Width,
            flips ? [.. ends, new LegendEntry(ChartTexts.AnotherWinsFrom, "var(--pl-text)", 0, ChartMarker.Diamond) { Lone = true }] : ends,
            ChartUnit.Usd, title, Drawn(Base) ?? 0, LowColor, HighColor,
            [.. Rows.Select(row => row with
            {
                AtLow = Drawn(row.AtLow),
                AtHigh = Drawn(row.AtHigh),
                Flip = Drawn(row.Flip?.At) is { } at ? row.Flip! with { At = at } : null,
            })])
        {
            Amounts = ChartFigures.Amounts(Currency),
            NarrowHeight = Around + (Rows.Count * NarrowRowHeight),
        };
        var rows = Rows.Select(IReadOnlyList<string> (row) =>
            [row.Name, row.Low, Write(row.AtLow), row.High, Write(row.AtHigh), .. flips ? (string[])[row.Flip?.Label ?? ChartTexts.NowhereBetween] : []]);
        var file = Rows.Select(IReadOnlyList<string> (row) =>
            [row.Name, row.Low, Format.Invariant(row.AtLow), row.High, Format.Invariant(row.AtHigh), .. flips ? (string[])[row.Flip?.Label ?? ""] : []]);
        return (spec, new ChartTable(Columns(title), [.. rows, [ChartTexts.AsItStands, "", Write(Base), "", Write(Base), .. flips ? (string[])[""] : []]], [Columns(XTitle), .. file]));

        IReadOnlyList<string> Columns(string result) =>
            [ChartTexts.Input, ChartTexts.LowValue, ChartTexts.ResultAtLow.With(result), ChartTexts.HighValue, ChartTexts.ResultAtHigh.With(result), .. flips ? (string[])[ChartTexts.AnotherWins] : []];
    }

    private double? Drawn(double? result) => ChartFigures.Finite(result) is { } figure ? ChartFigures.In(Currency, ChartUnit.Usd, figure) : null;

    private string Write(double? result) => ChartFigures.Write(result, ChartUnit.Usd, currency: Currency);
}
