using System.Text.Json.Serialization;

namespace Planner.Web.Components.Charts;

/// <summary>A chart drawn without ApexCharts and read part by part, with the pointer or the arrow keys.</summary>
public abstract record CellSpec(string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend)
    : ChartSpec(Culture, Title, Height, Width, Legend)
{
    /// <summary>Height in pixels below <see cref="ChartSizes.Narrow"/>; 0 where it is the same.</summary>
    [JsonIgnore]
    public int NarrowHeight { get; init; }
}

/// <summary>A value an hour of the week; null draws a cell as not known.</summary>
public sealed record WeekSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit Unit, string Measure, string Color,
    IReadOnlyList<string> Days, IReadOnlyList<string> ShortDays, IReadOnlyList<double?> Values, IReadOnlyList<string?> Over, IReadOnlyList<string> Notes)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record TornadoSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit XUnit, string XTitle, double Base, string LowColor,
    string HighColor, IReadOnlyList<TornadoRow> Rows)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record DistributionSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit XUnit, string XTitle, IReadOnlyList<ChartDistribution> Options)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record WaterfallSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit XUnit, string XTitle, IReadOnlyList<WaterfallSpecBar> Bars)
    : CellSpec(Culture, Title, Height, Width, Legend);

/// <summary>A bar between two running totals; a total itself stands on zero.</summary>
public sealed record WaterfallSpecBar(string Name, double From, double To, string Color, bool Total);

public sealed record FrontierSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, FrontierSpecAxis X, FrontierSpecAxis Y, IReadOnlyList<FrontierSpecPoint> Points)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record FrontierSpecAxis(string Title, ChartUnit Unit, bool Logarithmic);

public sealed record FrontierSpecPoint(string Name, string Label, double X, double Y, string Color, ChartMarker Marker);

/// <summary>Days are counted from 1970.</summary>
public sealed record HistorySpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit YUnit, string YTitle, double Today, IReadOnlyList<HistorySpecTrack> Tracks)
    : CellSpec(Culture, Title, Height, Width, Legend);

/// <summary>Each step is its first day, its last and its price.</summary>
public sealed record HistorySpecTrack(string Name, string Color, int Dash, ChartMarker Marker, IReadOnlyList<double[]> Steps);

/// <summary>Cells run along x first: the cell of the i-th x and the j-th y is number j × (count of x) + i.</summary>
public sealed record MapSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, MapAxis X, MapAxis Y, IReadOnlyList<MapOption> Options,
    IReadOnlyList<int> Cells, MapHere? Here)
    : CellSpec(Culture, Title, Height, Width, Legend);

/// <summary>Days are counted from 1970; a column covers <paramref name="Step"/> of them and has a value a group.</summary>
public sealed record ColumnSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit Unit, string YTitle, double First, int Step,
    IReadOnlyList<ColumnSpecGroup> Groups, IReadOnlyList<IReadOnlyList<double>> Values)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record ColumnSpecGroup(string Name, string Color);

/// <summary>Each bin is its shortest length, the first beyond it and its count; marks are lengths with a name.</summary>
public sealed record LengthSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, string XTitle, string Color, string Of, IReadOnlyList<double[]> Bins,
    IReadOnlyList<LengthSpecMark> Marks)
    : CellSpec(Culture, Title, Height, Width, Legend);

public sealed record LengthSpecMark(string Label, double At);
