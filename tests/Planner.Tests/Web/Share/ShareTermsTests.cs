using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Tests.Web.Accounts;
using Planner.Tests.Web.Reports;
using Planner.Web.Components.Share;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>Ends and passcodes of links. Each test has the app to itself, since failures are counted by sender.</summary>
public sealed class ShareTermsTests : IAsyncLifetime
{
    private const string Passcode = "open sesame";

    private readonly SharingApp _app = new();
    private HttpClient _http = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _http = _app.CreateClient();
        _id = await _app.StoreAsync("high-volume-chat");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Link_with_a_passcode_shows_nothing_of_the_scenario_before_it_is_given()
    {
        var link = await CreateAsync(new { passcode = Passcode });

        var asked = await _http.GetAsync(link);

        Assert.Equal($"{link.AbsolutePath}/passcode", asked.RequestMessage!.RequestUri!.AbsolutePath);
        var page = await asked.Content.ReadAsStringAsync();
        Assert.Contains("type=\"password\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("High-volume", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$7,500", page, StringComparison.Ordinal);
        Assert.Equal(0, await ViewsAsync());
    }

    [Fact]
    public async Task Right_passcode_opens_the_link_and_only_that_one()
    {
        var link = await CreateAsync(new { passcode = Passcode });
        var other = await CreateAsync(new { passcode = Passcode });

        var opened = await GiveAsync(_http, link, Passcode);

        Assert.Equal(link.AbsolutePath, opened.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("$7,500.00", await opened.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("$7,500.00", await _http.GetStringAsync(link), StringComparison.Ordinal);
        Assert.DoesNotContain("$7,500.00", await _http.GetStringAsync(other), StringComparison.Ordinal);
        Assert.Equal(2, await ViewsAsync());
    }

    [Fact]
    public async Task Cookie_is_for_the_browser_s_session_and_the_link_s_path_and_no_script()
    {
        var link = await CreateAsync(new { passcode = Passcode });
        using var browser = _app.CreateClient(new() { AllowAutoRedirect = false });

        var answer = await GiveAsync(browser, link, Passcode);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith(Passcodes.Cookie, StringComparison.Ordinal));
        Assert.Equal([$"path={link.AbsolutePath}", "samesite=lax", "httponly"], cookie.Split("; ").Skip(1));
        Assert.DoesNotContain("sesame", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_ends_after_twelve_hours()
    {
        var link = await CreateAsync(new { passcode = Passcode });
        await GiveAsync(_http, link, Passcode);

        _app.Clock.Now += TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1);
        Assert.Contains("$7,500.00", await _http.GetStringAsync(link), StringComparison.Ordinal);
        _app.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.DoesNotContain("$7,500.00", await _http.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_that_nobody_was_given_opens_nothing()
    {
        var link = await CreateAsync(new { passcode = Passcode });
        var open = await CreateAsync(new { });
        var passcodes = _app.Services.GetRequiredService<Passcodes>();
        var target = await _app.Services.GetRequiredService<ShareLinkStore>().ResolveAsync(open.Segments[^1]);
        foreach (var value in new[] { "x", "", passcodes.Grant(target!), passcodes.Grant(target!)[..^2] })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.Add("Cookie", $"{Passcodes.Cookie}={value}");
            using var browser = _app.CreateClient(new() { HandleCookies = false });
            Assert.DoesNotContain("$7,500.00", await (await browser.SendAsync(request)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_passcode_has_constant_words_and_is_told_in_the_audit_log_without_what_was_typed()
    {
        var link = await CreateAsync(new { passcode = Passcode });

        var first = await GiveAsync(_http, link, "open barley");
        var second = await GiveAsync(_http, link, "");

        foreach (var refused in new[] { first, second })
            Assert.Contains("This is not the passcode, or too many wrong ones were tried.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var log = await _http.GetStringAsync("/api/v1/audit?action=link.refused");
        Assert.DoesNotContain("owner", log, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(log).RootElement.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain("barley", log, StringComparison.Ordinal);
        Assert.DoesNotContain("barley", _app.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", _app.Log.All, StringComparison.Ordinal);
        Assert.Equal(0, await ViewsAsync());
    }

    [Fact]
    public async Task Link_takes_so_many_wrong_passcodes_an_hour_and_then_not_the_right_one_either()
    {
        var link = await CreateAsync(new { passcode = Passcode });
        var passcodes = _app.Services.GetRequiredService<Passcodes>();
        var target = (await _app.Services.GetRequiredService<ShareLinkStore>().ResolveAsync(link.Segments[^1]))!;
        for (var wrong = 1; wrong < RequestLimits.WrongPasscodesAnHour; wrong++)
            Assert.Null(await passcodes.TryAsync(target, "guess"));
        Assert.NotNull(await passcodes.TryAsync(target, Passcode));
        Assert.Null(await passcodes.TryAsync(target, "guess"));

        Assert.Null(await passcodes.TryAsync(target, Passcode));
    }

    [Fact]
    public async Task Address_has_so_many_tries_a_minute_whatever_the_link()
    {
        var links = new[] { await CreateAsync(new { passcode = Passcode }), await CreateAsync(new { passcode = Passcode }) };
        for (var count = 0; count < RequestLimits.TriesAMinute; count++)
            Assert.Equal(HttpStatusCode.OK, (await GiveAsync(_http, links[count % 2], "guess")).StatusCode);

        var refused = await GiveAsync(_http, links[0], Passcode);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/passcode")]
    public async Task Link_that_ended_was_revoked_never_was_or_lost_its_scenario_gets_the_same_answer(string below)
    {
        var ended = await CreateAsync(new { expiresUtc = "2026-12-02T00:00:00Z", passcode = Passcode });
        var revoked = await CreateAsync(new { passcode = Passcode });
        await _http.DeleteAsync($"/api/v1/scenarios/{_id}/links/2");
        var orphan = (await _app.StoreAsync("daily-classifier"), await CreateAsync(new { }));
        orphan.Item2 = await CreateAsync(new { }, orphan.Item1);
        await _app.Services.GetRequiredService<ScenarioStore>().DeleteAsync(orphan.Item1, 1);
        _app.Clock.Now += TimeSpan.FromDays(1);
        var unknown = new Uri(_http.BaseAddress!, $"/s/{new string('A', 43)}");

        var answers = new List<(HttpStatusCode, string)>();
        foreach (var link in new[] { unknown, ended, revoked, orphan.Item2 })
        {
            var answer = await _http.GetAsync(link + below);
            answers.Add((answer.StatusCode, PageText.Of(await answer.Content.ReadAsStringAsync())));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Contains("This link does not work", answers[0].Item2, StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("""{ "expiresUtc": "2026-12-01T12:00:00Z" }""", "expiresUtc", "This time has passed. A link ends in the future, or never.")]
    [InlineData("""{ "expiresUtc": "2026-12-01T12:00:00" }""", "expiresUtc", "This time has passed. A link ends in the future, or never.")]
    [InlineData("""{ "expiresUtc": "tomorrow" }""", "expiresUtc", "Give a day and a time, such as 2027-01-31T18:00:00Z.")]
    [InlineData("""{ "version": 1.5 }""", "version", "Give a whole number.")]
    [InlineData("""{ "passcod": "open sesame" }""", "passcod", "There is no such member here. Known are: version, live, expiresUtc, passcode, allowWhatIf.")]
    [InlineData("""{ "passcode": "12345" }""", "passcode", "A passcode has 6 to 100 characters.")]
    [InlineData("""{ "passcode": "" }""", "passcode", "A passcode has 6 to 100 characters.")]
    [InlineData("""{ "allowWhatIf": "maybe" }""", "allowWhatIf", null)]
    public async Task Terms_that_cannot_be_meant_are_refused_by_name(string body, string path, string? message)
    {
        var refused = await _http.PostAsync($"/api/v1/scenarios/{_id}/links", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = Assert.Single((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray());
        Assert.Equal(path, error.GetProperty("path").GetString());
        if (message is not null)
            Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Equal("[]", await _http.GetStringAsync($"/api/v1/scenarios/{_id}/links"));
    }

    [Fact]
    public async Task List_tells_the_terms_and_the_last_opening_but_neither_passcode_nor_hash()
    {
        var link = await CreateAsync(new { expiresUtc = "2026-12-31T18:30:00+01:00", passcode = Passcode, allowWhatIf = false });
        _app.Clock.Now += TimeSpan.FromMinutes(5);
        await GiveAsync(_http, link, Passcode);

        var listed = Assert.Single((await _http.GetFromJsonAsync<JsonElement>($"/api/v1/scenarios/{_id}/links")).EnumerateArray());

        Assert.Equal("2026-12-31T17:30:00Z", listed.GetProperty("expiresUtc").GetString());
        Assert.True(listed.GetProperty("hasPasscode").GetBoolean());
        Assert.False(listed.GetProperty("allowsWhatIf").GetBoolean());
        Assert.Equal("2026-12-01T12:05:00Z", listed.GetProperty("lastOpenedUtc").GetString());
        Assert.Equal(
            ["allowsWhatIf", "createdUtc", "expiresUtc", "hasPasscode", "id", "lastOpenedUtc", "revokedUtc", "version", "viewCount"],
            listed.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Link_may_be_asked_for_without_a_body() =>
        Assert.Equal(HttpStatusCode.Created, (await _http.PostAsync($"/api/v1/scenarios/{_id}/links", null)).StatusCode);

    private async Task<Uri> CreateAsync(object request, string? id = null)
    {
        var made = await _http.PostAsJsonAsync($"/api/v1/scenarios/{id ?? _id}/links", request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return new Uri((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!);
    }

    private static Task<HttpResponseMessage> GiveAsync(HttpClient browser, Uri link, string passcode) =>
        AccountsHost.SendFormAsync(browser, $"{link.AbsolutePath}/passcode", "passcode", ("Form.Passcode", passcode));

    private async Task<int> ViewsAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>($"/api/v1/scenarios/{_id}/links")).EnumerateArray().Sum(link => link.GetProperty("viewCount").GetInt32());
}
