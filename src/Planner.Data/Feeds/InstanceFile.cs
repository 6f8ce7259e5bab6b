using System.Globalization;
using System.Text.Json;

namespace Planner.Data.Feeds;

/// <summary>What the readers of machines' prices have in common: the guards of a file, names and decimals from their text.</summary>
internal static class InstanceFile
{
    /// <summary>Largest file that is read, bytes; the largest real one has about 100 million.</summary>
    internal const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Decimal places of a price; sums of parts and medians of zones need no more.</summary>
    internal const int DecimalPlaces = 8;

    private const int MaxNameLength = 100;

    // No price is near; the limit keeps sums within decimal's range.
    private const decimal LargestNumber = 1_000_000_000m;

    /// <summary>Why the file is refused before anything in it is read; null where it may be read.</summary>
    internal static string? Refusal(ReadOnlySpan<byte> file) => FeedFile.Refusal(file, MaxBytes);

    /// <summary>Reads a JSON file; a file that is not JSON is refused.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="read">Reads the file without its byte order mark.</param>
    internal static FeedReading<TRow> ReadJson<TRow>(ReadOnlyMemory<byte> file, Func<ReadOnlyMemory<byte>, FeedReading<TRow>> read)
    {
        if (Refusal(file.Span) is { } refusal)
            return FeedReading<TRow>.Refuse(refusal);
        try
        {
            return read(file[FeedFile.MarkLength(file.Span)..]);
        }
        catch (JsonException exception)
        {
            return FeedReading<TRow>.Refuse(FeedTexts.NotJson.With(exception.LineNumber + 1));
        }
    }

    internal static Utf8JsonReader Reader(ReadOnlyMemory<byte> file) => new(file.Span, new JsonReaderOptions { MaxDepth = FeedFile.MaxDepth });

    /// <summary>Hands over the elements of the array that the reader stands on one by one, so that no more than one is held; leaves the reader on the array's end.</summary>
    internal static void ForEach(ReadOnlyMemory<byte> file, ref Utf8JsonReader json, Action<JsonElement> read)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            using var element = JsonDocument.Parse(file[start..(int)json.BytesConsumed], new JsonDocumentOptions { MaxDepth = FeedFile.MaxDepth });
            read(element.RootElement);
        }
    }

    /// <summary>A member's name that occurs twice in an object anywhere within; null where there is none. Which of two values is meant cannot be known.</summary>
    internal static string? Duplicate(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select(Duplicate).FirstOrDefault(name => name is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (FeedRowDraft.NameOf(member) is not { } name)
                return "?";
            if (!names.Add(name))
                return name[..Math.Min(name.Length, MaxNameLength)];
            if (Duplicate(member.Value) is { } inner)
                return inner;
        }

        return null;
    }

    /// <summary>A member's value; undefined where there is none, or two of which nobody can tell the right one.</summary>
    internal static JsonElement Member(JsonElement element, string name)
    {
        JsonElement found = default;
        if (element.ValueKind != JsonValueKind.Object)
            return found;
        foreach (var member in element.EnumerateObject())
        {
            if (FeedRowDraft.NameOf(member) != name)
                continue;
            if (found.ValueKind != JsonValueKind.Undefined)
                return default;
            found = member.Value;
        }

        return found;
    }

    /// <summary>A number from the text of a JSON number, or of a string that holds one; null where it is something else.</summary>
    internal static decimal? NumberOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.String => Number(FeedRowDraft.TextOf(element)),
        _ => null,
    };

    /// <summary>A number from its text, at <see cref="DecimalPlaces"/>; null for what is no number, too large, or so small that nothing would be left of it.</summary>
    internal static decimal? Number(string? text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > LargestNumber)
            return null;
        var rounded = Math.Round(number, DecimalPlaces);
        return rounded != 0 || IsZero(text) ? rounded : null;
    }

    /// <summary>A count: a whole number from 1 on, also where it is written 8.0.</summary>
    internal static int? Count(decimal? number) => number is >= 1 and <= 100_000 && number == decimal.Truncate(number.Value) ? (int)number : null;

    /// <summary>Whether a text can be the name of a machine or region. A colon would make keys ambiguous.</summary>
    internal static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && text.Trim() == text && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter) || letter is ':' or '"' or '<' or '>');

    private static bool IsZero(string text) => !text.AsSpan(0, text.IndexOfAny(['e', 'E']) is var exponent and >= 0 ? exponent : text.Length).ContainsAnyInRange('1', '9');
}
