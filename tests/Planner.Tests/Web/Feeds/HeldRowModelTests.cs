using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Web.Components.Feeds;
using Xunit;

namespace Planner.Tests.Web.Feeds;

public class HeldRowModelTests
{
    private static readonly DateTime First = new(2026, 8, 1, 4, 37, 0, DateTimeKind.Utc);
    private static readonly HeldRow Row = new(
        "skypilot-gcp", "a3-highgpu-8g:us-central1", "Too low.", First, First.AddDays(1), null, null, true, true, "gcp:a3-highgpu-8g:us-central1", "seed",
        [new("onDemandUsd", 43.07m, 88.49m), new("spotUsd", 50m, null)]);

    [Fact]
    public void Stated_price_stands_beside_the_catalogs_with_how_far_apart_they_are()
    {
        var model = HeldRowModel.From(Row);

        // 43.07 ÷ 88.49 = 0.4867.
        Assert.Equal([new HeldPriceLine("On-demand", "$43.07", "$88.49", "× 0.49"), new HeldPriceLine("Spot", "$50.00", "—", null)], model.Prices);
        Assert.Equal("First seen 2026-08-01 04:37 UTC, last 2026-08-02 04:37 UTC", model.Seen);
        Assert.StartsWith("/instances?", model.CatalogLink, StringComparison.Ordinal);
        Assert.Null(model.Decision);
    }

    [Theory]
    [InlineData(QuarantineDecisions.Rejected, "Rejected on 2026-08-01 04:37 UTC", true)]
    [InlineData(QuarantineDecisions.Ignored, "Always ignored on 2026-08-01 04:37 UTC", true)]
    [InlineData(QuarantineDecisions.Accepted, "Accepted on 2026-08-01 04:37 UTC", false)]
    public void Decision_is_named_and_what_was_published_cannot_be_opened_again(string decision, string expected, bool canReopen)
    {
        var model = HeldRowModel.From(Row with { Decision = decision, DecidedUtc = First });

        Assert.Equal((expected, canReopen), (model.Decision, model.CanReopen));
    }

    [Fact]
    public void Acceptance_says_what_changed()
    {
        var run = FeedRunModelTests.Run();
        (run.Published, run.Added, run.Changed) = (1, 0, 1);

        Assert.Equal("m is accepted: Input $135,000.00, was $1.00.", HeldRowModel.Outcome("m", new(run, [], [new("acme:m", "inputUsdPerM", 1m, 135_000m)])));
        run.Added = 1;
        Assert.Equal("m is accepted: it is new in the catalog.", HeldRowModel.Outcome("m", new(run, [], [])));
        run.Published = 0;
        Assert.StartsWith("m is accepted. Another source’s price for it stands", HeldRowModel.Outcome("m", new(run, [], [])), StringComparison.Ordinal);
        (run.Status, run.Reason) = (FeedRunStatuses.Refused, "inputUsdPerM is negative.");
        Assert.Equal("m cannot be published: inputUsdPerM is negative. Nothing changed.", HeldRowModel.Outcome("m", new(run, [], [])));
    }

    [Fact]
    public async Task Row_that_could_not_be_read_offers_no_acceptance_and_says_why()
    {
        var html = await TestRenderer.Create().RenderAsync<HeldRowCard>(("Model", HeldRowModel.From(Row with { IsReadable = false, Prices = [] })));

        Assert.DoesNotContain(">Accept<", html, StringComparison.Ordinal);
        Assert.Contains("This row could not be read", html, StringComparison.Ordinal);
        Assert.Contains(">Reject<", html, StringComparison.Ordinal);
    }
}
