using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Charts are read without a mouse, and what arrives later moves nothing.</summary>
public sealed class ChartReadingTests(RunningApp app)
{
    [Fact]
    public async Task Keys_read_zoom_and_take_a_point_of_the_break_even_over()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat");
        var chart = page.Locator("figure").First;
        await Expect(chart.GetByText("You: 10 M")).ToBeVisibleAsync();
        // Lines are named where they end.
        await Expect(chart.Locator("svg text").GetByText("2 × g5.12xlarge", new() { Exact = true })).ToBeVisibleAsync();

        var lines = chart.GetByRole(AriaRole.Application);
        var card = lines.GetByRole(AriaRole.Status);
        var all = chart.GetByRole(AriaRole.Button, new() { Name = "Show all" });
        await lines.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(card).ToContainTextAsync("10.89 M requests a month");
        await Expect(card).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(all).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(all).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(card).ToContainTextAsync(new Regex("^0 requests a month"));

        await page.Keyboard.PressAsync("End");
        await Expect(card).ToContainTextAsync("25 M requests a month");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("25,000,000");

        // The other month's bars have their parts by keys, too.
        await page.Locator("figure").Nth(1).GetByRole(AriaRole.Application).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("figure").Nth(1).GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex("GPT-3.5 Turbo.*First month"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Confidence_that_comes_later_does_not_move_the_cards_below()
    {
        var page = await app.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        await page.AddInitScriptAsync("""
            window.moved = [];
            new PerformanceObserver(list => {
              for (const entry of list.getEntries()) for (const source of entry.sources) if (source.node?.closest?.('.cards')) window.moved.push(entry.startTime);
            }).observe({ type: 'layout-shift', buffered: true });
            """);
        // Any page before it brings the typeface, whose coming is another matter.
        await app.GoAsync(page, "/method");
        await app.GoAsync(page, "/examples/high-volume-chat");
        await Expect(page.GetByText("Confidence …")).ToHaveCountAsync(0);
        await Expect(page.GetByText(new Regex(@"^Confidence \d"))).ToBeVisibleAsync();
        // Shifts are told after the frame that shows them.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        Assert.Empty(await page.EvaluateAsync<double[]>("() => window.moved"));
        await page.Context.CloseAsync();
    }
}
