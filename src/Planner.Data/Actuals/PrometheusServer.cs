using System.Globalization;
using System.Text.Json;
using Planner.Domain.Actuals;

namespace Planner.Data.Actuals;

/// <summary>What Prometheus is asked, and how its answer is read.</summary>
/// <remarks>prometheus.io/docs/prometheus/latest/querying/api, as of 2026-11.</remarks>
internal static class PrometheusServer
{
    /// <summary>Most replicas of a target.</summary>
    internal const int MostReplicas = 256;

    /// <summary>The label by which Prometheus tells the processes apart that it scrapes.</summary>
    private const string Replica = "instance";

    private const int LongestReplica = 500;
    private const int MostSeries = 100_000;

    /// <summary>Addresses of the questions whose answers together are a reading.</summary>
    /// <param name="server">Address of the server, with the path below which it answers.</param>
    /// <param name="selector">The user's selector, which <see cref="LabelSelector"/> can read.</param>
    internal static IReadOnlyList<Uri> Questions(Uri server, string? selector)
    {
        var matchers = LabelSelector.Read(selector) ?? throw new ArgumentException("No label selector.", nameof(selector));
        return [Question("sum by (__name__, instance, le)", EngineMetrics.SummedNames), Question("max by (__name__, instance)", EngineMetrics.HighestNames)];

        Uri Question(string aggregation, IEnumerable<string> names)
        {
            // Names hold letters, underscores and colons, none of which means anything in a pattern.
            var query = $"{aggregation} ({{{LabelSelector.Write([new LabelMatcher("__name__", "=~", string.Join('|', names)), .. matchers])}}})";
            return new UriBuilder(server) { Path = server.AbsolutePath.TrimEnd('/') + "/api/v1/query", Query = "query=" + Uri.EscapeDataString(query) }.Uri;
        }
    }

    /// <summary>Reads the answers together.</summary>
    /// <param name="answers">The answers, JSON.</param>
    /// <param name="atUtc">When they were given.</param>
    /// <param name="fault">Why they are no metrics of engines; null where they were read.</param>
    /// <returns>Readings by replica.</returns>
    internal static IReadOnlyDictionary<string, FleetReading> Read(IEnumerable<byte[]> answers, DateTime atUtc, out string? fault)
    {
        var samples = new List<MetricSample>();
        foreach (var answer in answers)
        {
            if (Samples(answer) is not { } more || samples.Count + more.Count > MostSeries)
            {
                fault = ActualsTexts.PrometheusBroken;
                return new Dictionary<string, FleetReading>();
            }

            samples.AddRange(more);
        }

        var readings = new Dictionary<string, FleetReading>(StringComparer.Ordinal);
        foreach (var replica in samples.GroupBy(sample => sample.Labels.GetValueOrDefault(Replica, "")))
        {
            if (EngineMetrics.Read([.. replica], atUtc) is { } reading)
                readings.Add(replica.Key, reading);
        }

        fault = readings.Count == 0 ? ActualsTexts.PrometheusEmpty : readings.Count > MostReplicas ? ActualsTexts.PrometheusTooMany.With(readings.Count, MostReplicas) : null;
        return readings;
    }

    /// <summary>The samples of an instant vector; null where the answer is none.</summary>
    private static List<MetricSample>? Samples(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 8 });
            if (!Is(document.RootElement, "status", "success") || !document.RootElement.TryGetProperty("data", out var data) || !Is(data, "resultType", "vector")
                || !data.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var samples = result.EnumerateArray().Select(Sample).OfType<MetricSample>().ToList();
            return samples.Count == result.GetArrayLength() ? samples : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text with half a character is JSON, but no text.
            return null;
        }
    }

    private static MetricSample? Sample(JsonElement series)
    {
        if (series.ValueKind != JsonValueKind.Object || !series.TryGetProperty("metric", out var metric) || metric.ValueKind != JsonValueKind.Object
            || !series.TryGetProperty("value", out var pair) || pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[1].ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in metric.EnumerateObject())
        {
            if (label.Value.ValueKind != JsonValueKind.String)
                return null;
            labels[label.Name] = label.Value.GetString()!;
        }

        // NaN and infinity are values too; the engine's reading leaves them out.
        double? value = pair[1].GetString() switch
        {
            "NaN" => double.NaN,
            "+Inf" or "-Inf" => double.PositiveInfinity,
            var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
        var isNamed = labels.GetValueOrDefault(Replica, "").Length <= LongestReplica;
        return labels.Remove("__name__", out var name) && isNamed && value is { } found ? new MetricSample(name, labels, found) : null;
    }

    private static bool Is(JsonElement element, string member, string value) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);
}
