using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>Addresses of what is in a workspace that the caller does not look at.</summary>
public sealed class ElsewhereTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private long _other;
    private string _scenario = "";
    private long _set;

    public async ValueTask InitializeAsync()
    {
        var ada = await _host.AddUserAsync("ada", Role.Admin);
        await _host.AddUserAsync("bob", Role.Editor);
        _other = await _host.AddWorkspaceAsync("Other & own", ada);
        _scenario = await _host.StoreAsync(_other);
        using var _ = _host.Services.GetRequiredService<CurrentReach>().Enter(new Reach(_other, Role.Editor));
        _set = await _host.Services.GetRequiredService<UsageStore>().AddAsync("Measured there");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Member_of_the_workspace_is_told_which_it_is_and_led_there()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        foreach (var address in new[] { $"/scenarios/{_scenario}?view=capacity", $"/scenarios/{_scenario}/versions", $"/scenarios/{_scenario}/schedules", $"/report/{_scenario}", $"/usage/{_set}" })
        {
            await LookAtAsync(browser, WorkspaceRow.FirstId);
            var (status, page) = await ReadAsync(browser, address);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("is in Other & own, of which you are a member", page, StringComparison.Ordinal);
            Assert.Contains($"name=\"to\" value=\"{address}\"", page, StringComparison.Ordinal);

            var led = await LookAtAsync(browser, _other, address);
            Assert.Equal((HttpStatusCode.Redirect, address), (led.StatusCode, led.Headers.Location!.ToString()));
            Assert.Equal(HttpStatusCode.OK, (await ReadAsync(browser, address)).Status);
        }
    }

    [Fact]
    public async Task Nobody_else_learns_that_it_exists()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "bob");

        foreach (var address in new[] { $"/scenarios/{_scenario}", $"/usage/{_set}" })
        {
            var (status, page) = await ReadAsync(browser, address);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("There is no such page", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Other", page, StringComparison.Ordinal);
        }

        // A wish for a workspace that is not one's own opens nothing.
        await LookAtAsync(browser, _other, $"/scenarios/{_scenario}");
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(browser, $"/scenarios/{_scenario}")).Status);
    }

    [Fact]
    public async Task What_was_deleted_there_is_not_offered_and_no_foreign_site_is_led_to()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        await LookAtAsync(browser, WorkspaceRow.FirstId);
        using (_host.Services.GetRequiredService<CurrentReach>().Enter(new Reach(_other, Role.Editor)))
            await _host.Services.GetRequiredService<ScenarioStore>().DeleteAsync(_scenario, 1);

        Assert.Contains("There is no such page", (await ReadAsync(browser, $"/scenarios/{_scenario}")).Page, StringComparison.Ordinal);
        foreach (var foreign in new[] { "https://example.org/", "//example.org", "/\\example.org" })
            Assert.Equal("/", (await LookAtAsync(browser, _other, foreign)).Headers.Location!.ToString());
    }

    private static Task<HttpResponseMessage> LookAtAsync(HttpClient browser, long workspace, string to = "/") =>
        browser.PostAsync(AccountEndpoints.Workspace, new FormUrlEncodedContent([new("workspace", $"{workspace}"), new("to", to)]));

    private static async Task<(HttpStatusCode Status, string Page)> ReadAsync(HttpClient browser, string address)
    {
        var answer = await browser.GetAsync(address);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }
}
