using Planner.Domain;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>Cost along an axis, for each of the four questions.</summary>
/// <param name="Faces">Ongoing and first month, each as the fleets stand and with capacity checked.</param>
public sealed record BreakEvenView(IReadOnlyList<BreakEvenFace> Faces)
{
    private const double FarthestCrossing = 20;

    /// <summary>The answer to one question.</summary>
    public BreakEvenFace? Face(bool firstMonth, bool capacityChecked) =>
        Faces.FirstOrDefault(face => face.FirstMonth == firstMonth && face.CapacityChecked == capacityChecked);

    internal static BreakEvenView Of(Scenario scenario, CatalogSnapshot catalog, Result result, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        var axis = new AxisOffer(BreakEvenAxes.RequestsPerMonth, null, null, null);
        var found = result.BreakEven.Where(found => found.Axis == axis.Axis).ToList();
        var here = (double)scenario.Workload.RequestsPerMonth;
        var range = Drawn(axis.Axis, scenario.Workload, here, found);
        return new BreakEvenView([.. found.Select(one => BreakEvenFace.Of(axis, one, sound ? Lines(scenario, catalog, axis, one, range) : [], options, here, range) with { Undrawn = older })]);
    }

    /// <summary>The answers along an axis that the scenario can be asked along.</summary>
    public static BreakEvenView Along(Scenario scenario, CatalogSnapshot catalog, AxisOffer axis, IReadOnlyList<OptionView> options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(axis);
        var found = Engine.BreakEven(scenario, catalog, axis.Axis, optionId: axis.OptionId);
        var here = Engine.AxisHere(scenario, catalog, axis.Axis, axis.OptionId);
        // What a fleet lacks is what its reader looks for.
        var needed = options.FirstOrDefault(option => option.Id == axis.OptionId)?.Result.Capacity is { TokensPerSecond: > 0 } capacity ? here * Math.Max(1, capacity.RequiredTokensPerSecond / capacity.TokensPerSecond) : here;
        var range = Drawn(axis.Axis, scenario.Workload, here, found, needed);
        return new BreakEvenView([.. found.Select(one =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return BreakEvenFace.Of(axis, one, Lines(scenario, catalog, axis, one, range), options, here, range);
        })]);
    }

    // Lines that grow belong to the capacity-checked question; as it stands, a fleet is one straight line.
    private static IReadOnlyList<CostLine> Lines(Scenario scenario, CatalogSnapshot catalog, AxisOffer axis, BreakEven found, (double From, double To) range) =>
        Engine.CostLines(scenario, catalog, axis.Axis, range.From, range.To, found.FirstMonth, asItStands: !found.CapacityChecked, axis.OptionId);

    /// <summary>A range that holds the scenario's own point and the first crossing, rounded to figures that read well.</summary>
    private static (double From, double To) Drawn(string axis, Workload workload, double? own, IReadOnlyList<BreakEven> found, double? needed = null)
    {
        var (start, end) = BreakEvenAxes.Range(axis, workload);
        if (axis == BreakEvenAxes.Utilization)
            return (start, end);
        var here = own ?? 0;
        if (axis == BreakEvenAxes.Throughput)
        {
            // Costs grow beyond all bounds towards 0, so that the lines begin just below what matters.
            double[] points =
            [
                .. found.SelectMany(one => one.Crossings).Select(crossing => crossing.Value).Where(value => here == 0 || (value <= here * FarthestCrossing && value >= here / FarthestCrossing)),
                .. here > 0 ? [here, needed ?? here] : (double[])[],
            ];
            return (Math.Max(start, Round(points.DefaultIfEmpty(start).Min() / 2, up: false)), Math.Min(end, Round(Math.Max(Least(axis), Math.Max(here * 2, points.DefaultIfEmpty().Max() * 1.2)), up: true)));
        }

        var firsts = found.Select(one => one.Crossings.Count > 0 ? one.Crossings[0].Value : 0).Where(value => value <= here * FarthestCrossing || here == 0);
        return (start, Math.Min(BreakEvenAxes.Largest(axis, workload), Round(Math.Max(Least(axis), Math.Max(here * 2, firsts.DefaultIfEmpty().Max() * 1.2)), up: true)));
    }

    /// <summary>A chart ends no earlier than here.</summary>
    private static double Least(string axis) => axis switch
    {
        BreakEvenAxes.ApiPrice or BreakEvenAxes.InstancePrice => 0.001,
        BreakEvenAxes.OutputTokens or BreakEvenAxes.Throughput => 100,
        _ => 1_000,
    };

    private static double Round(double value, bool up)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
        return (up ? steps.First(step => step * power >= value * (1 - 1e-12)) : steps.Last(step => step * power <= value * (1 + 1e-12))) * power;
    }
}

/// <summary>Cost along an axis for one question, ready to be drawn and listed.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="CapacityChecked">True where fleets grow with the load, and fixed ones end at what they carry.</param>
/// <param name="Title">The finding in a few words.</param>
/// <param name="Sentence">The finding in a sentence.</param>
/// <param name="Series">The options' lines.</param>
/// <param name="Crossings">The crossings within the chart.</param>
/// <param name="Winners">Who is cheapest where within the chart.</param>
/// <param name="Here">The scenario's own point; null where it is unknown or lies beyond the chart.</param>
/// <param name="Intervals">All winning intervals.</param>
/// <param name="AllCrossings">All crossings.</param>
public sealed record BreakEvenFace(
    AxisOffer Axis, bool FirstMonth, bool CapacityChecked, string Title, string Sentence, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartCrossing> Crossings,
    IReadOnlyList<ChartInterval> Winners, ChartHere? Here, IReadOnlyList<IntervalRow> Intervals, IReadOnlyList<CrossingRow> AllCrossings)
{
    /// <summary>More labels than this cover each other.</summary>
    private const int MostMarked = 6;

    /// <summary>The currency in which amounts are shown; series and points are in USD.</summary>
    public DisplayCurrency Currency { get; private init; } = DisplayCurrency.Usd;

    /// <summary>Why there are no lines beside the figures; null where there are.</summary>
    public string? Undrawn { get; init; }

    /// <summary>What fleets may do in this question.</summary>
    public string Fleets => CapacityChecked ? Texts.FleetsGrow : BreakEvenAxes.IsVolume(Axis.Axis) && Here is { X: 0 } ? Texts.FleetsStandAtNone : Texts.FleetsStand;

    /// <summary>Why the scenario's own point is not in the chart; null where it is.</summary>
    public string? Elsewhere { get; private init; }

    internal static BreakEvenFace Of(AxisOffer axis, BreakEven found, IReadOnlyList<CostLine> lines, IReadOnlyList<OptionView> options, double? here, (double From, double To) range)
    {
        var byId = options.ToDictionary(option => option.Id);
        var currency = options.Count > 0 ? options[0].Currency : DisplayCurrency.Usd;
        var series = lines.Where(line => byId.ContainsKey(line.OptionId)).GroupBy(line => line.OptionId).SelectMany(option => option.Select(line => ToSeries(line, option.Sum(one => one.Points.Count), byId[option.Key]))).ToList();
        var crossings = found.Crossings.Where(crossing => crossing.Value >= range.From && crossing.Value <= range.To).Select(crossing => ToMark(found.Axis, crossing, lines, currency));
        return new BreakEvenFace(
            axis, found.FirstMonth, found.CapacityChecked, TitleOf(found, byId, currency), found.Sentence, series,
            // Steps lie the closer the lower the throughput is.
            [.. found.Axis == BreakEvenAxes.Throughput ? crossings.TakeLast(MostMarked) : crossings.Take(MostMarked)],
            [.. found.Intervals.Where(interval => interval.From < range.To && interval.To > range.From).Select(interval => ToWinner(interval, byId, range))],
            here >= range.From && here <= range.To ? new ChartHere(here.Value, AnswerTexts.You.With(AxisWords.Short(found.Axis, here.Value, currency))) : null,
            [.. found.Intervals.Select(interval => new IntervalRow(interval.From, interval.To, OptionOf(byId, interval.CheapestOptionId)))],
            [.. found.Crossings.Select(crossing => new CrossingRow(crossing.Value, OptionOf(byId, crossing.FromOptionId), OptionOf(byId, crossing.ToOptionId)))])
        {
            Currency = currency,
            Elsewhere = here is not { } own ? Texts.AxisHereUnknown : own < range.From || own > range.To ? Texts.AxisHereBeyond.With(AxisWords.Short(found.Axis, own, currency)) : null,
        };
    }

    private static string TitleOf(BreakEven found, Dictionary<string, OptionView> byId, DisplayCurrency currency)
    {
        var subject = found.FirstMonth ? AnswerTexts.FirstMonth : AnswerTexts.Ongoing;
        return found switch
        {
            { Crossings: [var only] } => AnswerTexts.TitleBreakEven.With(subject, AxisWords.InSentence(found.Axis, only.Value, currency)),
            { Crossings.Count: > 1 } => (found.Tail is null && found.SearchedFrom is null ? AnswerTexts.TitleChanges : AnswerTexts.TitleChangesMore).With(subject, found.Crossings.Count),
            { Intervals: [{ CheapestOptionId: { } id }, ..] } when byId.TryGetValue(id, out var winner) =>
                byId.Count == 1 ? AnswerTexts.TitleCostBy.With(subject, AxisWords.Noun(found.Axis)) : AnswerTexts.TitleNoBreakEven.With(subject, winner.Name),
            _ => AnswerTexts.TitleNothingToCompare.With(subject),
        };
    }

    private static ChartSeries ToSeries(CostLine line, int points, OptionView option) => new(option.Name, option.Style.Hue.Fill, option.Style.Dash, line.Points)
    {
        // Corners of steps are no measurements: markers on each would hide the line.
        Marker = points > 4 ? ChartMarker.None : option.Style.Marker,
        CapacityAt = line.BeyondCapacityFrom,
    };

    private static ChartCrossing ToMark(string axis, Crossing crossing, IReadOnlyList<CostLine> lines, DisplayCurrency currency)
    {
        List<CostLine> meeting = [.. lines.Where(line => line.OptionId == crossing.ToOptionId), .. lines.Where(line => line.OptionId == crossing.FromOptionId)];
        var usd = meeting.Select(line => Polyline.ValueAt(line.Points, crossing.Value)).FirstOrDefault(value => value is not null) ?? (meeting.Count > 0 ? meeting[0].Points[^1].Usd : 0);
        return new ChartCrossing(crossing.Value, usd, AxisWords.Label(axis, crossing.Value, currency));
    }

    private static ChartInterval ToWinner(WinningInterval interval, Dictionary<string, OptionView> byId, (double From, double To) range)
    {
        var winner = OptionOf(byId, interval.CheapestOptionId);
        return new ChartInterval(Math.Max(interval.From, range.From), Math.Min(interval.To, range.To), winner?.Name, winner?.Style.Hue.Fill);
    }

    private static OptionView? OptionOf(Dictionary<string, OptionView> byId, string? id) => id is null ? null : byId.GetValueOrDefault(id);
}

/// <summary>A winning interval.</summary>
/// <param name="From">Where it begins, included.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Winner">The cheapest option; null where none can serve.</param>
public sealed record IntervalRow(double From, double To, OptionView? Winner);

/// <summary>A point where the cheapest option changes.</summary>
/// <param name="Value">The point on the axis.</param>
/// <param name="From">Cheapest below; null where none can serve.</param>
/// <param name="To">Cheapest above; null where none can serve.</param>
public sealed record CrossingRow(double Value, OptionView? From, OptionView? To);
