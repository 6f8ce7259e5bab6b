using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>What was used day by day, stacked by what it was used for; a long time is summed up by weeks.</summary>
public sealed class DayColumns() : CellChart("days")
{
    // More columns than this are too thin to be told apart on a phone.
    private const int MostDays = 120;
    private const int DaysOfWeek = 7;

    /// <summary>The first day.</summary>
    [Parameter, EditorRequired]
    public required DateOnly First { get; set; }

    /// <summary>The parts, the lowest first; all of one length.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DayTrack> Tracks { get; set; }

    /// <summary>What is counted, with its unit.</summary>
    [Parameter, EditorRequired]
    public required string Measure { get; set; }

    [Parameter]
    public ChartUnit Unit { get; set; } = ChartUnit.Count;

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        var days = Tracks.Count == 0 ? 0 : Tracks[0].Values.Count;
        if (days == 0)
            return null;
        var step = days > MostDays ? DaysOfWeek : 1;
        var columns = Enumerable.Range(0, (days + step - 1) / step)
            .Select(column => (First: First.AddDays(column * step), Values: (IReadOnlyList<double>)[.. Tracks.Select(track => track.Values.Skip(column * step).Take(step).Sum())])).ToList();
        var title = (step == 1 ? ChartTexts.ADay : ChartTexts.AWeek).With(Measure);
        var spec = new ColumnSpec(
            CultureInfo.CurrentCulture.Name, Title, 280, Width, [.. Tracks.Select(track => new LegendEntry(track.Name, track.Color, 0, null)).Reverse()], Unit, title,
            First.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, step, [.. Tracks.Select(track => new ColumnSpecGroup(track.Name, track.Color))],
            [.. columns.Select(column => column.Values)]);
        IReadOnlyList<string> head = [step == 1 ? ChartTexts.Day : ChartTexts.WeekFrom, .. Tracks.Select(track => track.Name), ChartTexts.InAll];
        return (spec, new ChartTable(head, [.. columns.Select(column => Row(column.First, column.Values, value => ChartFigures.Write(value, Unit)))],
            [head, .. columns.Select(column => Row(column.First, column.Values, value => Format.Invariant(value)))]));
    }

    private static IReadOnlyList<string> Row(DateOnly day, IReadOnlyList<double> values, Func<double, string> write) => [Format.Day(day), .. values.Select(write), write(values.Sum())];
}
