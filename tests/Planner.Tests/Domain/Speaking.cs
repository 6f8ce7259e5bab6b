using System.Globalization;

namespace Planner.Tests.Domain;

/// <summary>What a reader of a language gets.</summary>
internal static class Speaking
{
    public static T German<T>(Func<T> read) => In("de-DE", read);

    public static T English<T>(Func<T> read) => In("en-US", read);

    public static T In<T>(string culture, Func<T> read)
    {
        using var reader = Language.Of(CultureInfo.GetCultureInfo(culture));
        return read();
    }
}
