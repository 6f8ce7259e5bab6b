using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Web.Components.Feeds;
using Xunit;

namespace Planner.Tests.Web.Feeds;

public class FeedCardModelTests
{
    private static readonly FeedOptions Feed = new() { Content = new PublicPriceContent((file, _) => LiteLlmReader.Read(file.Span)), Id = "litellm", Name = "LiteLLM", Url = "https://example.org/prices.json", Cron = "0 37 4 * * ?" };
    private static readonly DateTime Next = new(2026, 8, 3, 4, 37, 0, DateTimeKind.Utc);

    [Fact]
    public void A_feed_that_never_ran_says_whose_prices_apply()
    {
        var card = FeedCardModel.From(Feed, null, null, null, Next);

        Assert.Null(card.LastGood);
        Assert.Equal("It has not run yet; the prices are those that came with the product.", card.Age);
        Assert.Equal(("every day at 04:37 UTC", "2026-08-03 04:37 UTC"), (card.Schedule, card.Next));
        Assert.Empty(card.Counts);
    }

    [Fact]
    public void A_card_counts_what_the_last_good_run_found()
    {
        var run = FeedRunModelTests.Run();
        var state = new FeedStateRow { FeedId = "litellm", Cron = "", LastGoodRunId = 12, LastGoodUtc = run.StartedUtc };

        var card = FeedCardModel.From(Feed, state, run, new(run, [new("a", "b")], []), Next, failures: 3);

        Assert.Null(card.Age);
        Assert.Equal(["2,984", "10", "1", "3"], card.Counts.Select(count => count.Value));
    }

    [Fact]
    public void After_a_failure_the_card_gives_its_reason()
    {
        var failed = FeedRunModelTests.Run(FeedRunStatuses.Failed, "The source answered with status 503.");

        Assert.Equal("The source answered with status 503.", FeedCardModel.From(Feed, null, failed, null, Next).Age);
    }

    [Fact]
    public async Task A_table_of_machines_takes_csv_files_and_says_so()
    {
        var csv = Feed with { FileType = "csv", Content = new InstanceContent((file, _) => SkyPilotReader.Read(file, "aws")), MaxBytes = 3 * 1024 * 1024 };
        var card = FeedCardModel.From(csv, null, null, null, Next);

        var html = await TestRenderer.Create().RenderAsync<FeedCard>(("Model", card));

        Assert.True(card.IsMachines);
        Assert.Contains("accept=\".csv,text/csv\"", html, StringComparison.Ordinal);
        Assert.Contains("CSV, up to 3 MiB", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_that_is_switched_off_says_so()
    {
        var card = FeedCardModel.From(Feed with { Enabled = false }, null, null, null, null);

        Assert.Equal(("off; it is refreshed by hand only", "none"), (card.Schedule, card.Next));
    }
}
