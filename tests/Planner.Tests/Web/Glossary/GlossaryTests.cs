using System.Text.RegularExpressions;
using Planner.Web.Components.Glossary;
using Xunit;

namespace Planner.Tests.Web.Glossary;

/// <summary>Terms of the glossary.</summary>
public partial class GlossaryTests
{
    [Fact]
    public void Each_term_has_an_anchor_of_its_own_one_to_three_sentences_and_a_place()
    {
        var terms = GlossaryTerm.All();

        Assert.True(terms.Count >= 40);
        Assert.Equal(terms.Count, terms.Select(term => term.Id).Distinct().Count());
        Assert.All(terms, term =>
        {
            Assert.Matches("^[a-z][a-z0-9-]*$", term.Id);
            Assert.InRange(Sentences().Count(term.Meaning), 1, 3);
            Assert.StartsWith("/", term.Href, StringComparison.Ordinal);
            Assert.NotEqual("", term.Place);
        });
    }

    [Theory]
    [InlineData("ttft")]
    [InlineData("tpot")]
    [InlineData("isl")]
    [InlineData("osl")]
    [InlineData("kv-cache")]
    [InlineData("on-demand")]
    [InlineData("spot")]
    [InlineData("reserved")]
    [InlineData("npv")]
    [InlineData("payback")]
    [InlineData("utilization")]
    [InlineData("peak-to-mean")]
    [InlineData("break-even")]
    public void Terms_that_pages_use_are_there(string id) => Assert.Contains(GlossaryTerm.All(), term => term.Id == id);

    [GeneratedRegex(@"[.?!](\s|$)")]
    private static partial Regex Sentences();
}
