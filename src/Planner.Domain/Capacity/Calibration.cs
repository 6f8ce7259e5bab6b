using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planner.Domain.Capacity;

/// <summary>The outcome of a fit: values, and the rows that they rest on. The shipped one is a data file that the fit command writes.</summary>
public sealed record Calibration
{
    private static readonly Lazy<Calibration> Embedded = new(() =>
    {
        using var file = typeof(Calibration).Assembly.GetManifestResourceStream("Capacity/calibration.json")!;
        return JsonSerializer.Deserialize<Calibration>(file, Json)!;
    });

    /// <summary>How the data file is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The calibration that ships with the product.</summary>
    public static Calibration Shipped => Embedded.Value;

    /// <summary>Form of the data file.</summary>
    public required string Schema { get; init; }

    /// <summary>Day of the newest run among the rows.</summary>
    public required DateOnly NewestRun { get; init; }

    /// <summary>Benchmark rows that the fit used.</summary>
    public required int Rows { get; init; }

    /// <summary>The fitted values.</summary>
    public required CapacityParameters Parameters { get; init; }

    /// <summary>What those rows are about.</summary>
    public required CalibrationCounts Counts { get; init; }

    /// <summary>How far measurements lie from estimates, by kind of estimate; every kind has one.</summary>
    public required IReadOnlyDictionary<BandClass, BandSet> Bands { get; init; }
}

/// <summary>Benchmark rows of a calibration by what they are about.</summary>
/// <param name="Models">By key of the model in the catalog.</param>
/// <param name="Gpus">By key of the GPU in the catalog.</param>
/// <param name="Engines">By name of the engine as benchmark files write it.</param>
public sealed record CalibrationCounts(IReadOnlyDictionary<string, int> Models, IReadOnlyDictionary<string, int> Gpus, IReadOnlyDictionary<string, int> Engines);
