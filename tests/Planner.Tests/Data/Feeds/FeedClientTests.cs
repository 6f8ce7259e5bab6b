using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Planner.Data.Feeds;
using Xunit;
using static Planner.Tests.Data.Feeds.FeedClientTime;

namespace Planner.Tests.Data.Feeds;

public sealed class FeedClientTests : IDisposable
{
    private readonly FeedClientTime _time = new();
    private readonly FeedClient _client;

    public FeedClientTests() => _client = new FeedClient(_time);

    public void Dispose() => _client.Dispose();

    private Task<FeedDownload> GetAsync(FeedOptions feed, FeedValidators? known = null) =>
        _client.GetAsync(feed, known ?? FeedValidators.None, CancellationToken.None);

    [Fact]
    public async Task File_is_fetched_compressed_and_with_its_validators()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.ETag = "\"one\"";
            context.Response.Headers.LastModified = "Sat, 01 Aug 2026 00:00:00 GMT";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(LiteLlmFixture.Bytes);
        };

        var download = await GetAsync(Feed(server.Url));

        Assert.Null(download.Failure);
        Assert.Equal(LiteLlmFixture.Bytes, download.Content);
        Assert.Equal(new FeedValidators("\"one\"", "Sat, 01 Aug 2026 00:00:00 GMT"), download.Validators);
        Assert.Contains("gzip", server.Requests.Single().AcceptEncoding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_content_is_not_sent_again()
    {
        await using var server = await FeedServer.StartAsync();
        server.Serve(LiteLlmFixture.Bytes, "\"one\"");

        var download = await GetAsync(Feed(server.Url), new FeedValidators("\"one\"", "Sat, 01 Aug 2026 00:00:00 GMT"));

        Assert.Equal((null, null), (download.Content, download.Failure));
        Assert.Equal("Sat, 01 Aug 2026 00:00:00 GMT", server.Requests.Single().IfModifiedSince);
    }

    [Fact]
    public async Task Not_modified_without_being_asked_is_a_failure()
    {
        await using var server = await FeedServer.StartAsync();
        server.Fail(304);

        Assert.Equal(
            "The source answered “not modified” although nothing is kept of it.",
            (await GetAsync(Feed(server.Url))).Failure);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Passing_failure_is_tried_again_after_rising_pauses(int status)
    {
        await using var server = await FeedServer.StartAsync();
        server.Fail(status);

        var download = await GetAsync(Feed(server.Url));

        Assert.Equal($"The source answered with status {status}.", download.Failure);
        Assert.Equal(3, server.Requests.Count);
        // As planned, and up to a quarter longer.
        Assert.Collection(_time.Pauses, pause => Assert.InRange(pause.TotalSeconds, 2, 2.5), pause => Assert.InRange(pause.TotalSeconds, 8, 10));
    }

    [Fact]
    public async Task Source_that_recovers_is_read()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            if (server.Requests.Count < 3)
                context.Response.StatusCode = 502;
            else
                await context.Response.WriteAsync("{}");
        };

        Assert.Equal("{}"u8.ToArray(), (await GetAsync(Feed(server.Url))).Content);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(204)]
    public async Task Lasting_failure_is_not_tried_again(int status)
    {
        await using var server = await FeedServer.StartAsync();
        server.Fail(status);

        var download = await GetAsync(Feed(server.Url));

        Assert.Equal($"The source answered with status {status}.", download.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Announced_size_above_the_limit_is_refused()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.ContentLength = 3 * 1024 * 1024;
            await context.Response.Body.WriteAsync(new byte[3 * 1024 * 1024]);
        };

        Assert.Equal("The file is larger than 2 MiB.", (await GetAsync(Feed(server.Url, 2 * 1024 * 1024))).Failure);
    }

    [Fact]
    public async Task Small_answer_that_unpacks_beyond_the_limit_is_refused()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.SmallestSize);
            await gzip.WriteAsync(new byte[3 * 1024 * 1024]);
        };

        Assert.Equal("The file is larger than 2 MiB.", (await GetAsync(Feed(server.Url, 2 * 1024 * 1024))).Failure);
    }

    [Fact]
    public async Task Answer_shorter_than_announced_is_a_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerRawAsync(listener, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{\"m\":");

        var download = await GetAsync(
            Feed($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/feed.json") with { RetryDelays = [] });

        await serving;
        Assert.Null(download.Content);
        Assert.StartsWith("The source cannot be read: ", download.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_is_not_gzip_although_it_says_so_is_a_failure()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.WriteAsync("plain");
        };

        Assert.StartsWith("The source cannot be read: ", (await GetAsync(Feed(server.Url))).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_is_a_failure()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var download = await GetAsync(Feed($"http://127.0.0.1:{port}/feed.json"));

        Assert.StartsWith("The source cannot be read: ", download.Failure, StringComparison.Ordinal);
        Assert.Equal(2, _time.Pauses.Count);
    }

    [Fact]
    public async Task Source_that_never_ends_is_given_up()
    {
        using var client = new FeedClient(TimeProvider.System);
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var download = await client.GetAsync(
            Feed(server.Url) with { Timeout = TimeSpan.FromSeconds(0.3), RetryDelays = [] }, FeedValidators.None, CancellationToken.None);

        Assert.Equal("The source did not deliver within 0.3 s.", download.Failure);
    }

    [Fact]
    public async Task Caller_can_cancel()
    {
        await using var server = await FeedServer.StartAsync();
        using var leaving = new CancellationTokenSource();
        server.Answer = async context =>
        {
            await leaving.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.GetAsync(Feed(server.Url), FeedValidators.None, leaving.Token));
    }

    [Fact]
    public async Task Pause_that_the_source_asks_for_is_kept_unless_it_is_long()
    {
        await using var server = await FeedServer.StartAsync();
        var answers = new Queue<string>(["17", "9000", ""]);
        server.Answer = async context =>
        {
            if (answers.Dequeue() is { Length: > 0 } after)
            {
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, after);
                return;
            }

            await context.Response.Body.WriteAsync("{}"u8.ToArray());
        };
        var download = await GetAsync(Feed(server.Url));

        Assert.NotNull(download.Content);
        Assert.Equal(TimeSpan.FromSeconds(17), _time.Pauses[0]);
        Assert.Equal(TimeSpan.FromSeconds(30), _time.Pauses[1]);
    }

    [Fact]
    public async Task Moment_that_the_source_names_is_waited_for()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, _time.GetUtcNow().AddSeconds(21).ToString("R"));
            return Task.CompletedTask;
        };

        await GetAsync(Feed(server.Url));

        Assert.Equal([TimeSpan.FromSeconds(21), TimeSpan.FromSeconds(21)], _time.Pauses);
    }

    [Fact]
    public async Task Pages_are_gathered_into_one_array_and_a_question_is_posted()
    {
        await using var server = await FeedServer.StartAsync();
        var asked = new List<string>();
        server.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            asked.Add($"{context.Request.Method} {context.Request.QueryString} {await reader.ReadToEndAsync()}");
            await context.Response.WriteAsync($"{{\"page\":{asked.Count}}}");
        };
        var feed = Feed(server.Url) with { RequestBody = "{\"q\":1}", NextPage = Next };

        var download = await GetAsync(feed);

        static bool Next(ReadOnlyMemory<byte> page, Uri asked, out Uri? next)
        {
            next = page.Span.IndexOf("3"u8) >= 0 ? null : new Uri(asked, "?next");
            return true;
        }

        Assert.Equal("[{\"page\":1},{\"page\":2},{\"page\":3}]", Encoding.UTF8.GetString(download.Content!));
        Assert.Equal(["POST  {\"q\":1}", "POST ?next {\"q\":1}", "POST ?next {\"q\":1}"], asked);
    }

    private static async Task AnswerRawAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var buffer = new byte[4096];
        _ = await stream.ReadAsync(buffer);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
