using System.Globalization;

namespace Planner.Data;

internal static class TextFormat
{
    /// <summary>Fills a text of the resources, numbers in the reader's way.</summary>
    internal static string With(this string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
