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
