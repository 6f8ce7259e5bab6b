using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Domain;
using Planner.Domain.Costs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>First month against an ongoing month: two bars an option, stacked by ledger group, totals at the end.</summary>
public sealed partial class StackedBarChart : ComponentBase
{
    private const int RowHeight = 30;
    private const int RowHeightInPrint = 26;
    private const int AxisHeight = 36;

    private BarSpec? _spec;
    private ChartTable _table = null!;

    /// <summary>The finding in a sentence.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Description { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<StackedBar> Bars { get; set; }

    /// <summary>The currency in which bars are drawn and listed; they are given in USD, and files keep them so.</summary>
    [Parameter]
    public DisplayCurrency Currency { get; set; } = DisplayCurrency.Usd;

    /// <summary>For print: 680 pixels wide, no tools.</summary>
    [Parameter]
    public bool Static { get; set; }

    protected override void OnParametersSet()
    {
        var drawn = Bars.Where(bar => bar.Reason is null).ToList();
        var groups = LedgerGroups.All.Where(group => drawn.Any(bar => bar.Ongoing.Concat(bar.OneOff).Any(part => part.Group == group))).ToList();
        _spec = drawn.Count == 0 ? null : Specify(drawn, groups);
        _table = Tabulate(drawn, groups);
    }

    private BarSpec Specify(List<StackedBar> drawn, List<string> groups)
    {
        var rows = drawn.SelectMany(IEnumerable<BarSpecRow> (bar) =>
        [
            Row(bar, bar.Name, ChartTexts.Ongoing, bar.Ongoing, groups),
            Row(bar, null, ChartTexts.FirstMonth, [.. bar.Ongoing, .. bar.OneOff], groups),
        ]).ToList();
        return new BarSpec(
            CultureInfo.CurrentCulture.Name, Title, (rows.Count * (Static ? RowHeightInPrint : RowHeight)) + AxisHeight, Static ? ChartSizes.PrintWidth : null,
            [.. groups.Select(group => new LegendEntry(LedgerGroupNames.Of(group), OptionPalette.ForLedgerGroup(group).Fill, 0, null))],
            [.. groups.Select(group => new BarSpecGroup(LedgerGroupNames.Of(group), OptionPalette.ForLedgerGroup(group).Fill))], rows)
        {
            Amounts = ChartFigures.Amounts(Currency),
        };
    }

    private BarSpecRow Row(StackedBar bar, string? name, string row, IReadOnlyList<BarPart> parts, List<string> groups) =>
        new(name, bar.Color, row, [.. groups.Select(group => (double)Currency.From(Sum(parts, group)))], Format.MoneyHeadline(parts.Sum(part => part.Usd), Currency), !bar.Feasible);

    private ChartTable Tabulate(List<StackedBar> drawn, List<string> groups)
    {
        string[] amounts = [.. groups.Select(LedgerGroupNames.Of), ChartTexts.Total];
        var rows = drawn.SelectMany(IEnumerable<(string Name, IReadOnlyList<BarPart> Parts)> (bar) =>
            [(ChartTexts.OngoingOf.With(bar.Name), bar.Ongoing), (ChartTexts.FirstMonthOf.With(bar.Name), [.. bar.Ongoing, .. bar.OneOff])]).ToList();
        return new ChartTable(
            [ChartTexts.Option, .. amounts], Cells(usd => Format.Money(usd, Currency)), [[ChartTexts.Option, .. amounts.Select(amount => $"{amount}, USD")], .. Cells(Format.Invariant)]);

        List<IReadOnlyList<string>> Cells(Func<decimal?, string> write) =>
            [.. rows.Select(IReadOnlyList<string> (row) =>
                [row.Name, .. groups.Select(group => write(Sum(row.Parts, group))), write(row.Parts.Sum(part => part.Usd))])];
    }

    private static decimal Sum(IReadOnlyList<BarPart> parts, string group) => parts.Where(part => part.Group == group).Sum(part => part.Usd);
}
