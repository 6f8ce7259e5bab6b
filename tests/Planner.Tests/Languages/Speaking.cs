using System.Globalization;

namespace Planner.Tests.Languages;

/// <summary>What a reader of a language gets.</summary>
internal static class Speaking
{
    public static T German<T>(Func<T> read) => In("de-DE", read);

    public static T English<T>(Func<T> read) => In("en-US", read);

    private static T In<T>(string culture, Func<T> read)
    {
        var (format, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (format, ui);
        }
    }
}
