using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class RunPodReaderTests
{
    private static FeedReading<InstanceFeedRow> Reading => RunPodReader.Read(InstanceFixture.Bytes(InstanceFixture.RunPod));

    [Fact]
    public void Secure_and_community_are_two_machines() =>
        Assert.Equal(
            [
                ("runpod:1x_A100-SXM_SECURE:global", "A100-80-SXM", 80m, 1.59m), ("runpod:1x_A100-SXM_COMMUNITY:global", "A100-80-SXM", 80m, 1.39m),
                ("runpod:1x_A100-SXM-40GB_COMMUNITY:global", "A100-40", 40m, 1m), ("runpod:1x_MI300X_SECURE:global", "MI300X", 192m, 2.39m),
            ],
            Reading.Rows.Select(row => (row.Key, row.Gpu, row.GpuMemoryGb!.Value, row.Prices.OnDemandUsd!.Value)));

    [Fact]
    public void Placeholders_and_gpus_without_a_name_are_refused_and_what_is_not_offered_is_counted()
    {
        Assert.Equal(
            [
                ("1x_MI300X_COMMUNITY:global", "$0.50 is what the source shows where it has no price."), ("1x_unknown_SECURE:global", "The GPU has no name or no memory."),
                ("1x_unknown_COMMUNITY:global", "The GPU has no name or no memory."),
            ],
            Reading.Refused.Select(row => (row.Key, row.Reason)));
        Assert.Equal((10, 2, 1), (Reading.RowsRead, Reading.Skipped["not offered"], Reading.Skipped["RTX 3070"]));
    }

    [Theory]
    [InlineData("\"securePrice\": 1.59", "\"securePrice\": true", "securePrice is not a number that it can be.")]
    [InlineData("\"memoryInGb\": 80", "\"memoryInGb\": 0", "The GPU has no name or no memory.")]
    [InlineData("\"memoryInGb\": 80", "\"memoryInGb\": 80, \"memoryInGb\": 40", "The field memoryInGb occurs more than once.")]
    public void Type_that_does_not_read_is_refused_by_name_and_the_others_are_read(string old, string replacement, string reason)
    {
        var reading = RunPodReader.Read(InstanceFixture.Replace(InstanceFixture.RunPod, old, replacement));

        Assert.Contains(reading.Refused, row => row.Key == "1x_A100-SXM_SECURE:global" && row.Reason == reason);
        Assert.Contains(reading.Rows, row => row.Type == "1x_MI300X_SECURE");
    }

    [Theory]
    [InlineData("{ \"errors\": [ { \"message\": \"no\" } ] }")]
    [InlineData("{ \"data\": { \"gpuTypes\": [] }, \"data\": { \"gpuTypes\": [] } }")]
    [InlineData("[]")]
    public void Answer_of_another_kind_is_refused_whole(string text) =>
        Assert.Equal("The file does not have the form of an answer with data.gpuTypes.", RunPodReader.Read(InstanceFixture.Bytes(text)).Refusal);
}
