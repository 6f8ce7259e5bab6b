using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Planner.Tests.Data.Feeds;

/// <summary>A feed's source on a free port of the loopback address.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(WebApplication app) => _app = app;

    internal string Url => _app.Urls.Single() + "/feed.json";

    /// <summary>How the next requests are answered.</summary>
    internal RequestDelegate Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    /// <summary>Headers of the requests so far.</summary>
    internal ConcurrentQueue<IHeaderDictionary> Requests { get; } = [];

    internal static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FeedServer(app);
        app.Run(context =>
        {
            server.Requests.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            return server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Serves a file from now on; with a tag, conditionally.</summary>
    internal void Serve(byte[] file, string? tag = null) => Answer = async context =>
    {
        if (tag is not null)
        {
            context.Response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        await context.Response.Body.WriteAsync(file);
    };

    internal void Fail(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
