using System.Globalization;
using Planner.Domain.Scenarios;

namespace Planner.Domain;

/// <summary>The currency in which amounts are shown. Amounts stay in USD until they are written, and are converted there, once.</summary>
/// <param name="Code">ISO 4217 code.</param>
/// <param name="UnitsPerUsd">Units for one USD, above 0 to 10⁶; 1 for USD itself.</param>
/// <param name="AsOf">Day of the rate; null for USD.</param>
/// <param name="Source">Who published the rate; empty where that is not said.</param>
public sealed record DisplayCurrency(string Code, decimal UnitsPerUsd, DateOnly? AsOf, string Source)
{
    /// <summary>Highest rate, units for one USD.</summary>
    internal const decimal HighestRate = 1e6m;

    /// <summary>US dollars, as computed.</summary>
    public static DisplayCurrency Usd { get; } = new("USD", 1, null, "");

    /// <summary>The currency that a scenario asks for; USD where its rate is not given or out of range, as in documents stored before rates were.</summary>
    public static DisplayCurrency Of(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Currency != Usd.Code && scenario.Exchange is { UnitsPerUsd: > 0 and <= HighestRate and var rate } exchange
            ? new DisplayCurrency(scenario.Currency, rate, exchange.AsOf, exchange.Source)
            : Usd;
    }

    /// <summary>True for US dollars, which need no rate.</summary>
    public bool IsUsd => Code == Usd.Code;

    /// <summary>How an amount is written in the current culture, {0} being the figure: "${0}" in English, "{0} $" in German, by the country's custom. The minus sign stands before all of it.</summary>
    public string Pattern => (CultureInfo.CurrentCulture.TwoLetterISOLanguageName is "en" or "iv" ? 0 : CultureInfo.CurrentCulture.NumberFormat.CurrencyPositivePattern) switch
    {
        0 when Sign.Length == 1 => Sign + "{0}",
        0 or 2 => Sign + "\u00A0{0}",
        _ => "{0}\u00A0" + Sign,
    };

    /// <summary>A sign that no other currency shares, else the code.</summary>
    private string Sign => Code switch { "USD" => "$", "EUR" => "€", "GBP" => "£", _ => Code };

    /// <summary>False where ISO 4217 gives the currency no minor unit, so that amounts have no decimals.</summary>
    public bool HasCents => Code is not ("BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF");

    /// <summary>An amount in this currency.</summary>
    /// <param name="usd">The amount, USD.</param>
    /// <returns>usd × <see cref="UnitsPerUsd"/>, not rounded.</returns>
    public decimal From(decimal usd) => usd * UnitsPerUsd;

    /// <summary>An amount in words: its figure with the currency where the current culture has it.</summary>
    /// <param name="figure">The figure, without a sign.</param>
    public string With(string figure) => Pattern.Replace("{0}", figure, StringComparison.Ordinal);
}
