using System.Net;
using System.Text.RegularExpressions;

namespace Planner.Tests.Web.Share;

/// <summary>What a reader reads of a page.</summary>
internal static partial class PageText
{
    /// <summary>Every text of a page in its order: what stands in tags, scripts and comments is left out.</summary>
    internal static string Of(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Unread().Replace(html, ""), " ")), " ").Trim();

    /// <summary>The same without ages, which say how long ago something was when the page is read.</summary>
    internal static string WithoutAges(string html) => Ages().Replace(Of(html), "(age)");

    [GeneratedRegex("<!--.*?-->|<script.*?</script>|<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Unread();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\btoday\b|\b[\d,]+ days? old\b")]
    private static partial Regex Ages();
}
