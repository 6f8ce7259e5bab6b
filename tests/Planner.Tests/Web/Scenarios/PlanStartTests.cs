using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Plans;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What a search on the page begins with.</summary>
public class PlanStartTests
{
    private static readonly Provenance Somewhere = new("test", null, new DateOnly(2026, 11, 1));
    private static readonly CatalogSnapshot Catalog = new()
    {
        Models = new[] { Model("llama-3-70b", "Llama 3 70B", 70.55m), Model("llama-3.1-70b", "Llama 3.1 70B", 70.55m, "meta-llama/Llama-3.1-70B-Instruct"), Model("llama-3.1-8b", "Llama 3.1 8B", 8.03m), Model("deepseek-v3", "DeepSeek V3", 671m) }.ToDictionary(model => model.Key),
        Prices = new[] { Sheet("together:meta-llama/Llama-3.1-70B-Instruct-Turbo", "Llama 3.1 70B Instruct Turbo"), Sheet("groq:llama-3.1-8b-instant", "Llama 3.1 8B Instant"), Sheet("openai:gpt-5", "GPT-5"), Sheet("deepinfra:deepseek-ai/DeepSeek-V3.1", "DeepSeek V3.1") }.ToDictionary(sheet => sheet.Key),
    };

    private static readonly ApiOption Typed = new() { Id = "api", Name = "API", Price = new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 2 } };

    private static LanguageModel Model(string key, string name, decimal billions, params string[] aliases) =>
        new(key, name, null, "dense", billions, billions, 8_192, "open", Somewhere) { Aliases = aliases };

    private static PriceSheet Sheet(string key, string name) => new(key, key[..key.IndexOf(':', StringComparison.Ordinal)], name, new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 2 }, null, null, Somewhere);

    private static SelfHostOption Fleet(string model) => new() { Id = "self", Name = "Fleet", Model = model };

    private static ApiOption At(string key) => new() { Id = "api", Name = "API", PriceKey = key };

    private static PlanStart Of(params Option[] options) => PlanStart.Of(new Scenario { Options = options }, Catalog);

    [Fact]
    public void Models_and_price_sheets_of_the_options_come_first()
    {
        var start = Of(At("openai:gpt-5"), Fleet("llama-3.1-8b"));

        Assert.Equal(["llama-3.1-8b"], start.Constraints.Models);
        Assert.Equal(["openai:gpt-5"], start.Constraints.Prices);
        Assert.Contains("of your options", start.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_typed_prices_stand_the_sheets_that_sell_the_fleets_model()
    {
        var start = Of(Typed, Fleet("llama-3.1-70b"));

        Assert.Equal(["together:meta-llama/Llama-3.1-70B-Instruct-Turbo"], start.Constraints.Prices);
        Assert.Contains("sell a model of your fleets", start.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_sells_the_fleets_model_one_of_its_size_will_do()
    {
        var start = Of(Typed, Fleet("llama-3-70b"));

        Assert.Equal(["llama-3-70b"], start.Constraints.Models);
        Assert.Equal(["together:meta-llama/Llama-3.1-70B-Instruct-Turbo"], start.Constraints.Prices);
        Assert.Contains("of the same size", start.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Apis_of_open_weights_say_which_model_to_host_and_closed_ones_say_nothing()
    {
        Assert.Equal(["llama-3.1-8b"], Of(At("groq:llama-3.1-8b-instant")).Constraints.Models);
        Assert.Empty(Of(At("openai:gpt-5")).Constraints.Models);
        Assert.Contains("weights are closed", Of(At("openai:gpt-5")).Note, StringComparison.Ordinal);
        Assert.Contains("say which are good enough", Of(Typed).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_model_is_not_taken_for_the_older_one_whose_name_it_begins_with() =>
        Assert.Null(PlanStart.SoldModel(Catalog.Prices["deepinfra:deepseek-ai/DeepSeek-V3.1"], Catalog));
}
