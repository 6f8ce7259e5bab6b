using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>What a password must be, what asks for it, and what a new one ends.</summary>
public sealed class PasswordTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public async ValueTask InitializeAsync() => await _host.AddUserAsync("ada", Role.Admin);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
    [Theory]
    [InlineData("short", "at least 12 characters")]
    [InlineData("Ada Lovelace the first", "must not be the name")]
    [InlineData("129", "at most 128 characters")]
    public async Task Bad_password_of_a_new_user_is_refused_with_the_reason(string password, string reason)
    {
        if (password == "129")
            password = new string('x', 129);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        var answer = await AccountsHost.SendFormAsync(
            browser, "/people", "user", ("NewUser.Name", "ada lovelace the first"), ("NewUser.Password", password), ("NewUser.Role", "Viewer"));

        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await _host.Accounts.FindAsync(Names.Normalize("ada lovelace the first")));
    }

    [Fact]
    public async Task Long_password_is_taken_as_it_is()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        var password = new string('x', 127) + "é";
        await AccountsHost.SendFormAsync(browser, "/people", "user", ("NewUser.Name", "long"), ("NewUser.Password", password), ("NewUser.Role", "Viewer"));
        using var other = _host.Browser();

        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SignInAsync(other, "long", password[..127])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AccountsHost.SignInAsync(other, "long", password)).StatusCode);
        Assert.DoesNotContain("maxlength", Regex.Match(await browser.GetStringAsync("/account"), "<input[^>]*name=\"Password.New\"[^>]*>").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("factor-key", "Begin.Password", "otpauth://")]
    [InlineData("token", "Token.Password", "planner_")]
    public async Task What_outlives_a_session_asks_for_the_password(string form, string field, string secret)
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        (string, string)[] token = form == "token" ? [("Token.Name", "ci"), ("Token.Scope", "Viewer"), ("Token.Days", "7")] : [];

        var refused = await (await AccountsHost.SendFormAsync(browser, "/account", form, [.. token, (field, "not the password")])).Content.ReadAsStringAsync();
        var done = await (await AccountsHost.SendFormAsync(browser, "/account", form, [.. token, (field, AccountsHost.Password)])).Content.ReadAsStringAsync();

        Assert.Contains(AccountTexts.PasswordWrong, refused, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refused, StringComparison.Ordinal);
        Assert.Contains(secret, done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_password_ends_the_sessions_elsewhere_and_keeps_this_one()
    {
        using var here = _host.Browser();
        using var elsewhere = _host.Browser();
        await AccountsHost.SignInAsync(here, "ada");
        await AccountsHost.SignInAsync(elsewhere, "ada");

        var changed = await AccountsHost.SendFormAsync(
            here, "/account", "password", ("Password.Present", AccountsHost.Password), ("Password.New", "another long sentence"), ("Password.Again", "another long sentence"));

        Assert.Contains("The password is changed.", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Present_password_can_be_guessed_no_oftener_than_at_signing_in()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        for (var i = 0; i < 5; i++)
        {
            await AccountsHost.SendFormAsync(
                browser, "/account", "password", ("Password.Present", "not the password"), ("Password.New", "another long sentence"), ("Password.Again", "another long sentence"));
        }

        var right = await AccountsHost.SendFormAsync(
            browser, "/account", "password", ("Password.Present", AccountsHost.Password), ("Password.New", "another long sentence"), ("Password.Again", "another long sentence"));

        Assert.Contains(AccountTexts.PasswordWrong, await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull((await _host.Accounts.FindAsync("ADA"))!.LockedUntilUtc);
    }

    [Fact]
    public async Task Password_of_an_Admin_ends_sessions_and_tokens_and_takes_the_second_factor_off()
    {
        var id = await _host.AddUserAsync("bob", Role.Editor);
        var token = await _host.Services.GetRequiredService<ApiTokenStore>().CreateAsync(id, WorkspaceRow.FirstId, "t", Role.Editor);
        using var browser = _host.Browser();
        using var admin = _host.Browser();
        using var program = _host.Program(token.Token);
        await AccountsHost.SignInAsync(browser, "bob");
        await AccountsHost.SignInAsync(admin, "ada");

        var answer = await AccountsHost.SendFormAsync(admin, "/people", "reset", ("Reset.Name", "bob"), ("Reset.Password", "another long sentence"));

        Assert.Contains("bob has a new password.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AccountsHost.SignInAsync(browser, "bob", "another long sentence")).StatusCode);
    }

    [Fact]
    public async Task Key_of_a_set_up_that_was_left_is_shown_to_nobody_without_the_password()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        var begun = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-key", ("Begin.Password", AccountsHost.Password))).Content.ReadAsStringAsync();

        foreach (var ticket in new[] { "", "nonsense", TicketOf(begun)[..^4] + "AAAA" })
        {
            var answer = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-on", ("On.Ticket", ticket), ("On.Code", "000000"))).Content.ReadAsStringAsync();
            Assert.DoesNotContain("otpauth://", answer, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("otpauth://", await browser.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("otpauth://", begun, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_factor_that_is_taken_off_leaves_no_key()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        var begun = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-key", ("Begin.Password", AccountsHost.Password))).Content.ReadAsStringAsync();
        var key = Regex.Match(begun, "secret=([A-Z2-7]+)").Groups[1].Value;
        await AccountsHost.SendFormAsync(browser, "/account", "factor-on", ("On.Ticket", TicketOf(begun)), ("On.Code", TimeCode.Of(key, DateTimeOffset.UtcNow)));
        Assert.True((await _host.Accounts.FindAsync("ADA"))!.AsksForCode);

        await AccountsHost.SendFormAsync(browser, "/account", "factor-off", ("Off.Password", AccountsHost.Password));

        Assert.False((await _host.Accounts.FindAsync("ADA"))!.AsksForCode);
        Assert.Null((await _host.Accounts.FindAsync("ADA"))!.AuthenticatorKey);
    }

    /// <summary>What the form of the second factor carries on.</summary>
    internal static string TicketOf(string page) => Regex.Match(page, "name=\"On.Ticket\" value=\"([^\"]+)\"").Groups[1].Value;
}
