using Planner.Domain.Costs;

namespace Planner.Domain.BreakEvens;

/// <summary>The axes on which a break-even can be asked for.</summary>
public static class BreakEvenAxes
{
    /// <summary>Requests a month; lengths and shape stay.</summary>
    public const string RequestsPerMonth = "requestsPerMonth";

    /// <summary>Tokens a month (input, output and reasoning); lengths and shape stay.</summary>
    public const string TokensPerMonth = "tokensPerMonth";

    /// <summary>All axes of this version.</summary>
    public static IReadOnlyList<string> All { get; } = [RequestsPerMonth, TokensPerMonth];

    /// <summary>Largest value that is searched: 10¹⁰ requests or 10¹² tokens a month.</summary>
    public static double Largest(string axis) => axis == TokensPerMonth ? 1e12 : 1e10;
}

/// <summary>Break-evens of priced options.</summary>
internal static class BreakEvenFinder
{
    /// <summary>Winning intervals over one axis.</summary>
    /// <param name="options">All options of the scenario; those without a known cost, or that can serve at no volume, are left out.</param>
    /// <param name="axis">One of <see cref="BreakEvenAxes"/>.</param>
    /// <param name="tokensPerRequest">Tokens of a request, above 0 for the axis of tokens.</param>
    /// <param name="from">Start of the range on the axis.</param>
    /// <param name="to">End of the range on the axis.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="capacityChecked">True to let fleets grow and to end fixed ones at what they carry.</param>
    public static BreakEven Find(
        IReadOnlyList<OptionCost> options, string axis, decimal tokensPerRequest, double from, double to, bool firstMonth, bool capacityChecked)
    {
        var compared = options.Where(option => option.IsComparable && option.HasCurve).ToList();
        var tokens = axis == BreakEvenAxes.TokensPerMonth;
        var unit = tokens ? "tokens/month" : "requests/month";
        var scale = tokens ? (double)tokensPerRequest : 1;
        var outcome = compared.Count == 0
            ? new WinnerSearch.Outcome([new WinnerSearch.Change(from / scale, -1, false)], null, null)
            : new WinnerSearch(compared.ConvertAll(option => option.Curve(firstMonth, capacityChecked))).Search(from / scale, to / scale);

        string? Id(int winner) => winner < 0 ? null : compared[winner].Id;
        var intervals = new List<WinningInterval>();
        var crossings = new List<Crossing>();
        for (var i = 0; i < outcome.Changes.Count; i++)
        {
            var change = outcome.Changes[i];
            if (i > 0)
                crossings.Add(new Crossing(change.At * scale, Id(outcome.Changes[i - 1].Winner), Id(change.Winner)));
            if (i + 1 < outcome.Changes.Count || outcome.Tail is null)
                intervals.Add(new WinningInterval(i == 0 ? from : Start(change, scale), i + 1 < outcome.Changes.Count ? Start(outcome.Changes[i + 1], scale) : outcome.SearchedTo * scale ?? to, Id(change.Winner)));
        }

        // A list that is cut ends with the stretch after the last change; the one that its last crossing begins has no known end.
        var tail = outcome.Tail is { } t ? new BreakEvenTail(t.At * scale, Id(t.Winner)) : null;
        if (outcome.Tail is { } after)
            intervals.Add(new WinningInterval(Start(after, scale), to, Id(after.Winner)));
        var searchedTo = outcome.SearchedTo * scale;
        var found = new BreakEven(axis, unit, firstMonth, capacityChecked, intervals, crossings, tail, searchedTo, "");
        return found with { Sentence = Sentence(compared, found, from, searchedTo ?? to) };
    }

    /// <summary>First point of a winner: at a step edge the fleet is full but not over, so the edge itself still belongs to the one before.</summary>
    private static double Start(WinnerSearch.Change change, double scale) => change.AtEdge ? Math.BitIncrement(change.At * scale) : change.At * scale;

    private static string Sentence(List<OptionCost> compared, BreakEven found, double from, double to)
    {
        if (compared.Count == 0)
            return Texts.BreakEvenNone;
        string Name(string? id) => compared.FirstOrDefault(option => option.Id == id)?.Name ?? Texts.WordNobody;
        var (start, end) = (Wording.Count(from), Wording.Count(to));
        var incomplete = found.SearchedTo is null ? "" : Wording.Say(Texts.BreakEvenSearchedTo, end);
        if (found.Tail is { } tail)
            return Wording.Say(Texts.BreakEvenMore, found.Crossings.Count, Wording.Count(tail.AlternatesUntil), Name(tail.ThenOptionId));
        if (found.Crossings.Count > 0)
        {
            var parts = found.Intervals.Take(4).Select(interval => interval.To < to ? Wording.Say(Texts.BreakEvenUpTo, Name(interval.CheapestOptionId), Wording.Count(interval.To)) : Name(interval.CheapestOptionId));
            return Wording.Say(Texts.BreakEvenList, found.Unit, string.Join(Texts.WordThen, parts) + (found.Intervals.Count > 4 ? Texts.WordThen + "…" : "")) + incomplete;
        }

        if (found.Intervals[0].CheapestOptionId is not { } winner)
            return Wording.Say(Texts.BreakEvenNobody, start, end, found.Unit);
        if (compared.Count == 1)
            return Wording.Say(Texts.BreakEvenOnly, Name(winner));
        var limited = compared.Where(option => found.CapacityChecked && option.Id != winner && option.IsLimited).MaxBy(option => option.CarriesRequests);
        return limited?.CarriesRequests is { } carries && found.Axis == BreakEvenAxes.RequestsPerMonth
            ? Wording.Say(Texts.BreakEvenNeverCapacity, Name(winner), start, end, limited.Name, Wording.Count(carries)) + incomplete
            : Wording.Say(Texts.BreakEvenNever, Name(winner), start, end, found.Unit) + incomplete;
    }
}
