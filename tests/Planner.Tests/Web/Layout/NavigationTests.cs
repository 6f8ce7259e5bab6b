using System.Text.RegularExpressions;
using Xunit;

namespace Planner.Tests.Web.Layout;

/// <summary>Frame of every page.</summary>
public sealed partial class NavigationTests(PlannerHost host)
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/scenarios/guide", "/scenarios")]
    [InlineData("/examples/high-volume-chat", "/scenarios")]
    [InlineData("/portfolio", "/scenarios")]
    [InlineData("/method/accuracy", "/method")]
    [InlineData("/glossary", "/method")]
    public async Task Entry_that_leads_to_a_page_is_marked_there(string page, string entry)
    {
        using var browser = host.CreateClient();

        var marked = Marked().Matches(await browser.GetStringAsync(page));

        // In the list, and behind "More" on a phone where it is there.
        Assert.NotEmpty(marked);
        Assert.All(marked, link => Assert.Contains($"href=\"{entry}\"", link.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bar_says_how_old_the_prices_are()
    {
        using var browser = host.CreateClient();

        Assert.Matches("""<a href="/feeds"[^>]*>\s*<span class="badge \w+" title="20\d\d-[^"]+"[^>]*>[\s\S]*?Prices [\w ]+ ago""", await browser.GetStringAsync("/method"));
    }

    [GeneratedRegex("""<a [^>]*class="active"[^>]*>""")]
    private static partial Regex Marked();
}
