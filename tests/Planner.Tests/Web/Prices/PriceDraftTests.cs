using Planner.Domain.Scenarios;
using Planner.Tests.Web.Catalog;
using Planner.Web.Components.Prices;
using Xunit;

namespace Planner.Tests.Web.Prices;

public class PriceDraftTests
{
    [Fact]
    public void An_empty_key_stands_for_seller_and_model()
    {
        var draft = new PriceDraft { Seller = "Acme AI", Name = "Big  Model", Prices = new() { InputUsdPerM = 1m } };

        Assert.Equal("acme-ai:big-model", draft.Read().Edit?.Key);
    }

    [Fact]
    public void A_row_read_into_a_draft_and_back_is_the_same()
    {
        var prices = new TokenPrices { InputUsdPerM = 2m, Tiers = [new() { AboveTokens = 128_000, InputUsdPerM = 4m }] };

        var (edit, problems) = PriceDraft.From(CatalogRows.Price(prices, CatalogRows.State(note: "contract"))).Read();

        Assert.Empty(problems);
        Assert.Equal(
            ("openai:gpt-x", "openai", "GPT X", "chat", 128_000, "contract"), (edit!.Key, edit.Seller, edit.Name, edit.Mode, edit.ContextTokens, edit.Note));
        Assert.Same(prices, edit.Prices);
    }

    [Fact]
    public void Only_prices_of_a_feeds_row_can_be_changed()
    {
        Assert.True(PriceDraft.From(CatalogRows.Price(new TokenPrices())).OnlyPrices);
        Assert.False(PriceDraft.From(CatalogRows.Price(new TokenPrices(), CatalogRows.State(userAdded: true))).OnlyPrices);
    }

    [Theory]
    [InlineData(1.5, null, "contextTokens")]
    [InlineData(2e9, null, "contextTokens")]
    [InlineData(1000, "tomorrow", "deprecatedFrom")]
    public void What_cannot_be_read_is_named_by_its_field(double context, string? day, string field)
    {
        var prices = new TokenPrices { InputUsdPerM = 1m };

        var (edit, problems) = new PriceDraft { Seller = "acme", Name = "one", ContextTokens = (decimal)context, DeprecatedFrom = day, Prices = prices }.Read();

        Assert.Null(edit);
        Assert.Equal(field, Assert.Single(problems).Path);
    }

    [Fact]
    public void An_empty_form_names_every_field_at_once_but_not_the_key_that_would_follow()
    {
        var (edit, problems) = new PriceDraft { ContextTokens = 0.5m }.Read();

        Assert.Null(edit);
        Assert.Equal(["contextTokens", "seller", "name", "prices"], problems.Select(problem => problem.Path));
    }
}
