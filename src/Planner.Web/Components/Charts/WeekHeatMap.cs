using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>A value for each hour of the week: days by hours, darker for more, hatched above a capacity.</summary>
public sealed class WeekHeatMap() : CellChart("week")
{
    /// <summary>168 values from Monday 00:00 on; what is no number is drawn as not known.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double> Values { get; set; }

    /// <summary>What the values are, with their unit, such as "requests/s".</summary>
    [Parameter, EditorRequired]
    public required string Measure { get; set; }

    /// <summary>What can be carried in each of the 168 hours; hours above it are marked.</summary>
    [Parameter]
    public IReadOnlyList<double>? Capacity { get; set; }

    /// <summary>What else to say of each of the 168 hours, such as "3 replicas run".</summary>
    [Parameter]
    public IReadOnlyList<string>? Notes { get; set; }

    /// <summary>CSS colour of the highest value.</summary>
    [Parameter]
    public string Color { get; set; } = "var(--pl-accent)";

    private static IEnumerable<int> Hours => Enumerable.Range(0, WeekHours.Count);

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var over = Hours.Count(IsOver);
        IReadOnlyList<LegendEntry> legend = over == 0
            ? []
            : [new LegendEntry(ChartTexts.AboveHatched.With(over, WeekHours.Count), "var(--pl-text)", 0, null) { Hatched = true }];
        var spec = new WeekSpec(
            CultureInfo.CurrentCulture.Name, Title, 282, Width, legend, ChartUnit.Count, ChartFigures.In(Currency, Measure), Color, WeekHours.DayNames, [.. Enumerable.Range(0, WeekHours.Days).Select(WeekHours.Short)],
            [.. Hours.Select(hour => ChartFigures.Finite(Values[hour]))],
            Capacity is null ? [] : [.. Hours.Select(hour => IsOver(hour) ? ChartTexts.Above.With(Write(Capacity[hour])) : null)],
            Notes ?? [])
        {
            Amounts = ChartFigures.Amounts(Currency),
            NarrowHeight = 634,
        };
        return (spec, Tabulate());
    }

    private ChartTable Tabulate()
    {
        var rows = Enumerable.Range(0, WeekHours.PerDay).Select(IReadOnlyList<string> (hour) =>
            [WeekHours.Clock(hour), .. Enumerable.Range(0, WeekHours.Days).Select(day => Cell((day * WeekHours.PerDay) + hour))]);
        IReadOnlyList<string> head = [ChartTexts.Day, ChartTexts.Hour, Measure, .. Capacity is null ? (string[])[] : [ChartTexts.CanBeCarried], .. Notes is null ? (string[])[] : [ChartTexts.Note]];
        var file = Hours.Select(IReadOnlyList<string> (hour) =>
        [
            WeekHours.DayNames[hour / WeekHours.PerDay], WeekHours.Clock(hour), Format.Invariant(Values[hour]),
            .. Capacity is null ? (string[])[] : [Format.Invariant(Capacity[hour])], .. Notes is null ? (string[])[] : [Notes[hour]],
        ]);
        return new ChartTable([ChartTexts.HourOf.With(ChartFigures.In(Currency, Measure)), .. WeekHours.DayNames], [.. rows], [head, .. file]);
    }

    private string Cell(int hour) => IsOver(hour) ? ChartTexts.AboveCapacity.With(Write(Values[hour])) : Write(Values[hour]);

    private string Write(double value) => ChartFigures.Write(value, ChartUnit.Count, currency: Currency);

    private bool IsOver(int hour) => Values[hour] > Capacity?[hour];
}
