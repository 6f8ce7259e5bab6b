using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Planner.Tests.Web.Security;

/// <summary>Every answer says what browsers are to refuse.</summary>
public class SecurityHeadersTests(PlannerHost host)
{
    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/examples/high-volume-chat", 200)]
    [InlineData("GET", "/no-such-page", 404)]
    [InlineData("GET", "/css/app.css", 200)]
    [InlineData("GET", "/favicon.svg", 200)]
    [InlineData("GET", "/_framework/blazor.web.js", 200)]
    [InlineData("GET", "/robots.txt", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/health/ready", 200)]
    [InlineData("GET", "/api/v1/scenarios", 200)]
    [InlineData("GET", "/api/v1/portfolio/table.csv", 404)]
    [InlineData("GET", "/api/v1/no-such-thing", 404)]
    [InlineData("DELETE", "/api/v1/scenarios", 405)]
    [InlineData("POST", "/api/v1/evaluate", 415)]
    [InlineData("GET", "/s/no-such-link", 404)]
    public async Task Answer_has_the_headers(string method, string path, int status)
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        HasHeaders(answer, path.StartsWith("/s/", StringComparison.Ordinal) ? "no-referrer" : "same-origin");
        var type = answer.Content.Headers.ContentType;
        Assert.True(type?.MediaType?.StartsWith("text/", StringComparison.Ordinal) != true || path.EndsWith(".js", StringComparison.Ordinal) || path.EndsWith(".css", StringComparison.Ordinal) || type.CharSet == "utf-8", $"{type}");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios")]
    [InlineData("/api/v1/scenarios")]
    [InlineData("/api/v1/system")]
    [InlineData("/s/no-such-link")]
    public async Task What_may_be_private_is_kept_by_no_cache(string path)
    {
        using var client = host.CreateClient();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Refusal_of_a_foreign_host_has_them()
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "attacker.example" } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        HasHeaders(answer, "same-origin");
    }

    [Fact]
    public async Task Inline_scripts_of_a_page_carry_its_nonce_which_is_new_each_time()
    {
        using var client = host.CreateClient();
        var nonces = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            var nonce = Regex.Match(Policy(answer), "'nonce-([^']+)'").Groups[1].Value;
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var inline = Regex.Matches(page, "<script(?![^>]* src=)[^>]*>").Select(match => match.Value).Where(tag => !tag.Contains("application/json", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(inline);
            Assert.All(inline, tag => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(tag), StringComparison.Ordinal));
            nonces.Add(nonce);
        }

        Assert.All(nonces, nonce => Assert.Equal(16, Convert.FromBase64String(nonce).Length));
        Assert.NotEqual(nonces[0], nonces[1]);
    }

    [Theory]
    [InlineData("https://planner.example", "max-age=31536000")]
    [InlineData("https://localhost", null)]
    [InlineData("http://planner.example", null)]
    public async Task Https_on_a_network_is_asked_for_again(string address, string? expected)
    {
        await using var accounts = new NamedHost();
        using var client = accounts.CreateClient(new() { BaseAddress = new Uri(address), AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? Assert.Single(values) : null);
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

    private static void HasHeaders(HttpResponseMessage answer, string referrer)
    {
        var directives = Policy(answer).Split("; ").ToDictionary(directive => directive.Split(' ')[0], directive => directive[(directive.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.Matches("^'self' 'nonce-[^' ]+'$", directives["script-src"]);
        Assert.Equal(
            ("'none'", "'self'", "'none'", "'self'", "'self'", "'none'"),
            (directives["default-src"], directives["connect-src"], directives["object-src"], directives["base-uri"], directives["form-action"], directives["frame-ancestors"]));
        foreach (var (name, value) in new[]
        {
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", referrer), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        })
        {
            Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
        }

        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    private sealed class NamedHost : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Accounts:Enabled"] = "true", ["AllowedHosts"] = "planner.example" };
    }
}
