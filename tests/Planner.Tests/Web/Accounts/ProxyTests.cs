using System.Net;
using Microsoft.Extensions.Configuration;
using Planner.Data.Accounts;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class ProxyTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public async ValueTask InitializeAsync() => await _host.AddUserAsync("ada", Role.Admin);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Trusted_proxy_names_the_user()
    {
        using var browser = _host.Proxied("ada");

        Assert.Contains(">ada<", await browser.GetStringAsync("/scenarios"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_of_anybody_else_is_ignored_and_logged_once()
    {
        using var forged = _host.Proxied("ada", peer: "203.0.113.9");
        using var other = _host.Proxied("ada", peer: "203.0.113.10");

        Assert.StartsWith("/sign-in", (await forged.GetAsync("/scenarios")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await other.GetAsync("/scenarios")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, _host.Log.All.Split("The identity header X-Forwarded-User from ").Length);
    }

    [Fact]
    public async Task Forwarded_address_makes_nobody_a_proxy()
    {
        using var forged = _host.Proxied("ada", peer: "203.0.113.9");
        forged.DefaultRequestHeaders.Add("X-Forwarded-For", AccountsHost.Proxy);

        Assert.StartsWith("/sign-in", (await forged.GetAsync("/scenarios")).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_names_are_no_name()
    {
        using var browser = _host.Proxied("ada");
        browser.DefaultRequestHeaders.Add(AccountsHost.UserHeader, "eve");

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/scenarios")).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_name_is_added_and_may_nothing_until_somebody_gives_it_a_role()
    {
        using var browser = _host.Proxied("new@example.org");

        Assert.Equal("/no-access", (await browser.GetAsync("/scenarios")).Headers.Location!.ToString());
        var user = (await _host.Accounts.FindAsync("NEW@EXAMPLE.ORG"))!;
        Assert.Null(user.PasswordHash);
        await _host.Accounts.SetRoleAsync(user.Id, 1, Role.Viewer);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Nobody_signs_in_with_a_password_for_whom_only_the_proxy_speaks()
    {
        using var first = _host.Proxied("bob");
        await first.GetAsync("/");
        using var browser = _host.Browser();

        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(browser, "bob", "")).StatusCode);
    }

    [Theory]
    [InlineData("Accounts:Enabled", "yes", "Accounts:Enabled is “yes”")]
    [InlineData("Accounts:Proxy:Header", "X-User", "names no proxy")]
    [InlineData("Accounts:Proxy:Addresses", "10.0.0.0/8,house", "“house”")]
    [InlineData("Accounts:Proxy:DefaultRole", "Boss", "“Boss”")]
    public void Setting_that_cannot_be_meant_is_refused_at_the_start(string key, string value, string told)
    {
        var options = AccountsOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(), "planner.db");

        Assert.Contains(told, options.Fault!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("2001:db8::1", true)]
    public void Addresses_are_compared_as_networks(string peer, bool trusted)
    {
        var options = AccountsOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("Accounts:Proxy:Addresses:0", "10.1.0.0/16"), new("Accounts:Proxy:Addresses:1", "2001:db8::1")]).Build(), "planner.db");

        Assert.Equal(trusted, options.IsProxy(IPAddress.Parse(peer)));
    }
}
