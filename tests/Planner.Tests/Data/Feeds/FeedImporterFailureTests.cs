using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class FeedImporterFailureTests
{
    private const string NoPrices = "The file has usable prices for 0 models and the catalog has them for 10: a shrink of more than 30 % is refused.";

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "truncated", LiteLlmFixture.Plain(10)[..^40], "The file is not complete JSON (line 1)." },
        { "empty", [], "The file is empty." },
        { "header only", "{}"u8.ToArray(), "The file lists no model with token prices." },
        { "web page", "<html>Bad gateway</html>"u8.ToArray(), "This is a web page, not a price file." },
        { "wrong shape", "[]"u8.ToArray(), "The file must be a JSON object of models by name." },
        { "shrunken", LiteLlmFixture.Plain(6), "The file lists 6 models and the last good one listed 10: a shrink of more than 30 % is refused." },
        { "emptied of prices", LiteLlmFixture.Plain(10, "0"), NoPrices },
        { "of another unit", LiteLlmFixture.Plain(10, "1"), NoPrices },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Bad_file_is_refused_and_the_last_good_prices_stay(string name, byte[] file, string reason)
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(10));
        var before = await rig.DumpAsync();

        var fetched = await rig.RefreshAsync(file);
        var uploaded = await rig.UploadAsync(file);

        Assert.Equal((FeedRunStatuses.Refused, reason), (fetched.Status, fetched.Reason));
        Assert.Equal((FeedRunStatuses.Refused, reason), (uploaded.Status, uploaded.Reason));
        Assert.Equal(0, fetched.Published + fetched.Added + fetched.Changed + fetched.Retired);
        Assert.True(before.SequenceEqual(await rig.DumpAsync()), name);
        Assert.Equal(FeedRunStatuses.Unchanged, (await rig.RefreshAsync(LiteLlmFixture.Plain(10))).Status);
    }

    [Fact]
    public async Task Shrink_of_30_percent_and_any_rise_are_accepted()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(10));

        Assert.Equal((FeedRunStatuses.Published, 3), await StatusAsync(LiteLlmFixture.Plain(7), run => run.Retired));
        Assert.Equal((FeedRunStatuses.Published, 3), await StatusAsync(LiteLlmFixture.Plain(10), run => run.Added));
        Assert.Equal((FeedRunStatuses.Published, 10), await StatusAsync(LiteLlmFixture.Plain(40, "9e-05"), run => run.Changed));

        async Task<(string, int)> StatusAsync(byte[] file, Func<FeedRunRow, int> count)
        {
            var run = await rig.RefreshAsync(file);
            return (run.Status, count(run));
        }
    }

    [Fact]
    public async Task Small_feed_is_measured_by_what_it_published_and_not_by_what_was_shipped()
    {
        await using var rig = await FeedRig.StartAsync([.. SeedFile.Embedded("Seed/catalog/")]);

        foreach (var models in new[] { 10, 9 })
        {
            var run = await rig.RefreshAsync(LiteLlmFixture.Plain(models));
            Assert.Equal((FeedRunStatuses.Published, models), (run.Status, run.Published));
        }

        Assert.Equal(FeedRunStatuses.Refused, (await rig.RefreshAsync(LiteLlmFixture.Plain(9, "0"))).Status);
    }

    [Fact]
    public async Task Source_in_trouble_is_a_failed_run_that_keeps_the_prices()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        var before = await rig.DumpAsync();
        rig.Server.Fail(404);

        var run = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);

        Assert.Equal((FeedRunStatuses.Failed, "The source answered with status 404."), (run.Status, run.Reason));
        Assert.Equal(before, await rig.DumpAsync());
        Assert.Equal(FeedRunStatuses.Failed, (await rig.DetailsAsync(run)).Run.Status);
    }

    [Fact]
    public async Task Second_refresh_at_the_same_time_is_told_so()
    {
        await using var rig = await FeedRig.StartAsync();
        var asked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        rig.Server.Answer = async context =>
        {
            asked.SetResult();
            await release.Task;
            await context.Response.Body.WriteAsync(LiteLlmFixture.Plain(3));
        };
        var first = rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Schedule);
        await asked.Task;

        var second = await rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Manual);
        var third = await rig.UploadAsync(LiteLlmFixture.Plain(3));
        release.SetResult();

        Assert.Equal((FeedRunStatuses.Running, "This feed is being refreshed already."), (second.Status, second.Reason));
        Assert.Equal(second.Id, third.Id);
        Assert.Equal((second.Id, FeedRunStatuses.Published), ((await first).Id, (await first).Status));
        Assert.Equal(1, (await rig.Database.Get<FeedRunStore>().ListAsync()).Total);
    }

    [Fact]
    public async Task Cancelled_refresh_ends_as_failed_and_leaves_the_feed_usable()
    {
        await using var rig = await FeedRig.StartAsync();
        using var leaving = new CancellationTokenSource();
        rig.Server.Answer = async context =>
        {
            await leaving.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Importer.RefreshAsync(PriceFeeds.LiteLlm, FeedRunTriggers.Manual, leaving.Token));

        var run = Assert.Single((await rig.Database.Get<FeedRunStore>().ListAsync()).Items);
        Assert.Equal((FeedRunStatuses.Failed, "The run was cancelled."), (run.Status, run.Reason));
        Assert.Equal(FeedRunStatuses.Published, (await rig.RefreshAsync(LiteLlmFixture.Plain(3))).Status);
    }

    [Fact]
    public async Task Database_in_trouble_is_a_failed_run_without_a_trace_in_the_catalog()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(3));
        var before = await rig.DumpAsync();
        rig.Database.Refuse("PriceRevisions", "INSERT");

        var run = await rig.RefreshAsync(LiteLlmFixture.Plain(4, "2e-06"));

        Assert.Equal((FeedRunStatuses.Failed, "The refresh failed unexpectedly; the log says more."), (run.Status, run.Reason));
        Assert.Equal((0, 0), (run.Published, run.Changed));
        Assert.Equal(before, await rig.DumpAsync());
    }

    [Fact]
    public async Task Upload_that_breaks_off_is_a_failed_run()
    {
        await using var rig = await FeedRig.StartAsync();

        var run = await rig.Importer.ImportAsync(PriceFeeds.LiteLlm, new BrokenStream(), FeedRunTriggers.Upload);

        Assert.Equal((FeedRunStatuses.Failed, "The file cannot be read: the line dropped"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task Unknown_feed_is_refused()
    {
        await using var rig = await FeedRig.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => rig.Importer.RefreshAsync("nothing", FeedRunTriggers.Manual));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the line dropped");
    }
}
