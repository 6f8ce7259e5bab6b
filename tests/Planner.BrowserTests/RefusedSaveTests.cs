using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>A save that is refused says so for as long as it is, and what asks about it fits a phone.</summary>
public sealed class RefusedSaveTests(RunningApp app)
{
    [Fact]
    public async Task Refusal_goes_once_the_fault_is_mended_and_a_conflict_is_asked_about_within_the_screen()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat refused" });
        var page = await app.OpenAsync($"/scenarios/{id}");
        var requests = page.GetByLabel("Requests per month");
        var refusal = page.Locator(".toast.failed");
        await Expect(page.GetByText("You: 10 M").First).ToBeVisibleAsync();
        await requests.FillAsync("3M");
        await Expect(page.GetByText("You: 3 M").First).ToBeVisibleAsync();
        await requests.FillAsync("");
        await requests.PressAsync("Tab");
        await Expect(page.GetByText("A value is needed here.").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+s");
        await Expect(refusal).ToHaveCountAsync(1);
        await requests.FillAsync("2M");
        await requests.PressAsync("Tab");
        await Expect(refusal).ToHaveCountAsync(0);

        var scenarios = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await scenarios.GetAsync(id))!;
        Assert.IsType<SaveOutcome.Saved>(await scenarios.SaveAsync(id, 1, stored.Scenario with { Notes = "Theirs" }, stored.Snapshot, Engine.Evaluate(stored.Scenario, stored.Snapshot)));
        await page.SetViewportSizeAsync(390, 844);
        await page.Keyboard.PressAsync("Control+s");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Saved elsewhere as v2" });
        await Expect(dialog).ToBeVisibleAsync();
        var box = (await dialog.BoundingBoxAsync())!;
        Assert.True(box.X >= 12 && box.X + box.Width <= 378, $"It reaches from {box.X} to {box.X + box.Width}.");
        await page.Context.CloseAsync();
    }
}
