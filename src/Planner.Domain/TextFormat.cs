using System.Globalization;

// Of the product's own namespace, so that every text of every project can be filled without a using.
#pragma warning disable IDE0130
namespace Planner;
#pragma warning restore IDE0130

/// <summary>Texts of the resources with their places filled.</summary>
public static class TextFormat
{
    /// <summary>Fills the places of a text, numbers in the reader's way.</summary>
    /// <param name="text">A text with places: {0}, {1:0.#}.</param>
    /// <param name="values">What stands in them.</param>
    public static string With(this string text, params ReadOnlySpan<object?> values)
    {
        var filled = string.Format(CultureInfo.CurrentCulture, text, values);
        // "10 Mio." at the end of a sentence brings its point along.
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de"
            ? filled.Replace("io..", "io.", StringComparison.Ordinal).Replace("Mrd..", "Mrd.", StringComparison.Ordinal)
            : filled;
    }
}
