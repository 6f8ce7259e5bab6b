using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Xunit;

namespace Planner.Tests.Web.Security;

/// <summary>What a browser or an attacker's page could send, over a real socket.</summary>
public sealed class LoopbackGuardTests(SocketHost host) : IClassFixture<SocketHost>, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = host.Address };

    private string Port => host.Address.Port.ToString(CultureInfo.InvariantCulture);

    private string Own => host.Address.GetLeftPart(UriPartial.Authority);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/favicon.svg")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/api/v1/examples")]
    [InlineData("/openapi/v1.json")]
    public async Task Foreign_host_is_refused_everywhere(string path)
    {
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, path));
        string[] foreign =
        [
            "evil.example", "192.168.0.7", "127.0.0.1", "localhost:1", "evil.example:*", "localhost.evil.example:*", "localhost.:*", "127.0.0.1.nip.example:*",
        ];
        foreach (var name in foreign)
            Assert.Equal(421, await StatusAsync(HttpMethod.Get, path, ("Host", name.Replace("*", Port, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]")]
    public async Task Names_of_this_machine_are_accepted_with_the_right_port(string name) =>
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "/api/v1/examples", ("Host", $"{name}:{host.Address.Port}")));

    [Theory]
    [InlineData("/s/x/passcode", "same-origin", 400)]
    [InlineData("/s/x/passcode", "same-site", 403)]
    [InlineData("/s/x/passcode", "cross-site", 403)]
    [InlineData("/s/x/passcode", "none", 403)]
    [InlineData("/s/x/passcode", null, 403)]
    [InlineData("/sign-in", "same-origin", 403)]
    [InlineData("/api/v1/evaluate", "same-origin", 403)]
    public async Task Form_of_a_shared_page_may_leave_its_origin_unnamed_where_the_browser_says_that_it_comes_from_here(string path, string? site, int status)
    {
        List<(string, string)> headers = [("Origin", "null")];
        if (site is not null)
            headers.Add(("Sec-Fetch-Site", site));

        // 400: let through, and refused by the form for want of its token.
        Assert.Equal(status, await StatusAsync(HttpMethod.Post, path, [.. headers]));
    }

    [Theory]
    [InlineData("POST", "/api/v1/evaluate")]
    [InlineData("PUT", "/api/v1/scenarios/x")]
    [InlineData("DELETE", "/api/v1/scenarios/x")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("POST", "/")]
    [InlineData("OPTIONS", "/api/v1/evaluate")]
    [InlineData("GET", "/api/v1/examples")]
    public async Task Foreign_origin_is_refused(string method, string path)
    {
        string[] foreign =
        [
            "https://evil.example", "null", "", "http://localhost:1", $"https://127.0.0.1:{Port}", $"{Own}.evil.example", $"{Own}@evil.example",
        ];
        foreach (var origin in foreign)
            Assert.Equal(403, await StatusAsync(new HttpMethod(method), path, ("Origin", origin)));
    }

    [Fact]
    public async Task Own_origin_is_accepted()
    {
        Assert.Equal(200, await StatusAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("Origin", Own), ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(415, await StatusAsync(HttpMethod.Post, "/api/v1/evaluate", ("Origin", Own)));
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Requests_that_another_page_makes_are_refused_without_an_origin_too(string site)
    {
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "/api/v1/evaluate", ("Sec-Fetch-Site", site)));
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "/api/v1/examples", Fetch(site, "no-cors", "image")));
        Assert.Equal(403, await StatusAsync(HttpMethod.Get, "/", Fetch(site, "navigate", "iframe")));
        Assert.Equal(403, await StatusAsync(HttpMethod.Post, "/", Fetch(site, "navigate", "document")));
    }

    [Fact]
    public async Task A_link_that_is_followed_from_another_site_works() =>
        Assert.Equal(200, await StatusAsync(HttpMethod.Get, "/", Fetch("cross-site", "navigate", "document")));

    [Fact]
    public async Task No_answer_allows_another_origin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/evaluate");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await _client.SendAsync(request);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Refusal_is_a_sentence_for_people_and_a_problem_for_programs()
    {
        using var page = await SendAsync(HttpMethod.Get, "/", ("Host", "evil.example"));
        Assert.Equal("text/plain", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("localhost", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var api = await SendAsync(HttpMethod.Get, "/api/v1/examples", ("Host", "evil.example"));
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Socket_of_the_hub_opens_for_the_own_pages_only()
    {
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenSocketAsync(("Origin", Own)));
        Assert.Equal(HttpStatusCode.Forbidden, await OpenSocketAsync(("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await OpenSocketAsync(("Origin", "null")));
        var rebound = $"evil.example:{Port}";
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await OpenSocketAsync(("Host", rebound), ("Origin", $"http://{rebound}")));
    }

    private static (string, string)[] Fetch(string site, string mode, string destination) =>
        [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination)];

    private async Task<HttpStatusCode> OpenSocketAsync(params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Proxy = null;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        try
        {
            await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
        }

        return socket.HttpStatusCode;
    }

    private async Task<int> StatusAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, headers);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request);
    }
}
