using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class InstanceSanityTests
{
    private static readonly HourlyPrices Usual = new(8m, 3m, 5m, 4m);

    [Fact]
    public void Ordinary_machine_is_published_as_it_is()
    {
        var verdict = JudgeOne(Row(Usual) with { GpuMemoryGb = 80 });

        Assert.Equal((null, Usual, false), (verdict.Quarantine, verdict.Prices, verdict.IsUnavailable));
        Assert.Empty(verdict.Warnings);
    }

    [Theory]
    [InlineData(0.39, "onDemandUsd is $0.04875 per GPU and hour, outside $0.05 to $100: probably another unit.")]
    [InlineData(800.08, "onDemandUsd is $100.01 per GPU and hour, outside $0.05 to $100: probably another unit.")]
    [InlineData(0, "onDemandUsd is $0 per GPU and hour, outside $0.05 to $100: probably another unit.")]
    [InlineData(-8, "onDemandUsd is negative.")]
    public void Price_of_a_gpu_out_of_bounds_is_quarantined(double usd, string reason) => Assert.Equal(reason, JudgeOne(Row(new((decimal)usd, null, null, null))).Quarantine);

    [Theory]
    [InlineData(0.4)]
    [InlineData(800)]
    public void Price_at_a_bound_is_published(double usd) => Assert.Null(JudgeOne(Row(new((decimal)usd, null, null, null))).Quarantine);

    [Fact]
    public void Every_price_has_the_bounds()
    {
        Assert.StartsWith("spotUsd", JudgeOne(Row(Usual with { SpotUsd = 0.1m })).Quarantine);
        Assert.StartsWith("reserved1YUsd", JudgeOne(Row(Usual with { Reserved1YUsd = 43_800 })).Quarantine);
        Assert.StartsWith("reserved3YUsd", JudgeOne(Row(Usual with { Reserved3YUsd = 0 })).Quarantine);
    }

    [Fact]
    public void Accepted_price_out_of_bounds_is_published_and_a_negative_one_never()
    {
        Assert.Null(InstanceSanity.Judge([Row(new(900m, null, null, null))], InstanceSnapshots.GpuMemoryGb, _ => true)[0].Quarantine);
        Assert.Equal("onDemandUsd is negative.", InstanceSanity.Judge([Row(new(-1m, null, null, null))], InstanceSnapshots.GpuMemoryGb, _ => true)[0].Quarantine);
    }

    [Theory]
    [InlineData(68, false)]
    [InlineData(92, false)]
    [InlineData(67, true)]
    [InlineData(93, true)]
    public void Memory_more_than_15_percent_off_the_catalog_is_warned(int memoryGb, bool warned) =>
        Assert.Equal(warned, JudgeOne(Row(Usual) with { GpuMemoryGb = memoryGb }).Warnings.Contains(InstanceWarnings.GpuMemoryApart));

    [Fact]
    public void Spot_that_is_no_discount_is_not_published()
    {
        var verdict = JudgeOne(Row(Usual with { SpotUsd = 8 }));

        Assert.Null(verdict.Prices.SpotUsd);
        Assert.Equal([InstanceWarnings.SpotNotCheaper], verdict.Warnings);
    }

    [Fact]
    public void Spot_without_a_price_on_demand_is_not_published()
    {
        var verdict = JudgeOne(Row(new(null, 3m, null, null)));

        Assert.Equal((null, true), (verdict.Prices.SpotUsd, verdict.IsUnavailable));
        Assert.Equal([InstanceWarnings.SpotAlone], verdict.Warnings);
    }

    [Fact]
    public void Spot_more_than_90_percent_below_is_published_and_warned()
    {
        Assert.Equal([InstanceWarnings.SpotFarBelow], JudgeOne(Row(Usual with { SpotUsd = 0.79m })).Warnings);
        Assert.Empty(JudgeOne(Row(Usual with { SpotUsd = 0.8m })).Warnings);
    }

    [Fact]
    public void Reservation_above_on_demand_is_warned() => Assert.Equal([InstanceWarnings.ReservedAboveOnDemand], JudgeOne(Row(Usual with { Reserved3YUsd = 8.01m })).Warnings);

    [Fact]
    public void Regions_twice_apart_are_warned_on_both_sides_and_the_middle_is_not()
    {
        var verdicts = Judge("aws", 5m, 8m, 10m);

        Assert.Equal([InstanceWarnings.CheapRegion], verdicts[0].Warnings);
        Assert.Empty(verdicts[1].Warnings);
        Assert.Equal([InstanceWarnings.DearRegion], verdicts[2].Warnings);
    }

    [Fact]
    public void Sum_far_below_the_upper_quartile_of_regions_is_quarantined_though_most_regions_are_wrong()
    {
        // The third of four is the upper quartile; 70 % of 100 is 70.
        var verdicts = Judge("gcp", 43m, 69.99m, 100m, 104m);

        Assert.Equal(
            "$43 an hour is below 70 % of $100, the upper quartile of this machine’s regions: probably the price of another product was added up.", verdicts[0].Quarantine);
        Assert.NotNull(verdicts[1].Quarantine);
        Assert.All(verdicts.Skip(2), verdict => Assert.Null(verdict.Quarantine));
        Assert.All(verdicts, verdict => Assert.Empty(verdict.Warnings));
    }

    [Fact]
    public void Sum_is_not_compared_at_the_bound_or_in_two_regions_or_on_clouds_that_state_the_whole_price()
    {
        Assert.Null(Judge("gcp", 70m, 100m, 100m)[0].Quarantine);
        Assert.Null(Judge("gcp", 43m, 100m)[0].Quarantine);
        Assert.Null(Judge("aws", 43m, 100m, 100m, 100m)[0].Quarantine);
    }

    [Fact]
    public void Google_of_2026_05_20_holds_back_83_sums_and_the_h100_machine_of_us_central1_among_them()
    {
        var rows = InstanceSnapshots.Gcp().Rows;
        var verdicts = InstanceSanity.Judge(rows, InstanceSnapshots.GpuMemoryGb);
        var held = rows.Where((_, index) => verdicts[index].Quarantine is not null).ToList();

        Assert.Equal(83, held.Count);
        Assert.Contains(held, row => row.SourceKey == "a3-highgpu-8g:us-central1");
        Assert.Contains(held, row => row.SourceKey == "a2-ultragpu-1g:us-central1");
        Assert.DoesNotContain(held, row => row.SourceKey is "a3-highgpu-8g:us-east4" or "a2-highgpu-1g:us-central1");
        Assert.DoesNotContain(held, row => row.Type.StartsWith("g2-", StringComparison.Ordinal));
        Assert.Equal(6, verdicts.Count(verdict => verdict.Warnings.Contains(InstanceWarnings.SpotFarBelow)));
        Assert.DoesNotContain(verdicts, verdict => verdict.Warnings.Contains(InstanceWarnings.CheapRegion));
    }

    [Fact]
    public void Other_feeds_quarantine_nothing_and_their_warnings_are_counted()
    {
        Assert.Equal((0, 0, 7, 10, 4, 0), Count(InstanceSnapshots.Vantage()));
        Assert.Equal((0, 4, 0, 0, 0, 3), Count(InstanceSnapshots.SkyPilot("aws_v9_rows_excerpt", "aws")));
        Assert.Equal((0, 0, 0, 39, 11, 0), Count(InstanceSnapshots.SkyPilot("azure_gpu_rows_2026-05-20", "azure")));
        Assert.Equal((0, 0, 0, 0, 0, 0), Count(InstanceSnapshots.SkyPilot("lambda_2026-05-07", "lambda")));
        Assert.Equal((0, 0, 0, 0, 0, 0), Count(InstanceSnapshots.RunPod()));
    }

    private static (int Quarantined, int Unavailable, int NoDiscount, int Cheap, int Dear, int Alone) Count(FeedReading<InstanceFeedRow> reading)
    {
        var verdicts = InstanceSanity.Judge(reading.Rows, InstanceSnapshots.GpuMemoryGb);
        Assert.DoesNotContain(verdicts, verdict => verdict.Warnings.Contains(InstanceWarnings.GpuMemoryApart));
        return (
            verdicts.Count(verdict => verdict.Quarantine is not null), verdicts.Count(verdict => verdict.IsUnavailable), Warned(InstanceWarnings.SpotNotCheaper),
            Warned(InstanceWarnings.CheapRegion), Warned(InstanceWarnings.DearRegion), Warned(InstanceWarnings.SpotAlone));

        int Warned(string code) => verdicts.Count(verdict => verdict.Warnings.Contains(code));
    }

    private static FeedVerdict<HourlyPrices> JudgeOne(InstanceFeedRow row) => Assert.Single(InstanceSanity.Judge([row], InstanceSnapshots.GpuMemoryGb));

    private static IReadOnlyList<FeedVerdict<HourlyPrices>> Judge(string cloud, params decimal[] onDemand) =>
        InstanceSanity.Judge([.. onDemand.Select((usd, region) => Row(new HourlyPrices(usd, null, null, null), cloud, $"region-{region}"))], InstanceSnapshots.GpuMemoryGb);

    /// <summary>A machine with eight H100 of 80 GB.</summary>
    private static InstanceFeedRow Row(HourlyPrices prices, string cloud = "aws", string region = "east") =>
        new($"big:{region}", $"{cloud}:big:{region}", cloud, "big", region, "H100-SXM", 8, null, null, null, prices);
}
