using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

public sealed class PublishedRunTests
{
    private static readonly ReplicaLoad Chat = new(1000, 300, 32);

    [Fact]
    public void Nearest_run_is_of_the_same_model_or_shape_and_of_the_same_gpu_where_there_is_one()
    {
        var llama31 = PublishedRun.Nearest(new Deployment("llama-3.1-70b", "fp8", "bf16", "vllm", "H100-SXM", 4), Chat)!;
        var r1 = PublishedRun.Nearest(new Deployment("deepseek-r1", "fp8", "bf16", "sglang", "H200", 8), Chat)!;

        // Llama 3.1 and 3.3 have one shape; the runs are filed under 3.3.
        Assert.Equal(("llama-3.3-70b", "H100-SXM", "fp8"), (llama31.Model, llama31.Gpu, llama31.Precision));
        Assert.Equal(("deepseek-r1", "H200"), (r1.Model, r1.Gpu));
    }

    [Fact]
    public void Model_that_nobody_published_has_no_nearest_run() =>
        Assert.Null(PublishedRun.Nearest(new Deployment("own-model", "fp8", "bf16", "vllm", "H100-SXM", 4), Chat));

    [Fact]
    public void Every_run_has_a_figure_a_source_and_a_date() => Assert.All(PublishedRun.Shipped, run =>
    {
        Assert.True(run.OutputTokensPerSecond > 0 && run.InputTokens > 0 && run.OutputTokens >= 1 && run.Gpus >= 1);
        Assert.NotEmpty(run.Source);
        Assert.StartsWith("20", run.Date, StringComparison.Ordinal);
        Assert.NotNull(WeightPrecisions.Parse(run.Precision));
    });

    [Fact]
    public void Shipped_accuracy_has_rows_that_no_fit_saw()
    {
        Assert.Equal(["The rows of the fit", "Each model by a fit to the others", "Each GPU by a fit to the others", "Each source by a fit to the others"], ShippedAccuracy.Reports.Keys);
        Assert.All(ShippedAccuracy.Reports.Values, report =>
        {
            Assert.Equal(Calibration.Shipped.Rows, report.Rows);
            Assert.InRange(report.OutputTokensPerSecond.BandCoverage!.Value, 0.75, 0.87);
        });
    }
}
