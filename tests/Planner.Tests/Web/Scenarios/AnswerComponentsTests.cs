using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What a reader of the first worked example sees.</summary>
public class AnswerComponentsTests
{
    private static readonly AnswerModel Chat =
        AnswerModel.From(Documents.HighVolumeChat, Documents.Catalog, Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog));

    [Fact]
    public async Task High_volume_chat_shows_its_amounts_and_its_break_even()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AnswerView>(("Model", Chat));
        Assert.Contains("$7,500.00", html, StringComparison.Ordinal);
        Assert.Contains("$8,167.68", html, StringComparison.Ordinal);
        Assert.Contains("$14,167.68", html, StringComparison.Ordinal);
        Assert.Contains("10.89 M", html, StringComparison.Ordinal);
        Assert.Contains("772 %", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_cost_is_shown_as_not_known_and_never_as_zero()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "api", Name = "Half", PriceKey = "half:known" }, Documents.Fleet());
        var model = AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<OptionCards>(("Options", new[] { model.Options[0] }));
        Assert.Contains("not known", html, StringComparison.Ordinal);
        Assert.Contains("An unknown price is not counted as free.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$0", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capacity_switch_changes_the_sentence_and_the_intervals()
    {
        using var renderer = TestRenderer.Create();
        var before = await renderer.RenderAsync<BreakEvenPanel>(("View", Chat.BreakEven));
        Assert.Contains("2 intervals, 1 crossing", before, StringComparison.Ordinal);
        await renderer.ClickAsync("aria-pressed", "false");
        var firstMonth = await renderer.HtmlAsync();
        Assert.Contains("18.89 M", firstMonth, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_on_a_ledger_line_opens_its_working()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<AnswerView>(("Model", Chat));
        await renderer.ClickAsync("title", "Show the working");
        var html = await renderer.HtmlAsync();
        Assert.Contains("<dialog", html, StringComparison.Ordinal);
        Assert.Contains("your input: requests per month", html, StringComparison.Ordinal);
    }
}
