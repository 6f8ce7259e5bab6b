using System.Globalization;

// Of the product's own namespace, so that every text of every project can be filled without a using.
#pragma warning disable IDE0130
namespace Planner;
#pragma warning restore IDE0130

/// <summary>Texts of the resources with their places filled.</summary>
public static class TextFormat
{
    /// <summary>Fills the places of a text, numbers in the reader's way. What ends with a point of its own, as "10 Mio." and "a, then …" do, needs none of its sentence.</summary>
    /// <param name="text">A text with places: {0}, {1:0.#}.</param>
    /// <param name="values">What stands in them.</param>
    public static string With(this string text, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is string { Length: > 0 } value && value[^1] is '.' or '…')
                text = text.Replace($"{{{i}}}.", $"{{{i}}}", StringComparison.Ordinal);
        }

        return string.Format(CultureInfo.CurrentCulture, text, values);
    }
}
