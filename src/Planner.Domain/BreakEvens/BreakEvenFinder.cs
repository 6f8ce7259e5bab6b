using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>Break-evens of priced options.</summary>
internal static class BreakEvenFinder
{
    /// <summary>Winning intervals over one axis.</summary>
    /// <param name="options">All options of the scenario; those without a known cost, or that can serve at no point of the axis, are left out.</param>
    /// <param name="point">The scenario and the axis.</param>
    /// <param name="curves">The options' costs along it.</param>
    /// <param name="from">Start of the range on the axis.</param>
    /// <param name="to">End of the range on the axis.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="capacityChecked">True to let fleets grow and to end fixed ones at what they carry.</param>
    public static BreakEven Find(IReadOnlyList<OptionCost> options, AxisPoint point, AxisCurves curves, double from, double to, bool firstMonth, bool capacityChecked)
    {
        var compared = new List<OptionCost>(options.Count);
        var searched = new List<CostCurve>(options.Count);
        for (var i = 0; i < options.Count; i++)
        {
            if (curves.Of(i, firstMonth, capacityChecked) is not { } curve)
                continue;
            compared.Add(options[i]);
            searched.Add(curve);
        }

        var scale = curves.Scale;
        var (low, high) = scale.IsReciprocal ? (scale.FromAxis(to), scale.FromAxis(from)) : (scale.FromAxis(from), scale.FromAxis(to));
        var outcome = searched.Count == 0
            ? new WinnerSearch.Outcome([new WinnerSearch.Change(low, -1, false)], null, null)
            : new WinnerSearch(searched, curves.AreOverVolume && capacityChecked ? (one, other) => compared[one].IsNeverDearerThan(compared[other], firstMonth) : null).Search(low, high);
        var list = scale.IsReciprocal ? Falling(outcome, compared, scale, from, to) : Rising(outcome, compared, scale, from, to);
        var found = new BreakEven(point.Axis, BreakEvenAxes.Unit(point.Axis), firstMonth, capacityChecked, list.Intervals, list.Crossings, list.Tail, list.SearchedTo, "")
        {
            OptionId = point.Own?.Id,
            SearchedFrom = list.SearchedFrom,
        };
        return found with { Sentence = BreakEvenWriter.Write(compared, searched, found, scale, from, found.SearchedTo ?? to) };
    }

    private static Stretches Rising(WinnerSearch.Outcome outcome, List<OptionCost> compared, AxisScale scale, double from, double to)
    {
        string? Id(int winner) => winner < 0 ? null : compared[winner].Id;
        // At a step edge the fleet is full but not over, so the edge itself still belongs to the one before.
        double Start(WinnerSearch.Change change) => change.AtEdge ? Math.BitIncrement(scale.ToAxis(change.At)) : scale.ToAxis(change.At);
        var intervals = new List<WinningInterval>(outcome.Changes.Count);
        var crossings = new List<Crossing>(outcome.Changes.Count - 1);
        double? searchedTo = outcome.SearchedTo is { } end ? scale.ToAxis(end) : null;
        for (var i = 0; i < outcome.Changes.Count; i++)
        {
            var change = outcome.Changes[i];
            if (i > 0)
                crossings.Add(new Crossing(scale.ToAxis(change.At), Id(outcome.Changes[i - 1].Winner), Id(change.Winner)));
            if (i + 1 < outcome.Changes.Count || outcome.Tail is null)
                intervals.Add(new WinningInterval(i == 0 ? from : Start(change), i + 1 < outcome.Changes.Count ? Start(outcome.Changes[i + 1]) : searchedTo ?? to, Id(change.Winner)));
        }

        // A list that is cut ends with the stretch after the last change; the one that its last crossing begins has no known end.
        var tail = outcome.Tail is { } t ? new BreakEvenTail(scale.ToAxis(t.At), Id(t.Winner)) : null;
        if (outcome.Tail is { } after)
            intervals.Add(new WinningInterval(Start(after), to, Id(after.Winner)));
        return new Stretches(intervals, crossings, tail, null, searchedTo);
    }

    /// <summary>The search ran from the end of the axis to its start, where the steps lie closest; a list that is cut lacks its start. Here an edge belongs to the interval that it begins.</summary>
    private static Stretches Falling(WinnerSearch.Outcome outcome, List<OptionCost> compared, AxisScale scale, double from, double to)
    {
        string? Id(int winner) => winner < 0 ? null : compared[winner].Id;
        double Point(WinnerSearch.Change change) => WinnerSearch.Plain(scale.ToAxis(change.At));
        var changes = outcome.Changes;
        // The last change of a list that is cut begins a stretch whose end is not known.
        var isCut = outcome.Tail is not null;
        var listed = isCut ? changes.Count - 1 : changes.Count;
        var start = isCut ? Point(changes[^1]) : outcome.SearchedTo is { } end ? scale.ToAxis(end) : from;
        var intervals = new List<WinningInterval>(listed);
        var crossings = new List<Crossing>(listed);
        for (var i = listed - 1; i >= 0; i--)
        {
            if (i + 1 < changes.Count)
                crossings.Add(new Crossing(Point(changes[i + 1]), Id(changes[i + 1].Winner), Id(changes[i].Winner)));
            intervals.Add(new WinningInterval(i + 1 < changes.Count ? Point(changes[i + 1]) : start, i == 0 ? to : Point(changes[i]), Id(changes[i].Winner)));
        }

        return new Stretches(intervals, crossings, null, start > from ? start : null, null);
    }

    /// <summary>What was found, in rising order of the axis.</summary>
    private readonly record struct Stretches(List<WinningInterval> Intervals, List<Crossing> Crossings, BreakEvenTail? Tail, double? SearchedFrom, double? SearchedTo);
}
