using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>A price over time: what applied as steps, what is announced dashed, what other sources say beside it.</summary>
public sealed class PriceHistoryChart() : CellChart("price-history")
{
    private static readonly Hue[] Others = [OptionPalette.Purple, OptionPalette.Amber, OptionPalette.Sky, OptionPalette.Mixed, OptionPalette.Neutral];

    [Parameter, EditorRequired]
    public required PriceTracks Tracks { get; set; }

    /// <summary>Unit of the price, such as "USD per million tokens".</summary>
    [Parameter, EditorRequired]
    public required string Unit { get; set; }

    protected override (CellSpec Spec, ChartTable Table)? Draw()
    {
        if (Tracks.Tracks.Count == 0)
            return null;
        var tracks = new List<HistorySpecTrack>();
        foreach (var track in Tracks.Tracks)
        {
            var (hue, dash, marker) = track.Kind switch
            {
                TrackKind.Own => (OptionPalette.Api, 0, ChartMarker.None),
                TrackKind.Announced => (OptionPalette.Api, 5, ChartMarker.None),
                _ => LookOf(tracks.Count(one => one.Marker != ChartMarker.None)),
            };
            tracks.Add(new(track.Name, hue.Fill, dash, marker, [.. track.Steps.Select(step => new[] { Day(step.From), Day(step.To), ChartFigures.In(Currency, ChartUnit.Rate, (double)step.Usd) })]));
        }

        var spec = new HistorySpec(
            CultureInfo.CurrentCulture.Name, Title, 240, Width, [.. tracks.Select(track => new LegendEntry(track.Name, track.Color, track.Dash, track.Marker))], ChartUnit.Rate,
            ChartFigures.In(Currency, Unit), Day(Tracks.Today), tracks)
        {
            Amounts = ChartFigures.Amounts(Currency),
        };
        var steps = Tracks.Tracks.SelectMany(track => track.Steps.Select(step => (track.Name, Step: step))).ToList();
        return (spec, new ChartTable(
            [ChartTexts.Source, ChartTexts.From, ChartTexts.To, spec.YTitle],
            [.. steps.Select(IReadOnlyList<string> (row) => [row.Name, Format.Day(row.Step.From), Format.Day(row.Step.To), ChartFigures.Write((double)row.Step.Usd, ChartUnit.Rate, currency: Currency)])],
            [[ChartTexts.Source, ChartTexts.From, ChartTexts.To, Unit], .. steps.Select(IReadOnlyList<string> (row) => [row.Name, Format.Day(row.Step.From), Format.Day(row.Step.To), Format.Invariant(row.Step.Usd)])]));
    }

    private static (Hue Hue, int Dash, ChartMarker Marker) LookOf(int number) => (Others[number % Others.Length], 2, (ChartMarker)(number % 4));

    /// <summary>Days since 1970, as the drawing counts them.</summary>
    private static double Day(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
