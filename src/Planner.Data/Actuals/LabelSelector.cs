using System.Text;

namespace Planner.Data.Actuals;

/// <summary>One matcher of a label selector.</summary>
internal readonly record struct LabelMatcher(string Label, string Operator, string Value);

/// <summary>
/// Reads a label selector of Prometheus, such as <c>{job="vllm",namespace=~"prod.*"}</c>: matchers of labels and nothing else. It is written anew from what was read, so that nothing else gets into a query.
/// </summary>
/// <remarks>Grammar: prometheus.io/docs/prometheus/latest/querying/basics, as of 2026-11.</remarks>
internal static class LabelSelector
{
    internal const int Longest = 1_000;
    private const int MostMatchers = 20;

    /// <summary>The matchers; empty for no selector.</summary>
    /// <param name="text">The selector, its braces included; null or blank for none.</param>
    /// <returns>Null where it is none.</returns>
    internal static IReadOnlyList<LabelMatcher>? Read(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0)
            return [];
        if (text.Length > Longest || text[0] != '{')
            return null;
        var matchers = new List<LabelMatcher>();
        var position = 1;
        while (true)
        {
            Skip(text, ref position);
            if (position < text.Length && text[position] == '}')
                return position == text.Length - 1 ? matchers : null;
            if (matchers.Count == MostMatchers || Matcher(text, ref position) is not { } matcher)
                return null;
            matchers.Add(matcher);
            Skip(text, ref position);
            if (position < text.Length && text[position] == ',')
                position++;
            else if (position >= text.Length || text[position] != '}')
                return null;
        }
    }

    /// <summary>Writes matchers as they stand within braces.</summary>
    internal static string Write(IEnumerable<LabelMatcher> matchers) => string.Join(',', matchers.Select(matcher =>
        $"{matcher.Label}{matcher.Operator}\"{matcher.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    private static LabelMatcher? Matcher(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        var label = text[start..position];
        // The names of the metrics are ours to choose.
        if (label.Length == 0 || char.IsAsciiDigit(label[0]) || label == "__name__")
            return null;
        Skip(text, ref position);
        var rest = text.AsSpan(position);
        var found = rest.StartsWith("=~") ? "=~" : rest.StartsWith("!~") ? "!~" : rest.StartsWith("!=") ? "!=" : rest.StartsWith("=") ? "=" : null;
        if (found is null)
            return null;
        position += found.Length;
        Skip(text, ref position);
        return Value(text, ref position) is { } value ? new LabelMatcher(label, found, value) : null;
    }

    private static string? Value(string text, ref int position)
    {
        if (position >= text.Length || text[position] != '"')
            return null;
        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            var letter = text[position];
            if (letter == '"')
            {
                position++;
                return value.ToString();
            }

            if (letter == '\\')
            {
                position++;
                // Of the escapes only those of the two letters that need one.
                if (position >= text.Length || text[position] is not ('"' or '\\'))
                    return null;
                letter = text[position];
            }

            if (char.IsControl(letter) || char.IsSurrogate(letter))
                return null;
            value.Append(letter);
        }

        return null;
    }

    private static void Skip(string text, ref int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
            position++;
    }
}
