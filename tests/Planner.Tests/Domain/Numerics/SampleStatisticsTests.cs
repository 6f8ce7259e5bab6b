using Planner.Domain.Numerics;
using Xunit;

namespace Planner.Tests.Domain.Numerics;

public class SampleStatisticsTests
{
    // From a spreadsheet: =PERCENTILE(A1:G1;0.05) and so on.
    [Theory]
    [InlineData(0.05, -0.8375)]
    [InlineData(0.37, 2.33)]
    [InlineData(0.9, 8.85)]
    [InlineData(0, -1.25)]
    [InlineData(1, 10.5)]
    public void Quantile_is_that_of_a_spreadsheet(double share, double expected)
    {
        double[] values = [3.5, -1.25, 7.75, 2, 10.5, 0.125, 6];

        Assert.Equal(expected, SampleStatistics.Quantile(values, share), 1e-12);
        Assert.Equal(expected, SampleStatistics.QuantileOfSorted(values.Order().ToArray(), share), 1e-12);
        Assert.Equal(3.5, values[0]);
    }

    [Fact]
    public void One_value_is_every_quantile() => Assert.Equal(4, SampleStatistics.QuantileOfSorted([4], 0.3));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 1, double.NaN, 2 })]
    [InlineData(new[] { 1, double.PositiveInfinity })]
    public void Sample_without_a_quantile_is_refused(double[] values) => Assert.Throws<ArgumentException>(() => SampleStatistics.Quantile(values, 0.5));

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Share_beyond_0_and_1_is_refused(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => SampleStatistics.Quantile([1, 2], share));
}
