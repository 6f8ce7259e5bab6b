using Planner.Domain;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>Cost against requests a month, for each of the four questions.</summary>
/// <param name="Faces">Ongoing and first month, each as the fleets stand and with capacity checked.</param>
public sealed record BreakEvenView(IReadOnlyList<BreakEvenFace> Faces)
{
    private const double LeastAxis = 1_000;
    private const double FarthestCrossing = 20;

    /// <summary>The answer to one question.</summary>
    public BreakEvenFace? Face(bool firstMonth, bool capacityChecked) =>
        Faces.FirstOrDefault(face => face.FirstMonth == firstMonth && face.CapacityChecked == capacityChecked);

    internal static BreakEvenView Of(Scenario scenario, CatalogSnapshot catalog, Result result, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        var requests = (double)scenario.Workload.RequestsPerMonth;
        var end = AxisEnd(requests, result.BreakEven);
        return new BreakEvenView([.. result.BreakEven.Where(found => found.Axis == BreakEvenAxes.RequestsPerMonth).Select(found =>
        {
            // Lines that grow belong to the capacity-checked question; as it stands, a fleet is one straight line.
            var lines = sound ? Engine.CostLines(scenario, catalog, found.Axis, 0, end, found.FirstMonth, asItStands: !found.CapacityChecked) : [];
            return BreakEvenFace.Of(found, lines, options, requests, end) with { Undrawn = older, Currency = DisplayCurrency.Of(scenario) };
        })]);
    }

    /// <summary>An end that holds the volume and the first crossing, rounded up to a figure that reads well.</summary>
    private static double AxisEnd(double requests, IReadOnlyList<BreakEven> found)
    {
        var firsts = found.Select(one => one.Crossings.Count > 0 ? one.Crossings[0].Value : 0).Where(value => value <= requests * FarthestCrossing || requests == 0);
        return Math.Min(BreakEvenAxes.Largest(BreakEvenAxes.RequestsPerMonth), RoundUp(Math.Max(LeastAxis, Math.Max(requests * 2, firsts.DefaultIfEmpty().Max() * 1.2))));
    }

    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
        return steps.First(step => step * power >= value * (1 - 1e-12)) * power;
    }
}

/// <summary>Cost against requests a month for one question, ready to be drawn and listed.</summary>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="CapacityChecked">True where fleets grow with the load, and fixed ones end at what they carry.</param>
/// <param name="Title">The finding in a few words.</param>
/// <param name="Sentence">The finding in a sentence.</param>
/// <param name="Series">A line an option.</param>
/// <param name="Crossings">The crossings within the chart.</param>
/// <param name="Winners">Who is cheapest where within the chart.</param>
/// <param name="Here">The workload's volume.</param>
/// <param name="Intervals">All winning intervals.</param>
/// <param name="AllCrossings">All crossings.</param>
public sealed record BreakEvenFace(
    bool FirstMonth, bool CapacityChecked, string Title, string Sentence, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartCrossing> Crossings,
    IReadOnlyList<ChartInterval> Winners, ChartHere Here, IReadOnlyList<IntervalRow> Intervals, IReadOnlyList<CrossingRow> AllCrossings)
{
    /// <summary>More labels than this cover each other.</summary>
    private const int MostMarked = 6;

    /// <summary>The currency in which costs are shown; the series are in USD.</summary>
    public DisplayCurrency Currency { get; init; } = DisplayCurrency.Usd;

    /// <summary>Why there are no lines beside the figures; null where there are.</summary>
    public string? Undrawn { get; init; }

    internal static BreakEvenFace Of(BreakEven found, IReadOnlyList<CostLine> lines, IReadOnlyList<OptionView> options, double requests, double end)
    {
        var byId = options.ToDictionary(option => option.Id);
        var series = lines.Where(line => byId.ContainsKey(line.OptionId)).Select(line => ToSeries(line, byId[line.OptionId])).ToList();
        return new BreakEvenFace(
            found.FirstMonth, found.CapacityChecked, TitleOf(found, byId), found.Sentence, series,
            [.. found.Crossings.Where(crossing => crossing.Value <= end).Take(MostMarked).Select(crossing => ToMark(crossing, lines))],
            [.. found.Intervals.Where(interval => interval.From < end).Select(interval => ToWinner(interval, byId, end))],
            new ChartHere(requests, $"You: {Wording.Count(requests)}"),
            [.. found.Intervals.Select(interval => new IntervalRow(interval.From, interval.To, OptionOf(byId, interval.CheapestOptionId)))],
            [.. found.Crossings.Select(crossing => new CrossingRow(crossing.Value, OptionOf(byId, crossing.FromOptionId), OptionOf(byId, crossing.ToOptionId)))]);
    }

    private static string TitleOf(BreakEven found, Dictionary<string, OptionView> byId)
    {
        var subject = found.FirstMonth ? "First month" : "Ongoing";
        return found switch
        {
            { Crossings: [var only] } => $"{subject}: break-even at {Wording.Count(only.Value)} requests a month",
            { Crossings.Count: > 1 } => $"{subject}: the cheapest option changes {(found.Tail is null ? "" : "more than ")}{found.Crossings.Count} times",
            { Intervals: [{ CheapestOptionId: { } id }, ..] } when byId.TryGetValue(id, out var winner) =>
                byId.Count == 1 ? $"{subject}: cost by volume" : $"{subject}: no break-even, {winner.Name} is cheapest throughout",
            _ => $"{subject}: no option can be compared",
        };
    }

    private static ChartSeries ToSeries(CostLine line, OptionView option) => new(option.Name, option.Style.Hue.Fill, option.Style.Dash, line.Points)
    {
        // Corners of steps are no measurements: markers on each would hide the line.
        Marker = line.Points.Count > 4 ? ChartMarker.None : option.Style.Marker,
        CapacityAt = line.BeyondCapacityFrom,
    };

    private static ChartCrossing ToMark(Crossing crossing, IReadOnlyList<CostLine> lines)
    {
        var line = lines.FirstOrDefault(line => line.OptionId == (crossing.ToOptionId ?? crossing.FromOptionId)) ?? lines.FirstOrDefault(line => line.OptionId == crossing.FromOptionId);
        return new ChartCrossing(crossing.Value, line is null ? 0 : Polyline.ValueAt(line.Points, crossing.Value) ?? line.Points[^1].Usd, $"{Wording.Count(crossing.Value)} requests");
    }

    private static ChartInterval ToWinner(WinningInterval interval, Dictionary<string, OptionView> byId, double end)
    {
        var winner = OptionOf(byId, interval.CheapestOptionId);
        return new ChartInterval(interval.From, Math.Min(interval.To, end), winner?.Name, winner?.Style.Hue.Fill);
    }

    private static OptionView? OptionOf(Dictionary<string, OptionView> byId, string? id) => id is null ? null : byId.GetValueOrDefault(id);
}

/// <summary>A winning interval.</summary>
/// <param name="From">First volume, included.</param>
/// <param name="To">Volume at which it ends.</param>
/// <param name="Winner">The cheapest option; null where none can serve.</param>
public sealed record IntervalRow(double From, double To, OptionView? Winner);

/// <summary>A point where the cheapest option changes.</summary>
/// <param name="Value">The volume.</param>
/// <param name="From">Cheapest below; null where none can serve.</param>
/// <param name="To">Cheapest above; null where none can serve.</param>
public sealed record CrossingRow(double Value, OptionView? From, OptionView? To);
