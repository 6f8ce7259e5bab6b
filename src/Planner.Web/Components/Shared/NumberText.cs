using System.Globalization;
using System.Text.RegularExpressions;

namespace Planner.Web.Components.Shared;

/// <summary>What was read from a number as people type it.</summary>
/// <param name="Value">The number; null where nothing was entered or it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
public readonly record struct NumberReading(decimal? Value, string? Problem);

/// <summary>Reads and writes numbers as people type them: "10M", "1.5B", "10 Mio.", "1,000", "2e6".</summary>
public static partial class NumberText
{
    // Longer than any number worth typing; bounds the work of the pattern.
    private const int Longest = 64;

    /// <summary>Reads a number; empty text is no number and no problem.</summary>
    /// <remarks>
    /// A separator that could be read in two ways ("1,5" where the comma groups) is refused, since a guess would be wrong by a factor of ten.
    /// </remarks>
    public static NumberReading Read(string? text, CultureInfo culture)
    {
        var entered = text?.Trim() ?? "";
        if (entered.Length == 0)
        {
            return default;
        }

        if (entered.Length > Longest || Form().Match(entered) is not { Success: true } form)
        {
            return Refused(Texts.NumberUnreadable, entered);
        }

        var decimalMark = culture.NumberFormat.NumberDecimalSeparator == "," ? ',' : '.';
        var parts = form.Groups["digits"].Value.Split(decimalMark);
        if (parts.Length > 2 || (parts.Length == 2 && !parts[1].All(char.IsAsciiDigit)))
        {
            return Refused(Texts.NumberUnreadable, entered);
        }

        if (!parts[0].All(char.IsAsciiDigit) && !Grouped().IsMatch(parts[0]))
        {
            return new(null, Texts.NumberGrouping.With(entered, decimalMark));
        }

        try
        {
            var whole = string.Concat(parts[0].Where(char.IsAsciiDigit));
            var fraction = parts.Length == 2 ? parts[1] : "";
            var size = decimal.Parse($"0{whole}.{fraction}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            var exponent = form.Groups["exponent"] is { Success: true } written ? int.Parse(written.Value, CultureInfo.InvariantCulture) : 0;
            exponent += Power(form.Groups["unit"].Value);
            for (; exponent > 0; exponent--)
            {
                size *= 10;
            }

            for (; exponent < 0; exponent++)
            {
                size /= 10;
            }

            return new(form.Groups["sign"].Value is "-" or "−" ? -size : size, null);
        }
        catch (OverflowException)
        {
            return new(null, Texts.NumberTooLarge);
        }
    }

    /// <summary>All digits, grouped in the culture's way.</summary>
    public static string Write(decimal? value, CultureInfo culture) => value?.ToString("#,0.############", culture) ?? "";

    private static NumberReading Refused(string message, string entered) => new(null, message.With(entered));

    private static int Power(string unit) => unit.ToUpperInvariant() switch
    {
        "K" or "TSD" => 3,
        "M" or "MN" or "MIO" => 6,
        "B" or "BN" or "MRD" => 9,
        "T" or "BIO" => 12,
        _ => 0,
    };

    [GeneratedRegex(
        @"^(?<sign>[-+−]?)\s*\$?(?<digits>[0-9.,'’_\s]*[0-9][0-9.,'’_\s]*?)(e(?<exponent>[-+]?[0-9]{1,2}))?\s*((?<unit>k|mn?|bn?|t)|(?<unit>tsd|mio|mrd|bio)\.?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[0-9]{1,3}(?<mark>[.,'’_\s])[0-9]{3}(\k<mark>[0-9]{3})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
