using System.Text.Json;

namespace Planner.Domain.Capacity;

/// <summary>The accuracy of the shipped fit, as the benchmark project's <c>crossvalidate</c> command wrote it.</summary>
public static class ShippedAccuracy
{
    private static readonly Lazy<IReadOnlyDictionary<string, AccuracyReport>> Embedded = new(() =>
    {
        using var file = typeof(ShippedAccuracy).Assembly.GetManifestResourceStream("Capacity/accuracy.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, AccuracyReport>>(file, Calibration.Json)!;
    });

    /// <summary>Reports by what was compared, in the order of reading: the rows of the fit, then rows that a fit did not see.</summary>
    public static IReadOnlyDictionary<string, AccuracyReport> Reports => Embedded.Value;
}
