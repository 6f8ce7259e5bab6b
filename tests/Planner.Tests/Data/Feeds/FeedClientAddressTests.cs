using Microsoft.AspNetCore.Http;
using Planner.Data.Feeds;
using Xunit;
using static Planner.Tests.Data.Feeds.FeedClientTime;

namespace Planner.Tests.Data.Feeds;

/// <summary>Where the client goes and where it does not: redirects, other hosts, the operator's own networks.</summary>
public sealed class FeedClientAddressTests : IDisposable
{
    private readonly FeedClient _client = new(new FeedClientTime());

    public void Dispose() => _client.Dispose();

    private Task<FeedDownload> GetAsync(FeedOptions feed, FeedValidators? known = null) =>
        _client.GetAsync(feed, known ?? FeedValidators.None, CancellationToken.None);

    [Theory]
    [InlineData("")]
    [InlineData("feed.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/feed.json")]
    public async Task Only_http_addresses_are_fetched(string url) =>
        Assert.Equal(
            "The address of the feed must be an http or https URL.",
            (await GetAsync(Feed(url))).Failure);

    [Fact]
    public async Task Redirect_within_the_host_is_followed()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            if (context.Request.Path == "/feed.json")
                context.Response.Redirect("/moved.json");
            else
                await context.Response.WriteAsync("{}");
        };

        Assert.Equal("{}"u8.ToArray(), (await GetAsync(Feed(server.Url))).Content);
    }

    [Fact]
    public async Task Redirect_to_another_host_needs_to_be_allowed()
    {
        await using var server = await FeedServer.StartAsync();
        await using var other = await FeedServer.StartAsync();
        other.Serve("{}"u8.ToArray());
        server.Answer = context =>
        {
            context.Response.Redirect(other.Url);
            return Task.CompletedTask;
        };

        var refused = await GetAsync(Feed(server.Url));
        Assert.Equal("The source redirects to 127.0.0.1, which is not an allowed host.", refused.Failure);
        Assert.Empty(other.Requests);

        var allowed = await GetAsync(Feed(server.Url) with { RedirectHosts = ["127.0.0.1"] });
        Assert.Equal("{}"u8.ToArray(), allowed.Content);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://192.0.2.1/feed.json")]
    public async Task Redirect_elsewhere_is_refused(string target)
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.Redirect(target);
            return Task.CompletedTask;
        };

        Assert.StartsWith("The source redirects to ", (await GetAsync(Feed(server.Url))).Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://[::1")]
    [InlineData("//:80:80/feed.json")]
    public async Task Redirect_to_no_address_is_refused(string target)
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = target;
            return Task.CompletedTask;
        };

        Assert.Contains((await GetAsync(Feed(server.Url))).Failure, new[] { "The source redirects to something that is no address.", "The source answered with status 302." });
    }

    [Fact]
    public async Task Endless_redirects_end()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.Redirect("/feed.json");
            return Task.CompletedTask;
        };

        Assert.Equal("The source redirects more than 5 times.", (await GetAsync(Feed(server.Url))).Failure);
    }

    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://localhost")]
    [InlineData("http://[::1]")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("http://2130706433")]
    public async Task Private_network_is_not_called_unless_the_operator_named_it(string host)
    {
        await using var server = await FeedServer.StartAsync();
        server.Serve(LiteLlmFixture.Bytes);

        var download = await GetAsync(Feed($"{host}:{new Uri(server.Url).Port}/feed.json") with { IsOwnUrl = false, RetryDelays = [] });

        Assert.Contains("private network", download.Failure, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Redirect_to_an_allowed_host_that_resolves_to_a_private_address_is_refused()
    {
        await using var server = await FeedServer.StartAsync();
        await using var inside = await FeedServer.StartAsync();
        inside.Serve("secret"u8.ToArray());
        server.Answer = context =>
        {
            context.Response.Redirect(inside.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
            return Task.CompletedTask;
        };

        var download = await GetAsync(Feed(server.Url) with { RedirectHosts = ["localhost"], RetryDelays = [] });

        Assert.Contains("private network", download.Failure, StringComparison.Ordinal);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task Page_on_another_host_is_refused()
    {
        await using var server = await FeedServer.StartAsync();
        server.Serve("{}"u8.ToArray());

        var download = await GetAsync(Feed(server.Url) with { NextPage = Elsewhere });

        static bool Elsewhere(ReadOnlyMemory<byte> page, Uri asked, out Uri? next)
        {
            next = new Uri("https://elsewhere.example/page2");
            return true;
        }

        Assert.Contains("elsewhere.example", download.Failure, StringComparison.Ordinal);
    }
}
