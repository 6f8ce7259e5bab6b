using System.Globalization;
using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>A break-even in one sentence, also where there is none.</summary>
internal static class BreakEvenWriter
{
    /// <param name="compared">The options that took part.</param>
    /// <param name="curves">Their curves.</param>
    /// <param name="found">What was found.</param>
    /// <param name="scale">How the axis follows from the curves' variable.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">How far it was searched.</param>
    public static string Write(List<OptionCost> compared, List<CostCurve> curves, BreakEven found, AxisScale scale, double from, double to)
    {
        if (compared.Count == 0)
            return Texts.BreakEvenNone;
        string Say(double point) => Figure(found.Axis, point);
        var unit = BreakEvenAxes.UnitInWords(found.Axis);
        var incomplete = found.SearchedTo is not null ? Texts.BreakEvenSearchedTo.With(Say(to)) : found.SearchedFrom is { } start ? Texts.BreakEvenSearchedFrom.With(Say(start)) : "";
        if (found.Tail is { } tail)
            return Texts.BreakEvenMore.With(found.Crossings.Count, Say(tail.AlternatesUntil), NameOf(tail.ThenOptionId, compared));
        if (found.Crossings.Count > 0)
            return Texts.BreakEvenList.With(unit, Winners(compared, found, to)) + incomplete;

        if (found.Intervals[0].CheapestOptionId is not { } winner)
            return Texts.BreakEvenNobody.With(Say(from), Say(to), unit);
        if (compared.Count == 1)
            return Texts.BreakEvenOnly.With(compared[0].Name);
        return (Binding(compared, curves, found, scale, from, to) is { } binding
            ? binding.Text.With(NameOf(winner, compared), Say(from), Say(to), binding.Name, binding.Limit is { } limit ? Say(limit) : "", unit)
            : Texts.BreakEvenNever.With(NameOf(winner, compared), Say(from), Say(to), unit)) + incomplete;
    }

    private static string Winners(List<OptionCost> compared, BreakEven found, double to)
    {
        var parts = found.Intervals.Take(4).Select(interval => interval.To < to
            ? Texts.BreakEvenUpTo.With(NameOf(interval.CheapestOptionId, compared), Figure(found.Axis, interval.To))
            : NameOf(interval.CheapestOptionId, compared));
        return string.Join(Texts.WordThen, parts) + (found.Intervals.Count > 4 ? Texts.WordThen + "…" : "");
    }

    private static string NameOf(string? id, List<OptionCost> compared) => compared.Find(option => option.Id == id)?.Name ?? Texts.WordNobody;

    /// <summary>The option that serves furthest and still not all of the range; null where every one serves everywhere.</summary>
    private static (string Text, string Name, double? Limit)? Binding(List<OptionCost> compared, List<CostCurve> curves, BreakEven found, AxisScale scale, double from, double to)
    {
        var winner = found.Intervals[0].CheapestOptionId;
        var index = -1;
        for (var i = 0; i < compared.Count && found.CapacityChecked; i++)
        {
            var isLimited = curves[i].Limit < 0 || (compared[i].IsLimited && double.IsFinite(curves[i].Limit));
            if (isLimited && compared[i].Id != winner && (index < 0 || curves[i].Limit > curves[index].Limit))
                index = i;
        }

        if (index < 0)
            return null;
        var limit = curves[index].Limit;
        if (limit < 0)
            return (Texts.BreakEvenNeverServes, compared[index].Name, null);
        var point = scale.ToAxis(limit);
        if (scale.IsReciprocal)
            return point > from ? (Texts.BreakEvenNeverBelow, compared[index].Name, point) : null;
        return point < to || found.Axis == BreakEvenAxes.RequestsPerMonth ? (Texts.BreakEvenNeverCapacity, compared[index].Name, point) : null;
    }

    /// <summary>A point of an axis in words.</summary>
    public static string Figure(string axis, double point) => axis switch
    {
        BreakEvenAxes.Utilization => (point * 100).ToString("0.##", CultureInfo.CurrentCulture) + " %",
        BreakEvenAxes.ApiPrice or BreakEvenAxes.InstancePrice when Math.Abs(point) < 100 => point.ToString("0.####", CultureInfo.CurrentCulture),
        _ => Wording.Count(point),
    };
}
