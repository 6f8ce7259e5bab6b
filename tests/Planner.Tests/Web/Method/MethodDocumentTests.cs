using System.Text.RegularExpressions;
using Planner.Domain.Advice;
using Planner.Web.Components.Method;
using Xunit;

namespace Planner.Tests.Web.Method;

public partial class MethodDocumentTests
{
    [Fact]
    public void The_page_holds_every_section_of_the_method() => Assert.Equal(
        [
            "Ground rules", "What an API costs", "What a fleet can carry", "The capacity model", "What a fleet costs", "Mixes", "Token levers", "Handing a plan over", "Verdict", "Break-even", "The horizon", "Uncertainty", "Searching for plans",
            "Checks", "Advice", "Prices and where they come from", "Measured workloads", "Plan against actual", "What this version does not do", "Rules of thumb", "Published claims, checked", "Glossary",
        ],
        MethodDocument.Current.Sections.Select(section => section.Text));

    [Fact]
    public void Every_link_within_the_page_leads_to_a_heading()
    {
        var document = MethodDocument.Current;
        var anchors = Ids().Matches(document.Html).Select(id => id.Groups[1].Value).ToHashSet();

        Assert.All(document.Sections, section => Assert.Contains(section.Id, anchors));
        Assert.All(Fragments().Matches(document.Html), link => Assert.Contains(link.Groups[1].Value, anchors));
    }

    [Fact]
    public void The_table_of_checks_is_that_of_the_rules() => Assert.Contains(
        string.Concat(RuleCatalogue.All.Select(rule => $"| `{rule.Id}` | {rule.Severity} | {rule.Title} | {rule.Explanation} |\n")), MethodDocument.Source, StringComparison.Ordinal);

    [Fact]
    public void Html_in_the_text_stays_text()
    {
        var html = MethodDocument.From("# T\n\n<script>alert(1)</script>\n\nhello <img src=x onerror=alert(1)>", "/method").Html;

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10,890,240")]
    [InlineData("18,890,240")]
    [InlineData("80.0 %")]
    [InlineData("211.6 hours")]
    [InlineData("772 %")]
    public void The_corrected_figures_are_on_the_page(string figure) => Assert.Contains(figure, MethodDocument.Current.Html, StringComparison.Ordinal);

    [GeneratedRegex("id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"/method#([^\"]+)\"")]
    private static partial Regex Fragments();
}
