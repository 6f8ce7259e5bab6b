using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class ExchangeTests
{
    private static readonly Exchange Ecb = new() { UnitsPerUsd = 0.92m, AsOf = new DateOnly(2026, 11, 20), Source = "ECB" };

    [Fact]
    public void Other_currency_needs_a_rate_and_its_day()
    {
        Assert.Equal(["exchange.unitsPerUsd", "exchange.asOf"], Faults("EUR", null));
        Assert.Equal(["exchange.asOf"], Faults("EUR", Ecb with { AsOf = null }));
        Assert.Empty(Faults("EUR", Ecb));
        Assert.Empty(Faults("USD", null));
        Assert.Equal(["currency"], Faults("euro", null));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.000001", true)]
    [InlineData("1000000", true)]
    [InlineData("1000000.1", false)]
    public void Rate_is_above_zero_and_at_most_a_million(string rate, bool sound) =>
        Assert.Equal(sound ? [] : ["exchange.unitsPerUsd"], Faults("EUR", Ecb with { UnitsPerUsd = decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) }));

    [Fact]
    public void Verdict_names_amounts_in_the_display_currency_and_figures_stay_in_dollars()
    {
        var result = Engine.Evaluate(Documents.HighVolumeChat with { Currency = "EUR", Exchange = Ecb }, Documents.Catalog);
        // $8,167.68 − $7,500.00 = $667.68, which are €614.27.
        Assert.StartsWith("API is cheaper by €614 a month than Fleet", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(7_500m, result.Options[0].OngoingMonthlyUsd);
        Assert.DoesNotContain(result.Checks, check => check.Id is "not-used" or "unknown-members");
    }

    [Fact]
    public void Currency_without_a_sign_of_its_own_is_written_by_its_code()
    {
        var francs = new DisplayCurrency("CHF", 0.8m, new DateOnly(2026, 11, 20), "");
        Assert.Equal("CHF\u00A0800", Wording.Money(1_000, francs));
        Assert.Equal("−CHF\u00A00.80", Wording.Money(-1, francs));
        Assert.Equal("$1,000", Wording.Money(1_000, DisplayCurrency.Usd));
    }

    [Fact]
    public void Document_without_a_rate_is_shown_in_dollars() => Assert.True(DisplayCurrency.Of(Documents.HighVolumeChat with { Currency = "EUR" }).IsUsd);

    [Fact]
    public void Document_keeps_the_rate_with_its_day()
    {
        var json = ScenarioJson.Write(Documents.HighVolumeChat with { Currency = "EUR", Exchange = Ecb });
        Assert.Contains("\"exchange\":{\"unitsPerUsd\":0.92,\"asOf\":\"2026-11-20\",\"source\":\"ECB\"}", json, StringComparison.Ordinal);
        Assert.Equal(Ecb, ScenarioJson.Read(json).Scenario!.Exchange);
        Assert.Equal("exchange.asOf", ScenarioJson.Read(json.Replace("2026-11-20", "yesterday", StringComparison.Ordinal)).Problem!.Path);
    }

    private static string[] Faults(string currency, Exchange? exchange) =>
        [.. ScenarioRules.Check(Documents.HighVolumeChat with { Currency = currency, Exchange = exchange }, Documents.Catalog).Select(problem => problem.Path)];
}
