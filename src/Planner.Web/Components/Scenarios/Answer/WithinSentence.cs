using System.Globalization;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>How a name stands within a sentence: English begins it small, German keeps its nouns as they are.</summary>
internal static class WithinSentence
{
    /// <summary>True where names keep their capitals.</summary>
    public static bool KeepsCapitals => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de";

    /// <summary>"Prefix cache" is "prefix cache", and "API price" stays.</summary>
    public static string Of(string name) => KeepsCapitals || name is [_, >= 'A' and <= 'Z', ..] ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
