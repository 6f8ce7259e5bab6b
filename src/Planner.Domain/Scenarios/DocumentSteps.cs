using System.Text.RegularExpressions;

namespace Planner.Domain.Scenarios;

/// <summary>Paths of the document, step by step.</summary>
internal static partial class DocumentSteps
{
    /// <summary>The steps of a path: a member's name, or a place in a list as <c>[2]</c>; null where it is no path.</summary>
    public static List<string>? Of(string path) => Form().IsMatch(path) ? [.. Steps().Matches(path).Select(match => match.Value)] : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*(\[[0-9]{1,4}\])?(\.[A-Za-z][A-Za-z0-9]*(\[[0-9]{1,4}\])?)*$")]
    private static partial Regex Form();

    [GeneratedRegex(@"[A-Za-z0-9]+(?![\]0-9A-Za-z])|\[[0-9]+\]")]
    private static partial Regex Steps();
}
