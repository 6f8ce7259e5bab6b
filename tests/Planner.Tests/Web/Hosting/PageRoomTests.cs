using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
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
            Assert.Contains("as this server takes at a time: 2", page, StringComparison.Ordinal);
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
        // Nobody would come back for what is kept of those that were given up.
        Assert.Equal(0, circuits.PersistedCircuitInMemoryMaxRetained);
    }

    [Theory]
    [InlineData("400", "50", "30", 400, 50, 30)]
    [InlineData("400", null, null, 400, 40, 120)]
    [InlineData("20", "", " ", 20, 5, 120)]
    [InlineData("9000", "0", "3600", 9000, 0, 3600)]
    public void Settings_are_taken_and_what_is_left_out_is_the_default(string most, string? lost, string? seconds, int expectedMost, int expectedLost, int expectedSeconds)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Pages:Most"] = most, ["Pages:MostLost"] = lost, ["Pages:LostSeconds"] = seconds }).Build();
        Assert.Equal(new PageLimits(expectedMost, expectedLost, TimeSpan.FromSeconds(expectedSeconds)), PageLimits.From(settings));
    }

    [Theory]
    [InlineData("Pages:Most", "abc", "from 1 to 100000")]
    [InlineData("Pages:Most", "0", "from 1 to 100000")]
    [InlineData("Pages:MostLost", "-1", "from 0 to 100000")]
    [InlineData("Pages:LostSeconds", "4000", "from 1 to 3600")]
    public void What_cannot_be_is_a_fault_that_names_the_setting(string setting, string value, string range)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build();
        Assert.Equal($"{setting} is “{value}”; it takes a whole number {range}.", PageLimits.From(settings).Fault);
    }

    [Theory]
    [InlineData(nameof(PageHub.StartCircuit), true)]
    [InlineData(nameof(PageHub.ResumeCircuit), true)]
    [InlineData(nameof(PageHub.ConnectCircuit), false)]
    public async Task Circuit_is_neither_begun_nor_resumed_without_room_and_one_that_is_open_goes_on(string method, bool refused)
    {
        var circuits = new Circuits(new PageLimits(1, 1, TimeSpan.FromSeconds(1)));
        await circuits.OnCircuitOpenedAsync(null!, default);
        var filter = new PageRoomFilter(circuits);
        using var hub = new PageHub { Clients = DispatchProxy.Create<IHubCallerClients, Callers>() };
        var (said, passed) = (((Callers)hub.Clients).Said, 0);

        await filter.InvokeMethodAsync(new HubInvocationContext(null!, null!, hub, typeof(PageHub).GetMethod(method)!, []), _ =>
        {
            passed++;
            return ValueTask.FromResult<object?>(null);
        });

        Assert.Equal(refused ? (0, 1) : (1, 0), (passed, said.Count));
        Assert.All(said, text => Assert.Equal("JS.Error", text));
    }

    [Theory]
    [InlineData(256, 20)]
    [InlineData(2_100, 300)]
    [InlineData(24_000, 1_000)]
    public void By_default_there_are_as_many_as_memory_has_room_for(long mebibytes, int pages) => Assert.Equal(pages, PageLimits.MostIn(mebibytes << 20));

    /// <summary>The methods that the framework's hub, which is not public, has for circuits.</summary>
    private sealed class PageHub : Hub
    {
        public static void StartCircuit()
        {
        }

        public static void ResumeCircuit()
        {
        }

        public static void ConnectCircuit()
        {
        }
    }

    /// <summary>Keeps what the caller is told.</summary>
    public class Callers : DispatchProxy
    {
        public List<string> Said { get; private set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IClientProxy.SendCoreAsync))
            {
                Said.Add((string)args![0]!);
                return Task.CompletedTask;
            }

            var caller = Create<ISingleClientProxy, Callers>();
            ((Callers)(object)caller).Said = Said;
            return caller;
        }
    }

    private sealed class SmallHost : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Pages:Most"] = "2", ["Pages:MostLost"] = "1", ["Pages:LostSeconds"] = "7" };
    }
}
