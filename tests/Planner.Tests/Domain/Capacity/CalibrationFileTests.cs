using System.Text;
using Planner.Benchmarks.Fitting;
using Planner.Data.Benchmarks;
using Planner.Data.Seed;
using Planner.Domain.Capacity;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

/// <summary>The shipped fit against the published runs that it was made from, and fits against the runs that they were not given. Skipped where the file is absent.</summary>
public sealed class CalibrationFileTests
{
    [Fact]
    public void The_shipped_fit_is_as_near_to_the_published_runs_as_is_said()
    {
        var reading = Reading();
        var report = Accuracy.Of(reading.Rows, Calibration.Shipped);

        Assert.Empty(reading.Skipped);
        Assert.Equal((4616, 3492), (reading.Rows.Count, report.Rows));
        Near(0.0830, 0.281, report.OutputTokensPerSecond);
        Near(0.0978, 0.255, report.Itl);
        Near(0.2711, 0.83, report.Ttft);
        Assert.InRange(report.OutputTokensPerSecond.Within25!.Value, 0.87, 1);
        Assert.InRange(report.OutputTokensPerSecond.Within50!.Value, 0.95, 1);
        Assert.InRange(report.OutputTokensPerSecond.RankCorrelation!.Value, 0.98, 1);
        Assert.InRange(report.PairOrder!.Value, 0.975, 1);
        Assert.Equal(0, report.DoesNotFit);
    }

    [Fact]
    public void Bands_hold_what_they_promise_of_gpus_that_the_fit_has_not_seen()
    {
        var report = CrossValidation.Report(CrossValidation.Predict(Reading().Rows, Calibration.Shipped, row => row.Gpu));

        Assert.InRange(report.OutputTokensPerSecond.BandCoverage!.Value, 0.75, 0.87);
        Assert.InRange(report.Itl.BandCoverage!.Value, 0.72, 0.87);
        Assert.InRange(report.Ttft.BandCoverage!.Value, 0.75, 0.87);
        Assert.InRange(report.OutputTokensPerSecond.MedianError!.Value, 0, 0.092);
        Assert.InRange(report.Itl.MedianError!.Value, 0, 0.11);
        Assert.InRange(report.PairOrder!.Value, 0.97, 1);
    }

    private static void Near(double median, double p90, ErrorStatistics statistics)
    {
        Assert.Equal(median, statistics.MedianError!.Value, 0.001);
        Assert.InRange(statistics.P90Error!.Value, 0, p90 + 0.002);
    }

    private static CalibrationReading Reading() =>
        CalibrationReader.Read(Encoding.UTF8.GetBytes(SeedFiles.Snapshot("bench/calibration.csv")), ShippedFacts.Models(), ShippedFacts.Gpus());
}
