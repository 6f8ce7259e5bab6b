using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public async ValueTask InitializeAsync() => await _host.AddUserAsync("ada", Role.Admin);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Password_opens_the_pages_and_signing_out_closes_them()
    {
        using var browser = _host.Browser();

        Assert.Equal("/sign-in?returnUrl=%2Fscenarios", (await browser.GetAsync("/scenarios")).Headers.Location!.ToString());
        var signedIn = await AccountsHost.SignInAsync(browser, "ADA");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var page = await browser.GetStringAsync("/scenarios");
        Assert.Contains(">ada<", page, StringComparison.Ordinal);
        Assert.Contains("Sign out", page, StringComparison.Ordinal);
        await browser.PostAsync("/sign-out", null);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Cookie_of_the_session_is_out_of_reach_of_scripts_and_other_sites_and_secure_where_the_reader_came_by_https()
    {
        using var plain = _host.Browser();
        using var secure = _host.Browser(AccountsHost.Proxy);
        secure.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var ofPlain = Cookie(await AccountsHost.SignInAsync(plain, "ada"));
        var html = await secure.GetStringAsync("/sign-in");
        var ofSecure = Cookie(await SendWithCookiesAsync(secure, html));

        Assert.Contains("httponly", ofPlain, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", ofPlain, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", ofPlain, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", ofSecure, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Wrong_name_and_wrong_password_get_the_same_words()
    {
        using var browser = _host.Browser();

        var ofName = await Words(await AccountsHost.SignInAsync(browser, "nobody"));
        var ofPassword = await Words(await AccountsHost.SignInAsync(browser, "ada", "not the password"));

        Assert.Equal(AccountTexts.SignInFailed, ofName);
        Assert.Equal(ofName, ofPassword);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_with_the_same_words()
    {
        using var browser = _host.Browser();
        for (var i = 0; i < 5; i++)
            await AccountsHost.SignInAsync(browser, "ada", "not the password");

        Assert.Equal(AccountTexts.SignInFailed, await Words(await AccountsHost.SignInAsync(browser, "ada")));
        Assert.NotNull((await _host.Accounts.FindAsync("ADA"))!.LockedUntilUtc);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(365 * 24 * 60, false)]
    public async Task Lock_of_a_clock_that_was_ahead_keeps_nobody_out(int minutes, bool locked)
    {
        var ada = (await _host.Accounts.FindAsync("ADA"))!;
        await _host.Accounts.LockAsync(ada.Id, DateTime.UtcNow.AddMinutes(minutes));
        using var browser = _host.Browser();

        using var answer = await AccountsHost.SignInAsync(browser, "ada");

        Assert.Equal(locked, !answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Many_wrong_passwords_at_once_are_counted_one_by_one()
    {
        var browsers = Enumerable.Range(0, 8).Select(_ => _host.Browser()).ToList();
        await Task.WhenAll(browsers.Select(browser => AccountsHost.SignInAsync(browser, "ada", "not the password")));

        // The fifth locks and begins the count anew; those after it find the lock and are not counted.
        var ada = (await _host.Accounts.FindAsync("ADA"))!;
        Assert.NotNull(ada.LockedUntilUtc);
        Assert.Equal(0, ada.FailedTries);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Eleventh_try_of_an_address_within_a_minute_is_refused()
    {
        using var browser = _host.Browser();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
            answers.Add((await AccountsHost.SignInAsync(browser, $"name {i}")).StatusCode);

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 10).Append(HttpStatusCode.TooManyRequests), answers);
    }

    [Theory]
    [InlineData("/prices?seller=x", "/prices?seller=x")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_on_within_the_app_only(string asked, string led)
    {
        using var browser = _host.Browser();
        var answer = await AccountsHost.SendFormAsync(
            browser, $"/sign-in?returnUrl={Uri.EscapeDataString(asked)}", "sign-in", ("Form.Name", "ada"), ("Form.Password", AccountsHost.Password));

        Assert.Equal(led, new Uri(new Uri("http://localhost"), answer.Headers.Location!).PathAndQuery);
        Assert.Equal("localhost", new Uri(new Uri("http://localhost"), answer.Headers.Location!).Host);
    }

    [Fact]
    public async Task Authenticator_asks_for_a_code_and_a_recovery_code_works_once()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        var page = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-key", ("Begin.Password", AccountsHost.Password))).Content.ReadAsStringAsync();
        var key = Regex.Match(page, "otpauth://totp/Planner:ada\\?secret=([A-Z2-7]+)").Groups[1].Value;
        Assert.Equal(32, key.Length);
        Assert.DoesNotContain(key, (await _host.Accounts.FindAsync("ADA"))!.AuthenticatorKey!, StringComparison.Ordinal);

        var ticket = PasswordTests.TicketOf(page);
        var wrong = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-on", ("On.Ticket", ticket), ("On.Code", "000000"))).Content.ReadAsStringAsync();
        Assert.Contains(key, wrong, StringComparison.Ordinal);
        Assert.False((await _host.Accounts.FindAsync("ADA"))!.AsksForCode);
        var done = await (await AccountsHost.SendFormAsync(browser, "/account", "factor-on", ("On.Ticket", PasswordTests.TicketOf(wrong)), ("On.Code", TimeCode.Of(key, DateTimeOffset.UtcNow)))).Content.ReadAsStringAsync();
        var codes = Regex.Matches(done, "<code[^>]*>([A-Z2-9]{5}-[A-Z2-9]{5})</code>").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Count);
        Assert.DoesNotContain(codes[0], (await _host.Accounts.FindAsync("ADA"))!.RecoveryCodes, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await EnterAsync("000000"));
        // The code that put the app on is used up; an app that is half a minute ahead shows the next one.
        var next = TimeCode.Of(key, DateTimeOffset.UtcNow.AddSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, await EnterAsync(next));
        Assert.Equal(HttpStatusCode.OK, await EnterAsync(next));
        Assert.Equal(HttpStatusCode.Redirect, await EnterAsync(codes[0].ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.OK, await EnterAsync(codes[0]));

        async Task<HttpStatusCode> EnterAsync(string code)
        {
            using var other = _host.Browser();
            var asked = await AccountsHost.SignInAsync(other, "ada");
            Assert.Contains("/sign-in/code", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/scenarios")).StatusCode);
            return (await AccountsHost.SendFormAsync(other, "/sign-in/code", "code", ("Form.Code", code))).StatusCode;
        }
    }

    [Fact]
    public async Task Wrong_recovery_codes_lock_the_name_as_wrong_passwords_do_and_a_right_one_forgets_them()
    {
        var codes = await GiveRecoveryCodesAsync("AAAAA-BBBBB", "CCCCC-DDDDD");

        await EnterAsync(4, "22222-33333");
        Assert.Equal(4, (await _host.Accounts.FindAsync("ADA"))!.FailedTries);
        await EnterAsync(1, codes[0]);
        Assert.Equal(0, (await _host.Accounts.FindAsync("ADA"))!.FailedTries);

        await EnterAsync(5, "22222-33333", then: codes[1]);
        Assert.NotNull((await _host.Accounts.FindAsync("ADA"))!.LockedUntilUtc);
        // What came after the lock was not looked at.
        Assert.Single((await _host.Accounts.FindAsync("ADA"))!.RecoveryCodes.Split(' '));

        async Task EnterAsync(int times, string code, string? then = null)
        {
            using var browser = _host.Browser();
            await AccountsHost.SignInAsync(browser, "ada");
            foreach (var entered in Enumerable.Repeat(code, times).Concat(then is null ? [] : [then]))
                await AccountsHost.SendFormAsync(browser, "/sign-in/code", "code", ("Form.Code", entered));
        }
    }

    private async Task<string[]> GiveRecoveryCodesAsync(params string[] codes)
    {
        // As they are stored, and as the first ones were.
        var hashes = string.Join(' ', codes.Select((code, i) => i == 0 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))) : new PasswordHasher<UserRow>().HashPassword(null!, code)));
        using var _ = _host.Services.GetRequiredService<CurrentReach>().AsProgram();
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
        await context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.AsksForCode, true).SetProperty(user => user.AuthenticatorKey, "of the app").SetProperty(user => user.RecoveryCodes, hashes));
        return codes;
    }

    [Fact]
    public void Codes_of_these_tests_are_those_of_the_standard()
    {
        // RFC 6238, appendix B: the key "12345678901234567890" at 59 s shows 94287082 with eight digits.
        Assert.Equal("287082", TimeCode.Of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(59)));
    }

    [Fact]
    public async Task Key_that_cannot_be_read_asks_for_a_code_all_the_same()
    {
        using (_host.Services.GetRequiredService<CurrentReach>().AsProgram())
        {
            await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
            await context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.AsksForCode, true).SetProperty(user => user.AuthenticatorKey, "of another folder of keys"));
        }

        using var browser = _host.Browser();

        Assert.Contains("/sign-in/code", (await AccountsHost.SignInAsync(browser, "ada")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AccountsHost.SendFormAsync(browser, "/sign-in/code", "code", ("Form.Code", "000000"))).StatusCode);
    }

    [Fact]
    public async Task Shut_account_ends_its_session_and_its_tokens_at_once()
    {
        var id = await _host.AddUserAsync("bob", Role.Editor);
        var token = await _host.Services.GetRequiredService<ApiTokenStore>().CreateAsync(id, WorkspaceRow.FirstId, "t", Role.Editor);
        using var browser = _host.Browser();
        using var program = _host.Program(token.Token);
        await AccountsHost.SignInAsync(browser, "bob");
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/scenarios")).StatusCode);

        Assert.Equal(AccountOutcome.Done, await _host.Accounts.SetClosedAsync(id, true));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
        // Opened again, it begins anew.
        await _host.Accounts.SetClosedAsync(id, false);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/scenarios")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Admin_sees_and_revokes_the_tokens_of_users()
    {
        var id = await _host.AddUserAsync("bob", Role.Editor);
        var token = await _host.Services.GetRequiredService<ApiTokenStore>().CreateAsync(id, WorkspaceRow.FirstId, "nightly", Role.Editor);
        using var admin = _host.Browser();
        using var program = _host.Program(token.Token);
        await AccountsHost.SignInAsync(admin, "ada");
        Assert.Contains("Revoke the token nightly of bob", await admin.GetStringAsync("/people"), StringComparison.Ordinal);

        await AccountsHost.SendFormAsync(admin, "/people", $"revoke-{token.Id}");

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
        Assert.DoesNotContain("nightly", await admin.GetStringAsync("/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_of_the_first_workspace_can_enter_one_that_has_no_Admin_left()
    {
        var bob = await _host.AddUserAsync("bob", null);
        var two = await _host.AddWorkspaceAsync("Two", bob);
        await _host.Accounts.SetClosedAsync(bob, true);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        await AccountsHost.SendFormAsync(browser, "/people", $"join-{two}");

        var ada = (await _host.Accounts.FindAsync("ADA"))!.Id;
        Assert.Equal(Role.Admin, (await _host.Accounts.CallerAsync(ada, two, strict: true))!.Current!.Role);
    }

    [Fact]
    public async Task Last_Admin_of_the_first_workspace_can_neither_leave_nor_be_shut()
    {
        var ada = (await _host.Accounts.FindAsync("ADA"))!.Id;

        Assert.Equal(AccountOutcome.LastAdmin, await _host.Accounts.SetRoleAsync(ada, WorkspaceRow.FirstId, null));
        Assert.Equal(AccountOutcome.LastAdmin, await _host.Accounts.SetRoleAsync(ada, WorkspaceRow.FirstId, Role.Editor));
        Assert.Equal(AccountOutcome.LastAdmin, await _host.Accounts.SetClosedAsync(ada, true));
        Assert.Equal(Role.Admin, (await _host.Accounts.CallerAsync(ada, null))!.Current!.Role);
    }

    [Fact]
    public async Task No_password_no_code_and_no_token_is_logged()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada", "a wrong secret word");
        await AccountsHost.SignInAsync(browser, "ada");
        var page = await (await AccountsHost.SendFormAsync(browser, "/account", "token", ("Token.Name", "ci"), ("Token.Scope", "Viewer"), ("Token.Days", "7"), ("Token.Password", AccountsHost.Password))).Content.ReadAsStringAsync();
        var token = Regex.Match(page, "planner_[A-Za-z0-9_-]{43}").Value;
        using var program = _host.Program(token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/scenarios")).StatusCode);

        Assert.Equal(51, token.Length);
        Assert.DoesNotContain(token, _host.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(AccountsHost.Password, _host.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong secret word", _host.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Services.GetRequiredService<SetupCode>().Text, _host.Log.All, StringComparison.Ordinal);
    }

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("planner-session=", StringComparison.Ordinal));

    private static async Task<HttpResponseMessage> SendWithCookiesAsync(HttpClient browser, string html)
    {
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return await browser.PostAsync("/sign-in", new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("_handler", "sign-in"), new("Form.Name", "ada"), new("Form.Password", AccountsHost.Password),
        ]));
    }

    private static async Task<string> Words(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        return WebUtility.HtmlDecode(Regex.Match(html, "role=\"alert\"[^>]*>(?:<svg.*?</svg>)?([^<]+)<", RegexOptions.Singleline).Groups[1].Value.Trim());
    }
}

/// <summary>What an authenticator app shows, by RFC 6238.</summary>
internal static class TimeCode
{
    public static string Of(string key, DateTimeOffset at)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var bytes = bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The standard's default.
        var hash = HMACSHA1.HashData(bytes, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
