using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>Prices of the test catalog held on 2026-11-01.</summary>
public class PriceAgeTests
{
    private static readonly Scenario Scenario = Documents.Chat(new ApiOption { Id = "listed", Name = "Listed", PriceKey = "openai:gpt-4o" }, Documents.Api(), Documents.Fleet(), Documents.Fleet() with { Id = "own", InstanceUsdPerHour = 5 });

    private static readonly AnswerModel Model = AnswerModel.From(Scenario, Documents.Catalog, Engine.Evaluate(Scenario, Documents.Catalog));

    [Fact]
    public void Option_knows_the_day_of_the_catalog_s_price_and_none_for_its_own() =>
        Assert.Equal([new DateOnly(2026, 11, 1), null, new DateOnly(2026, 11, 1), null], Model.Options.Select(option => option.PricesAsOf));

    [Fact]
    public async Task Card_shows_the_age_of_the_price()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<OptionCards>(("Options", Model.Options), ("Today", (DateOnly?)new DateOnly(2026, 11, 9)));
        Assert.Equal(2, html.Split("8 days old").Length - 1);
        Assert.Contains("badge warning", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_show_the_age_of_prices_but_not_of_facts()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<SourcesPanel>(("Sources", Model.Sources), ("EngineVersion", "1"), ("Today", (DateOnly?)new DateOnly(2026, 12, 2)));
        // The sheet and the machine; the model's facts do not age by the day.
        Assert.Equal(2, html.Split("31 days old").Length - 1);
        Assert.Equal(3, Model.Sources.Count);
    }
}
