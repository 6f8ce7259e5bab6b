using System.Globalization;

// Of the product's own namespace, as the filling of texts is.
#pragma warning disable IDE0130
namespace Planner;
#pragma warning restore IDE0130

/// <summary>The language of texts: what a page computes is its reader's, what is stored, sent and read by programs is English with figures in the invariant form.</summary>
/// <remarks>Set while something is worded, it holds for the calls and awaits within and ends with the scope.</remarks>
public static class Language
{
    /// <summary>True where texts are worded as they are stored.</summary>
    public static bool IsStored => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en" or "iv" && WritesFiguresAsStored(CultureInfo.CurrentCulture);

    /// <summary>Words texts as they are stored until the scope is disposed, whoever reads.</summary>
    public static IDisposable Stored() => Of(CultureInfo.InvariantCulture);

    /// <summary>Words texts and figures for a reader until the scope is disposed.</summary>
    /// <param name="reader">The reader's culture; null words them as they are stored.</param>
    public static IDisposable Of(CultureInfo? reader)
    {
        var scope = new Scope(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = reader ?? CultureInfo.InvariantCulture;
        return scope;
    }

    /// <summary>What is worded as it is stored, whoever reads.</summary>
    /// <param name="worded">Words it.</param>
    public static T Stored<T>(Func<T> worded)
    {
        ArgumentNullException.ThrowIfNull(worded);
        using var scope = Stored();
        return worded();
    }

    /// <summary>Words texts of threads that serve no reader as they are stored, whatever the machine's language is. Called once, before the first of them.</summary>
    public static void StoredByDefault() =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

    // Not every country that speaks English does: 1,08,90,240.5 in India, 10 890 240,5 in South Africa.
    private static bool WritesFiguresAsStored(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName is "en" or "iv" && culture.NumberFormat is { NumberDecimalSeparator: ".", NumberGroupSeparator: ",", NumberGroupSizes: [3], CurrencyPositivePattern: 0 };

    private sealed class Scope(CultureInfo culture, CultureInfo uiCulture) : IDisposable
    {
        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
    }
}
