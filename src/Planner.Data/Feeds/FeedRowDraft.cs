using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Planner.Data.Feeds;

/// <summary>A row of a JSON feed while it is read. The first thing that does not read is why the row is refused.</summary>
internal sealed class FeedRowDraft
{
    private const int MaxContextTokens = 1_000_000_000;

    /// <summary>Why the row is refused; null while everything reads.</summary>
    internal string? Fault { get; private set; }

    internal void Fail(string reason) => Fault ??= reason;

    /// <summary>The fields of an object by name, without those that are null. A field that occurs twice fails the row: nobody knows which one holds.</summary>
    internal Dictionary<string, JsonElement> Fields(JsonElement element, string name)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail(FeedTexts.RowFieldShape.With(name));
            return fields;
        }

        foreach (var property in element.EnumerateObject())
        {
            var field = NameOf(property);
            if (field is null || !fields.TryAdd(field, property.Value))
                Fail(FeedTexts.RowDuplicateField.With(field ?? "?"));
        }

        foreach (var (field, value) in fields)
        {
            if (value.ValueKind == JsonValueKind.Null)
                fields.Remove(field);
        }

        // No feed states one today; a price in another currency would read well.
        if (fields.TryGetValue("currency", out var currency) && TextOf(currency) is not "USD")
            Fail(FeedTexts.RowCurrency.With(name));
        return fields;
    }

    /// <summary>The names of an object's fields, those without a value included; none of anything else.</summary>
    internal static IEnumerable<string> NamesOf(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(NameOf).OfType<string>() : [];

    /// <summary>The items of a list; none where the field is missing.</summary>
    internal IEnumerable<JsonElement> Items(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var list))
            return [];
        if (list.ValueKind == JsonValueKind.Array)
            return list.EnumerateArray();
        Fail(FeedTexts.RowFieldShape.With(name));
        return [];
    }

    /// <summary>A price, USD per million tokens; null where the field is missing. It may be written as a number or as the text of one.</summary>
    /// <param name="fields">The fields of an object.</param>
    /// <param name="name">The field.</param>
    /// <param name="tokens">Tokens that the feed's price is for.</param>
    internal decimal? Price(Dictionary<string, JsonElement> fields, string name, int tokens) =>
        fields.TryGetValue(name, out var value) ? Price(value, name, tokens) : null;

    /// <inheritdoc cref="Price(Dictionary{string, JsonElement}, string, int)"/>
    internal decimal? Price(JsonElement value, string name, int tokens)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value),
            JsonValueKind.String => JsonMarshal.GetRawUtf8Value(value)[1..^1],
            _ => [],
        };
        if (!FeedPrice.IsNumber(text))
            Fail(FeedTexts.RowPriceNotANumber.With(name));
        else if (FeedPrice.TryPerMillion(text, tokens, out var usdPerM))
            return usdPerM;
        else
            Fail(FeedTexts.RowPriceOutOfRange.With(name));
        return null;
    }

    /// <summary>A day; null where the field is missing.</summary>
    internal DateOnly? Day(Dictionary<string, JsonElement> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value))
            return null;
        if (DayOf(TextOf(value)) is { } day)
            return day;
        Fail(FeedTexts.RowDayUnusable.With(name));
        return null;
    }

    /// <summary>A number of tokens; null where there is none or it is none that a model has: a length is no price, so it costs no row.</summary>
    internal static int? Tokens(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var tokens) ? Tokens(tokens) : null;

    /// <inheritdoc cref="Tokens(Dictionary{string, JsonElement}, string)"/>
    internal static int? Tokens(decimal tokens) => tokens is >= 1 and <= MaxContextTokens && decimal.IsInteger(tokens) ? (int)tokens : null;

    /// <summary>The day of a text such as <c>2026-09-01</c>; null for any other.</summary>
    internal static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The text of a string; null for anything else, also where its escapes are no text (half of a surrogate pair).</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="TextOf(JsonElement)"/>
    internal static string? TextOf(Dictionary<string, JsonElement> fields, string name) => fields.TryGetValue(name, out var value) ? TextOf(value) : null;

    /// <summary>The name of a field; null where its escapes are no text.</summary>
    internal static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
