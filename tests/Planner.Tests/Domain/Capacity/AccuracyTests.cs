using Planner.Domain.Capacity;
using Planner.Domain.Numerics;
using Xunit;
using static Planner.Tests.Domain.Capacity.CapacityRows;

namespace Planner.Tests.Domain.Capacity;

public sealed class AccuracyTests
{
    private static readonly Band Plus20 = new(0.8, 1, 1.2);
    private static readonly ErrorBand Known = new(BandClass.DenseKnown, new BandSet(Plus20, Plus20, Plus20), 100, 100);

    [Fact]
    public void Statistics_are_those_worked_out_by_hand()
    {
        // Predicted ÷ measured − 1: 0.1, −0.2, 0.5 and 0.
        var statistics = Accuracy.Statistics([new(110, 100, Plus20), new(160, 200, Plus20), new(450, 300, Plus20), new(400, 400, Plus20)]);

        Assert.Equal(4, statistics.N);
        Assert.Equal(0.15, statistics.MedianError!.Value, 12);
        Assert.Equal(0.41, statistics.P90Error!.Value, 12);
        Assert.Equal(0.05, statistics.Bias!.Value, 12);
        Assert.Equal(0.75, statistics.Within25);
        Assert.Equal(1, statistics.Within50);
        Assert.Equal(0.8, statistics.RankCorrelation!.Value, 12);
        // 100 lies in 88 to 132 and 400 in 320 to 480; 200 is not in 128 to 192, 300 not in 360 to 540.
        Assert.Equal(0.5, statistics.BandCoverage);
    }

    [Fact]
    public void Without_rows_nothing_is_claimed() => Assert.Equal(new ErrorStatistics(0, null, null, null, null, null, null, null), Accuracy.Statistics([]));

    [Fact]
    public void Equal_values_share_their_mean_rank() => Assert.Equal(0.948683, SampleStatistics.RankCorrelation([1, 2, 2, 4], [1, 2, 3, 4])!.Value, 6);

    [Fact]
    public void One_value_has_no_order() => Assert.Null(SampleStatistics.RankCorrelation([5, 5, 5], [1, 2, 3]));

    [Fact]
    public void Pairs_that_differ_by_more_than_15_percent_are_put_in_order()
    {
        // 100 against 200: wrong. 100 against 210: right. 200 against 210: as good as equal.
        var report = Report([Run(100), Run(200), Run(210)], [120, 90, 300]);

        Assert.Equal((0.5, 2), (report.PairOrder, report.Pairs));
    }

    [Fact]
    public void Runs_of_different_models_are_no_pair()
    {
        var report = Report([Run(100), Run(200, model: "b")], [100, 200]);

        Assert.Null(report.PairOrder);
    }

    [Fact]
    public void What_is_said_not_to_fit_counts_as_wholly_wrong_for_the_rate_and_not_for_times()
    {
        var report = Report([Run(100, itl: 0.02), Run(200, itl: 0.02)], [0, 200]);

        Assert.Equal((1, 2, 1), (report.DoesNotFit, report.OutputTokensPerSecond.N, report.Itl.N));
        Assert.Equal(0.5, report.OutputTokensPerSecond.MedianError);
    }

    [Theory]
    [InlineData("tgi")]
    [InlineData("text-generation-inference")]
    public void Tgi_is_reported_apart(string engine)
    {
        var report = Report([Run(100), Run(100, engine)], [100, 300]);

        Assert.Equal(1, report.Rows);
        Assert.Equal(0, report.OutputTokensPerSecond.MedianError);
        Assert.Equal(2, report.ByEngine[engine].OutputTokensPerSecond.Bias);
    }

    private static AccuracyReport Report(IReadOnlyList<CalibrationRow> rows, double[] rates) => Accuracy.Of(
        rows, [.. rates.Select(rate => new CalibrationPrediction(rate, rate > 0 ? 0.1 : 0, rate > 0 ? 0.01 : 0, new Layout(1)))], (_, _) => Known);
}
