using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>What is kept of refused tries and requests.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public async ValueTask InitializeAsync() => await _host.AddUserAsync("ada", Role.Admin);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
    [Fact]
    public async Task Refusals_are_logged_with_user_and_sender_and_without_the_path()
    {
        var id = await _host.AddUserAsync("bob", Role.Viewer);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "bob");
        await browser.GetAsync("/people");
        await browser.DeleteAsync("/api/v1/scenarios/secretPathOfBob");
        using var stranger = _host.Program("planner_nobody");
        await stranger.GetAsync("/api/v1/scenarios");

        Assert.Contains($"Refused with 403: GET /people by user {id} from", _host.Log.All, StringComparison.Ordinal);
        Assert.Contains("Refused with 403: DELETE /api/v1/scenarios/{id} by user", _host.Log.All, StringComparison.Ordinal);
        Assert.Contains("Refused with 401: GET /api/v1/scenarios", _host.Log.All, StringComparison.Ordinal);
        using var _ = _host.Services.GetRequiredService<CurrentReach>().AsProgram();
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        var tried = await context.Audit.SingleAsync(entry => entry.Detail == Planner.Web.Accounts.AccountTexts.AuditUnknownToken);
        Assert.Equal(Actor.Nobody.Name, tried.Who);
    }

    [Fact]
    public async Task Goodbye_of_a_page_that_was_cut_off_is_no_refusal_worth_a_warning()
    {
        using var browser = _host.Browser();
        using var form = new MultipartFormDataContent { { new StringContent("cut off"), "circuitId" } };

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await browser.PostAsync("/_blazor/disconnect", form)).StatusCode);
        await browser.PostAsync("/api/v1/evaluate", null);

        Assert.Contains("Refused with 401: POST /api/v1/evaluate", _host.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("Refused with 400", _host.Log.All, StringComparison.Ordinal);
    }
}
