using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Usage;
using Xunit;

namespace Planner.Tests.Web.Usage;

/// <summary>Which price sheets the models of a log are found in.</summary>
public sealed class UsageModelsTests
{
    private static readonly IReadOnlyList<PriceSheet> Sheets =
    [
        Sheet("openai:gpt-4o", "openai", "GPT-4o"), Sheet("openai:gpt-4o-2024-05-13", "openai", "GPT-4o (May)"), Sheet("azure:gpt-4o", "azure", "GPT-4o"), Sheet("azure:gpt-4o@eu", "azure", "GPT-4o"),
        Sheet("openai:gpt-4o-mini", "openai", "GPT-4o mini"), Sheet("groq:meta/llama-3.3-70b", "groq", "Llama 3.3 70B"), Sheet("acme:one", "acme", "Acme One"),
    ];

    [Theory]
    [InlineData("openai", "gpt-4o", "openai:gpt-4o")]
    [InlineData("OpenAI", "GPT-4o", "openai:gpt-4o")]
    [InlineData("azure", "gpt-4o", "azure:gpt-4o")]
    // The release of a day has a sheet of its own, or else that of the model.
    [InlineData("openai", "gpt-4o-2024-05-13", "openai:gpt-4o-2024-05-13")]
    [InlineData("openai", "gpt-4o-2024-08-06", "openai:gpt-4o")]
    [InlineData("openai", "gpt-4o-mini-latest", "openai:gpt-4o-mini")]
    [InlineData(null, "openai/gpt-4o", "openai:gpt-4o")]
    [InlineData("groq", "llama-3.3-70b", "groq:meta/llama-3.3-70b")]
    [InlineData(null, "Acme One", "acme:one")]
    public void Seller_and_model_name_a_sheet(string? seller, string model, string key)
    {
        var found = Assert.Single(UsageModels.Match(Model(seller, model), Sheets));
        Assert.Equal((key, true), (found.Sheet.Key, found.IsSure));
    }

    [Fact]
    public void A_model_that_several_sell_is_not_guessed()
    {
        var found = UsageModels.Match(Model(null, "gpt-4o"), Sheets);
        Assert.Equal(["azure:gpt-4o", "openai:gpt-4o", "azure:gpt-4o@eu"], found.Select(sheet => sheet.Sheet.Key));
        Assert.DoesNotContain(found, sheet => sheet.IsSure);
    }

    [Fact]
    public void Another_size_is_another_model()
    {
        Assert.Empty(UsageModels.Match(Model("openai", "gpt-4"), Sheets));
        Assert.Empty(UsageModels.Match(Model("openai", "gpt-4o-nano"), Sheets));
    }

    [Fact]
    public void A_seller_without_a_sheet_leads_to_those_of_others_that_nobody_vouches_for()
    {
        var found = Assert.Single(UsageModels.Match(Model("gateway", "llama-3.3-70b"), Sheets));
        Assert.False(found.IsSure);
    }

    private static UsageModel Model(string? seller, string model) => new(seller, model, UsageTotals.None);

    private static PriceSheet Sheet(string key, string seller, string name) =>
        new(key, seller, name, new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 2 }, null, null, new Provenance("list", null, new DateOnly(2026, 8, 1)));
}
