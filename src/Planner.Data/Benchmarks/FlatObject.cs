using System.Globalization;
using System.Text.Json;

namespace Planner.Data.Benchmarks;

/// <summary>
/// The numbers and texts of a JSON object by dotted path, such as <c>metrics.output_token_count.successful.mean</c>. Lists are skipped: detailed result
/// files hold every request in them, which is what makes the files large.
/// </summary>
internal sealed class FlatObject
{
    private const int MostValues = 50_000;
    private const int LongestText = 500;

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Objects in the lists that were asked for, in order.</summary>
    internal List<FlatObject> Items { get; } = [];

    /// <summary>Reads the object at which the reader stands, up to its end.</summary>
    /// <param name="json">A reader at the start of an object.</param>
    /// <param name="list">Name of a list at the top whose objects are read too, as <see cref="Items"/>; null for none.</param>
    /// <exception cref="JsonException">The JSON is broken, or it has more values than a result file has.</exception>
    internal static FlatObject Read(ref Utf8JsonReader json, string? list = null)
    {
        var flat = new FlatObject();
        flat.Fill(ref json, "", list);
        return flat;
    }

    internal bool Has(string path) => _values.ContainsKey(path);

    /// <summary>A text, or none; an empty one is none.</summary>
    internal string? Text(string path) => _values.GetValueOrDefault(path) switch
    {
        string { Length: > 0 } text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A number, or none. NaN stands for what is there but is no number.</summary>
    internal double? Number(string path) => _values.GetValueOrDefault(path) switch
    {
        double number => number,
        string { Length: > 0 } text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN,
        _ => null,
    };

    /// <summary>The first text that is there.</summary>
    internal string? FirstText(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (Text(path) is { } text)
                return text;
        }

        return null;
    }

    private void Fill(ref Utf8JsonReader json, string prefix, string? list)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = TextOf(ref json);
            json.Read();
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject:
                    Fill(ref json, $"{prefix}{name}.", null);
                    break;
                case JsonTokenType.StartArray when name == list:
                    FillItems(ref json);
                    break;
                case JsonTokenType.StartArray:
                    json.Skip();
                    break;
                case JsonTokenType.Number:
                    // Numbers beyond a double are read as infinite, and infinite is no figure.
                    Keep(prefix + name, json.TryGetDouble(out var number) && double.IsFinite(number) ? number : double.NaN);
                    break;
                case JsonTokenType.String when json.ValueSpan.Length <= LongestText:
                    Keep(prefix + name, TextOf(ref json));
                    break;
            }
        }
    }

    private void FillItems(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                Items.Add(Read(ref json));
            else
                json.Skip();
        }
    }

    private void Keep(string path, object value)
    {
        _values[path] = value;
        if (_values.Count > MostValues)
            throw new JsonException();
    }

    private static string TextOf(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return "";
        }
    }
}
