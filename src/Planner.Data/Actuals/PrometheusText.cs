using System.Globalization;
using System.Text;

namespace Planner.Data.Actuals;

/// <summary>One value of a metric.</summary>
/// <param name="Name">Name as exposed, such as <c>vllm:num_requests_running</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Reads the text that Prometheus and OpenMetrics targets expose.</summary>
/// <remarks>Format: prometheus.io/docs/instrumenting/exposition_formats, as of 2026-11.</remarks>
internal static class PrometheusText
{
    /// <summary>Most bytes of an answer; engines expose some hundred kilobytes.</summary>
    internal const int MaxBytes = 4 * 1024 * 1024;

    private const int MostSamples = 200_000;
    private const int LongestLine = 64 * 1024;

    /// <summary>Reads all samples.</summary>
    /// <param name="content">The answer, UTF-8.</param>
    /// <param name="fault">Why it is no such text, with the line; null where it was read.</param>
    /// <returns>The samples in their order; empty where there is a fault.</returns>
    internal static IReadOnlyList<MetricSample> Read(ReadOnlySpan<byte> content, out string? fault)
    {
        fault = null;
        if (content.Length > MaxBytes)
        {
            fault = ActualsTexts.MetricsTooLarge.With(MaxBytes / (1024 * 1024));
            return [];
        }

        var samples = new List<MetricSample>();
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var line = content[range].TrimEnd((byte)'\r').Trim((byte)' ');
            if (line.IsEmpty || line[0] == '#')
                continue;
            if (line.Length > LongestLine || samples.Count == MostSamples || Sample(Encoding.UTF8.GetString(line)) is not { } sample)
            {
                fault = ActualsTexts.MetricsLine.With(number);
                return [];
            }

            samples.Add(sample);
        }

        return samples;
    }

    /// <summary>A line such as <c>name{label="value"} 12.5 1731000000</c>; a time stamp and an exemplar behind the value do not count.</summary>
    private static MetricSample? Sample(string line)
    {
        var end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '_' or ':'))
            end++;
        if (end == 0 || char.IsAsciiDigit(line[0]))
            return null;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var position = end;
        if (position < line.Length && line[position] == '{' && !Labels(line, ref position, labels))
            return null;
        var rest = line.AsSpan(position).TrimStart(" \t");
        if (rest.Length == line.Length - position && position == end)
            return null;
        var space = rest.IndexOfAny(" \t");
        return Number(space < 0 ? rest : rest[..space]) is { } value ? new MetricSample(line[..end], labels, value) : null;
    }

    private static bool Labels(string line, ref int position, Dictionary<string, string> labels)
    {
        position++;
        while (position < line.Length)
        {
            while (position < line.Length && line[position] is ' ' or '\t' or ',')
                position++;
            if (position < line.Length && line[position] == '}')
            {
                position++;
                return true;
            }

            var equals = line.IndexOf('=', position);
            if (equals < 0)
                return false;
            var name = line[position..equals].Trim();
            position = equals + 1;
            while (position < line.Length && line[position] is ' ' or '\t')
                position++;
            if (position >= line.Length || line[position] != '"' || Quoted(line, ref position) is not { } value)
                return false;
            labels[name] = value;
        }

        return false;
    }

    private static string? Quoted(string line, ref int position)
    {
        var text = new StringBuilder();
        for (position++; position < line.Length; position++)
        {
            switch (line[position])
            {
                case '"':
                    position++;
                    return text.ToString();
                case '\\' when position + 1 < line.Length:
                    position++;
                    text.Append(line[position] == 'n' ? '\n' : line[position]);
                    break;
                default:
                    text.Append(line[position]);
                    break;
            }
        }

        return null;
    }

    private static double? Number(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}
