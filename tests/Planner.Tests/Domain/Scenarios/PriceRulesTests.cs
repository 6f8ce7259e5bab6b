using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class PriceRulesTests
{
    private static IReadOnlyList<Problem> OfOption(TokenPrices prices) => ScenarioRules.Check(Documents.Chat(Documents.Api() with { Price = prices }), Documents.Catalog);

    [Fact]
    public void A_price_out_of_range_is_refused_alike_in_the_catalog_and_in_an_option()
    {
        var prices = new TokenPrices { InputUsdPerM = -1, OutputUsdPerM = 1_000_001, Tiers = [new PriceTier { AboveTokens = 0, BatchOutputUsdPerM = -1 }] };

        var faults = PriceRules.Check(prices, "options[0].price");

        Assert.Equal(
            ["options[0].price.inputUsdPerM", "options[0].price.outputUsdPerM", "options[0].price.tiers[0].aboveTokens", "options[0].price.tiers[0].batchOutputUsdPerM"],
            faults.Select(fault => fault.Path));
        Assert.Equal(faults, OfOption(prices));
    }

    [Fact]
    public void Tiers_of_an_option_come_in_any_order_and_those_of_the_catalog_by_rising_length()
    {
        var prices = new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 2, Tiers = [new PriceTier { AboveTokens = 2_000 }, new PriceTier { AboveTokens = 1_000 }] };

        Assert.Empty(OfOption(prices));
        Assert.Equal(["prices.tiers[1].aboveTokens"], PriceRules.Check(prices, "prices").Select(fault => fault.Path));
    }

    [Fact]
    public void Two_tiers_of_an_option_that_begin_at_the_same_length_are_refused() =>
        Assert.Equal(
            ["options[0].price.tiers[1].aboveTokens"],
            OfOption(new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 2, Tiers = [new PriceTier { AboveTokens = 1_000 }, new PriceTier { AboveTokens = 1_000 }] }).Select(fault => fault.Path));

    [Fact]
    public void A_machine_of_the_catalog_costs_at_most_what_an_option_may_state() =>
        Assert.Equal(["prices.spotUsd"], PriceRules.Check(new HourlyPrices(100_000, 100_001, null, null), "prices").Select(fault => fault.Path));
}
