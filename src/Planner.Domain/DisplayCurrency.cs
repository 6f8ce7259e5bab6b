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

    /// <summary>What stands before an amount: a sign that no other currency shares, else the code and a space that does not break.</summary>
    public string Symbol => Code switch { "USD" => "$", "EUR" => "€", "GBP" => "£", _ => $"{Code}\u00A0" };

    /// <summary>False where ISO 4217 gives the currency no minor unit, so that amounts have no decimals.</summary>
    public bool HasCents => Code is not ("BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF");

    /// <summary>An amount in this currency.</summary>
    /// <param name="usd">The amount, USD.</param>
    /// <returns>usd × <see cref="UnitsPerUsd"/>, not rounded.</returns>
    public decimal From(decimal usd) => usd * UnitsPerUsd;
}
