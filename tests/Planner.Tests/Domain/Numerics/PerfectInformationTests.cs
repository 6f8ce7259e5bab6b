using Planner.Domain.Numerics;
using Xunit;

namespace Planner.Tests.Domain.Numerics;

public class PerfectInformationTests
{
    private const int Samples = 10_000;

    // Means 20 and 21.5; the cheaper of each pair is 10, 12, 20, 14, with the mean 14.
    [Fact]
    public void Knowing_all_saves_the_difference_to_the_cheapest_of_each_sample() =>
        Assert.Equal(new InformationValue(6, null), PerfectInformation.Total([[10, 30, 20, 20], [40, 12, 20, 14]]));

    // A costs 100, B 70 to 130 evenly in x: without knowing 100, knowing x B below a half, whose mean is 85: 100 − (85 + 100) ÷ 2 = 7.5.
    [Fact]
    public void Knowing_a_uniform_input_is_worth_an_eighth_of_the_swing()
    {
        var points = Points(3);
        var noise = Column(points, 1).Select(NormalDistribution.Quantile).ToArray();
        double[][] costs = [[.. noise.Select(z => 100 + (20 * z))], [.. Column(points, 0).Zip(noise, (x, z) => 70 + (60 * x) + (20 * z))]];

        Assert.Equal(7.5, PerfectInformation.Of(Column(points, 0), costs).Value!.Value, 0.1);
        Assert.Equal(7.5, PerfectInformation.Total(costs).Value!.Value, 0.1);
    }

    // B − A = 1 + 2x + 1.5y with standard normal x and y, together a deviation of 2.5. Unit normal loss φ(t) − t·Φ(−t), from tables of φ and Φ:
    // 0.19780 at t = 1 ÷ 2 for x, 0.15112 at 1 ÷ 1.5 for y, 0.23044 at 1 ÷ 2.5 for both.
    [Fact]
    public void Knowing_a_normal_input_is_worth_its_deviation_times_the_unit_loss()
    {
        var points = Points(3);
        var (x, y) = (Normal(points, 0), Normal(points, 1));
        double[][] costs = [[.. x.Select(_ => 0.0)], [.. x.Zip(y, (x, y) => 1 + (2 * x) + (1.5 * y))]];

        Assert.Equal(2 * 0.19780, PerfectInformation.Of(x, costs).Value!.Value, 0.02);
        Assert.Equal(1.5 * 0.15112, PerfectInformation.Of(y, costs).Value!.Value, 0.02);
        Assert.Equal(2.5 * 0.23044, PerfectInformation.Total(costs).Value!.Value, 0.005);
    }

    // Two equal options that differ by z: all in all worth 0.3989. Bins that were judged by their own means would say 0.02.
    [Fact]
    public void Knowing_an_input_without_influence_is_worth_next_to_nothing()
    {
        var points = Points(20);
        var z = Normal(points, 0);
        double[][] costs = [[.. z.Select(_ => 0.0)], z];
        var worth = Enumerable.Range(1, 19).Select(axis => PerfectInformation.Of(Column(points, axis), costs).Value!.Value).ToList();

        Assert.Equal(0.3989, PerfectInformation.Total(costs).Value!.Value, 0.002);
        Assert.InRange(worth.Average(), 0, 0.005);
        Assert.InRange(worth.Max(), 0, 0.02);
    }

    [Fact]
    public void Knowing_one_input_is_never_worth_more_than_knowing_all()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var samples = random.Next(1, 400);
            double[] Draw() => [.. Enumerable.Range(0, samples).Select(_ => random.NextDouble())];
            double[][] costs = [Draw(), Draw(), [.. Draw().Select(cost => cost < 0.1 ? double.NaN : cost)]];

            Assert.InRange(PerfectInformation.Of(Draw(), costs).Value!.Value, 0, PerfectInformation.Total(costs).Value!.Value);
        }
    }

    [Fact]
    public void Single_option_leaves_nothing_to_decide()
    {
        var x = Column(Points(1), 0);

        Assert.Equal(0, PerfectInformation.Of(x, [x]).Value);
        Assert.Equal(0, PerfectInformation.Total([x]).Value);
    }

    [Fact]
    public void Input_that_does_not_vary_is_worth_nothing()
    {
        var x = Column(Points(1), 0);

        Assert.Equal(0, PerfectInformation.Of([.. x.Select(_ => 3.0)], [x, [.. x.Select(_ => 0.5001)]]).Value);
    }

    // An input of two values, evenly: B costs 90 with the one and 120 with the other, A 100: (0 + 10) ÷ 2.
    [Fact]
    public void Input_of_two_values_is_known_by_value()
    {
        var x = Column(Points(1), 0).Select(u => u < 0.5 ? 1.0 : 2.0).ToArray();

        Assert.Equal(5, PerfectInformation.Of(x, [[.. x.Select(_ => 100.0)], [.. x.Select(value => value == 1 ? 90.0 : 120)]]).Value!.Value, 0.01);
    }

    // B costs 60 where it can serve, which is up to x = 0.7; A always serves for 100. Without knowing x only A will do; knowing it saves 40 in 70 % of cases.
    [Fact]
    public void Knowing_whether_an_option_can_serve_is_worth_what_it_saves_where_it_can()
    {
        var x = Column(Points(1), 0);
        double[][] costs = [[.. x.Select(_ => 100.0)], [.. x.Select(load => load > 0.7 ? double.NaN : 60)]];

        Assert.Equal(28, PerfectInformation.Total(costs).Value!.Value, 0.05);
        // The bin in which it begins to fail counts as failing: at most 1 in 40 of 40.
        Assert.InRange(PerfectInformation.Of(x, costs).Value!.Value, 27, 28.05);
    }

    // B fails in 1 of 200 samples whatever x is: bins of 250 without a failure are common, and mean nothing.
    [Fact]
    public void Bins_without_failure_by_luck_are_worth_nothing()
    {
        var points = Points(2);
        var random = new Random(8);
        double[][] costs = [[.. points.Select(_ => 100.0)], [.. points.Select(_ => random.NextDouble() < 0.005 ? double.NaN : 60)]];

        Assert.Equal(0, PerfectInformation.Of(Column(points, 0), costs).Value);
        Assert.InRange(PerfectInformation.Total(costs).Value!.Value, 39, 40);
    }

    [Fact]
    public void Without_an_option_for_every_sample_the_value_is_unknown()
    {
        var expected = new InformationValue(
            null, "No option serves in every sample, so none can be chosen as things stand, and knowing more cannot be priced against that choice.");
        double[][] costs = [[1, double.NaN], [double.NaN, 1]];

        Assert.Equal(expected, PerfectInformation.Total(costs));
        Assert.Equal(expected, PerfectInformation.Of([1, 2], costs));
    }

    [Fact]
    public void Unfit_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PerfectInformation.Total([]));
        Assert.Throws<ArgumentException>(() => PerfectInformation.Total([[]]));
        Assert.Throws<ArgumentException>(() => PerfectInformation.Total([[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => PerfectInformation.Total([[1, double.PositiveInfinity]]));
        Assert.Throws<ArgumentException>(() => PerfectInformation.Of([1], [[1, 2]]));
        Assert.Throws<ArgumentException>(() => PerfectInformation.Of([1, double.NaN], [[1, 2]]));
    }

    private static double[][] Points(int dimensions)
    {
        var sequence = new ScrambledHalton(dimensions, 17);
        var points = new double[Samples][];
        for (var i = 0; i < Samples; i++)
            sequence.Fill(i, points[i] = new double[dimensions]);
        return points;
    }

    private static double[] Column(double[][] points, int axis) => [.. points.Select(point => point[axis])];

    private static double[] Normal(double[][] points, int axis) => [.. points.Select(point => NormalDistribution.Quantile(point[axis]))];
}
