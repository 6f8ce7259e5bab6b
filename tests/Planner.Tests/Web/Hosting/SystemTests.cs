using Planner.Tests.Web.Api;
using Planner.Web.Components.Shared;
using Planner.Web.Hosting;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>How the installation fares, as those who look after it see it.</summary>
public class SystemTests(PlannerHost host)
{
    [Fact]
    public async Task Endpoint_tells_jobs_feeds_storage_pages_memory_and_versions()
    {
        var answer = await host.GetAsync("/system");
        Assert.Equal(200, (int)answer.Status);
        var database = answer.Value("storage")!["items"]!.AsArray().Single(item => (string)item!["kind"]! == "database")!;
        Assert.Equal(Path.Combine(host.Folder, "planner.db"), (string)database["path"]!);
        Assert.Equal(new FileInfo((string)database["path"]!).Length, (long)database["bytes"]!);
        Assert.Contains("Send scheduled reports", answer.Value("jobs")!.AsArray().Select(job => (string)job!["name"]!));
        var feed = answer.Value("feeds")!.AsArray().Single(feed => (string)feed!["id"]! == "litellm")!;
        Assert.False((bool)feed["enabled"]!);
        Assert.InRange((long)answer.Value("memory")!["workingSetBytes"]!, 10_000_000, 100_000_000_000);
        Assert.True((int)answer.Value("circuits")!["most"]! >= (int)answer.Value("circuits")!["open"]!);
        Assert.Equal(Environment.Version.ToString(), (string)answer.Value("about")!["runtime"]!);
        Assert.Matches(@"^3\.\d+\.\d+$", (string)answer.Value("about")!["sqlite"]!);
    }

    [Fact]
    public async Task Page_shows_the_same()
    {
        using var http = host.CreateClient();
        var page = await http.GetStringAsync(new Uri("/system", UriKind.Relative), TestContext.Current.CancellationToken);
        foreach (var text in new[] { "Jobs", "Feeds", "Storage", "About", Environment.Version.ToString(), "Send scheduled reports", "planner.db" })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/system\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "—")]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1_000L, "1 kB")]
    [InlineData(999_949L, "999.9 kB")]
    [InlineData(999_950L, "1 MB")]
    [InlineData(12_400_000L, "12.4 MB")]
    [InlineData(5_000_000_000_000_000L, "5000 TB")]
    public void Size_has_a_unit_that_is_read_at_a_glance(long? bytes, string text) => Assert.Equal(text, Format.Bytes(bytes));

    [Fact]
    public async Task Pages_are_counted_while_they_are_open()
    {
        var circuits = new Circuits(new PageLimits(2, 1, TimeSpan.FromSeconds(1)));
        await circuits.OnCircuitOpenedAsync(null!, default);
        await circuits.OnCircuitOpenedAsync(null!, default);
        Assert.True(circuits.IsFull);
        await circuits.OnCircuitClosedAsync(null!, default);
        Assert.Equal((1, 2, false), (circuits.Open, circuits.Most, circuits.IsFull));
    }
}
