namespace Planner.Domain.BreakEvens;

/// <summary>Which option is cheapest at every point of an axis.</summary>
/// <param name="Axis">Axis id, such as <c>requestsPerMonth</c>.</param>
/// <param name="Unit">Unit of the axis, such as <c>requests/month</c>.</param>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="CapacityChecked">False: every fleet stays exactly as it stands. True: sized fleets grow and a fixed fleet is left out beyond what it carries.</param>
/// <param name="Intervals">Winning intervals in rising order; together they cover the range searched.</param>
/// <param name="Crossings">The points between them, in rising order; at most 64.</param>
/// <param name="Tail">How it goes on after the last of 64 crossings; null where all are listed.</param>
/// <param name="SearchedTo">Where the search gave up because the options' steps lie too close together; null where it covers the range.</param>
/// <param name="Sentence">The finding in one sentence, also where there is none: "never, because …".</param>
public sealed record BreakEven(
    string Axis, string Unit, bool FirstMonth, bool CapacityChecked, IReadOnlyList<WinningInterval> Intervals, IReadOnlyList<Crossing> Crossings,
    BreakEvenTail? Tail, double? SearchedTo, string Sentence)
{
    /// <summary>The option that the axis belongs to; null for an axis of the whole scenario.</summary>
    public string? OptionId { get; init; }

    /// <summary>Where the list begins because the cheapest option changes more often below than is listed; null where it covers the range. Only for the axis of throughput, whose steps lie the closer the lower it is.</summary>
    public double? SearchedFrom { get; init; }

    /// <summary>The listed crossing that is nearest to a point of the axis; null where there is none.</summary>
    public double? NearestTo(double point) => Crossings.MinBy(crossing => Math.Abs(crossing.Value - point))?.Value;
}

/// <summary>A stretch of the axis on which one option is cheapest.</summary>
/// <param name="From">Where it begins; included.</param>
/// <param name="To">Where it ends; not included. Just above the edge where a step of a fleet that is full, but not over, ends it.</param>
/// <param name="CheapestOptionId">The cheapest option; null where none can serve it.</param>
public sealed record WinningInterval(double From, double To, string? CheapestOptionId);

/// <summary>A point where the cheapest option changes.</summary>
/// <param name="Value">The point on the axis.</param>
/// <param name="FromOptionId">Cheapest below; null where none can serve it.</param>
/// <param name="ToOptionId">Cheapest above; null where none can serve it.</param>
public sealed record Crossing(double Value, string? FromOptionId, string? ToOptionId);

/// <summary>What follows a list that was cut after 64 crossings: the options alternate until a point, then one stays.</summary>
/// <param name="AlternatesUntil">Last crossing within the range searched.</param>
/// <param name="ThenOptionId">Cheapest from there to the end of the range; null where none can serve it.</param>
public sealed record BreakEvenTail(double AlternatesUntil, string? ThenOptionId);
