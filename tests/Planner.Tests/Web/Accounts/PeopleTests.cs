using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>What Admins do with users.</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private long _bob;

    public async ValueTask InitializeAsync()
    {
        await _host.AddUserAsync("ada", Role.Admin);
        _bob = await _host.AddUserAsync("bob", Role.Editor);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Account_that_is_shut_twice_stays_shut_and_is_told_once()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        Assert.Contains("name=\"closed\" value=\"true\"", await browser.GetStringAsync("/people"), StringComparison.Ordinal);

        // The second as of a double click, or of another Admin's page.
        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await AccountsHost.SendFormAsync(browser, "/people", $"close-{_bob}", ("closed", "true"));
            Assert.Contains("The account is shut", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.NotNull((await _host.Accounts.FindAsync("BOB"))!.ClosedUtc);
        using var reach = _host.Services.GetRequiredService<CurrentReach>().AsProgram();
        Assert.Equal(1, (await _host.Services.GetRequiredService<AuditLog>().PageAsync(new AuditQuery(Action: "user.shut"))).Total);
    }

    [Fact]
    public async Task Account_that_is_opened_twice_keeps_the_session_that_began_in_between()
    {
        await _host.Accounts.SetClosedAsync(_bob, true);
        await _host.Accounts.SetClosedAsync(_bob, false);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "bob");

        await _host.Accounts.SetClosedAsync(_bob, false);

        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync("/scenarios")).StatusCode);
    }
}
