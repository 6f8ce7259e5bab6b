using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Planner.Tests.Web.Reports;

public class ShareLinkTests(SharingApp app) : IClassFixture<SharingApp>
{
    private readonly HttpClient _http = app.CreateClient();

    [Fact]
    public async Task Link_opens_the_answer_until_it_is_revoked()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var link = await CreateAsync(id, new { });

        var opened = await _http.GetAsync(link.Url);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var page = WebUtility.HtmlDecode(await opened.Content.ReadAsStringAsync());
        Assert.Contains("High-volume chat", page, StringComparison.Ordinal);
        Assert.Contains("$7,500.00", page, StringComparison.Ordinal);
        Assert.Contains("$8,167.68", page, StringComparison.Ordinal);

        var revoked = await _http.DeleteAsync($"/api/v1/scenarios/{id}/links/{link.Id}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        var gone = await _http.GetAsync(link.Url);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.DoesNotContain("$7,500.00", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_is_frozen_to_the_current_version_unless_it_is_asked_to_be_live()
    {
        var id = await app.StoreAsync("daily-classifier");
        var frozen = await CreateAsync(id, new { });
        var live = await CreateAsync(id, new { live = true });
        await app.RenameAsync(id, "Renamed since");

        Assert.Equal(1, frozen.Version);
        var old = await _http.GetStringAsync(frozen.Url);
        Assert.DoesNotContain("Renamed since", old, StringComparison.Ordinal);
        Assert.Contains("Frozen at version 1, saved ", old, StringComparison.Ordinal);
        Assert.Null(live.Version);
        var current = await _http.GetStringAsync(live.Url);
        Assert.Contains("Renamed since", current, StringComparison.Ordinal);
        Assert.Contains("Live: always the version saved last. This is version 2, saved ", current, StringComparison.Ordinal);
        Assert.Contains(", as of ", current, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("support-assistant", true)]
    [InlineData("daily-classifier", false)]
    public async Task Shared_page_has_the_risk_of_what_is_uncertain(string example, bool uncertain)
    {
        var link = await CreateAsync(await app.StoreAsync(example), new { });

        Assert.Equal(uncertain, (await _http.GetStringAsync(link.Url)).Contains("view=risk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shared_page_tells_neither_search_engines_nor_other_sites_nor_caches()
    {
        var link = await CreateAsync(await app.StoreAsync("daily-classifier"), new { });

        foreach (var url in new[] { link.Url, new Uri(_http.BaseAddress!, $"/s/{new string('A', 43)}") })
        {
            var opened = await _http.GetAsync(url);
            Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("noindex, nofollow", Assert.Single(opened.Headers.GetValues("X-Robots-Tag")));
            Assert.True(opened.Headers.CacheControl!.NoStore);
            var page = await opened.Content.ReadAsStringAsync();
            Assert.Contains("<meta name=\"robots\" content=\"noindex, nofollow\"", page, StringComparison.Ordinal);
            Assert.Contains("<meta name=\"referrer\" content=\"no-referrer\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Shared_page_leads_nowhere_in_the_app()
    {
        var link = await CreateAsync(await app.StoreAsync("high-volume-chat"), new { });

        var page = await _http.GetStringAsync(link.Url);

        Assert.DoesNotContain("href=\"/scenarios", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/prices", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..%2f..%2fetc")]
    public async Task Unknown_token_opens_a_page_that_says_so(string token)
    {
        var opened = await _http.GetAsync($"/s/{token}");

        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        Assert.Contains("This link does not work", await opened.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_have_256_bits_and_differ()
    {
        var id = await app.StoreAsync("daily-classifier");

        var first = TokenOf(await CreateAsync(id, new { }));
        var second = TokenOf(await CreateAsync(id, new { }));

        Assert.Equal(43, first.Length);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Token_never_reaches_the_log()
    {
        var link = await CreateAsync(await app.StoreAsync("daily-classifier"), new { });

        await _http.GetAsync(link.Url);
        await _http.GetAsync($"{link.Url}/more");

        Assert.Contains("Microsoft.AspNetCore", app.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenOf(link), app.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_tells_views_but_no_address()
    {
        var id = await app.StoreAsync("daily-classifier");
        var link = await CreateAsync(id, new { });
        await _http.GetAsync(link.Url);
        await _http.GetAsync(link.Url);

        var text = await _http.GetStringAsync($"/api/v1/scenarios/{id}/links");

        var listed = Assert.Single(JsonDocument.Parse(text).RootElement.EnumerateArray());
        Assert.Equal(2, listed.GetProperty("viewCount").GetInt32());
        Assert.Equal(1, listed.GetProperty("version").GetInt32());
        Assert.DoesNotContain(TokenOf(link), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_to_an_unknown_version_is_refused_by_name()
    {
        var id = await app.StoreAsync("daily-classifier");

        var refused = await _http.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", new { version = 9 });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal("version", error.GetProperty("path").GetString());
        Assert.Equal("The scenario has no version 9.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Link_of_an_unknown_scenario_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _http.PostAsJsonAsync("/api/v1/scenarios/nosuch/links", new { })).StatusCode);

    private async Task<Link> CreateAsync(string id, object request)
    {
        var made = await _http.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<Link>())!;
    }

    private static string TokenOf(Link link) => link.Url.Segments[^1];

    private sealed record Link(long Id, Uri Url, int? Version);
}
