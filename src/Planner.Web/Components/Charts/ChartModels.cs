namespace Planner.Web.Components.Charts;

/// <summary>Shapes of markers on lines.</summary>
public enum ChartMarker
{
    Circle,
    Square,
    Triangle,
    Diamond,

    /// <summary>A line without markers.</summary>
    None,
}

/// <summary>What an axis counts; decides how its figures are written.</summary>
public enum ChartUnit
{
    Count,

    /// <summary>A share; 0.5 is written "50 %".</summary>
    Percent,

    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>US dollars per unit, with decimals.</summary>
    Rate,

    /// <summary>Months since a chart's first month; written "Dec 26".</summary>
    Month,
}

/// <summary>A line, drawn exactly through its points; two points with one x are a vertical step.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Color">CSS colour; <see cref="Hue.Fill"/> follows the theme.</param>
/// <param name="Dash">Length of a dash in pixels; 0 is a solid line.</param>
/// <param name="Points">Points in rising order of x.</param>
public sealed record ChartSeries(string Name, string Color, int Dash, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Its marker.</summary>
    public ChartMarker Marker { get; init; }

    /// <summary>Where the fleet is full: from here on the line is drawn grey; null where nothing ends it.</summary>
    public double? CapacityAt { get; init; }
}

/// <summary>A point where the cheapest option changes.</summary>
/// <param name="X">Where on the axis.</param>
/// <param name="Y">The cost there.</param>
/// <param name="Label">Such as "10.89 M requests".</param>
public sealed record ChartCrossing(double X, double Y, string Label);

/// <summary>A stretch of the axis and who wins on it.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Name">The cheapest option; null where none can serve.</param>
/// <param name="Color">Its CSS colour; ignored where the name is null.</param>
public sealed record ChartInterval(double From, double To, string? Name, string? Color);

/// <summary>The reader's own point.</summary>
/// <param name="X">Where on the x axis.</param>
/// <param name="Label">Such as "You: 10 M".</param>
/// <param name="Y">Where on the y axis; null for a vertical line only.</param>
public sealed record ChartHere(double X, string Label, double? Y = null);

/// <summary>One option's bar, split.</summary>
/// <param name="Name">The option.</param>
/// <param name="Color">CSS colour of the option's swatch beside its name.</param>
/// <param name="Ongoing">Recurring parts of a month, USD.</param>
/// <param name="OneOff">Parts that only the first month has, USD.</param>
/// <param name="Reason">Why there is no bar; null where there is one.</param>
/// <param name="Feasible">False draws it pale: it cannot serve the workload.</param>
public sealed record StackedBar(
    string Name, string Color, IReadOnlyList<BarPart> Ongoing, IReadOnlyList<BarPart> OneOff, string? Reason = null, bool Feasible = true);

/// <summary>A part of a bar.</summary>
/// <param name="Group">A ledger group; it decides colour and order.</param>
/// <param name="Usd">Amount; negative for a discount.</param>
public sealed record BarPart(string Group, decimal Usd);

/// <summary>A chart's numbers as a table.</summary>
/// <param name="Columns">Heads; the first column names the row.</param>
/// <param name="Rows">Cells as shown, one list a row.</param>
/// <param name="File">Head and rows for the CSV: invariant and unrounded, for lines every point.</param>
public sealed record ChartTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<IReadOnlyList<string>> File);
