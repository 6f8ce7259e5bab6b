using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Tests.Data;
using Planner.Tests.Data.Feeds;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Jobs;

public class FeedAgeCheckTests(PlannerHost host)
{
    private static readonly DateTimeOffset Tuesday = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // Daily, weekly, and Monday to Friday, whose longest pause is the weekend's three days.
    [InlineData("0 37 4 * * ?", null, 3)]
    [InlineData("0 22 5 ? * MON", null, 21)]
    [InlineData("0 37 4 ? * MON-FRI", null, 9)]
    [InlineData("0 37 4 * * ?", "1.5", 1.5)]
    [InlineData("0 37 4 * * ?", "-1", 3)]
    [InlineData("0 37 4 * * ?", "soon", 3)]
    public void Limit_is_the_configured_one_or_three_times_the_longest_pause(string cron, string? configured, double days) =>
        Assert.Equal(TimeSpan.FromDays(days), FeedAgeCheck.LimitOf(cron, configured, Tuesday));

    [Fact]
    public void Schedule_that_cannot_be_read_has_no_limit() => Assert.Null(FeedAgeCheck.LimitOf("at noon", null, Tuesday));

    [Fact]
    public async Task Feed_that_is_older_than_its_limit_degrades_the_app()
    {
        await using var rig = await FeedRig.StartAsync();
        var check = CheckOf(rig, enabled: "true");
        Assert.Equal((HealthStatus.Degraded, "litellm was never refreshed."), await AskAsync(check));

        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        Assert.Equal((HealthStatus.Healthy, null), await AskAsync(check));

        rig.Database.Time.Now += TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1);
        Assert.Equal((HealthStatus.Degraded, "litellm is 3 days old; its limit is 3."), await AskAsync(check));
        Assert.Equal((HealthStatus.Healthy, null), await AskAsync(CheckOf(rig, enabled: "false")));
    }

    [Fact]
    public async Task Feed_that_was_refreshed_by_a_clock_far_ahead_is_not_taken_for_fresh()
    {
        await using var rig = await FeedRig.StartAsync();
        var check = CheckOf(rig, enabled: "true");
        rig.Database.Time.Now += TimeSpan.FromDays(365);
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        rig.Database.Time.Now -= TimeSpan.FromDays(365);

        Assert.Equal((HealthStatus.Degraded, "litellm was last refreshed at a time that has not come yet: the clock was put back."), await AskAsync(check));

        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        Assert.Equal((HealthStatus.Healthy, null), await AskAsync(check));
    }

    [Fact]
    public async Task Feed_that_was_never_refreshed_is_as_old_as_the_installation()
    {
        await using var rig = await FeedRig.StartAsync(SmallCatalog.Prices());
        var check = CheckOf(rig, enabled: "true");
        rig.Database.Time.Now += TimeSpan.FromDays(3);
        Assert.Equal((HealthStatus.Healthy, null), await AskAsync(check));

        rig.Database.Time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal((HealthStatus.Degraded, "litellm was never refreshed."), await AskAsync(check));
    }

    [Fact]
    public async Task Health_is_served_as_json()
    {
        using var client = host.CreateClient();
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("\"status\":\"Healthy\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<(HealthStatus Status, string? Reason)> AskAsync(FeedAgeCheck check)
    {
        var result = await check.CheckHealthAsync(new HealthCheckContext());
        return (result.Status, result.Description);
    }

    /// <summary>Only LiteLLM is on, every day.</summary>
    private static FeedAgeCheck CheckOf(FeedRig rig, string enabled)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Feeds:Enabled"] = "false",
            ["Feeds:litellm:Enabled"] = enabled,
            ["Feeds:litellm:Cron"] = "0 37 4 * * ?",
        }).Build();
        return new FeedAgeCheck(new PriceFeeds(configuration), rig.Database.Get<FeedRunStore>(), configuration, rig.Database.Time);
    }
}
