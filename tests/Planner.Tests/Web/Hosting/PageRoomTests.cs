using System.Net;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Planner.Web.Hosting;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>What readers get when as many pages are open as may be. The circuits themselves are in the tests with a browser.</summary>
public sealed class PageRoomTests
{
    [Fact]
    public async Task Further_reader_is_told_why_and_when_to_come_again_and_gets_the_page_once_there_is_room()
    {
        await using var app = new SmallHost();
        using var client = app.CreateClient();
        var circuits = app.Services.GetRequiredService<Circuits>();
        await circuits.OnCircuitOpenedAsync(null!, default);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scenarios")).StatusCode);
        await circuits.OnCircuitOpenedAsync(null!, default);

        foreach (var address in new[] { "/", "/scenarios?q=chat", "/examples/high-volume-chat", "/method", "/nothing" })
        {
            using var refused = await client.GetAsync(address);
            var page = await refused.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(PageLimits.RetrySeconds), refused.Headers.RetryAfter!.Delta);
            Assert.True(refused.Headers.CacheControl!.NoStore);
            Assert.Contains("Planner is full", page, StringComparison.Ordinal);
            Assert.Contains("2 pages are open", page, StringComparison.Ordinal);
            Assert.Contains($"<meta http-equiv=\"refresh\" content=\"{PageLimits.RetrySeconds}\"", page, StringComparison.Ordinal);
            // No circuit is offered, and nothing of the page that was asked for was made.
            Assert.DoesNotContain("\"type\":\"server\"", page, StringComparison.Ordinal);
        }

        await circuits.OnCircuitClosedAsync(null!, default);
        using var served = await client.GetAsync("/examples/high-volume-chat");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Null(served.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("/api/v1/system")]
    [InlineData("/health/ready")]
    [InlineData("/css/app.css")]
    [InlineData("/full")]
    public async Task What_opens_no_page_is_served_as_ever(string address)
    {
        await using var app = new SmallHost();
        using var client = app.CreateClient();
        var circuits = app.Services.GetRequiredService<Circuits>();
        for (var page = 0; page < 2; page++)
            await circuits.OnCircuitOpenedAsync(null!, default);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Pages_whose_connection_broke_wait_as_many_and_as_long_as_is_set()
    {
        await using var app = new SmallHost();
        var circuits = app.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;
        Assert.Equal((1, TimeSpan.FromSeconds(7)), (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod));
    }

    [Theory]
    [InlineData("400", "50", "30", 400, 50, 30)]
    [InlineData("400", null, null, 400, 40, 120)]
    [InlineData("20", "", "0", 20, 5, 120)]
    [InlineData("9000", "0", "4000", 9000, 0, 120)]
    public void Settings_are_taken_and_what_cannot_be_is_the_default(string most, string? lost, string? seconds, int expectedMost, int expectedLost, int expectedSeconds)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Pages:Most"] = most, ["Pages:MostLost"] = lost, ["Pages:LostSeconds"] = seconds }).Build();
        Assert.Equal(new PageLimits(expectedMost, expectedLost, TimeSpan.FromSeconds(expectedSeconds)), PageLimits.From(settings));
    }

    [Theory]
    [InlineData(256, 20)]
    [InlineData(2_100, 300)]
    [InlineData(24_000, 1_000)]
    public void By_default_there_are_as_many_as_memory_has_room_for(long mebibytes, int pages) => Assert.Equal(pages, PageLimits.MostIn(mebibytes << 20));

    private sealed class SmallHost : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Pages:Most"] = "2", ["Pages:MostLost"] = "1", ["Pages:LostSeconds"] = "7" };
    }
}
