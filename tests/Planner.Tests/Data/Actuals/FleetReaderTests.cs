using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Planner.Data.Actuals;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>Metrics over HTTP from servers of this machine: what is read, what is refused and what is not called at all.</summary>
public sealed class FleetReaderTests
{
    private const string Allowed = "Actuals:AllowedHosts";

    [Fact]
    public async Task Each_address_is_a_replica_and_a_bare_host_means_its_metrics()
    {
        await using var server = await FeedServer.StartAsync();
        var paths = new List<string>();
        server.Answer = context =>
        {
            lock (paths)
                paths.Add(context.Request.Path);
            return context.Response.WriteAsync(Metrics(generated: 500, running: 3));
        };
        using var reader = Reader((Allowed, "127.0.0.1"));

        var trial = await reader.ReadAsync(Draft(Base(server), Base(server) + "/other/metrics"), Cancel);

        Assert.Null(trial.Fault);
        Assert.Equal([Base(server) + "/", Base(server) + "/other/metrics"], trial.Replicas.Select(replica => replica.Name));
        Assert.All(trial.Replicas, replica => Assert.Equal(("vllm", 500.0, 3.0), (replica.Reading!.Engine, replica.Reading.GeneratedTokens, replica.Reading.Running)));
        Assert.Equal(["/metrics", "/other/metrics"], paths.Order());
    }

    [Fact]
    public async Task A_server_of_Prometheus_is_asked_with_the_selector()
    {
        await using var server = await FeedServer.StartAsync();
        var asked = new List<string>();
        server.Answer = async context =>
        {
            asked.Add(context.Request.Query["query"]!);
            await context.Response.Body.WriteAsync(PrometheusServerTests.Answer((asked.Count == 1 ? "vllm:num_requests_running" : "vllm:kv_cache_usage_perc", "a:8000", null, "0.5")));
        };
        using var reader = Reader((Allowed, "127.0.0.1"));

        var trial = await reader.ReadAsync(Draft(Base(server)) with { Kind = FleetTargetKinds.Prometheus, Selector = "{job=\"vllm\"}" }, Cancel);

        var replica = Assert.Single(trial.Replicas);
        Assert.Equal(("a:8000", 0.5, 0.5), (replica.Name, replica.Reading!.Running, replica.Reading.KvShare));
        Assert.All(asked, query => Assert.EndsWith(",job=\"vllm\"})", query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silent_replica_is_named_and_the_others_are_read()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(Metrics());
        // Its port is taken, but nobody listens.
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var silent = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/";
        using var reader = Reader((Allowed, "127.0.0.1"));

        var trial = await reader.ReadAsync(Draft(Base(server), silent), Cancel);

        Assert.Equal($"1 of 2 replicas give no metrics. {silent}: Nobody answers there (ConnectionError).", trial.Fault);
        Assert.Equal([true, false], trial.Replicas.Select(replica => replica.Reading is not null));
        Assert.Single(trial.Snapshot!.Replicas);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task A_private_network_is_not_called_unless_the_operator_allows_it(string host)
    {
        await using var server = await FeedServer.StartAsync();
        using var reader = Reader((Allowed, "10.0.0.0/8, *.cluster.local, 127.0.0.2"));

        var trial = await reader.ReadAsync(Draft($"http://{host}:{new Uri(server.Url).Port}"), Cancel);

        Assert.Contains("is on a private network, which is called only where the setting Actuals:AllowedHosts names it.", trial.Fault, StringComparison.Ordinal);
        Assert.Null(trial.Snapshot);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(Allowed, "127.0.0.0/8")]
    [InlineData(Allowed, "example.org, LOCALHOST")]
    [InlineData(Allowed + ":0", "localhost")]
    public async Task Hosts_are_allowed_by_name_or_by_network(string setting, string value)
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(Metrics());
        using var reader = Reader((setting, value));
        Assert.Null((await reader.ReadAsync(Draft($"http://localhost:{new Uri(server.Url).Port}"), Cancel)).Fault);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        using var reader = Reader((Allowed, "127.0.0.1"));
        Assert.Equal("The address redirects to another one. Enter that one.", (await reader.ReadAsync(Draft(Base(server)), Cancel)).Fault);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_token_of_a_host_is_sent_to_it_alone_and_never_told()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = context => context.Response.WriteAsync(Metrics());
        using var reader = Reader((Allowed, "127.0.0.0/8, localhost"), ("Actuals:Tokens:localhost", "s3cret"));

        await reader.ReadAsync(Draft($"http://localhost:{new Uri(server.Url).Port}"), Cancel);
        await reader.ReadAsync(Draft(Base(server)), Cancel);

        Assert.Equal(["Bearer s3cret", ""], server.Requests.Select(headers => headers.Authorization.ToString()));
        server.Fail(StatusCodes.Status401Unauthorized);
        var refused = await reader.ReadAsync(Draft($"http://localhost:{new Uri(server.Url).Port}"), Cancel);
        Assert.Equal("localhost refuses access. Where it needs a token, the setting Actuals:Tokens:localhost names it.", refused.Fault);
        using var bad = Reader((Allowed, "localhost"), ("Actuals:Tokens:localhost", "s3\r\ncret"));
        var fault = (await bad.ReadAsync(Draft($"http://localhost:{new Uri(server.Url).Port}"), Cancel)).Fault!;
        Assert.Equal("The token of the setting Actuals:Tokens:localhost holds letters that no token may have.", fault);
    }

    [Fact]
    public async Task Answers_that_are_no_metrics_are_named_without_being_quoted()
    {
        await using var server = await FeedServer.StartAsync();
        using var reader = Reader((Allowed, "127.0.0.1"));
        server.Answer = context => context.Response.WriteAsync("<html>private words</html>");
        Assert.Equal("Line 1 of the answer is no metric in Prometheus’ text format.", await FaultAsync());
        server.Answer = context => context.Response.WriteAsync("go_goroutines 12\n");
        Assert.Equal("The answer holds metrics, but none of vLLM, SGLang or Text Generation Inference.", await FaultAsync());
        server.Fail(StatusCodes.Status503ServiceUnavailable);
        Assert.Equal("The answer has status 503.", await FaultAsync());
        server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.StartsWith("Nobody answers there (", await FaultAsync(), StringComparison.Ordinal);
        server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.WriteAsync("no gzip");
        };
        Assert.Equal("The connection broke off.", await FaultAsync());

        async Task<string?> FaultAsync() => (await reader.ReadAsync(Draft(Base(server)), Cancel)).Fault;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_beyond_4_MB_is_refused_also_where_it_was_packed(bool isPacked)
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            var large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("# " + new string('x', 1022) + "\n", 4200)));
            if (!isPacked)
            {
                await context.Response.Body.WriteAsync(large);
                return;
            }

            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(large);
        };
        using var reader = Reader((Allowed, "127.0.0.1"));
        Assert.Equal("The answer is larger than 4 MB: these are no metrics of an engine.", (await reader.ReadAsync(Draft(Base(server)), Cancel)).Fault);
    }

    [Fact]
    public async Task A_server_that_does_not_end_its_answer_is_left_after_ten_seconds()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer = async context =>
        {
            await context.Response.WriteAsync("# and so on\n");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        // A clock whose ten seconds are over at once.
        var time = new FeedClientTime();
        using var reader = new FleetReader(Configuration((Allowed, "127.0.0.1")), time);
        Assert.Equal("There was no whole answer within 10 s.", (await reader.ReadAsync(Draft(Base(server)), Cancel)).Fault);
        Assert.Equal([TimeSpan.FromSeconds(10)], time.Pauses);
    }

    [Fact]
    public async Task A_draft_with_a_fault_is_not_tried()
    {
        using var reader = Reader();
        Assert.Equal("Give 1 to 30 minutes.", (await reader.ReadAsync(Draft("http://localhost") with { IntervalMinutes = 31 }, Cancel)).Fault);
    }

    /// <summary>vLLM's metrics of one process.</summary>
    internal static string Metrics(double prompt = 0, double generated = 0, double requests = 0, double running = 0, double waiting = 0, double kvShare = 0) => string.Create(CultureInfo.InvariantCulture, $$"""
        vllm:prompt_tokens_total{model_name="m"} {{prompt}}
        vllm:generation_tokens_total{model_name="m"} {{generated}}
        vllm:request_success_total{model_name="m",finished_reason="stop"} {{requests}}
        vllm:num_requests_running{model_name="m"} {{running}}
        vllm:num_requests_waiting{model_name="m"} {{waiting}}
        vllm:kv_cache_usage_perc{model_name="m"} {{kvShare}}

        """);

    internal static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();

    internal static string Base(FeedServer server) => new Uri(server.Url).GetLeftPart(UriPartial.Authority);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FleetReader Reader(params (string Key, string Value)[] settings) => new(Configuration(settings), TimeProvider.System);

    private static FleetTargetDraft Draft(params string[] addresses) => new("self", "Fleet", FleetTargetKinds.Metrics, [.. addresses.Select(address => new Uri(address))], null, null, 5);
}
