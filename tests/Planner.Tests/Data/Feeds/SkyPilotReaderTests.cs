using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class SkyPilotReaderTests
{
    private static FeedReading<InstanceFeedRow> Aws => SkyPilotReader.Read(InstanceFixture.Bytes(InstanceFixture.Aws), "aws");

    private static FeedReading<InstanceFeedRow> Gcp => SkyPilotReader.Read(InstanceFixture.Bytes(InstanceFixture.Gcp), "gcp");

    [Fact]
    public void Zones_of_a_region_are_one_row_with_the_median_of_the_spot_prices_that_are_discounts()
    {
        var row = Aws.Row("g5.12xlarge:us-east-1");

        // The fourth zone asks more at spot than on demand, the fifth is a local zone with a price of its own.
        Assert.Equal(new HourlyPrices(5.672m, 2.3m, null, null), row.Prices);
        Assert.Equal(new SpotZones(3, 2.1m, 2.7m), row.Zones);
        Assert.Equal(("A10G", 4, 48, 192m), (row.Gpu, row.GpuCount, row.Vcpus, row.MemoryGb));
        Assert.Equal(1, Aws.Skipped["zone with a price of its own"]);
    }

    [Fact]
    public void Median_of_two_zones_lies_between_them() => Assert.Equal((21m, new SpotZones(2, 20.5m, 21.5m)), (Aws.Row("p5.48xlarge:us-east-1").Prices.SpotUsd, Aws.Row("p5.48xlarge:us-east-1").Zones));

    [Fact]
    public void Empty_price_is_no_price() => Assert.Equal(new HourlyPrices(null, 63.296m, null, null), Aws.Row("p5e.48xlarge:us-east-2").Prices);

    [Fact]
    public void Rows_without_whole_known_gpus_are_counted_by_kind() =>
        Assert.Equal(["T4g", "half.large: part of a GPU", "no GPU", "zone with a price of its own"], Aws.Skipped.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Host_and_gpus_are_added_up_in_the_zones_that_have_both()
    {
        var row = Gcp.Row("a2-highgpu-1g:us-central1");

        Assert.Equal(new HourlyPrices(3.67339m, 1.8m, null, null), row.Prices);
        Assert.Null(row.Zones);
        Assert.Equal(("A100-40", 1), (row.Gpu, row.GpuCount));
    }

    [Fact]
    public void Price_of_eight_gpus_is_that_of_the_row_and_a_spot_price_above_on_demand_is_none() =>
        Assert.Equal(new HourlyPrices(29.3871m, null, null, null), Gcp.Row("a2-highgpu-8g:us-central1").Prices);

    [Fact]
    public void Host_alone_is_never_a_machine()
    {
        Assert.Equal(2, Gcp.Rows.Count);
        Assert.Equal(
            [
                ("a2-highgpu-8g:europe-west4", "The file has no price of 8 A100 GPUs in a zone of this machine, and the host alone is not the machine."),
                ("a4-highgpu-8g:us-central1", "The host’s price is not above 0, so the machine’s price is not known."),
            ],
            Gcp.Refused.Select(row => (row.Key, row.Reason)));
        Assert.Equal(["B200", "T4", "no GPU"], Gcp.Skipped.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Row_that_says_the_same_again_is_counted_and_one_that_says_something_else_refuses_the_machine()
    {
        const string row = "p5.48xlarge,H100,8.0,192.0,2048.0,,55.04,20.5,us-east-1,use1-az1,x86_64\n";
        var (again, other) = (With(row), With(row.Replace("20.5", "2.5", StringComparison.Ordinal)));

        Assert.Equal(1, again.Skipped["repeated row"]);
        Assert.Equal(21m, again.Row("p5.48xlarge:us-east-1").Prices.SpotUsd);
        Assert.Equal([("p5.48xlarge:us-east-1", "The zone us-east-1/use1-az1 is listed more than once with different prices.")], other.Refused.Select(refused => (refused.Key, refused.Reason)));
    }

    [Theory]
    [InlineData("p5.48xlarge,H100,4.0,192.0,2048.0,,55.04,20.5,us-east-1,use1-az9,x86_64\n", "p5.48xlarge:us-east-1", "The rows of this region name different GPUs.")]
    [InlineData("p5.48xlarge,H100,8.0,192.0,2048.0,,5x,20.5,us-east-1,use1-az9,x86_64\n", "p5.48xlarge:us-east-1", "Price is not a number that it can be.")]
    [InlineData("p5.48xlarge,H100,eight,192.0,2048.0,,55.04,20.5,us-east-2,use2-az9,x86_64\n", "p5.48xlarge:us-east-2", "AcceleratorCount is not a number that it can be.")]
    [InlineData("p5.48xlarge,H100,8.0,192.0,2048.0,,55.04,20.5,us-east-2,use2-az9,x86_64,V2\n", "line 13", "This row has 12 fields and the table 11 columns.")]
    [InlineData("p5.48xlarge,H100,8.0,192.0,2048.0,\"a\"b,55.04,20.5,us-east-2,use2-az9,x86_64\n", "line 13", "The quotes of this row do not match.")]
    [InlineData(",H100,8.0,192.0,2048.0,,55.04,20.5,us-east-2,use2-az9,x86_64\n", "line 13", "InstanceType is missing, too long or has characters that no name has.")]
    public void Row_that_does_not_read_is_refused_by_name_and_the_others_are_read(string row, string key, string reason)
    {
        var reading = With(row);

        Assert.Equal([(key, reason)], reading.Refused.Select(refused => (refused.Key, refused.Reason)));
        Assert.Contains(reading.Rows, read => read.SourceKey == "g5.12xlarge:us-east-1");
    }

    [Fact]
    public void Field_too_many_is_read_where_the_last_column_is_azures_generation()
    {
        var reading = SkyPilotReader.Read(
            InstanceFixture.Bytes(
                """
                InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,Generation
                Standard_NC4as_T4_v3,T4,1,4,28,T4,0.526,0.2,eastus,V1,V2
                Standard_ND96is_MI300X_v5,,,96,1850,,48.0,,eastus,V2
                Standard_NC64as_T4_v3,T4,2,64,440,T4,4.35,1.7,eastus,V2

                """),
            "azure");

        Assert.Equal([("Standard_NC4as_T4_v3", 0.526m), ("Standard_ND96is_MI300X_v5", 48m)], reading.Rows.Select(row => (row.Type, row.Prices.OnDemandUsd!.Value)));
        Assert.Equal("Standard_NC64as_T4_v3:eastus", Assert.Single(reading.Refused).Key);
    }

    [Fact]
    public void Clouds_write_nothing_in_several_ways()
    {
        var reading = SkyPilotReader.Read(
            InstanceFixture.Bytes(
                """
                InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region
                cpu-d3_4vcpu,,0,4,16,,0.0992,,eu-north1
                1x-RTX_5090-32,RTX5090,1,32,64.0,"{""Gpus"": [{""Name"": ""RTX5090"", ""Count"": 1}]}",0.48,0.00,"Texas, US, NA"
                1x-RTX_5090-32,RTX5090,1,32,64.0,,0.52,0.00,", CN, AS"
                ECS8GPU10,H200,8,255,2048.0,,20.8,,
                eCS5HM,,,32,960.0,,2.537,,

                """),
            "vast");

        Assert.Equal([("Texas, US, NA", 0.48m, null), (", CN, AS", 0.52m, null)], reading.Rows.Select(row => (row.Region, row.Prices.OnDemandUsd!.Value, row.Prices.SpotUsd)));
        Assert.Equal([("no GPU", 2)], reading.Skipped.Select(kind => (kind.Key, kind.Value)));
        Assert.Equal([("ECS8GPU10", "Region is missing, too long or has characters that no name has.")], reading.Refused.Select(row => (row.Key, row.Reason)));
    }

    [Theory]
    [InlineData("InstanceType,AcceleratorName\nx,y\n", "The table has no column AcceleratorCount.")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,Price\n", "The table has the column Price more than once.")]
    [InlineData("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region\ngpu,T4,1,4,16,0.5", "The file ends within a row.")]
    [InlineData("  <html>", "This is a web page, not a price file.")]
    [InlineData(" ", "The file is empty.")]
    public void File_of_another_kind_is_refused_whole(string text, string reason) => Assert.Equal(reason, SkyPilotReader.Read(InstanceFixture.Bytes(text), "lambda").Refusal);

    [Fact]
    public void File_with_its_header_only_is_a_reading_of_nothing()
    {
        var reading = SkyPilotReader.Read(InstanceFixture.Bytes("InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,GpuInfo,SpotPrice\n"), "lambda");

        Assert.Equal((null, 0, 0), (reading.Refusal, reading.RowsRead, reading.Rows.Count));
    }

    private static FeedReading<InstanceFeedRow> With(string row) => SkyPilotReader.Read(InstanceFixture.Bytes(InstanceFixture.Aws + row), "aws");
}
