using System.Globalization;

namespace Planner.Data.Feeds;

/// <summary>Reads a price from its text, never through a binary float: 2.5e-06 is exactly 2.5 per million.</summary>
internal static class FeedPrice
{
    /// <summary>Decimal places of a price per million tokens. Feeds carry float noise from the 16th digit on; list prices need six places.</summary>
    internal const int DecimalPlaces = 8;

    private const decimal MillionTokens = 1_000_000m;

    // No price is near; the limit keeps the product within decimal's range.
    private const decimal LargestPrice = 1_000_000m;

    /// <summary>Converts USD per token to USD per million tokens.</summary>
    /// <param name="text">A JSON number.</param>
    /// <param name="usdPerMillion">The price, half to even at <see cref="DecimalPlaces"/>.</param>
    /// <returns>False for numbers that no price can be: too large to hold, or so small that nothing would be left of them.</returns>
    internal static bool TryPerMillion(ReadOnlySpan<byte> text, out decimal usdPerMillion) => TryPerMillion(text, 1, out usdPerMillion);

    /// <summary>Converts USD per so many tokens to USD per million tokens.</summary>
    /// <param name="text">A JSON number.</param>
    /// <param name="tokens">Tokens that the price is for: 1, a thousand or a million.</param>
    /// <param name="usdPerMillion">The price, half to even at <see cref="DecimalPlaces"/>.</param>
    /// <returns>As <see cref="TryPerMillion(ReadOnlySpan{byte}, out decimal)"/>.</returns>
    internal static bool TryPerMillion(ReadOnlySpan<byte> text, int tokens, out decimal usdPerMillion)
    {
        usdPerMillion = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) || Math.Abs(price) > LargestPrice)
            return false;
        usdPerMillion = Math.Round(price * (MillionTokens / tokens), DecimalPlaces);
        return usdPerMillion != 0 || IsZero(text);
    }

    /// <summary>Whether a text is a decimal number in JSON's form, whatever its size.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("-"u8))
            text = text[1..];
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        var power = exponent < 0 ? "0"u8 : text[(exponent + 1)..];
        if (power.StartsWith("+"u8) || power.StartsWith("-"u8))
            power = power[1..];
        var point = mantissa.IndexOf((byte)'.');
        return AreDigits(power) && AreDigits(point < 0 ? mantissa : mantissa[..point]) && (point < 0 || AreDigits(mantissa[(point + 1)..]));
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsZero(ReadOnlySpan<byte> text)
    {
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        return !(exponent < 0 ? text : text[..exponent]).ContainsAnyInRange((byte)'1', (byte)'9');
    }
}
