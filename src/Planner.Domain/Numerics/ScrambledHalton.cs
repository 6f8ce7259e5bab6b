namespace Planner.Domain.Numerics;

/// <summary>Quasi-random points in the open unit cube: they fill it more evenly than random ones, so that averages over them settle sooner.</summary>
/// <remarks>
/// Dimension j holds the digits of the point's index in the j-th prime base, mirrored at the point. Every digit of every dimension goes through a random
/// permutation of its own (Owen, "A randomized Halton algorithm in R", 2017); without, the first points of two large bases run along a line. So no point
/// need be left out at the start. The same seed gives the same points, the leading dimensions also where there are more of them. Safe for several threads.
/// </remarks>
public sealed class ScrambledHalton
{
    /// <summary>Most dimensions a point may have.</summary>
    public const int MaxDimensions = 256;

    /// <summary>Digits of small bases are looked up together, in tables up to this long.</summary>
    private const int TableLength = 1024;

    private readonly Axis[] _axes;

    /// <param name="dimensions">Coordinates of a point, 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="seed">Which permutations of the digits to use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimensions are out of range.</exception>
    public ScrambledHalton(int dimensions, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        _axes = new Axis[dimensions];
        var random = new SplitMix64(seed);
        var primes = new List<int>();
        for (var candidate = 2; primes.Count < dimensions; candidate++)
        {
            if (primes.Exists(prime => candidate % prime == 0))
                continue;
            _axes[primes.Count] = new Axis(candidate, random);
            primes.Add(candidate);
        }
    }

    /// <summary>Writes one point, each coordinate above 0 and below 1.</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="point">Room for its coordinates, as long as there are dimensions.</param>
    /// <exception cref="ArgumentException">The index is below 0, or the room has another length.</exception>
    public void Fill(int index, Span<double> point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (point.Length != _axes.Length)
            throw new ArgumentException("A point has one coordinate for each dimension.", nameof(point));
        for (var i = 0; i < point.Length; i++)
            point[i] = _axes[i].At((uint)index);
    }

    /// <summary>One dimension. A digit here is one of a group of digits: of base 2 there are ten in a table of 1,024.</summary>
    private readonly struct Axis
    {
        private readonly uint _group;
        private readonly double[] _values;
        private readonly double[] _rest;

        public Axis(int prime, SplitMix64 random)
        {
            var (digits, group) = (1, prime);
            for (; group * prime <= TableLength; digits++)
                group *= prime;
            // As many places as the largest index has, so that no two points share a coordinate.
            var places = (int)Math.Ceiling(31 / Math.Log2(group));
            _group = (uint)group;
            _values = new double[places * group];
            var permutation = new int[prime];
            var cell = 1.0;
            for (var place = 0; place < places; place++)
            {
                cell /= group;
                var values = _values.AsSpan(place * group, group);
                var weight = group;
                var step = 1;
                for (var digit = 0; digit < digits; digit++)
                {
                    weight /= prime;
                    Shuffle(permutation, random);
                    for (var i = 0; i < group; i++)
                        values[i] += permutation[i / step % prime] * weight;
                    step *= prime;
                }

                for (var i = 0; i < group; i++)
                    values[i] *= cell;
            }

            // What the places above an index's last add: their permuted zeros, and half a cell for all beyond the last place, which keeps off 0 and 1.
            _rest = new double[places + 1];
            _rest[places] = cell / 2;
            for (var place = places - 1; place >= 0; place--)
                _rest[place] = _rest[place + 1] + _values[place * group];
        }

        public double At(uint index)
        {
            var (value, place, start) = (0.0, 0, 0);
            do
            {
                var left = index / _group;
                value += _values[start + (int)(index - (left * _group))];
                index = left;
                start += (int)_group;
                place++;
            }
            while (index > 0);

            return value + _rest[place];
        }

        private static void Shuffle(int[] permutation, SplitMix64 random)
        {
            for (var i = 0; i < permutation.Length; i++)
            {
                var j = random.Below(i + 1);
                permutation[i] = permutation[j];
                permutation[j] = i;
            }
        }
    }
}
