using Microsoft.Playwright;
using Xunit;

namespace Planner.BrowserTests;

public sealed class InputRowsTests(RunningApp app)
{
    [Fact]
    public async Task Boxes_beside_one_another_stand_level_whatever_marks_one_of_them_has()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var page = await app.OpenAsync($"/scenarios/{id}", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        var box = page.GetByLabel("Input tokens", new() { Exact = true }).First;
        await box.FillAsync("1234");
        await box.BlurAsync();
        // The answer to the edit marks the box, which moves the button.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true })).ToBeEnabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Give a range: Input tokens" }).First.ClickAsync();
        await page.GetByText("Input tokens has a range").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // As in a language, or at a size of text, in which the label takes two lines.
        await box.EvaluateAsync("box => box.labels[0].textContent = 'Input tokens of each request on average'");

        var tops = await page.EvaluateAsync<double[]>("""
            () => [...[...document.querySelectorAll('.two')].find(two => two.textContent.includes('on average')).querySelectorAll('input')].map(input => input.getBoundingClientRect().top)
            """);
        var labels = await page.EvaluateAsync<double[]>("""
            () => [...[...document.querySelectorAll('.two')].find(two => two.textContent.includes('on average')).querySelectorAll('label')].map(label => label.getBoundingClientRect().height)
            """);

        Assert.True(labels[0] > labels[1], "The label was to take more lines than its neighbour's.");
        Assert.Equal(tops[0], tops[1], 0.5);
        await page.Context.CloseAsync();
    }
}
