using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>A source that is slow, lies, drops or is broken: the prices of before stay, the run says why, and the next good file is published. What the client alone sees is in FeedClientTests and FeedClientAddressTests.</summary>
public sealed class FeedFaultTests
{
    private const string Slow = "The source did not deliver within ";
    private const string Broken = "The source cannot be read: ";

    public static TheoryData<string, string, string> Faults => new()
    {
        { "never answers", FeedRunStatuses.Failed, Slow },
        { "drips", FeedRunStatuses.Failed, Slow },
        { "announces more than it sends", FeedRunStatuses.Failed, Broken },
        { "drops the connection in the middle", FeedRunStatuses.Failed, Broken },
        { "is a bomb of gzip", FeedRunStatuses.Failed, "The file is larger than 64 MiB." },
        { "sends without end", FeedRunStatuses.Failed, "The file is larger than 64 MiB." },
        { "redirects in a circle", FeedRunStatuses.Failed, "The source redirects more than 5 times." },
        { "redirects into the network", FeedRunStatuses.Failed, "The source redirects to 169.254.169.254" },
        { "sends a page of a sign-in", FeedRunStatuses.Refused, "This is a web page, not a price file." },
        { "sends an image", FeedRunStatuses.Refused, "The file is not" },
        { "sends half of the JSON as if it were all", FeedRunStatuses.Refused, "The file is not complete JSON" },
        { "sends prices a million times too high", FeedRunStatuses.Refused, "The file has usable prices for 0 models" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Prices_of_before_stay_and_the_run_says_why(string fault, string status, string reason)
    {
        var good = LiteLlmFixture.Plain(10);
        await using var rig = await FeedRig.StartAsync(new ImpatientTime(reason == Slow ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(100)));
        await rig.RefreshAsync(good);
        var before = await rig.DumpAsync();
        rig.Server.Answer = context => AnswerAsync(context, fault, good);

        var run = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        Assert.Equal(status, run.Status);
        Assert.StartsWith(reason, run.Reason, StringComparison.Ordinal);
        Assert.Equal(before, await rig.DumpAsync());
        var listed = (await rig.DetailsAsync(run)).Run;
        Assert.Equal((status, run.Reason), (listed.Status, listed.Reason));
        Assert.Equal(FeedRunStatuses.Published, (await rig.RefreshAsync(LiteLlmFixture.Plain(11))).Status);
    }

    private static async Task AnswerAsync(HttpContext context, string fault, byte[] file)
    {
        var (response, gone) = (context.Response, context.RequestAborted);
        switch (fault)
        {
            case "never answers":
                await UntilGoneAsync(gone);
                break;
            case "drips":
                for (var i = 0; i < file.Length && !gone.IsCancellationRequested; i++)
                {
                    await response.Body.WriteAsync(file.AsMemory(i, 1), CancellationToken.None);
                    await response.Body.FlushAsync(CancellationToken.None);
                    await Task.Delay(50, CancellationToken.None);
                }

                break;
            case "announces more than it sends":
                response.ContentLength = file.Length + 1_000;
                await response.Body.WriteAsync(file, gone);
                await response.Body.FlushAsync(gone);
                context.Abort();
                break;
            case "drops the connection in the middle":
                await response.Body.WriteAsync(file.AsMemory(0, file.Length / 2), gone);
                await response.Body.FlushAsync(gone);
                context.Abort();
                break;
            case "is a bomb of gzip":
                response.Headers.ContentEncoding = "gzip";
                await using (var gzip = new GZipStream(response.Body, CompressionLevel.Fastest))
                    await ZerosAsync(gzip, 65 * 1024 * 1024, gone);
                break;
            case "sends without end":
                await ZerosAsync(response.Body, long.MaxValue, gone);
                break;
            case "redirects in a circle":
                response.Redirect("/feed.json");
                break;
            case "redirects into the network":
                response.Redirect("http://169.254.169.254/latest/meta-data");
                break;
            case "sends a page of a sign-in":
                response.ContentType = "text/html";
                await response.WriteAsync("<!doctype html><title>Sign in</title>", gone);
                break;
            case "sends an image":
                response.ContentType = "image/png";
                await response.Body.WriteAsync(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF, 0xFE }, gone);
                break;
            case "sends half of the JSON as if it were all":
                await response.Body.WriteAsync(file.AsMemory(0, file.Length / 2), gone);
                break;
            default:
                await response.Body.WriteAsync(LiteLlmFixture.Plain(10, "1"), gone);
                break;
        }
    }

    private static async Task ZerosAsync(Stream stream, long bytes, CancellationToken gone)
    {
        var block = new byte[1024 * 1024];
        try
        {
            for (var written = 0L; written < bytes && !gone.IsCancellationRequested; written += block.Length)
                await stream.WriteAsync(block, gone);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has had enough.
        }
    }

    private static async Task UntilGoneAsync(CancellationToken gone)
    {
        var left = new TaskCompletionSource();
        await using var _ = gone.Register(left.SetResult);
        await left.Task;
    }

    /// <summary>Pauses between tries are over at once; an attempt may take so long.</summary>
    private sealed class ImpatientTime(TimeSpan limit) : TimeProvider
    {
        private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime > LongestPause ? limit : TimeSpan.Zero, period);
    }
}
