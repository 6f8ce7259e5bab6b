using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

public class CorrectionTests
{
    private static readonly Deployment Measured = new("llama-3.1-70b", "fp8", "bf16", "vllm", "H100-SXM", 4);
    private static readonly DateTime Fitted = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Its_own_measurement_applies_in_full()
    {
        var own = new Correction(Measured, new CorrectionFactors(0.8, 1.5, null), 3, Fitted);
        var other = own with { Deployment = Measured with { TensorParallel = 8 }, Points = 40 };

        Assert.Equal(new AppliedCorrection(own.Factors, own, 1), Correction.For(Measured, [other, own]));
    }

    [Fact]
    public void Seventy_percent_of_the_logarithm_carries_over_to_another_layout_of_the_model()
    {
        var own = new Correction(Measured, new CorrectionFactors(0.5, 2, null), 1, Fitted);

        var applied = Correction.For(Measured with { Gpu = "H200", TensorParallel = 2, Precision = "bf16" }, [own])!;

        Assert.Equal(0.615572, applied.Factors.Output!.Value, 6);
        Assert.Equal(1.624505, applied.Factors.Ttft!.Value, 6);
        Assert.Null(applied.Factors.Itl);
        Assert.Same(own, applied.Source);
        Assert.Equal(0.7, applied.Share);
    }

    [Fact]
    public void A_measurement_of_another_model_says_nothing()
    {
        var own = new Correction(Measured, new CorrectionFactors(0.5, 2, 2), 9, Fitted);

        Assert.Null(Correction.For(Measured with { Model = "llama-3.1-8b" }, [own]));
        Assert.Null(Correction.For(Measured, []));
    }

    [Fact]
    public void Of_several_layouts_the_one_most_alike_is_taken_whatever_their_order()
    {
        var sameGpu = new Correction(Measured with { TensorParallel = 8 }, new CorrectionFactors(0.9, null, null), 1, Fitted);
        var sameEngine = new Correction(Measured with { Gpu = "A100-80-SXM" }, new CorrectionFactors(0.4, null, null), 50, Fitted.AddDays(9));

        Assert.Same(sameGpu, Correction.For(Measured, [sameGpu, sameEngine])!.Source);
        Assert.Same(sameGpu, Correction.For(Measured, [sameEngine, sameGpu])!.Source);
    }

    [Theory]
    [InlineData("awq", "int4")]
    [InlineData("int4", "gptq")]
    [InlineData("nvfp4", "fp4")]
    public void Two_words_for_one_precision_are_one_deployment(string one, string other)
    {
        var own = new Correction(Measured with { Precision = one }, new CorrectionFactors(0.8, null, null), 1, Fitted);

        Assert.Equal(1, Correction.For(Measured with { Precision = other }, [own])!.Share);
    }

    [Fact]
    public void Factors_are_geometric_means_of_measured_over_modelled()
    {
        // 50/100 and 200/100: as far below as above.
        var fit = CorrectionFit.Of([Point(50, 100, ttft: (0.3, 0.1)), Point(200, 100), Point(80, 80, itl: (0.02, 0.01))])!;

        Assert.Equal(1, fit.Factors.Output!.Value, 12);
        Assert.Equal(3, fit.Factors.Ttft!.Value, 12);
        Assert.Equal(2, fit.Factors.Itl!.Value, 12);
        Assert.Equal(3, fit.Points);
    }

    [Fact]
    public void Errors_are_medians_before_and_with_each_point_left_out()
    {
        var fit = CorrectionFit.Of([Point(50, 100), Point(50, 100), Point(100, 100)])!;

        // Modelled 100 for 50 is off by 100 %, for 100 by nothing.
        Assert.Equal(new FitError(3, 1, 0.414213562373095), fit.Output with { After = Math.Round(fit.Output.After!.Value, 15) });
        Assert.Equal(new FitError(0, null, null), fit.Ttft);
    }

    [Fact]
    public void A_single_point_does_not_vouch_for_itself()
    {
        var fit = CorrectionFit.Of([Point(80, 100, ttft: (0.2, 0.1))])!;

        Assert.Equal(0.8, fit.Factors.Output!.Value, 12);
        Assert.Equal(0.25, fit.Output.Before!.Value, 12);
        Assert.Null(fit.Output.After);
        Assert.Equal((1, (double?)null), (fit.Ttft.Points, fit.Ttft.After));
    }

    [Fact]
    public void Factors_stay_between_a_tenth_and_ten()
    {
        var fit = CorrectionFit.Of([Point(1, 1_000, itl: (50, 0.01))])!;

        Assert.Equal((0.1, 10), (fit.Factors.Output!.Value, fit.Factors.Itl!.Value));
    }

    [Fact]
    public void Nothing_to_compare_gives_no_fit()
    {
        Assert.Null(CorrectionFit.Of([]));
        Assert.Null(CorrectionFit.Of([new ComparedPoint(new BenchmarkPoint(100, 100, 1, null, 50, 0.1, null), new ModelledPoint(null, null, 0.01))]));
    }

    private static ComparedPoint Point(double measured, double modelled, (double Measured, double Modelled)? ttft = null, (double Measured, double Modelled)? itl = null) =>
        new(new BenchmarkPoint(1_000, 200, 8, null, measured, ttft?.Measured, itl?.Measured), new ModelledPoint(modelled, ttft?.Modelled, itl?.Modelled));
}
