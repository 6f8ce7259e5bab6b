using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The break-even along other inputs than requests a month, and over two of them.</summary>
public sealed class BreakEvenTests(RunningApp app)
{
    [Fact]
    public async Task Break_even_is_asked_along_a_price_and_mapped_over_two_inputs()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat");
        var chart = page.Locator("figure").First;
        await Expect(chart.GetByText("You: 10 M")).ToBeVisibleAsync();

        // Two instances cost $8,167.68: $1.634 for each of 5,000 M tokens.
        await page.GetByLabel("Axis", new() { Exact = true }).SelectOptionAsync("apiPrice");
        await Expect(chart.GetByText("You: $1.50")).ToBeVisibleAsync();
        await Expect(Finding(page, "Ongoing: break-even at $1.634 a million tokens")).ToBeVisibleAsync();

        // The address keeps the question, and an edit answers it again: $16.335 for each of 500 M tokens.
        await RunningApp.StandsAtAsync(page, @"\?axis=apiPrice$");
        await RunningApp.ReloadAsync(page);
        await Expect(chart.GetByText("You: $1.50")).ToBeVisibleAsync();
        await page.GetByLabel("Requests per month").FillAsync("1M");
        await Expect(Finding(page, "Ongoing: break-even at $16.335 a million tokens")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Map", Exact = true }).ClickAsync();
        await Expect(Finding(page, "Ongoing: GPT-3.5 Turbo at $1.5 flat is cheapest at your point")).ToBeVisibleAsync();
        await Expect(chart.GetByText("You: $1.50, 1 M requests")).ToBeVisibleAsync();
        await chart.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();
        await Expect(chart.GetByText("Down: Requests a month; across: API price, USD a million tokens")).ToBeVisibleAsync();

        await page.GetByLabel("Up", new() { Exact = true }).SelectOptionAsync("apiPrice");
        await Expect(page.GetByText("Must move another input than the axis of the columns.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static ILocator Finding(IPage page, string text) => page.GetByRole(AriaRole.Heading, new() { Name = text });
}
