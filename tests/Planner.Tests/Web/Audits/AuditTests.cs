using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Tests.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Audits;

public sealed class AuditTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private string _scenario = "";

    public async ValueTask InitializeAsync()
    {
        await _host.AddUserAsync("ada", Role.Admin);
        _scenario = await _host.StoreAsync(WorkspaceRow.FirstId);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Signing_in_and_out_and_refusals_are_told_and_what_was_typed_as_an_unknown_name_is_not()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "my-secret-passphrase", "x");
        await AccountsHost.SignInAsync(browser, "ada", "wrong");
        await AccountsHost.SignInAsync(browser, "ada");
        await browser.PostAsync("/sign-out", null);
        await AccountsHost.SignInAsync(browser, "ada");

        var told = await EntriesAsync(browser, "action=session");

        Assert.Equal(
            [("session.refused", "–", "a name that nobody has"), ("session.refused", "–", "ada"), ("session.begun", "ada", "ada"), ("session.ended", "ada", "ada"), ("session.begun", "ada", "ada")],
            told.Select(entry => (Text(entry, "action"), Text(entry, "who"), Text(entry, "detail"))));
        Assert.DoesNotContain("secret-passphrase", string.Join(' ', await EntriesAsync(browser, "")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_that_leaves_the_app_is_told_with_its_file_and_a_refused_one_is_not()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/api/v1/scenarios/{_scenario}/report.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/api/v1/scenarios/{_scenario}/report.csv?version=9")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync($"/api/v1/scenarios/{_scenario}/report.pdf")).StatusCode);

        var told = Assert.Single(await EntriesAsync(browser, "action=report.exported"));

        Assert.Equal(("ada", "session", $"scenarios/{_scenario}"), (Text(told, "who"), Text(told, "means"), Text(told, "subject")));
        Assert.EndsWith(" v1.csv", Text(told, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_tells_it_and_CSV_has_all_of_it_as_text()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        var page = await browser.GetStringAsync("/audit?action=session");
        var csv = await browser.GetStringAsync("/api/v1/audit/entries.csv?action=session");

        Assert.Contains("Session begun", page, StringComparison.Ordinal);
        Assert.Matches("<a href=\"/people\"[^>]*>account ada</a>", page);
        Assert.DoesNotContain("users/1", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/api/v1/audit/entries.csv?action=session\"", page, StringComparison.Ordinal);
        Assert.StartsWith("id,atUtc,who,means,action,subject,detail,subjectName\r\n", csv, StringComparison.Ordinal);
        Assert.Contains(",ada,password,session.begun,users/1,ada,ada\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(2, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task CSV_has_all_entries_once_and_is_told_itself()
    {
        using (_host.Services.GetRequiredService<CurrentReach>().AsProgram())
        {
            await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
            context.AddRange(Enumerable.Range(1, 2_001).Select(number => new AuditRow { Who = "many", Means = "test", Action = "many.done", Subject = $"many/{number}" }));
            await context.SaveChangesAsync();
        }

        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        var lines = (await browser.GetStringAsync("/api/v1/audit/entries.csv?action=many")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(1, 2_001).Reverse().Select(number => $"many/{number}"), lines[1..].Select(line => line.Split(',')[5]));
        Assert.Equal("audit.csv", Text(Assert.Single(await EntriesAsync(browser, "action=report.exported")), "detail"));
    }

    [Fact]
    public async Task New_key_of_the_authenticator_app_is_told_as_the_end_of_sessions_that_it_is()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        await AccountsHost.SendFormAsync(browser, "/account", "factor-key", ("Begin.Password", AccountsHost.Password));

        Assert.Equal("session.endedEverywhere", Text((await EntriesAsync(browser, ""))[^1], "action"));
    }

    [Fact]
    public async Task Editor_is_told_why_the_log_stays_shut()
    {
        await _host.AddUserAsync("bob", Role.Editor);
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "bob");

        var answer = await browser.GetAsync("/api/v1/audit");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Your role in this workspace, or what the token may do, does not allow this.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_that_is_none_is_refused_by_name()
    {
        using var browser = _host.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        var answer = await browser.GetAsync("/api/v1/audit?from=yesterday");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"from\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> EntriesAsync(HttpClient browser, string query) =>
        [.. (await browser.GetFromJsonAsync<JsonElement>($"/api/v1/audit?take=500&{query}")).GetProperty("items").EnumerateArray().Reverse()];

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}
