using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Planner.Web.Components.Shared;

/// <summary>Reads and writes the query of a page's address. What cannot be read falls back to the default: an old bookmark is no fault.</summary>
public sealed class QueryText(Uri address)
{
    private const int LongestText = 200;

    private readonly Dictionary<string, StringValues> _values = QueryHelpers.ParseQuery(address.Query);

    /// <summary>The text of a name; null where it is missing, blank or absurdly long.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out var values) && values is [{ } text, ..] && text.Trim() is { Length: > 0 and <= LongestText } trimmed ? trimmed : null;

    public bool Flag(string name) => Text(name) == "1";

    /// <summary>A page number, 1 or more.</summary>
    public int Page(string name) => int.TryParse(Text(name), out var page) && page is > 0 and < 1_000_000 ? page : 1;

    /// <summary>A day as yyyy-MM-dd; null where it is missing or none.</summary>
    public DateOnly? Day(string name) => ReadDay(Text(name));

    /// <summary>A day as a date box writes it; null where it is none.</summary>
    public static DateOnly? ReadDay(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A value of an enumeration by its name.</summary>
    public T Choice<T>(string name, T otherwise) where T : struct, Enum =>
        Text(name) is { } text && !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : otherwise;

    /// <summary>An address with the values that are set; null and empty ones are left out.</summary>
    public static string Write(string path, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var address = path;
        foreach (var (name, value) in values)
        {
            if (!string.IsNullOrEmpty(value))
                address = QueryHelpers.AddQueryString(address, name, value);
        }

        return address;
    }

    /// <summary>"1" for true, nothing for false.</summary>
    public static string? Write(bool flag) => flag ? "1" : null;

    /// <summary>An enumeration's value in lower camel case; nothing for its default.</summary>
    public static string? Write<T>(T value, T otherwise) where T : struct, Enum =>
        value.Equals(otherwise) ? null : $"{value}" is [var first, .. var rest] ? char.ToLowerInvariant(first) + rest : null;
}
