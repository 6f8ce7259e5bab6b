using Planner.Tests.Web.Catalog;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public class FreshnessTests
{
    [Theory]
    [InlineData(0, StatusKind.Neutral)]
    [InlineData(7, StatusKind.Neutral)]
    [InlineData(8, StatusKind.Warning)]
    [InlineData(30, StatusKind.Warning)]
    [InlineData(31, StatusKind.Bad)]
    [InlineData(2_000, StatusKind.Bad)]
    public void A_price_is_stale_after_a_week_and_very_stale_after_thirty_days(int days, StatusKind expected) => Assert.Equal(expected, Freshness.Of(days));

    [Theory]
    [InlineData(0, "today")]
    [InlineData(1, "1 day old")]
    [InlineData(111, "111 days old")]
    public void An_age_is_said_in_words(int days, string expected) => Assert.Equal(expected, Freshness.Words(days));

    [Fact]
    public void A_shipped_price_says_that_no_feed_confirmed_it() =>
        Assert.Equal("It came with the product, as of 2026-08-01; no feed has confirmed it since.", Freshness.Reason(CatalogRows.State()));

    [Fact]
    public void A_feeds_price_says_when_it_was_confirmed()
    {
        var state = CatalogRows.State(fetched: new DateTime(2026, 8, 2, 4, 37, 0, DateTimeKind.Utc));

        Assert.Equal("The feed litellm confirmed it on 2026-08-02; its prices are as of 2026-08-01.", Freshness.Reason(state));
    }

    [Fact]
    public void A_price_of_ones_own_says_so_even_where_a_feed_has_another()
    {
        var edited = new DateTime(2026, 9, 3, 8, 0, 0, DateTimeKind.Utc);
        var state = CatalogRows.State(userPrices: true, edited: edited, fetched: edited.AddDays(1));

        Assert.Equal("You set this price on 2026-09-03; no feed keeps it fresh.", Freshness.Reason(state));
    }

    [Fact]
    public void The_source_that_a_users_price_hides_has_an_age_of_its_own()
    {
        // Edited on 3 September, two days ago: today is 5 September, and the feed's 1 August is 35 days back.
        var state = CatalogRows.State(ageDays: 2, userPrices: true, edited: new DateTime(2026, 9, 3, 8, 0, 0, DateTimeKind.Utc));

        var hidden = SourceModel.Hidden(state);

        Assert.Equal(("litellm", "2026-08-01", "35 days old", StatusKind.Bad), (hidden.Name, hidden.AsOf, hidden.Age, hidden.Freshness));
    }

    [Theory]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/relative", null)]
    [InlineData(null, null)]
    public void Only_addresses_of_the_web_become_links(string? url, string? expected) => Assert.Equal(expected, SourceModel.LinkOf(url));
}
