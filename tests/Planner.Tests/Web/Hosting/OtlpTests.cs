using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planner.Tests.Data.Feeds;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>What a receiver of OTLP gets, read from the wire by the published numbers of its fields.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Metrics_and_traces_arrive_by_http_and_hold_no_addresses()
    {
        await using var receiver = await Receiver.StartAsync();
        var host = new TracedHost(receiver.Address);
        await using (host)
        {
            using var http = host.CreateClient();
            using var example = await http.GetAsync("/api/v1/examples/daily-classifier", TestContext.Current.CancellationToken);
            await http.PostAsync("/api/v1/evaluate?who=cfo@acme.example", example.Content, TestContext.Current.CancellationToken);
            await http.GetAsync("/s/a-token-that-nobody-may-see", TestContext.Current.CancellationToken);
            using var file = new MultipartFormDataContent { { new ByteArrayContent(LiteLlmFixture.Plain(3)), "file", "file.json" } };
            await http.PostAsync("/api/v1/feeds/litellm/import", file, TestContext.Current.CancellationToken);
            // What was measured so far is sent when the app stops.
            foreach (var service in host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Reverse())
                await service.StopAsync(TestContext.Current.CancellationToken);
        }

        // resource_metrics 1, scope_metrics 2, metrics 2, name 1
        var metrics = receiver.Of("/v1/metrics").SelectMany(body => Texts(body, 1, 2, 2, 1)).ToHashSet();
        foreach (var name in new[] { "planner.evaluation.duration", "planner.feed.run.duration", "planner.feed.rows", "planner.database.write.wait", "http.server.request.duration" })
            Assert.Contains(name, metrics);
        // resource_spans 1, scope_spans 2, spans 2, name 5
        var spans = receiver.Of("/v1/traces").SelectMany(body => Texts(body, 1, 2, 2, 5)).ToList();
        Assert.Contains("feed run", spans);
        Assert.Contains("POST /api/v1/feeds/{id}/import", spans);
        Assert.Contains("GET /s/{Token}", spans);
        // resource_spans 1, resource 1, attributes 1, value 2, string 1
        Assert.Contains("planner", receiver.Of("/v1/traces").SelectMany(body => Texts(body, 1, 1, 1, 2, 1)));
        foreach (var body in receiver.All)
        {
            var text = Encoding.Latin1.GetString(body);
            Assert.DoesNotContain("a-token-that-nobody-may-see", text, StringComparison.Ordinal);
            Assert.DoesNotContain("cfo@acme.example", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Texts at a path of field numbers of a protobuf message.</summary>
    private static IEnumerable<string> Texts(ReadOnlyMemory<byte> message, params int[] path) => path is [var last]
        ? Fields(message).Where(field => field.Number == last).Select(field => Encoding.UTF8.GetString(field.Value.Span))
        : Fields(message).Where(field => field.Number == path[0]).SelectMany(field => Texts(field.Value, path[1..]));

    /// <summary>The fields of a message that have a length: texts and messages.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Number(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    yield return ((int)(key >> 3), message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7}.");
            }
        }
    }

    private static ulong Number(ReadOnlyMemory<byte> message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        byte part;
        do
        {
            part = message.Span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            shift += 7;
        }
        while (part >= 0x80);
        return value;
    }

    private sealed class TracedHost(Uri receiver) : PlannerHost
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
    }

    /// <summary>A receiver on the loopback address.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _got = new();
        private readonly WebApplication _app;

        private Receiver()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                _got.Enqueue((context.Request.Path.Value!, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
            });
        }

        public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public IEnumerable<byte[]> All => _got.Select(got => got.Body);

        public static async Task<Receiver> StartAsync()
        {
            var receiver = new Receiver();
            await receiver._app.StartAsync();
            return receiver;
        }

        public IEnumerable<byte[]> Of(string path) => _got.Where(got => got.Path == path).Select(got => got.Body);

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
