using System.Text.RegularExpressions;

namespace Planner.Web.Reports.Scheduled;

/// <summary>What addresses of mail look like. It is narrower than the standard allows: no names, quotes, comments or line ends, so that an address can be nothing but an address.</summary>
internal static partial class Recipients
{
    internal const int Longest = 254;

    internal static bool IsAddress(string? text) => text is { Length: > 0 and <= Longest } && Address().IsMatch(text);

    internal static bool IsDomain(string? text) => text is { Length: > 0 and <= Longest } && Domain().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Domain();
}
