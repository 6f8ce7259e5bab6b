namespace Planner.Domain.Numerics;

/// <summary>A small generator of random numbers whose sequence for a seed is fixed for good; that of <see cref="Random"/> is not promised to be.</summary>
/// <remarks>Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, with the constants of Vigna's version.</remarks>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var bits = _state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1, each equally likely to within 2⁻³³.</summary>
    /// <param name="count">How many, at least 1.</param>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);
}
