using System.Text.Json;
using System.Text.Json.Serialization;
using Planner.Domain.Actuals;

namespace Planner.Data.Actuals;

/// <summary>How readings and hours are written in the database.</summary>
internal static class FleetJson
{
    // Shares of requests and of their seconds: more digits would only fill the database.
    private const int Digits = 3;

    private static readonly JsonSerializerOptions Options = new() { Converters = { new BucketsConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static string? Write<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Options);

    internal static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, Options);

    /// <summary><c>[[bounds],[counts],[sum]]</c>; the last bound is always infinity, which JSON does not know, and a sum that is unknown is left out.</summary>
    private sealed class BucketsConverter : JsonConverter<LatencyBuckets>
    {
        public override LatencyBuckets Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<double[][]>(ref reader) is [var bounds, var counts, var sum] && counts.Length == bounds.Length + 1
                ? new LatencyBuckets([.. bounds, double.PositiveInfinity], counts) { SumSeconds = sum.Length == 0 ? null : sum[0] } : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, LatencyBuckets value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer, new[] { [.. value.UpToSeconds.SkipLast(1)], Rounded(value.Counts), value.SumSeconds is { } sum ? Rounded([sum]) : [] });

        private static double[] Rounded(IEnumerable<double> values) => [.. values.Select(value => Math.Round(value, Digits))];
    }
}
