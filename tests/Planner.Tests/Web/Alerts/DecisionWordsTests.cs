using Planner.Domain.Planning;
using Planner.Web.Components.Alerts;
using Xunit;

namespace Planner.Tests.Web.Alerts;

public class DecisionWordsTests
{
    [Fact]
    public void Answer_is_its_option_and_month_or_why_there_is_none()
    {
        Assert.Equal("Fleet at $7,200 a month", DecisionWords.Of(new DecisionAnswer("self", "Fleet", 7200, null)));
        Assert.Equal("no option can serve it", DecisionWords.Of(new DecisionAnswer(null, null, null, null)));
        Assert.Equal("It broke.", DecisionWords.Of(new DecisionAnswer(null, null, null, null, "It broke.")));
    }

    [Fact]
    public void Break_even_that_is_not_there_is_none_and_not_zero()
    {
        Assert.Equal("none", DecisionWords.BreakEven(null));
        Assert.Equal("1.2 M requests a month", DecisionWords.BreakEven(1_200_000));
    }

    [Theory]
    [InlineData("inputUsdPerM", "input, per M tokens")]
    [InlineData("tiers[200000].outputUsdPerM", "output, per M tokens, above 200000 tokens")]
    [InlineData("reserved1YUsd", "reserved 1 year, an hour")]
    public void Price_is_called_what_people_call_it(string field, string words) => Assert.Equal(words, DecisionWords.Field(field));

    [Fact]
    public void Effect_of_a_row_says_what_it_does_alone()
    {
        var cause = new DecisionCause(DecisionCauseKinds.PriceSheet, "acme:chat", [], null, true, 300);
        Assert.Equal("alone it moves a month by up to $300.00 and changes the cheapest option", DecisionWords.Effect(cause));
        Assert.Equal("alone it makes a cost known or unknown", DecisionWords.Effect(cause with { EffectUsd = null }));
        Assert.Equal("/prices?row=acme%3Achat", DecisionWords.Address(cause));
        Assert.Equal("unknown", DecisionWords.Price(null));
    }

    [Fact]
    public void Address_keeps_what_is_shown() => Assert.Equal(new AlertsState(true, 3), AlertsState.Read(new Uri("http://127.0.0.1" + new AlertsState(true, 3).Write())));
}
