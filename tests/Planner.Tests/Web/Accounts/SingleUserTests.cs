using System.Net;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>Without accounts everything is as it was: open, and nothing of accounts to be seen.</summary>
public class SingleUserTests(PlannerHost host)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios")]
    [InlineData("/feeds")]
    [InlineData("/api/v1/scenarios")]
    public async Task Pages_and_api_ask_for_nothing_and_show_no_account(string path)
    {
        using var browser = host.CreateClient();
        var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("planner-session", StringComparison.Ordinal)));
        Assert.DoesNotContain("Sign out", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/code")]
    [InlineData("/setup")]
    [InlineData("/account")]
    [InlineData("/people")]
    public async Task Pages_of_accounts_are_not_there(string path)
    {
        using var browser = host.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Token_in_a_request_is_not_looked_at()
    {
        using var program = host.CreateClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", "planner_none");

        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
    }
}
