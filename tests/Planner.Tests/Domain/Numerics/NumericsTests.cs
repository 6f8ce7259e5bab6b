using Planner.Domain.Numerics;
using Xunit;

namespace Planner.Tests.Domain.Numerics;

public class NumericsTests
{
    // Values of Φ to 15 digits from published tables of the normal distribution.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1.96, 0.024997895148220)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-5, 2.866515718791939e-7)]
    public void Normal_distribution_matches_tables(double z, double expected) => Assert.Equal(expected, NormalDistribution.Cdf(z), 1e-13);

    [Fact]
    public void Quotient_of_a_third_is_not_rounded_up() => Assert.Equal(3, new ExactQuotient([0.1m], [0.3m]).CeilingTimes(9m));

    [Fact]
    public void Quotient_a_hair_above_a_whole_number_is_rounded_up() => Assert.Equal(4, new ExactQuotient([1.0000000000000000000000001m], [1m]).CeilingTimes(3m));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public void Inverse_is_where_the_ceiling_steps(long count)
    {
        var quotient = new ExactQuotient([3m, 0.7m], [11m]);
        var edge = (decimal)quotient.Inverse(count);
        Assert.Equal(count, quotient.CeilingTimes(edge * 0.9999999m));
        Assert.Equal(count + 1, quotient.CeilingTimes(edge * 1.0000001m));
    }

    [Fact]
    public void Beyond_all_bounds_is_the_largest_number() => Assert.Equal(long.MaxValue, new ExactQuotient([1e20m, 1e8m], [1m]).CeilingTimes(1m));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(999_999_999_999)]
    public void Steps_reach_whole_numbers_at_the_nearest_double(long count)
    {
        // 500 ÷ (125 × 2,592,000) of a replica a request: count × 648,000 requests, and with 7 replicas a request a seventh, which no double is.
        Assert.Equal(count * 648_000d, new ExactQuotient([500m], [125m, 2_592_000m]).Steps([]).At(count));
        Assert.Equal(count / 7.0, new ExactQuotient([7m], [1m]).Steps([]).At(count));
        // 0.1 × (3 + x) reaches count at 10 × count − 3.
        Assert.Equal((10d * count) - 3, new ExactQuotient([1m], [10m]).Steps([1m], 3m).At(count));
    }
}
