using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Planner.Data.Entities;
using Planner.Tests.Web.Accounts;
using Planner.Tests.Web.Reports;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>How often shared pages may be asked for, without accounts and with.</summary>
public sealed class ShareLimitTests
{
    private static readonly string Dead = $"/s/{new string('A', 43)}";

    [Fact]
    public async Task Address_has_so_many_shared_pages_a_minute()
    {
        await using var app = new SharingApp();
        using var http = app.CreateClient();
        // Nothing that asks for a link's token, so that only requests count.
        for (var count = 0; count < RequestLimits.SharedPagesAMinute; count++)
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/s/")).StatusCode);

        IsRefused(await http.GetAsync("/s/"));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Address_that_asked_for_so_many_dead_links_gets_no_link_for_a_while()
    {
        await using var app = new SharingApp();
        using var http = app.CreateClient();
        var link = await LinkAsync(http, await app.StoreAsync("daily-classifier"));
        for (var count = 0; count < RequestLimits.DeadLinksAMinute; count++)
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(count % 2 == 0 ? Dead : $"{Dead}/passcode")).StatusCode);

        IsRefused(await http.GetAsync(Dead));
        IsRefused(await http.GetAsync(link));
    }

    [Fact]
    public async Task With_accounts_the_same_holds_and_another_address_is_not_kept_waiting()
    {
        await using var app = new AccountsHost();
        await app.AddUserAsync("ada", Planner.Data.Accounts.Role.Admin);
        using var ada = app.Browser();
        await AccountsHost.SignInAsync(ada, "ada");
        var link = (await LinkAsync(ada, await app.StoreAsync(WorkspaceRow.FirstId))).AbsolutePath;
        using var guesser = app.Browser();
        using var reader = app.Browser();
        for (var count = 0; count < RequestLimits.DeadLinksAMinute; count++)
            Assert.Equal(HttpStatusCode.NotFound, (await guesser.GetAsync(Dead)).StatusCode);

        IsRefused(await guesser.GetAsync(link));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_below_the_address_of_shared_pages_keeps_it_from_indexes_other_sites_and_caches()
    {
        await using var app = new SharingApp();
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });
        var id = await app.StoreAsync("daily-classifier");
        var link = (await LinkAsync(http, id)).AbsolutePath;
        var locked = (await LinkAsync(http, id, new { passcode = "open sesame" })).AbsolutePath;
        List<HttpRequestMessage> requests =
        [
            .. new[] { link, locked, $"{locked}/passcode", $"{link}/passcode", $"{link}/more", Dead, $"{Dead}/passcode", "/s", "/s/" }.Select(path => new HttpRequestMessage(HttpMethod.Get, path)),
            new(HttpMethod.Head, link), new(HttpMethod.Post, link), new(HttpMethod.Delete, link),
            // What the guard refuses before any page is asked.
            new(HttpMethod.Get, link) { Headers = { { "Origin", "http://elsewhere.example" } } }, new(HttpMethod.Get, link) { Headers = { Host = "elsewhere.example" } },
        ];
        for (var count = 0; count < RequestLimits.DeadLinksAMinute; count++)
            requests.Add(new HttpRequestMessage(HttpMethod.Get, Dead));

        var statuses = new HashSet<HttpStatusCode>();
        foreach (var request in requests)
        {
            var answer = await http.SendAsync(request);
            statuses.Add(answer.StatusCode);
            Assert.True(answer.Headers.TryGetValues("Referrer-Policy", out var referrer) && referrer.Single() == "no-referrer", $"{request} {answer.StatusCode}");
            Assert.Equal("noindex, nofollow", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }

        Assert.Superset(
            new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.MisdirectedRequest, HttpStatusCode.TooManyRequests },
            statuses);
    }

    [Fact]
    public async Task Robots_are_told_to_keep_out_and_may_read_that_shared_pages_are_not_to_be_indexed()
    {
        await using var app = new SharingApp();
        using var http = app.CreateClient();

        var lines = (await http.GetStringAsync("/robots.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#');

        Assert.Equal(["User-agent: *", "Allow: /s/", "Disallow: /"], lines);
    }

    private static void IsRefused(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private static async Task<Uri> LinkAsync(HttpClient http, string id, object? terms = null)
    {
        var made = await http.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", terms ?? new { });
        return new Uri((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!);
    }
}
