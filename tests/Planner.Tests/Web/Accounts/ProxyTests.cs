using System.Net;
using Microsoft.Extensions.Configuration;
using Planner.Data.Accounts;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class ProxyTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public async ValueTask InitializeAsync() => await _host.AddUserAsync("ada", Role.Admin, proxied: true);

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
    [InlineData("boss")]
    [InlineData("BOSS")]
    public async Task Name_of_a_user_with_a_password_opens_nothing(string named)
    {
        await _host.AddUserAsync("boss", Role.Admin);
        using var browser = _host.Proxied(named);

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/people")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _host.Accounts.UsersAsync()).Count);
        // Who knows the password is that user here too.
        await AccountsHost.SignInAsync(browser, "boss");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Admin_can_set_no_password_for_whom_only_the_proxy_speaks()
    {
        using var browser = _host.Proxied("ada");

        var answer = await AccountsHost.SendFormAsync(browser, "/people", "reset", ("Reset.Name", "ada"), ("Reset.Password", AccountsHost.Password));

        Assert.Contains(AccountTexts.UserProxied, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await _host.Accounts.FindAsync("ADA"))!.PasswordHash);
    }

    [Fact]
    public async Task First_name_of_all_gets_the_default_role_though_there_is_no_Admin()
    {
        using var database = await Data.TestDatabase.PreparedAsync();
        var accounts = database.Get<AccountStore>();
        var options = AccountsOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("Accounts:Proxy:DefaultRole", "Editor")]).Build(), "planner.db");

        var id = await new ProxyUsers(accounts, options).FindOrAddAsync("mallory", CancellationToken.None);

        Assert.Equal(Role.Editor, (await accounts.CallerAsync(id!.Value, null))!.Current!.Role);
        Assert.False(await accounts.IsSetUpAsync());
    }

    [Fact]
    public async Task Host_that_the_proxy_tells_is_believed_only_where_the_app_answers_for_it()
    {
        using var browser = _host.Browser(AccountsHost.Proxy);
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sign-in", null)).StatusCode);
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
