using Microsoft.Extensions.Configuration;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Security;

public class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.8.9.10:80")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080")]
    [InlineData("https://LOCALHOST:5443")]
    public void Loopback_is_accepted(string address) => Assert.Null(ListenAddresses.FaultOf(address));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:80")]
    [InlineData("http://+:80")]
    [InlineData("http://192.168.1.5:5080")]
    [InlineData("http://example.com:5080")]
    [InlineData("http://localhost.example.com:5080")]
    [InlineData("http://127.0.0.1.example.com:5080")]
    [InlineData("http://mymachine:5080")]
    [InlineData("http://unix:/tmp/planner.sock")]
    [InlineData("http://localhost:0")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("nonsense")]
    public void Anything_else_is_refused_with_a_sentence(string address) =>
        Assert.Contains(address, ListenAddresses.FaultOf(address)!, StringComparison.Ordinal);

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5080;http://0.0.0.0:5081")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://*:80")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    public void Every_way_to_name_an_address_is_looked_at(string key, string value) => Assert.NotNull(Read(all: [(key, value)]).Fault);

    [Fact]
    public void Ports_do_not_matter_where_addresses_are_asked_for() =>
        Assert.Null(Read(all: [("http_ports", "8080")], asked: [("urls", "http://127.0.0.1:5081")]).Fault);

    [Fact]
    public void What_is_asked_for_wins_over_the_settings_file_and_that_over_the_default()
    {
        Assert.Equal(["http://127.0.0.1:5080"], Read().Configured);
        Assert.Equal(["http://127.0.0.1:1"], Read(all: [("urls", "http://127.0.0.1:1")]).Configured);
        Assert.Equal(["http://127.0.0.1:2"], Read(all: [("urls", "http://127.0.0.1:1")], asked: [("urls", "http://127.0.0.1:2")]).Configured);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("https://0.0.0.0:8443", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    public void Plain_http_on_a_network_is_found(string address, bool found) => Assert.Equal(found ? address : null, ListenAddresses.InTheClear(["https://[::]:443", address]));

    private static ListenAddresses Read((string Key, string Value)[]? all = null, (string Key, string Value)[]? asked = null) =>
        ListenAddresses.From(Configuration(all ?? []), Configuration(asked ?? []));

    private static IConfiguration Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
