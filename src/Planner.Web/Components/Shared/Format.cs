using System.Globalization;
using Planner.Domain;

namespace Planner.Web.Components.Shared;

/// <summary>Figures as text: on screen in the reader's culture, in files invariant. Unknown (null) is <see cref="Unknown"/>, never zero.</summary>
public static class Format
{
    /// <summary>What stands for a figure that is not known.</summary>
    public const string Unknown = "—";

    private const string Minus = "−";

    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB"];

    private static readonly (double From, Func<string> Unit)[] Scales = [(1e12, () => Domain.Texts.ScaleTrillion), (1e9, () => Domain.Texts.ScaleBillion), (1e6, () => Domain.Texts.ScaleMillion)];

    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    /// <summary>Full cents, as in tables: "$8,167.68". Below a cent as many decimals as show something.</summary>
    public static string Money(decimal? usd) => Money(usd, DisplayCurrency.Usd);

    /// <summary>The same in a display currency: "€7,514.27"; "JPY 1,269,675", which has no cents.</summary>
    public static string Money(decimal? usd, DisplayCurrency currency)
    {
        if (In(currency, usd) is not { } amount)
        {
            return Unknown;
        }

        var (least, digits) = currency.HasCents ? (0.01m, "N2") : (1m, "N0");
        return amount != 0 && Math.Abs(amount) < least ? Rate(usd, currency) : Signed(amount, currency.With(Math.Abs(amount).ToString(digits, Culture)));
    }

    /// <summary>For headlines: whole dollars from $1,000 on, else cents.</summary>
    public static string MoneyHeadline(decimal? usd) => MoneyHeadline(usd, DisplayCurrency.Usd);

    /// <summary>The same in a display currency: "€7,514".</summary>
    public static string MoneyHeadline(decimal? usd, DisplayCurrency currency) =>
        In(currency, usd) is { } amount && Math.Abs(amount) >= 1000 ? Signed(amount, currency.With(Math.Abs(amount).ToString("N0", Culture))) : Money(usd, currency);

    /// <summary>A price per unit: at least two decimals, at most three that say something: "$2.50", "$5.672", "$0.0375".</summary>
    public static string Rate(decimal? usd) => Rate(usd, DisplayCurrency.Usd);

    /// <summary>The same in a display currency: "€2.30".</summary>
    public static string Rate(decimal? usd, DisplayCurrency currency)
    {
        if (In(currency, usd) is not { } amount)
        {
            return Unknown;
        }

        var size = Math.Abs(amount);
        var decimals = size is > 0 and < 1 ? Math.Min(18, 2 - (int)Math.Floor(Math.Log10((double)size))) : 3;
        var rounded = Math.Round(size, decimals);
        var digits = currency.HasCents ? "00" + new string('#', Math.Max(0, decimals - 2)) : new string('#', decimals);
        return Signed(amount, currency.With(rounded.ToString($"#,0.{digits}", Culture)));
    }

    /// <inheritdoc cref="Rate(decimal?)"/>
    public static string Rate(double? usd) => Rate(usd, DisplayCurrency.Usd);

    /// <inheritdoc cref="Rate(decimal?, DisplayCurrency)"/>
    public static string Rate(double? usd, DisplayCurrency currency) => usd is { } amount && double.IsFinite(amount) && Math.Abs(amount) < 1e22 ? Rate((decimal)amount, currency) : Unknown;

    /// <summary>A count to read at a glance: "10.89 M", "1.5 B", "950,000", "211.6".</summary>
    public static string Count(double? value)
    {
        if (value is not { } count || !double.IsFinite(count))
        {
            return Unknown;
        }

        var size = Math.Abs(count);
        foreach (var (from, unit) in Scales)
        {
            // 999,996 would round up to a million of the unit below, so the next one takes over a little early.
            if (size >= from * 0.999995)
            {
                return Signed(count, $"{(size / from).ToString("#,0.##", Culture)} {unit()}");
            }
        }

        return Signed(count, size.ToString(size >= 1000 ? "N0" : size >= 1 ? "0.##" : "0.####", Culture));
    }

    /// <summary>Every digit: "10,890,240".</summary>
    public static string Number(decimal? value) => value is { } number ? Signed(number, Math.Abs(number).ToString("#,0.############", Culture)) : Unknown;

    /// <summary>A size at a glance: "12.4 MB", thousands to a unit.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } size)
            return Unknown;
        var (value, unit) = ((double)size, 0);
        // 999.95 would be shown as a thousand.
        for (; value >= 999.95 && unit < ByteUnits.Length - 1; unit++)
            value /= 1000;
        return $"{value.ToString(unit == 0 ? "0" : "0.#", Culture)} {ByteUnits[unit]}";
    }

    /// <inheritdoc cref="Percent(double?)"/>
    public static string Percent(decimal? share) => Percent((double?)share);

    /// <summary>A share; 0.08 is "8 %". Below 10 % with one decimal.</summary>
    public static string Percent(double? share)
    {
        if (share is not { } part || !double.IsFinite(part))
        {
            return Unknown;
        }

        return Percent(part, fine: Math.Abs(part) < 0.0995);
    }

    /// <summary>Shares of one whole, each with a decimal where one of them needs it, so that they add up: "95.5 %" and "4.5 %".</summary>
    public static IReadOnlyList<string> Percents(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var fine = shares.Any(share => share is > 0 and < 0.0995);
        return [.. shares.Select(share => double.IsFinite(share) ? Percent(share, fine) : Unknown)];
    }

    /// <summary>How long ago, in words: "just now", "2 min ago", "5 days ago".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => Texts.AgeNow,
        { TotalHours: < 1 } => Texts.AgeMinutes.With((int)age.TotalMinutes),
        { TotalDays: < 1 } => Texts.AgeHours.With((int)age.TotalHours),
        { TotalDays: < 2 } => Texts.AgeOneDay,
        _ => Texts.AgeDays.With((int)age.TotalDays),
    };

    /// <summary>A day: "2026-08-01".</summary>
    public static string Day(DateOnly? day) => day is { } known ? Wording.Day(known) : Unknown;

    /// <summary>A month on an axis: "Dec 26".</summary>
    public static string Month(DateOnly? month) => month?.ToString("MMM yy", Culture) ?? Unknown;

    /// <summary>A moment: "2026-08-01 14:05 UTC".</summary>
    public static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>For files: no grouping, a point before decimals, no exponent; empty where unknown.</summary>
    public static string Invariant(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";

    /// <inheritdoc cref="Invariant(decimal?)"/>
    public static string Invariant(double? value) => value is not { } number || !double.IsFinite(number)
        ? ""
        : Math.Abs(number) is 0 or (>= 1e-9 and < 1e27) ? Invariant((decimal)number) : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Percent(double share, bool fine) => Signed(share, $"{(Math.Abs(share) * 100).ToString(fine ? "0.#" : "#,0", Culture)} %");

    private static decimal? In(DisplayCurrency currency, decimal? usd)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return usd is { } amount ? currency.From(amount) : null;
    }

    private static string Signed(decimal value, string size) => value < 0 ? Minus + size : size;

    private static string Signed(double value, string size) => value < 0 ? Minus + size : size;
}
