using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Feeds;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Feeds;

public class FeedRunModelTests
{
    internal static FeedRunRow Run(string status = FeedRunStatuses.Published, string? reason = null) => new()
    {
        Id = 12,
        FeedId = "litellm",
        Trigger = FeedRunTriggers.Upload,
        StartedUtc = new DateTime(2026, 8, 2, 4, 37, 0, DateTimeKind.Utc),
        DurationMs = 603,
        Status = status,
        Reason = reason,
        RowsRead = 2_984,
        Published = 2_516,
        Added = 2,
        Changed = 8,
        Unavailable = 150,
        Warnings = 161,
        Currency = "USD",
    };

    [Fact]
    public void A_run_shows_its_status_duration_and_counts()
    {
        var model = FeedRunModel.From(new(Run(), [new("a/b", "inputUsdPerM is negative.")], []));

        Assert.Equal(
            ("published", StatusKind.Good, "0.6 s", "from a file", "2026-08-02 04:37 UTC"),
            (model.Status, model.Kind, model.Duration, model.Trigger, model.Started));
        Assert.Equal(["2,984", "2,516", "2", "8", "0", "1", "150", "161"], model.Counts.Select(count => count.Value));
    }

    [Theory]
    [InlineData(FeedRunStatuses.Unchanged, StatusKind.Good)]
    [InlineData(FeedRunStatuses.Refused, StatusKind.Warning)]
    [InlineData(FeedRunStatuses.Failed, StatusKind.Bad)]
    [InlineData(FeedRunStatuses.Running, StatusKind.Neutral)]
    public void Each_status_has_its_mark_and_its_meaning(string status, StatusKind expected)
    {
        Assert.Equal(expected, RunStatus.KindOf(status));
        Assert.NotEqual("", RunStatus.Explain(status));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(603, "0.6 s")]
    [InlineData(12_900, "12 s")]
    [InlineData(125_000, "2 min 5 s")]
    public void A_duration_is_short(long milliseconds, string expected) => Assert.Equal(expected, RunStatus.Duration(milliseconds));

    [Fact]
    public void Changes_come_by_size_with_their_percentage_and_incomparable_ones_last()
    {
        PriceChange[] changes =
        [
            new("a", "inputUsdPerM", 2m, 2.2m),
            new("b", "cacheReadUsdPerM", null, 0.1m),
            new("c", "tiers[272000].outputUsdPerM", 9m, 1.8m),
            new("d", "outputUsdPerM", 4m, null),
            new("e", "batchInputUsdPerM", 0m, 1m),
        ];

        var lines = FeedRunModel.From(new(Run(), [], changes)).Changes;

        Assert.Equal(["c", "a", "b", "d", "e"], lines.Select(line => line.Key));
        Assert.Equal(["−80 %", "+10 %", "now known", "no longer known", "was free"], lines.Select(line => line.Change));
        Assert.Equal([false, true, null, null, null], lines.Select(line => line.Rises));
        Assert.Equal(("Output above 272,000 tokens", "$9.00", "$1.80"), (lines[0].Field, lines[0].Old, lines[0].New));
    }

    [Fact]
    public void Price_of_a_machine_is_named_and_leads_to_the_machines()
    {
        var line = Assert.Single(FeedRunModel.From(new(Run(), [], [new("aws:g5:us", "onDemandUsd", 2m, 1m)])).Changes);

        Assert.Equal(("On-demand", "/instances?retired=1&row=aws%3Ag5%3Aus"), (line.Field, line.Link));
    }

    [Fact]
    public async Task The_page_of_a_run_shows_reason_changes_and_quarantined_rows()
    {
        var model = FeedRunModel.From(new(
            Run(FeedRunStatuses.Refused, "The file lists 5 models and the last good one listed 100."), [new("vendor/<script>", "outputUsdPerM is negative.")],
            [new("openai:gpt-x", "inputUsdPerM", 1m, 0.2m)]));

        var html = await TestRenderer.Create().RenderAsync<FeedRunView>(("Model", model));

        Assert.Contains("The file lists 5 models and the last good one listed 100.", html, StringComparison.Ordinal);
        Assert.Contains("Nothing of it was published; the last good prices stay.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/prices?retired=1&amp;row=openai%3Agpt-x\"", html, StringComparison.Ordinal);
        Assert.Contains("▼ −80 %", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("vendor/&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_changes_says_so_in_each_part()
    {
        var run = Run(FeedRunStatuses.Unchanged);
        (run.Unavailable, run.Warnings) = (0, 0);

        var html = await TestRenderer.Create().RenderAsync<FeedRunView>(("Model", FeedRunModel.From(new(run, [], []))));

        Assert.Contains("No price of a row that was there before has changed.", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("None.").Length);
    }
}
