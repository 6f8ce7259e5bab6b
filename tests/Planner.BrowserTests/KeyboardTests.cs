using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The main job without a mouse: what has the focus is always seen, and nothing lies over it.</summary>
public sealed class KeyboardTests(RunningApp app)
{
    /// <summary>What is wrong with the element that has the focus; empty where nothing is.</summary>
    private const string WhatIsUnseen = """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body || element.matches('main, h1, dialog')) return '';
          const name = element.outerHTML.slice(0, 150);
          // What looks focused may be the label around it or the bar that holds it.
          let marked = false;
          for (let box = element, steps = 0; box && steps < 3 && !marked; box = box.parentElement, steps++) {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(box);
            marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || (steps > 0 && box.matches(':focus-within') && boxShadow !== 'none' && box.matches('.field, .box, label'));
          }
          if (!marked) return `no outline: ${name}`;
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const overs = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.9, 0.1]].map(([x, y]) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
          // A message goes by itself, and by its own button.
          const seen = overs.some((over) => over !== null && (element.contains(over) || over.contains(element) || over.closest('.toasts')));
          return seen ? '' : `at ${left} ${top}, under ${overs[0]?.outerHTML.slice(0, 150)}: ${name}`;
        }
        """;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Main_job_is_done_by_keys_alone(int width, int height)
    {
        var page = await app.NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await app.GoAsync(page, "/");
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Scenarios", Exact = true }).First, "Enter");
        await RunningApp.StandsAtAsync(page, "/scenarios$");
        await PressAsync(page, page.Locator("a[href$='/examples/high-volume-chat']").Last, "Enter");
        await RunningApp.StandsAtAsync(page, "/examples/high-volume-chat$");

        var requests = page.GetByLabel("Requests per month");
        if (width < 1000)
            await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Change the inputs" }), "Enter");
        await ReachAsync(page, requests);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync("1M");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("$750.00").First).ToBeAttachedAsync();

        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First, "Enter", back: true);
        await RunningApp.StandsAtAsync(page, "/scenarios/(?!new)[^/]+$");

        // A dialog takes the focus, keeps it and gives it back.
        var amount = page.Locator(".verdict button.amount");
        await PressAsync(page, amount, "Enter");
        var dialog = page.Locator("dialog[open]");
        await Expect(dialog).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('dialog[open]').contains(document.activeElement)"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(amount).ToBeFocusedAsync();

        await PressAsync(page, page.Locator("figure").First.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }), "Space");
        await Expect(page.Locator("figure").First.GetByRole(AriaRole.Region)).ToBeVisibleAsync();

        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Share" }), "Enter", back: true);
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Create link" }), "Enter");
        await Expect(page.GetByLabel("The link works now")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>A screen reader is told the new sentence of the verdict.</summary>
    [Fact]
    public async Task Verdict_that_changes_is_announced()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat");
        var told = page.Locator(".verdict [role=status]");
        await Expect(told).ToContainTextAsync("is cheaper by $668 a month");
        await page.GetByLabel("Requests per month").FillAsync("1M");
        await page.GetByLabel("Requests per month").PressAsync("Tab");
        await Expect(told).Not.ToContainTextAsync("is cheaper by $668 a month");
        // Not before: what came with the document gives way to what the circuit draws.
        var region = await told.ElementHandleAsync();
        await page.GetByLabel("Requests per month").FillAsync("10M");
        await page.GetByLabel("Requests per month").PressAsync("Tab");
        await Expect(told).ToContainTextAsync("is cheaper by $668 a month");
        // The region stays; only what is in it is another.
        Assert.True(await region!.EvaluateAsync<bool>("element => element.isConnected"));
        await page.Context.CloseAsync();
    }

    /// <summary>Goes to an element by Tab, looks at each stop, and presses a key there.</summary>
    private static async Task PressAsync(IPage page, ILocator target, string key, bool back = false)
    {
        await ReachAsync(page, target, back);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task ReachAsync(IPage page, ILocator target, bool back = false)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stops = 0; stops < 120; stops++)
        {
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
            var fault = await page.EvaluateAsync<string>(WhatIsUnseen);
            Assert.True(fault.Length == 0, fault);
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail($"{target} is not reached by Tab.");
    }
}
