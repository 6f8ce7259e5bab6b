using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class SetupTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Code_of_the_console_makes_the_first_Admin_once()
    {
        using var browser = _host.Browser();
        Assert.Equal("/setup", (await browser.GetAsync("/")).Headers.Location!.ToString());
        var code = _host.Services.GetRequiredService<SetupCode>().Text;

        Assert.Equal(HttpStatusCode.OK, (await SetUpAsync(browser, "wrong-code")).StatusCode);
        Assert.False(await _host.Accounts.IsSetUpAsync());
        // A refused password does not use the code up.
        Assert.Equal(HttpStatusCode.OK, (await SetUpAsync(browser, code, password: "short")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SetUpAsync(browser, code)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
        Assert.Equal((Role.Admin, true), (await _host.Accounts.CallerAsync(1, null)) is { } ada ? (ada.Current!.Role, ada.IsKeeper) : default);
        Assert.False(_host.Services.GetRequiredService<SetupCode>().Take(code));
        using var other = _host.Browser();
        Assert.Contains(AccountTexts.SetupOver, await other.GetStringAsync("/setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visit_through_the_proxy_before_leaves_the_installation_to_be_set_up()
    {
        using var mallory = _host.Proxied("mallory");
        await mallory.GetAsync("/");
        Assert.NotNull(await _host.Accounts.FindAsync("MALLORY"));
        using var browser = _host.Browser();

        Assert.Equal("/setup", (await browser.GetAsync("/")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await SetUpAsync(browser, _host.Services.GetRequiredService<SetupCode>().Text)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
        Assert.Equal("/no-access", (await mallory.GetAsync("/people")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Admin_who_sets_up_through_the_proxy_is_that_Admin_until_signing_out()
    {
        using var browser = _host.Proxied("somebody@example.org");
        await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, (await SetUpAsync(browser, _host.Services.GetRequiredService<SetupCode>().Text)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
        await browser.PostAsync("/sign-out", null);
        Assert.Equal("/no-access", (await browser.GetAsync("/people")).Headers.Location!.ToString());
    }

    [Fact]
    public void Code_has_more_than_128_bits()
    {
        // 32 characters of 32 kinds are 5 bits each.
        Assert.Equal(32, new SetupCode().Text.Count(char.IsAsciiLetterOrDigit));
        Assert.NotEqual(new SetupCode().Text, new SetupCode().Text);
    }

    private static Task<HttpResponseMessage> SetUpAsync(HttpClient browser, string code, string password = AccountsHost.Password) => AccountsHost.SendFormAsync(
        browser, "/setup", "setup", ("Form.Code", code), ("Form.Name", "Ada"), ("Form.Password", password), ("Form.Again", password));
}
