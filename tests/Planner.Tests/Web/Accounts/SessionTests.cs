using System.Net;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>Sessions are the server's, not the cookie's.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private long _ada;

    public async ValueTask InitializeAsync() => _ada = await _host.AddUserAsync("ada", Role.Admin);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Cookie_that_was_copied_opens_nothing_after_signing_out()
    {
        using var browser = _host.Browser();
        var cookie = (await AccountsHost.SignInAsync(browser, "ada")).Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("planner-session=", StringComparison.Ordinal)).Split(';')[0];
        using var thief = _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/scenarios")).StatusCode);

        var left = await browser.PostAsync("/sign-out", null);

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/scenarios")).StatusCode);
        // Drafts of what was not saved go with it.
        Assert.Equal("\"storage\"", left.Headers.GetValues("Clear-Site-Data").Single());
    }

    [Fact]
    public async Task Signing_out_ends_one_session_and_the_button_all_of_them()
    {
        using var one = _host.Browser();
        using var two = _host.Browser();
        using var three = _host.Browser();
        foreach (var browser in new[] { one, two, three })
            await AccountsHost.SignInAsync(browser, "ada");

        await one.PostAsync("/sign-out", null);
        Assert.Equal(HttpStatusCode.OK, (await two.GetAsync("/scenarios")).StatusCode);
        await AccountsHost.SendFormAsync(two, "/account", "sessions");

        Assert.Equal(HttpStatusCode.Redirect, (await two.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await three.GetAsync("/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Session_that_goes_on_with_a_new_key_of_the_app_gets_no_younger()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        using var _ = _host.Services.GetRequiredService<CurrentReach>().AsProgram();
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        // As if it had begun a day before.
        var begun = DateTime.UtcNow.AddDays(-1);
        await context.Sessions.ExecuteUpdateAsync(update => update.SetProperty(session => session.BegunUtc, begun));

        await AccountsHost.SendFormAsync(browser, "/account", "factor-key", ("Begin.Password", AccountsHost.Password));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/scenarios")).StatusCode);
        Assert.Equal([begun], await context.Sessions.Select(session => session.BegunUtc).ToListAsync());
    }

    [Fact]
    public async Task Circuit_begins_for_nobody_where_its_user_was_shut_after_the_connection_was_opened()
    {
        var bob = await _host.AddUserAsync("bob", Role.Editor);

        Assert.Equal(Role.Editor, await BegunAsync(bob, _ => Task.CompletedTask));
        Assert.Null(await BegunAsync(bob, _ => _host.Accounts.SetClosedAsync(bob, true)));
    }

    [Fact]
    public async Task Circuit_begins_for_nobody_where_its_session_was_ended_after_the_connection_was_opened()
    {
        Assert.Equal(Role.Admin, await BegunAsync(_ada, _ => Task.CompletedTask));
        Assert.Null(await BegunAsync(_ada, session => _host.Services.GetRequiredService<SessionStore>().EndAsync(session, _ada)));
    }

    /// <summary>What the first thing that a circuit does may do, after something happened between its connection and its start.</summary>
    private async Task<Role?> BegunAsync(long userId, Func<long, Task> meanwhile)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var session = await scope.ServiceProvider.GetRequiredService<SessionStore>().BeginAsync(userId);
        var caller = (await _host.Accounts.CallerAsync(userId, null))!;
        var authentication = (CircuitUser)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        authentication.SetAuthenticationState(Task.FromResult(new AuthenticationState(Callers.Principal(caller, IdentityConstants.ApplicationScheme, session: session))));
        await meanwhile(session);
        var reach = scope.ServiceProvider.GetRequiredService<CurrentReach>();
        Role? seen = null;
        var handler = scope.ServiceProvider.GetServices<CircuitHandler>().OfType<CircuitReach>().Single().CreateInboundActivityHandler(_ =>
        {
            seen = reach.Value.Role;
            return Task.CompletedTask;
        });
        await handler(null!);
        return seen;
    }
}
