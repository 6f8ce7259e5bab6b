using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class FeedServicesTests
{
    [Fact]
    public async Task Importer_can_be_had_once_database_and_feeds_are_registered()
    {
        await using var services = new ServiceCollection().AddLogging().AddPlannerData("unused.db").AddPriceFeeds(Configuration([])).BuildServiceProvider();

        Assert.NotNull(services.GetRequiredService<FeedImporter>());
    }

    [Fact]
    public void Feed_has_defaults_that_work_without_configuration()
    {
        var feeds = new PriceFeeds(Configuration([]));
        var feed = feeds.All[0];

        Assert.Equal(("litellm", true, "0 37 4 * * ?"), (feed.Id, feed.Enabled, feed.Cron));
        Assert.Equal("https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json", feed.Url);
        Assert.Equal(14, feeds.All.Select(known => known.Id).Distinct().Count());
        Assert.All(feeds.All, known => Assert.True(Uri.TryCreate(known.Url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps, known.Id));
        Assert.All(feeds.All, known => Assert.True(known.Enabled && !known.IsOwnUrl, known.Id));
    }

    [Fact]
    public void All_feeds_can_be_switched_off_at_once_and_one_of_them_on_again()
    {
        var feeds = new PriceFeeds(Configuration(new() { ["Feeds:Enabled"] = "false", ["Feeds:vantage:Enabled"] = "true", ["Feeds:vantage:Url"] = "http://127.0.0.1/own.json" }));

        Assert.Equal("vantage", Assert.Single(feeds.All, feed => feed.Enabled).Id);
        Assert.Equal((true, "http://127.0.0.1/own.json"), (feeds.Find("vantage")!.IsOwnUrl, feeds.Find("vantage")!.Url));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("0", 60)]
    [InlineData("-5", 60)]
    [InlineData("NaN", 60)]
    [InlineData("soon", 60)]
    public void Time_limit_that_makes_no_sense_is_the_default(string configured, double seconds) =>
        Assert.Equal(seconds, new PriceFeeds(Configuration(new() { ["Feeds:litellm:TimeoutSeconds"] = configured })).Find("litellm")!.Timeout.TotalSeconds);

    private static IConfiguration Configuration(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
