using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Web.Accounts;
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
    public async Task Admin_of_the_first_workspace_sees_users_where_she_is_a_Viewer_and_members_nowhere_but_where_she_is_an_Admin()
    {
        var other = await _host.AddWorkspaceAsync("Other", _bob);
        await _host.Accounts.SetRoleAsync((await _host.Accounts.FindAsync("ADA"))!.Id, other, Role.Viewer);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        await browser.PostAsync(AccountEndpoints.Workspace, new FormUrlEncodedContent([new("workspace", $"{other}")]));

        var page = await browser.GetStringAsync("/people");

        Assert.Contains("Role in Other", page, StringComparison.Ordinal);
        Assert.Contains("id=\"p-users\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Members of", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rename this workspace", page, StringComparison.Ordinal);
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
