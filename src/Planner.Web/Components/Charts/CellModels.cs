namespace Planner.Web.Components.Charts;

/// <summary>An input varied on its own between a low and a high value, and what results.</summary>
/// <param name="Name">The input.</param>
/// <param name="Low">Its low value in words, such as "8 h".</param>
/// <param name="High">Its high value in words.</param>
/// <param name="AtLow">The result at the low value; null where there is none, which leaves that side out.</param>
/// <param name="AtHigh">The result at the high value; null where there is none.</param>
/// <param name="Flip">Where between them another option wins; null where none does.</param>
public sealed record TornadoRow(string Name, string Low, string High, double? AtLow, double? AtHigh, TornadoFlip? Flip = null);

/// <summary>Where along a row the winner changes.</summary>
/// <param name="At">The result there.</param>
/// <param name="Label">The input's value there, such as "from 12.1 M".</param>
public sealed record TornadoFlip(double At, string Label);

/// <summary>Results of many runs of one option.</summary>
/// <param name="Name">The option.</param>
/// <param name="Color">Its CSS colour.</param>
/// <param name="Edges">Edges of the bins in rising order, one more than there are counts.</param>
/// <param name="Counts">Runs in each bin, at least 0.</param>
/// <param name="P10">The result that 10 % of runs stay below.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The result that 90 % of runs stay below.</param>
public sealed record ChartDistribution(string Name, string Color, IReadOnlyList<double> Edges, IReadOnlyList<double> Counts, double P10, double P50, double P90);

/// <summary>A step between two totals.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Amount">What it adds; negative for what it takes off.</param>
public sealed record WaterfallStep(string Name, double Amount);

/// <summary>A point of a <see cref="FrontierChart"/>: none is better both ways.</summary>
/// <param name="Name">What it is.</param>
/// <param name="X">What is to be small, above 0.</param>
/// <param name="Y">What else is to be small, above 0; the smaller the larger <paramref name="X"/> is.</param>
/// <param name="Kind">What the legend calls points of its colour.</param>
/// <param name="Color">CSS colour.</param>
/// <param name="Marker">Its marker, so that it can be told apart without colour.</param>
public sealed record FrontierPoint(string Name, double X, double Y, string Kind, string Color, ChartMarker Marker)
{
    /// <summary>What stands beside it, short: what tells it from its neighbours.</summary>
    public string Label { get; init; } = Name;
}

/// <summary>One axis of a <see cref="WinnerMap"/>.</summary>
/// <param name="Title">What it counts, with its unit.</param>
/// <param name="Unit">How its figures are written.</param>
/// <param name="Values">Where the map was worked out: at least two values in rising order, all above 0 where the axis is logarithmic.</param>
/// <param name="Logarithmic">Equal factors take equal lengths.</param>
public sealed record MapAxis(string Title, ChartUnit Unit, IReadOnlyList<double> Values, bool Logarithmic = false);

/// <summary>An option that may win on a <see cref="WinnerMap"/>.</summary>
public sealed record MapOption(string Name, string Color);

/// <summary>The reader's own point on a <see cref="WinnerMap"/>.</summary>
public sealed record MapHere(double X, double Y, string Label);

/// <summary>A part of each column of a <see cref="DayColumns"/> chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Color">CSS colour.</param>
/// <param name="Values">Its value of each day from the first on, at least 0.</param>
public sealed record DayTrack(string Name, string Color, IReadOnlyList<double> Values);
