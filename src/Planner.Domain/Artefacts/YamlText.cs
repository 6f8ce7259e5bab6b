using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Planner.Domain.Artefacts;

/// <summary>A YAML mapping, in the order of its entries. Values are texts, numbers, truth values, mappings, or lists of them.</summary>
internal sealed class YamlMap : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> _entries = [];
    private readonly Dictionary<string, string> _comments = [];

    public int Count => _entries.Count;

    /// <summary>Adds an entry; one without a value is left out.</summary>
    public void Add(string key, object? value)
    {
        if (value is not null)
            _entries.Add(new(key, value));
    }

    /// <summary>Adds an entry with a comment above it.</summary>
    public void Add(string key, object? value, string comment)
    {
        Add(key, value);
        _comments[key] = comment;
    }

    /// <summary>What stands above an entry; null for nothing.</summary>
    public string? CommentOf(string key) => _comments.GetValueOrDefault(key);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Writes YAML that versions 1.1 and 1.2 read alike, whatever the texts in it hold.</summary>
internal static partial class YamlText
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

    /// <summary>A file of one or more documents below a comment.</summary>
    public static string Write(string comment, params IReadOnlyList<YamlMap> documents)
    {
        var text = new StringBuilder($"# {OneLine(comment)}\n");
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0)
                text.Append("---\n");
            Map(text, documents[i], 0);
        }

        return text.ToString();
    }

    /// <summary>A text without line breaks and other characters that would end a comment.</summary>
    public static string OneLine(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsPrintable(rune) ? rune.ToString() : " "));

    /// <summary>A text as a scalar: plain where no reader can take it for anything else, quoted otherwise.</summary>
    public static string Scalar(string text) => Plain().IsMatch(text) && !Words.Contains(text) ? text : Quoted(text);

    private static void Map(StringBuilder text, YamlMap map, int indent)
    {
        foreach (var (key, value) in map)
        {
            if (map.CommentOf(key) is { } comment)
                text.Append(' ', indent).Append("# ").Append(OneLine(comment)).Append('\n');
            text.Append(' ', indent).Append(Scalar(key)).Append(':');
            Value(text, value, indent, indent);
        }
    }

    private static void Value(StringBuilder text, object value, int indent, int listIndent)
    {
        switch (value)
        {
            case string line when IsBlock(line):
                text.Append(" |\n");
                foreach (var part in line[..^1].Split('\n'))
                    text.Append(part.Length == 0 ? "" : new string(' ', indent + 2)).Append(part).Append('\n');
                break;
            case string scalar:
                text.Append(' ').Append(Scalar(scalar)).Append('\n');
                break;
            case bool truth:
                text.Append(truth ? " true\n" : " false\n");
                break;
            case YamlMap { Count: 0 }:
                text.Append(" {}\n");
                break;
            case YamlMap map:
                text.Append('\n');
                Map(text, map, indent + 2);
                break;
            case IEnumerable list:
                List(text, [.. list.Cast<object>()], listIndent);
                break;
            default:
                text.Append(' ').Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append('\n');
                break;
        }
    }

    private static void List(StringBuilder text, List<object> items, int indent)
    {
        text.Append(items.Count == 0 ? " []\n" : "\n");
        foreach (var item in items)
        {
            text.Append(' ', indent).Append('-');
            if (item is YamlMap { Count: > 0 } map)
            {
                // The first entry stands behind the dash, the others below it.
                var inner = new StringBuilder();
                Map(inner, map, indent + 2);
                text.Append(' ').Append(inner.ToString(), indent + 2, inner.Length - indent - 2);
            }
            else
            {
                Value(text, item, indent, indent + 2);
            }
        }
    }

    /// <summary>Lines that a literal block holds as they are.</summary>
    private static bool IsBlock(string text) =>
        text.Length > 1 && text[^1] == '\n' && text[^2] != '\n' && !char.IsWhiteSpace(text[0]) && text.EnumerateRunes().All(rune => rune.Value == '\n' || IsPrintable(rune));

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when IsPrintable(rune) => quoted.Append(rune.ToString()),
                <= 0xFFFF => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Control characters, separators of lines, byte order marks and what is no character are written as escapes.</summary>
    private static bool IsPrintable(Rune rune) => rune.Value is not (0xFEFF or 0xFFFE or 0xFFFF) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    [GeneratedRegex(@"\A(--)?[A-Za-z/][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
