using System.Globalization;

namespace Planner.Data.Feeds;

/// <summary>Reads a price per token from its text, never through a binary float: 2.5e-06 is exactly 2.5 per million.</summary>
internal static class FeedPrice
{
    /// <summary>Decimal places of a price per million tokens. Feeds carry float noise from the 16th digit on; list prices need six places.</summary>
    internal const int DecimalPlaces = 8;

    private const decimal TokensPerPrice = 1_000_000m;

    // No price is near; the limit keeps the product within decimal's range.
    private const decimal LargestUsdPerToken = 1_000_000m;

    /// <summary>Converts USD per token to USD per million tokens.</summary>
    /// <param name="text">A JSON number.</param>
    /// <param name="usdPerMillion">The price, half to even at <see cref="DecimalPlaces"/>.</param>
    /// <returns>False for numbers that no price can be: too large to hold, or so small that nothing would be left of them.</returns>
    internal static bool TryPerMillion(ReadOnlySpan<byte> text, out decimal usdPerMillion)
    {
        usdPerMillion = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var perToken) || Math.Abs(perToken) > LargestUsdPerToken)
            return false;
        usdPerMillion = Math.Round(perToken * TokensPerPrice, DecimalPlaces);
        return usdPerMillion != 0 || IsZero(text);
    }

    private static bool IsZero(ReadOnlySpan<byte> text)
    {
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        return !(exponent < 0 ? text : text[..exponent]).ContainsAnyInRange((byte)'1', (byte)'9');
    }
}
