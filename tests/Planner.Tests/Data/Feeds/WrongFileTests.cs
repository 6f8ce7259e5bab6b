using System.Text;
using Planner.Data.Entities;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Files that read well and are still not the ones that a feed should get.</summary>
public sealed class WrongFileTests
{
    private const string Head = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region\n";

    [Theory]
    [InlineData("lambda", "Standard_NC24ads_A100_v4,A100-80GB,1,24,220,,3.673,0.5,eastus")]
    [InlineData("aws", "gpu_1x_a10,A10,1,30,200,,0.86,,us-east-1")]
    [InlineData("gcp", "gpu_1x_a10,A10,1,30,200,,0.86,,us-east-1")]
    [InlineData("azure", "p4d.24xlarge,A100,8,96,1152,,21.96,8,us-east-1")]
    [InlineData("runpod", "p4d.24xlarge,A100,8,96,1152,,21.96,8,us-east-1")]
    public async Task File_of_another_cloud_is_refused_and_the_right_one_still_welcome(string cloud, string row)
    {
        await using var rig = await FeedRig.StartAsync();
        var run = await rig.RefreshAsync($"skypilot-{cloud}", Encoding.UTF8.GetBytes(Head + row + "\n"));
        Assert.Equal((FeedRunStatuses.Refused, Planner.Data.Feeds.FeedTexts.OtherCloud.With(cloud)), (run.Status, run.Reason));
    }

    [Fact]
    public async Task File_that_lists_other_rows_than_before_is_refused_however_many_they_are()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("skypilot-lambda", Machines("us-east-1"));
        var other = await rig.RefreshAsync("skypilot-lambda", Machines("europe-1"));
        Assert.Equal((FeedRunStatuses.Refused, Planner.Data.Feeds.FeedTexts.ManyRetired.With(4, 4, 30)), (other.Status, other.Reason));
        Assert.False((await rig.InstanceAsync("lambda:gpu_1x_a10:us-east-1")).State.Retired);
    }

    [Fact]
    public async Task Older_file_does_not_replace_a_newer_one()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);
        var older = await rig.RefreshAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(LiteLlmFixture.Bytes).Replace("2026-08-01", "2026-07-24", StringComparison.Ordinal)));
        Assert.Equal((FeedRunStatuses.Refused, Planner.Data.Feeds.FeedTexts.OlderFile.With(new DateOnly(2026, 7, 24), new DateOnly(2026, 8, 1))), (older.Status, older.Reason));
    }

    [Fact]
    public async Task File_of_one_vendor_leaves_the_others_alone()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("llm-prices", Vendor("acme", 3));
        var second = await rig.RefreshAsync("llm-prices", Vendor("other", 1));
        Assert.Equal((FeedRunStatuses.Published, 1, 0), (second.Status, second.Added, second.Retired));
        Assert.False((await rig.PriceAsync("acme:m0")).State.Retired);
    }

    private static byte[] Machines(string region) => Encoding.UTF8.GetBytes(
        Head + string.Concat(new[] { 1, 2, 4, 8 }.Select(count => $"gpu_{count}x_a10,A10,{count},30,200,,{0.86 * count:0.00},,{region}\n")));

    private static byte[] Vendor(string name, int models) => Encoding.UTF8.GetBytes(
        $$"""{ "vendor": "{{name}}", "models": [ {{string.Join(", ", Enumerable.Range(0, models).Select(model => $$"""{ "id": "m{{model}}", "name": "M{{model}}", "price_history": [ { "input": 1, "output": 2, "input_cached": null, "from_date": null, "to_date": null } ] }"""))}} ] }""");
}
