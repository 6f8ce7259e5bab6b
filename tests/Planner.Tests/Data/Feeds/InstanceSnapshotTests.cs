using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Counts of the files themselves, taken with another program; prices checked against the clouds' own lists.</summary>
public class InstanceSnapshotTests
{
    [Fact]
    public void Vantage_of_2025_11_30_is_counted()
    {
        var reading = InstanceSnapshots.Vantage();

        Assert.Equal(522, reading.RowsRead);
        Assert.Equal(353, reading.Rows.Count);
        Assert.Empty(reading.Refused);
        Assert.Equal(
            [
                "AWS Inferentia 3", "AWS Inferentia2 27", "AWS Trainium2 1", "NVIDIA T4G Tensor Core 19", "NVIDIA Tesla V100 26", "Qualcomm AI 100 Accelerators 2",
                "g6f.xlarge: part of a GPU 19", "gr6f.4xlarge: part of a GPU 13", "no Linux price 59",
            ],
            Skipped(reading));
        Assert.Equal(21, reading.Rows.Select(row => row.Type).Distinct().Count());
        Assert.Equal(215, reading.Rows.Count(row => row.Prices.SpotUsd is not null));
        Assert.Equal(238, reading.Rows.Count(row => row.Prices.Reserved1YUsd is not null));
        Assert.Equal(260, reading.Rows.Count(row => row.Prices.Reserved3YUsd is not null));
        Assert.Equal(
            [(null, 96), (0.05m, 53), (0.10m, 31), (0.15m, 34), (0.20m, 23), (1m, 116)],
            reading.Rows.GroupBy(row => row.InterruptionShare).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
    }

    [Theory]
    [InlineData("g4dn.xlarge:us-east-1", "T4", 1, 16, "0.526", "0.1766", "0.331", "0.227")]
    [InlineData("g5.12xlarge:us-east-1", "A10G", 4, 24, "5.672", "2.137", "3.57336", "2.4503")]
    [InlineData("g6e.48xlarge:us-east-1", "L40S", 8, 48, "30.13118", "12.591875", "18.98264", "13.01667")]
    [InlineData("p4d.24xlarge:us-east-1", "A100-40", 8, 40, "21.957642", "8.59075", "13.921094", "9.374219")]
    [InlineData("p4de.24xlarge:us-east-1", "A100-80-SXM", 8, 80, "27.44705", "13.3483", "17.401365", "11.717773")]
    [InlineData("p5.4xlarge:us-east-1", "H100-SXM", 1, 80, "6.88", null, null, "2.97216")]
    [InlineData("p6-b300.48xlarge:us-west-2", "B300", 8, 262.5, "142.416", "103.7412", null, null)]
    public void Vantage_has_the_prices_of_the_list(string key, string gpu, int count, double memoryGb, string onDemand, string? spot, string? oneYear, string? threeYears)
    {
        var row = InstanceSnapshots.Vantage().Row(key);

        Assert.Equal((gpu, count, (decimal)memoryGb), (row.Gpu, row.GpuCount, row.GpuMemoryGb));
        Assert.Equal(
            (onDemand, spot, oneYear, threeYears),
            (Text(row.Prices.OnDemandUsd), Text(row.Prices.SpotUsd), Text(row.Prices.Reserved1YUsd), Text(row.Prices.Reserved3YUsd)));
    }

    [Fact]
    public void Local_and_wavelength_zones_and_government_regions_keep_their_names()
    {
        var regions = InstanceSnapshots.Vantage().Rows.Select(row => row.Region).ToHashSet();

        Assert.Subset(regions, new HashSet<string> { "us-west-2-pdx-1", "us-east-1-wl1-nyc1", "us-gov-west-1", "us-east-1" });
    }

    [Fact]
    public void SkyPilot_of_aws_is_counted()
    {
        var reading = InstanceSnapshots.SkyPilot("aws_v9_rows_excerpt", "aws");

        Assert.Equal((165, 51, 0), (reading.RowsRead, reading.Rows.Count, reading.Refused.Count));
        Assert.Equal(["T4g 3", "V100 9", "V100-32GB 4", "no GPU 3"], Skipped(reading));
        Assert.Equal((43, 33, 4), (
            reading.Rows.Count(row => row.Prices.SpotUsd is not null), reading.Rows.Count(row => row.Zones is not null),
            reading.Rows.Count(row => row.Prices.OnDemandUsd is null)));
        Assert.Equal("5.672", Text(reading.Row("g5.12xlarge:us-east-2").Prices.OnDemandUsd));
        // All three zones ask as much at spot as on demand.
        Assert.Equal(("26.3444", null), (Text(reading.Row("p4d.24xlarge:ap-south-1").Prices.OnDemandUsd), reading.Row("p4d.24xlarge:ap-south-1").Prices.SpotUsd));
    }

    [Fact]
    public void SkyPilot_of_azure_is_counted_although_its_rows_have_a_field_too_many()
    {
        var reading = InstanceSnapshots.SkyPilot("azure_gpu_rows_2026-05-20", "azure");

        Assert.Equal((1000, 510, 0), (reading.RowsRead, reading.Rows.Count, reading.Refused.Count));
        Assert.Equal(
            [
                "M60 57", "MI25 92", "Standard_NV12ads_A10_v5: part of a GPU 36", "Standard_NV18ads_A10_v5: part of a GPU 36", "Standard_NV6ads_A10_v5: part of a GPU 36",
                "V100 92", "V100-32GB 6", "no GPU 114", "unnamed accelerator 21",
            ],
            Skipped(reading));
        Assert.Equal(447, reading.Rows.Count(row => row.Prices.SpotUsd is not null));
        Assert.All(reading.Rows.Where(row => row.Type == "Standard_ND96isr_H200_v5"), row => Assert.Null(row.Prices.SpotUsd));
        Assert.Equal(("GB200", 4), (reading.Row("Standard_ND128isr_NDR_GB200_v6:australiaeast").Gpu, reading.Row("Standard_ND128isr_NDR_GB200_v6:australiaeast").GpuCount));
        var row = reading.Row("Standard_NC40ads_H100_v5:eastus");
        Assert.Equal(("H100-NVL", 1, "6.98", "2.192418"), (row.Gpu, row.GpuCount, Text(row.Prices.OnDemandUsd), Text(row.Prices.SpotUsd)));
    }

    [Fact]
    public void Google_hosts_and_gpus_are_added_up_and_no_host_stands_alone()
    {
        var reading = InstanceSnapshots.Gcp();

        Assert.Equal((2100, 374, 12), (reading.RowsRead, reading.Rows.Count, reading.Refused.Count));
        Assert.Equal(["B200 11", "P100 36", "P4 51", "T4 51", "V100 48", "no GPU 559"], Skipped(reading));
        Assert.Equal(10, reading.Refused.Count(row => row.Key.StartsWith("a4-highgpu-8g:", StringComparison.Ordinal) && row.Reason.StartsWith("The host’s price is not above 0", StringComparison.Ordinal)));
        Assert.Equal(2, reading.Refused.Count(row => row.Key.StartsWith("a3-megagpu-8g:", StringComparison.Ordinal) && row.Reason.Contains("8 H100-MEGA", StringComparison.Ordinal)));
        Assert.Equal(308, reading.Rows.Count(row => row.Gpu != "T4" && row.Prices.SpotUsd is not null));
        // 0.73948 + 2.93391; the list says 3.6734. Eight: 5.91586 + 23.47124.
        Assert.Equal("3.67339", Text(reading.Row("a2-highgpu-1g:us-central1").Prices.OnDemandUsd));
        Assert.Equal("0.70683", Text(reading.Row("g2-standard-4:us-central1").Prices.OnDemandUsd));
        Assert.Equal("8.00333", Text(reading.Row("g2-standard-96:us-central1").Prices.OnDemandUsd));
        Assert.Equal("43.06615", Text(reading.Row("a3-highgpu-8g:us-central1").Prices.OnDemandUsd));
        // T4s are attached to hosts: 0.23661 + 0.35, and twice that; the file has no host for four.
        Assert.Equal(["n1-highmem-4-1xT4 23", "n1-highmem-8-2xT4 23"], reading.Rows.Where(row => row.Gpu == "T4").CountBy(row => row.Type).Select(type => $"{type.Key} {type.Value}"));
        var (one, two) = (reading.Row("n1-highmem-4-1xT4:us-central1"), reading.Row("n1-highmem-8-2xT4:us-central1"));
        Assert.Equal((1, 4, 26m, "0.58661"), (one.GpuCount, one.Vcpus, one.MemoryGb, Text(one.Prices.OnDemandUsd)));
        Assert.Equal((2, "1.17321"), (two.GpuCount, Text(two.Prices.OnDemandUsd)));
        // The GPUs' spot price, 15.712, is above the one on demand, 14.76958.
        Assert.Null(reading.Row("a2-ultragpu-8g:us-central1").Prices.SpotUsd);
    }

    [Fact]
    public void Lambda_lists_nothing_then_more_machines_than_before()
    {
        var (before, empty, after) = (
            InstanceSnapshots.SkyPilot("lambda_2026-04-20", "lambda"), InstanceSnapshots.SkyPilot("lambda_2026-05-07_header_only", "lambda"),
            InstanceSnapshots.SkyPilot("lambda_2026-05-07", "lambda"));

        Assert.Equal((289, 255, 0), (before.RowsRead, before.Rows.Count, before.Refused.Count));
        Assert.Equal(["V100 17", "no GPU 17"], Skipped(before));
        Assert.Equal((null, 0, 0, 0), (empty.Refusal, empty.RowsRead, empty.Rows.Count, empty.Refused.Count));
        Assert.Equal((425, 340, 0), (after.RowsRead, after.Rows.Count, after.Refused.Count));
        Assert.Equal(["RTX6000 17", "V100 34", "no GPU 34"], Skipped(after));
        // The rise lies before the first of the files: what both list costs the same.
        Assert.All(before.Rows, row => Assert.Equal(row.Prices, after.Row(row.SourceKey).Prices));
        Assert.Equal(
            ["1.29", "15.92", "31.92", "3.29", "22.32"],
            new[] { "gpu_1x_a10", "gpu_8x_a100", "gpu_8x_h100_sxm5", "gpu_1x_h100_pcie", "gpu_8x_a100_80gb_sxm4" }.Select(type => Text(after.Row($"{type}:us-east-1").Prices.OnDemandUsd)));
        Assert.Equal(
            ["H100-PCIe", "H100-SXM", "A100-40", "A100-80-SXM"],
            new[] { "gpu_1x_h100_pcie", "gpu_1x_h100_sxm5", "gpu_8x_a100", "gpu_8x_a100_80gb_sxm4" }.Select(type => after.Row($"{type}:us-east-1").Gpu));
    }

    [Fact]
    public void SkyPilot_of_runpod_repeats_the_price_as_spot_and_has_none()
    {
        var reading = InstanceSnapshots.SkyPilot("runpod_v8_rows_excerpt", "runpod");

        Assert.Equal((158, 54, 0), (reading.RowsRead, reading.Rows.Count, reading.Refused.Count));
        Assert.All(reading.Rows, row => Assert.Null(row.Prices.SpotUsd));
        Assert.Equal(["A100-80-PCIe", "H100-NVL", "H100-PCIe"], reading.Rows.Select(row => row.Gpu).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RunPod_of_2026_10_is_counted()
    {
        var reading = InstanceSnapshots.RunPod();

        Assert.Equal((96, 40), (reading.RowsRead, reading.Rows.Count));
        Assert.Equal(
            ["1x_H200-NVL_COMMUNITY:global", "1x_MI300X_COMMUNITY:global", "1x_RTX-3090_SECURE:global", "1x_unknown_COMMUNITY:global", "1x_unknown_SECURE:global"],
            reading.Refused.Select(row => row.Key).Order(StringComparer.Ordinal));
        Assert.Equal((6, 45), (reading.Skipped["not offered"], reading.Skipped.Where(kind => kind.Key != "not offered").Sum(kind => kind.Value)));
        Assert.Equal(
            ["3.49", "2.69", "1.59", "1.09", "2.39"],
            new[] { "1x_H100-SXM_SECURE", "1x_H100-SXM_COMMUNITY", "1x_A100-SXM_SECURE", "1x_L40S_SECURE", "1x_MI300X_SECURE" }.Select(type => Text(reading.Row($"{type}:global").Prices.OnDemandUsd)));
    }

    [Fact]
    public void Spot_advisor_of_2025_06_28_is_counted()
    {
        var reading = InstanceSnapshots.SpotAdvisor();

        Assert.Equal((25323, 14962, 0), (reading.RowsRead, reading.Rows.Count, reading.Refused.Count));
        Assert.Equal(["Windows 10361"], reading.Skipped.Select(kind => $"{kind.Key} {kind.Value}"));
        Assert.Equal(
            [(0.05m, 3239), (0.10m, 2894), (0.15m, 2025), (0.20m, 1874), (1m, 4930)],
            reading.Rows.GroupBy(row => row.InterruptionShare).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        Assert.Contains(new SpotAdvice("g5.12xlarge", "us-east-1", 0.58m, 1m), reading.Rows);
        Assert.Equal(-0.62m, reading.Rows.Min(row => row.SavingShare));
    }

    [Fact]
    public void Machines_that_ship_with_the_product_carry_the_same_gpus_in_every_feed()
    {
        var shipped = InstanceSnapshots.ShippedGpus;
        var rows = new[]
        {
            InstanceSnapshots.Vantage(), InstanceSnapshots.Gcp(), InstanceSnapshots.RunPod(), InstanceSnapshots.SkyPilot("aws_v9_rows_excerpt", "aws"),
            InstanceSnapshots.SkyPilot("azure_gpu_rows_2026-05-20", "azure"), InstanceSnapshots.SkyPilot("lambda_2026-05-07", "lambda"),
        }.SelectMany(reading => reading.Rows).Where(row => shipped.ContainsKey(row.Key)).ToList();

        Assert.All(rows, row => Assert.Equal(shipped[row.Key], (row.Gpu, row.GpuCount)));
        // Every shipped one but RunPod's and Lambda's that the files do not list.
        Assert.Superset(shipped.Keys.Where(key => key.Split(':')[0] is "aws" or "azure" or "gcp").ToHashSet(), rows.Select(row => row.Key).ToHashSet());
    }

    [Fact]
    public void Keys_of_every_feed_are_unique_and_no_price_needs_more_than_eight_places()
    {
        foreach (var reading in new[] { InstanceSnapshots.Vantage(), InstanceSnapshots.Gcp(), InstanceSnapshots.RunPod(), InstanceSnapshots.SkyPilot("aws_v9_rows_excerpt", "aws") })
        {
            Assert.Equal(reading.Rows.Count, reading.Rows.Select(row => row.Key).Distinct(StringComparer.Ordinal).Count());
            Assert.All(reading.Rows, row => Assert.Equal(row.Prices.SpotUsd, row.Prices.SpotUsd is { } spot ? Math.Round(spot, 8) : null));
        }
    }

    private static IEnumerable<string> Skipped(FeedReading<InstanceFeedRow> reading) => reading.Skipped.Select(kind => $"{kind.Key} {kind.Value}").Order(StringComparer.Ordinal);

    private static string? Text(decimal? usd) => usd?.ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
