using System.Text.RegularExpressions;

namespace Planner.Domain.Artefacts;

/// <summary>Puts texts of the user into Markdown as text.</summary>
internal static partial class MarkdownText
{
    /// <summary>A text in one line in which nothing is markup.</summary>
    public static string Inline(string text) => Special().Replace(YamlText.OneLine(text), @"\$0");

    /// <summary>A text as code, in a fence that is longer than any run of backticks in it.</summary>
    public static string Code(string text)
    {
        var line = YamlText.OneLine(text).Replace("|", "¦", StringComparison.Ordinal);
        var fence = new string('`', 1 + Backticks().Matches(line).Select(match => match.Length).DefaultIfEmpty(0).Max());
        return fence.Length == 1 ? $"`{line}`" : $"{fence} {line} {fence}";
    }

    [GeneratedRegex(@"[\\`*_{}\[\]<>#|!&~$]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Backticks();
}
