using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Boxes of numbers by pointer and arrow keys.</summary>
public sealed class NumberBoxTests(RunningApp app)
{
    [Fact]
    public async Task Slider_follows_the_pointer_until_it_is_let_go()
    {
        var page = await app.OpenAsync("/examples/support-assistant");
        await page.GetByText("More about tokens").ClickAsync();
        var box = page.GetByLabel("Read from cache");
        await Expect(box).ToHaveValueAsync("50");
        var slider = page.Locator(".box", new() { Has = box }).Locator("[type=range]");
        await slider.EvaluateAsync("slider => slider.scrollIntoView({ block: 'center' })");
        var place = (await slider.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(place.X + (place.Width / 2), place.Y + (place.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(place.X + (place.Width * 0.6f), place.Y + (place.Height / 2), new() { Steps = 3 });
        await Expect(box).Not.ToHaveValueAsync("50");
        // What the page answers meanwhile must not take the slider away.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeEnabledAsync();
        await page.Mouse.MoveAsync(place.X + place.Width + 40, place.Y + (place.Height / 2), new() { Steps = 5 });
        await page.Mouse.UpAsync();

        await Expect(box).ToHaveValueAsync("100");
        await page.Context.CloseAsync();
    }

    /// <summary>On a slow line, an answer that writes into a box takes away what was typed there since.</summary>
    [Fact]
    public async Task Answers_write_nothing_else_into_boxes_that_were_typed_in()
    {
        var page = await app.OpenAsync("/examples/support-assistant");
        foreach (var option in await page.Locator(".inputs .option .toggle[aria-expanded=false]").ElementHandlesAsync())
            await option.ClickAsync();
        await Expect(page.Locator(".inputs .option .toggle[aria-expanded=false]")).ToHaveCountAsync(0);
        await page.EvaluateAsync("""
            () => {
              for (const group of document.querySelectorAll(".inputs details.disclosure")) group.open = true;
              window.written = [];
              const plain = text => text.replaceAll(",", "");
              for (const kind of [HTMLInputElement, HTMLSelectElement]) {
                const value = Object.getOwnPropertyDescriptor(kind.prototype, "value");
                Object.defineProperty(kind.prototype, "value", {
                  get() { return value.get.call(this); },
                  set(text) {
                    if (this.dataset.typed && plain(text) !== plain(this.value)) window.written.push(`${this.id}: ${this.value} became ${text}`);
                    value.set.call(this, text);
                  },
                });
              }
            }
            """);

        // The ends of a range follow its input, and are rounded where they are left.
        var boxes = await page.Locator(".inputs input.number:visible:not([id^='in-ranges'])").EvaluateAllAsync<string[]>("boxes => boxes.map(box => box.id)");
        Assert.True(boxes.Length > 80, $"{boxes.Length} boxes");
        foreach (var box in boxes)
        {
            // What is typed may add boxes before the others.
            await page.Locator($"[id='{box}']").EvaluateAsync("box => { box.dataset.typed = 'yes'; box.focus(); box.setSelectionRange(box.value.length, box.value.length); }");
            await page.Keyboard.TypeAsync("1");
            // Many would be refused.
            await page.Keyboard.PressAsync("Backspace");
        }

        var precision = page.GetByLabel("Precision").First;
        await precision.EvaluateAsync("box => box.dataset.typed = 'yes'");
        await precision.SelectOptionAsync("fp8");
        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("The last edit");
        await page.GetByLabel("Name", new() { Exact = true }).First.BlurAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The last edit" })).ToBeVisibleAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.written"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Arrow_keys_count_from_what_was_typed_however_fast()
    {
        var page = await app.OpenAsync("/examples/support-assistant");
        await page.GetByText("More about tokens").ClickAsync();
        var share = page.GetByLabel("Read from cache");
        await share.FillAsync("");

        await share.PressSequentiallyAsync("35");
        await share.PressAsync("ArrowUp");
        await share.PressAsync("ArrowUp");

        await Expect(share).ToHaveValueAsync("37");
        await page.GetByText("Horizon", new() { Exact = true }).First.ClickAsync();
        var months = page.GetByLabel("Length");
        await months.PressAsync("ArrowDown");
        await Expect(months).ToHaveValueAsync("35");
        await page.Context.CloseAsync();
    }
}
