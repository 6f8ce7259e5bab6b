using Planner.Domain.Numerics;
using Xunit;

namespace Planner.Tests.Domain.Numerics;

public class ScrambledHaltonTests
{
    private const int Points = 10_000;

    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19];

    // First outputs for this seed, as published with the algorithm.
    [Fact]
    public void Generator_gives_its_published_sequence()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431], Enumerable.Range(0, 4).Select(_ => random.Next()));
    }

    [Fact]
    public void Seed_fixes_the_points_for_good()
    {
        double[][] expected =
        [
            [0.25476845235016299, 0.40787487486546797, 0.5805003325079553],
            [0.75476845235016299, 0.74120820819880129, 0.78050033250795525],
            [0.26358707875397158, 0.75669126903402728, 0.58053463650795512],
        ];

        Assert.Equal(expected, [Point(3, 1, 0), Point(3, 1, 1), Point(3, 1, 1_000_000)]);
    }

    [Fact]
    public void Another_seed_gives_other_points() => Assert.NotEqual(Point(3, 1, 5), Point(3, 2, 5));

    [Fact]
    public void More_dimensions_leave_the_leading_ones_alone() => Assert.Equal(Point(8, 7, 1234), Point(64, 7, 1234)[..8]);

    // What makes a Halton sequence: b, b² and b³ consecutive points from a multiple of them share out the cells of that width, one point in each.
    [Fact]
    public void Runs_of_points_visit_every_cell_once()
    {
        var points = Sequence(Primes.Length, 99);
        for (var axis = 0; axis < Primes.Length; axis++)
        {
            for (var cells = Primes[axis]; cells < 7000; cells *= Primes[axis])
            {
                var run = points.Skip(Points / cells / 2 * cells).Take(cells);

                Assert.Equal(Enumerable.Range(0, cells), run.Select(point => (int)(point[axis] * cells)).Order());
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(int.MaxValue)]
    public void Every_coordinate_is_above_0_and_below_1(int index)
    {
        for (var seed = 0UL; seed < 20; seed++)
            Assert.All(Point(ScrambledHalton.MaxDimensions, seed, index), coordinate => Assert.True(coordinate is > 0 and < 1));
    }

    // Sum of 8 uniforms at most 3: (3⁸ − 8·2⁸ + 28·1⁸) ÷ 8! = 4541 ÷ 40320 (Irwin and Hall). The last axes have the bases 263 to 311.
    [Theory]
    [InlineData(0)]
    [InlineData(28)]
    [InlineData(56)]
    public void Probability_of_an_event_is_within_half_a_point(int firstAxis)
    {
        for (var seed = 0UL; seed < 5; seed++)
        {
            var share = Sequence(64, seed).Count(point => point.Skip(firstAxis).Take(8).Sum() <= 3) / (double)Points;

            Assert.Equal(0.112624, share, 0.005);
        }
    }

    // ∏ (1 + (x − 0.5)) over 8 axes has the mean 1, and Σ x² the mean 8/3.
    [Fact]
    public void Means_are_nearer_than_those_of_random_points()
    {
        static double Product(double[] point) => point.Aggregate(1.0, (product, x) => product * (0.5 + x));
        static double Squares(double[] point) => point.Sum(x => x * x);
        static double Rms(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));
        var random = new Random(1);
        double[][] Random() => [.. Enumerable.Range(0, Points).Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextDouble()).ToArray())];
        var even = Enumerable.Range(0, 10).Select(seed => Sequence(8, (ulong)seed)).ToList();
        var rough = Enumerable.Range(0, 10).Select(_ => Random()).ToList();

        Assert.True(Rms(even.Select(points => points.Average(Product) - 1)) < Rms(rough.Select(points => points.Average(Product) - 1)) / 5);
        Assert.True(Rms(even.Select(points => points.Average(Squares) - (8 / 3.0))) < Rms(rough.Select(points => points.Average(Squares) - (8 / 3.0))) / 20);
    }

    // Unscrambled, the first 200 points of the bases 307 and 311 correlate by 1.
    [Fact]
    public void First_points_of_large_bases_do_not_run_along_a_line()
    {
        var points = Sequence(64, 3)[..200];
        double[] Axis(int axis) => [.. points.Select(point => point[axis])];
        for (var first = 50; first < 64; first++)
        {
            for (var second = first + 1; second < 64; second++)
                Assert.InRange(SampleStatistics.RankCorrelation(Axis(first), Axis(second))!.Value, -0.3, 0.3);
        }
    }

    [Fact]
    public void Unfit_requests_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScrambledHalton(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScrambledHalton(ScrambledHalton.MaxDimensions + 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Point(2, 1, -1));
        Assert.Throws<ArgumentException>(() => new ScrambledHalton(2, 1).Fill(0, new double[3]));
    }

    private static double[] Point(int dimensions, ulong seed, int index)
    {
        var point = new double[dimensions];
        new ScrambledHalton(dimensions, seed).Fill(index, point);
        return point;
    }

    private static double[][] Sequence(int dimensions, ulong seed)
    {
        var sequence = new ScrambledHalton(dimensions, seed);
        var points = new double[Points][];
        for (var i = 0; i < Points; i++)
            sequence.Fill(i, points[i] = new double[dimensions]);
        return points;
    }
}
