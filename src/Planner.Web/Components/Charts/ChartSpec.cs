using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planner.Domain;

namespace Planner.Web.Components.Charts;

/// <summary>What charts.ts is given; mirrors chart-spec.ts.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LineSpec), "lines")]
[JsonDerivedType(typeof(BarSpec), "bars")]
[JsonDerivedType(typeof(WeekSpec), "week")]
[JsonDerivedType(typeof(TornadoSpec), "tornado")]
[JsonDerivedType(typeof(DistributionSpec), "distribution")]
[JsonDerivedType(typeof(WaterfallSpec), "waterfall")]
[JsonDerivedType(typeof(MapSpec), "map")]
[JsonDerivedType(typeof(FrontierSpec), "frontier")]
[JsonDerivedType(typeof(HistorySpec), "history")]
[JsonDerivedType(typeof(ColumnSpec), "columns")]
[JsonDerivedType(typeof(LengthSpec), "lengths")]
public abstract record ChartSpec(string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // Read by JSON.parse or out of an attribute that Razor encodes: never as markup.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How amounts of money are written, {0} being the figure; null where the dollar's sign stands before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Amounts { get; init; } = ChartFigures.Amounts(DisplayCurrency.Usd);

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>An entry of the legend; without a marker it is a filled area.</summary>
public sealed record LegendEntry(string Name, string Color, int Dash, ChartMarker? Marker)
{
    /// <summary>An area that is told by its hatching.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hatched { get; init; }

    /// <summary>A marker that stands on no line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Lone { get; init; }
}

public sealed record LineSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, ChartUnit XUnit, string XTitle, ChartUnit YUnit, string YTitle,
    bool Logarithmic, bool Picks, IReadOnlyList<LineSpecSeries> Series, IReadOnlyList<ChartCrossing> Crossings,
    IReadOnlyList<ChartInterval> Winners, ChartHere? Here, DateOnly? Start = null)
    : ChartSpec(Culture, Title, Height, Width, Legend)
{
    /// <summary>True where the lowest line is the best one.</summary>
    public bool LowestWins { get; init; } = true;
}

public sealed record LineSpecSeries(string Name, string Color, int Dash, ChartMarker Marker, IReadOnlyList<double[]> Points, double? CapacityAt);

public sealed record BarSpec(
    string Culture, string Title, int Height, int? Width, IReadOnlyList<LegendEntry> Legend, IReadOnlyList<BarSpecGroup> Groups, IReadOnlyList<BarSpecRow> Rows)
    : ChartSpec(Culture, Title, Height, Width, Legend);

public sealed record BarSpecGroup(string Name, string Color);

public sealed record BarSpecRow(string? Option, string Color, string Row, IReadOnlyList<double> Values, string Total, bool Pale);
