using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Planner.Web.Api;

/// <summary>A value of a query string. One that cannot be read still arrives here, so that the answer can name it.</summary>
/// <param name="Text">As it was sent.</param>
/// <param name="Value">What it says; the default where it cannot be read.</param>
/// <param name="IsReadable">False where it cannot be read.</param>
public readonly record struct QueryValue<T>(string Text, T Value, bool IsReadable) where T : struct, IParsable<T>
{
    [SuppressMessage("Design", "CA1000", Justification = "The framework finds it by this name to bind parameters.")]
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryValue<T> value)
    {
        var readable = T.TryParse(text, CultureInfo.InvariantCulture, out var parsed);
        value = new QueryValue<T>(text ?? "", parsed, readable);
        return true;
    }
}
