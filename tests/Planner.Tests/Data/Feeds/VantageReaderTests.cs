using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class VantageReaderTests
{
    private static FeedReading<InstanceFeedRow> Reading => VantageReader.Read(InstanceFixture.Bytes(InstanceFixture.Vantage));

    [Fact]
    public void Linux_is_read_and_reserved_is_the_standard_term_with_nothing_upfront()
    {
        var row = Reading.Row("g5.12xlarge:us-east-1");

        Assert.Equal(new HourlyPrices(5.672m, 2.137m, 3.573m, 2.45m), row.Prices);
        Assert.Equal(("aws:g5.12xlarge:us-east-1", "A10G", 4, 24m, 48, 192m, 1m), (row.Key, row.Gpu, row.GpuCount, row.GpuMemoryGb, row.Vcpus, row.MemoryGb, row.InterruptionShare));
    }

    [Fact]
    public void Spot_average_without_a_lowest_price_is_an_estimate_and_not_read()
    {
        var row = Reading.Row("g5.12xlarge:us-west-2-lax-1");

        Assert.Equal(new HourlyPrices(6.806m, null, null, null), row.Prices);
        Assert.Null(row.InterruptionShare);
    }

    [Fact]
    public void Machines_without_whole_gpus_or_linux_are_counted_by_kind()
    {
        Assert.Equal((6, 3), (Reading.RowsRead, Reading.Rows.Count));
        Assert.Equal(["g6f.xlarge: part of a GPU", "no GPU", "no Linux price"], Reading.Skipped.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"ondemand\": \"5.672\"", "\"ondemand\": \"a lot\"", "ondemand is not a number that it can be.")]
    [InlineData("\"ondemand\": \"5.672\"", "\"ondemand\": \"1e-30\"", "ondemand is not a number that it can be.")]
    [InlineData("\"ondemand\": \"5.672\"", "\"ondemand\": \"5,672\"", "ondemand is not a number that it can be.")]
    [InlineData("\"ondemand\": \"5.672\"", "\"ondemand\": [5.672]", "ondemand is not a number that it can be.")]
    [InlineData("\"ondemand\": \"5.672\"", "\"ondemand\": \"5.672\", \"ondemand\": \"6\"", "The field ondemand occurs more than once.")]
    [InlineData("\"GPU\": 4", "\"GPU\": -4", "GPU is not a number that it can be.")]
    [InlineData("\"GPU\": 4", "\"GPU\": 4.5", "GPU is not a number that it can be.")]
    public void Machine_that_does_not_read_is_refused_by_name_and_the_others_are_read(string old, string replacement, string reason)
    {
        var reading = VantageReader.Read(InstanceFixture.Replace(InstanceFixture.Vantage, old, replacement));

        Assert.Contains(reading.Refused, row => row.Key == "g5.12xlarge:us-east-1" && row.Reason == reason);
        Assert.Contains(reading.Rows, row => row.SourceKey == "p4d.24xlarge:us-east-1");
        Assert.DoesNotContain(reading.Rows, row => row.SourceKey == "g5.12xlarge:us-east-1");
    }

    [Theory]
    [InlineData("\"GPU_memory\": 96")]
    [InlineData("\"instance_type\": \"g5.12xlarge\"")]
    [InlineData("\"us-west-2-lax-1\": ")]
    [InlineData("\"spot_min\": \"2.012\"")]
    public void Escapes_that_are_no_text_do_no_harm_to_others(string at)
    {
        var reading = VantageReader.Read(InstanceFixture.Replace(InstanceFixture.Vantage, at, $"\"\\ud800\": 1, {at}"));

        Assert.NotEmpty(reading.Refused);
        Assert.Contains(reading.Rows, row => row.SourceKey == "p4d.24xlarge:us-east-1");
    }

    [Fact]
    public void Machine_listed_twice_is_refused()
    {
        var reading = VantageReader.Read(InstanceFixture.Replace(InstanceFixture.Vantage, "\"instance_type\": \"m5.large\", \"vCPU\": 2, \"memory\": 8, \"GPU\": 0, \"GPU_model\": null",
            "\"instance_type\": \"p4d.24xlarge\", \"vCPU\": 2, \"memory\": 8, \"GPU\": 8, \"GPU_model\": \"NVIDIA A100\""));

        Assert.Equal([("p4d.24xlarge:us-east-1", "The file lists this machine more than once.")], reading.Refused.Select(row => (row.Key, row.Reason)));
        Assert.DoesNotContain(reading.Rows, row => row.Type == "p4d.24xlarge");
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("<html>", "This is a web page, not a price file.")]
    [InlineData("{}", "The file does not have the form of instances.json.")]
    [InlineData("[1, ", "The file is not complete JSON (line 1).")]
    [InlineData("[] []", "The file is not complete JSON (line 1).")]
    public void File_of_another_kind_is_refused_whole(string text, string reason) => Assert.Equal(reason, VantageReader.Read(InstanceFixture.Bytes(text)).Refusal);

    [Fact]
    public void Byte_order_mark_does_no_harm() => Assert.Equal(3, VantageReader.Read(InstanceFixture.Bytes("\uFEFF" + InstanceFixture.Vantage)).Rows.Count);
}
