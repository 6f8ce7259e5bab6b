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
        var feed = Assert.Single(new PriceFeeds(Configuration([])).All);

        Assert.Equal(("litellm", true, "0 37 4 * * ?"), (feed.Id, feed.Enabled, feed.Cron));
        Assert.Equal("https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json", feed.Url);
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
