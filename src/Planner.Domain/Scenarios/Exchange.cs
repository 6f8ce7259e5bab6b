namespace Planner.Domain.Scenarios;

/// <summary>The rate at which amounts are shown in the scenario's currency. Every figure is computed in USD; the rate takes part in none.</summary>
public sealed record Exchange : DocumentNode
{
    /// <summary>Units of the currency for one USD, above 0 to 10⁶; null where it is not given.</summary>
    public decimal? UnitsPerUsd { get; init; }

    /// <summary>Day of the rate; null where it is not given.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Who published the rate, up to 200 characters; empty where that is not said.</summary>
    public string Source { get; init; } = "";
}

/// <summary>What a currency other than USD needs.</summary>
internal static class ExchangeRules
{
    public static void Check(Scenario scenario, FaultList faults)
    {
        if (scenario.Currency.Length != 3 || !scenario.Currency.All(char.IsAsciiLetterUpper))
            faults.Add("currency", Texts.CurrencyForm);
        else if (scenario.Currency != DisplayCurrency.Usd.Code)
        {
            if (scenario.Exchange?.UnitsPerUsd is null)
                faults.Add("exchange.unitsPerUsd", Texts.ExchangeNeeded.With(scenario.Currency));
            if (scenario.Exchange?.AsOf is null)
                faults.Add("exchange.asOf", Texts.ExchangeDay);
        }

        faults.Above("exchange.unitsPerUsd", scenario.Exchange?.UnitsPerUsd, 0, DisplayCurrency.HighestRate);
        if (scenario.Exchange?.Source.Length > 200)
            faults.Add("exchange.source", Texts.TooLong.With(200));
    }
}
