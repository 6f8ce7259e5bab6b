using System.Globalization;
using Planner.Domain.Catalogs;

namespace Planner.Domain;

/// <summary>Figures as they stand in sentences, in the current culture.</summary>
public static class Wording
{
    /// <summary>A duration in words: milliseconds below ten seconds.</summary>
    /// <param name="seconds">Seconds, at least 0.</param>
    public static string Seconds(double seconds) => seconds < 10 ? "{0:#,0} ms".With(seconds * 1000) : "{0:#,0} s".With(seconds);

    /// <summary>Bytes in words, gibibytes.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Gibibytes(double bytes) => "{0:#,0.0} GiB".With(bytes / (1024.0 * 1024 * 1024));

    /// <summary>A number of things: 950, 1,929, 10.89 M, 1.5 B. From a million on with at most two decimals.</summary>
    public static string Count(double value)
    {
        var size = Math.Abs(value);
        var culture = CultureInfo.CurrentCulture;
        return size switch
        {
            >= 1e17 => string.Create(culture, $"{value / 1e12:0.###E+0} {Texts.ScaleTrillion}"),
            >= 999.95e9 => string.Create(culture, $"{value / 1e12:#,0.##} {Texts.ScaleTrillion}"),
            >= 999.95e6 => string.Create(culture, $"{value / 1e9:0.##} {Texts.ScaleBillion}"),
            >= 999_950 => string.Create(culture, $"{value / 1e6:0.##} {Texts.ScaleMillion}"),
            >= 100 or 0 => value.ToString("#,0", culture),
            _ => value.ToString("0.###", culture),
        };
    }

    /// <summary>An amount in a sentence: whole units from 100 on and where the currency has no cents, else hundredths.</summary>
    /// <param name="usd">The amount, USD.</param>
    /// <param name="currency">The currency in which it is written.</param>
    public static string Money(decimal usd, DisplayCurrency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var size = Math.Abs(currency.From(usd));
        return (usd < 0 ? "−" : "") + currency.With(size.ToString(size >= 100 || !currency.HasCents ? "#,0" : "0.00", CultureInfo.CurrentCulture));
    }

    /// <summary>A day, in every language alike: 2026-08-01.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Where a catalog figure comes from: key, source and day.</summary>
    internal static string CatalogSource(string key, Provenance provenance) =>
        Texts.SourceCatalog.With(key, provenance.Source, Day(provenance.AsOf));
}
