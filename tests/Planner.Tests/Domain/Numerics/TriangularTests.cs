using Planner.Domain.Numerics;
using Xunit;

namespace Planner.Tests.Domain.Numerics;

public class TriangularTests
{
    // Areas by hand: the density over 10 to 50 with its peak 0.05 at 20 has 0.25 below 20, of which a quarter below 15; above 35 lies a quarter of 0.75.
    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.0625, 15)]
    [InlineData(0.25, 20)]
    [InlineData(0.8125, 35)]
    [InlineData(1, 50)]
    public void Quantile_is_where_the_area_below_is_the_probability(double probability, double expected) =>
        Assert.Equal(expected, new Triangular(10, 20, 50).Quantile(probability), 1e-12);

    // A right triangle: the share below a point is the square of its distance from the low end, in widths.
    [Fact]
    public void Likeliest_may_be_the_highest() => Assert.Equal(5, new Triangular(0, 10, 10).Quantile(0.25), 1e-12);

    [Fact]
    public void Likeliest_may_be_the_lowest()
    {
        Assert.Equal(5, new Triangular(0, 0, 10).Quantile(0.75), 1e-12);
        // 0.7 − 0.6 is below 0.1 in doubles.
        Assert.Equal(0.1, new Triangular(0.1, 0.1, 0.7).Quantile(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Certain_quantity_has_one_value(double probability)
    {
        Assert.Equal(0.1, new Triangular(0.1, 0.1, 0.1).Quantile(probability));
        Assert.Equal(0, default(Triangular).Quantile(probability));
    }

    [Fact]
    public void Quantiles_rise_and_stay_within_the_ends()
    {
        var price = new Triangular(0.1, 0.3, 0.7);
        var quantiles = Enumerable.Range(0, 100_001).Select(i => price.Quantile(i / 100_000.0)).ToArray();

        Assert.Equal(quantiles.Order(), quantiles);
        Assert.Equal((0.1, 0.7), (quantiles[0], quantiles[^1]));
    }

    [Theory]
    [InlineData(2, 1, 3)]
    [InlineData(1, 4, 3)]
    [InlineData(double.NaN, 1, 2)]
    [InlineData(0, 1, double.PositiveInfinity)]
    public void Values_out_of_order_are_refused(double low, double likely, double high) =>
        Assert.Throws<ArgumentException>(() => new Triangular(low, likely, high));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Probability_beyond_0_and_1_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Triangular(1, 2, 3).Quantile(probability));
}
