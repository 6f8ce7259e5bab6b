using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The history of a scenario, from a second save to an earlier version that is back.</summary>
public sealed class VersionsTests(RunningApp app)
{
    [Fact]
    public async Task Edit_is_saved_compared_with_what_was_restored_and_undone()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat with a past" });
        var page = await app.OpenAsync($"/scenarios/{id}");
        // The chart is drawn once the page answers to what is typed.
        await Expect(page.GetByText("You: 10 M").First).ToBeVisibleAsync();
        await page.GetByLabel("Requests per month").FillAsync("2M");
        await page.GetByLabel("Requests per month").PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as v2.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "v2 · saved" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "v1 → v2" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "v2, current" })).ToContainTextAsync("Requests per month: 10,000,000 → 2,000,000 (−80 %)");
        // 2 M requests of 500 tokens at $1.5 a million.
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "$7,500.00" }).First).ToContainTextAsync("−$6,000.00, −80 %");
        foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
        {
            await page.SetViewportSizeAsync(width, height);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{width}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"))}");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Restore v1" }).ClickAsync();
        await Expect(page.GetByText("v1 is back, as v3.")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=2&to=3$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("v2 is back, as v4.")).ToBeVisibleAsync();

        await page.GetByLabel("Compare from v2").CheckAsync();
        await Expect(page.GetByText("No input differs.")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=2&to=4$"));
        await page.Context.CloseAsync();
    }
}
