using Planner.Domain.Capacity;
using Xunit;
using static Planner.Tests.Domain.Capacity.CapacityRows;

namespace Planner.Tests.Domain.Capacity;

public sealed class ErrorBandTests
{
    private static readonly Calibration Two = Calibration.Shipped with
    {
        Counts = new CalibrationCounts(
            new Dictionary<string, int> { ["known"] = 602, ["few"] = 3 }, new Dictionary<string, int> { ["known"] = 1650 }, new Dictionary<string, int>()),
    };

    [Fact]
    public void What_the_calibration_has_rows_of_is_said_with_their_number()
    {
        var band = Of(Spec());

        Assert.Equal(BandClass.DenseKnown, band.Class);
        Assert.Equal("Calibrated on 602 rows of this model and 1,650 of this GPU.", band.Sentence);
    }

    [Fact]
    public void A_new_gpu_widens_the_band()
    {
        var band = Of(Spec(), gpu: "other");

        Assert.Equal(BandClass.DenseNew, band.Class);
        Assert.Equal("No rows of this GPU and 602 of this model in the calibration: the band is wider.", band.Sentence);
    }

    [Fact]
    public void Three_rows_do_not_make_a_model_known()
    {
        var band = Of(Spec(), model: "few");

        Assert.Equal(BandClass.DenseNew, band.Class);
        Assert.Equal("Only a few rows (3) of this model and 1,650 of this GPU in the calibration: the band is wider.", band.Sentence);
    }

    [Fact]
    public void Each_kind_has_its_class()
    {
        Assert.Equal(BandClass.NewTwice, Of(Spec(), "other", "other").Class);
        Assert.Equal(BandClass.Experts, Of(Spec(Experts)).Class);
        Assert.Equal(BandClass.PcieTensorParallel, Of(Spec(gpu: Pcie, tensor: 2)).Class);
        Assert.Equal(BandClass.DenseKnown, Of(Spec(gpu: Pcie)).Class);
        Assert.Equal(BandClass.Amd, Of(Spec(gpu: Amd)).Class);
        Assert.Equal(BandClass.Amd2024, Of(Spec(gpu: Amd) with { Software2024 = true }).Class);
        Assert.Equal(BandClass.Gaudi, Of(Spec(gpu: Gaudi)).Class);
        Assert.Equal(BandClass.SingleUser, ErrorBand.Of(Two, "known", "known", Spec() with { Engine = EngineTiming.LlamaCpp }).Class);
    }

    [Fact]
    public void Every_kind_has_bands_in_order_and_a_sentence() => Assert.All(Enum.GetValues<BandClass>(), kind =>
    {
        var band = new ErrorBand(kind, Calibration.Shipped.Bands[kind], 100, 100);

        Assert.All([band.Throughput, band.Itl, band.Ttft], range => Assert.True(0 < range.Low && range.Low < range.Centre && range.Centre < range.High));
        Assert.EndsWith(".", band.Sentence, StringComparison.Ordinal);
    });

    [Fact]
    public void Less_known_is_wider()
    {
        double Width(BandClass kind) => Calibration.Shipped.Bands[kind].Throughput.High / Calibration.Shipped.Bands[kind].Throughput.Low;

        Assert.True(Width(BandClass.DenseKnown) < Width(BandClass.Experts));
        Assert.True(Width(BandClass.Experts) < Width(BandClass.NewTwice));
    }

    private static ErrorBand Of(ReplicaSpec spec, string model = "known", string gpu = "known") => ErrorBand.Of(Two, model, gpu, spec);
}
