using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Finding and doing things by keys.</summary>
public sealed class PaletteTests(RunningApp app)
{
    [Fact]
    public async Task Palette_leads_to_scenarios_pages_and_what_the_page_can_do()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Zürich désk" });
        var page = await app.OpenAsync($"/scenarios/{id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Zürich désk", Level = 1 })).ToBeVisibleAsync();
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Search pages, scenarios and actions" });
        var chosen = page.Locator("[role=option][aria-selected=true]");

        // A tab of the page; Save is not offered while there is nothing to save.
        await page.Keyboard.PressAsync("Control+k");
        await Expect(box).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Save", Exact = true })).ToHaveCountAsync(0);
        await page.Keyboard.TypeAsync("horiz");
        await Expect(chosen).ToHaveTextAsync("Horizon");
        await page.Keyboard.PressAsync("Enter");
        await RunningApp.StandsAtAsync(page, @"\?view=horizon$");
        await Expect(box).ToHaveCountAsync(0);

        // What lies in a menu is named with it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Search pages, scenarios and actions" }).ClickAsync();
        await page.Keyboard.TypeAsync("workbook");
        await Expect(chosen).ToHaveTextAsync("Report: Workbook with formulas (XLSX)");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Search pages, scenarios and actions" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("price");
        await Expect(chosen).ToHaveTextAsync(new Regex("^Prices"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(chosen).ToHaveTextAsync("Price lists");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", (await chosen.GetAttributeAsync("id"))!);
        await page.Keyboard.PressAsync("Enter");
        await RunningApp.StandsAtAsync(page, "/feeds/lists$");

        // Accents need not be typed for what is here; the store is asked for the rest.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("zür");
        await Expect(chosen).ToHaveTextAsync("Zürich désk");
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")));
        await page.Keyboard.PressAsync("Enter");
        await RunningApp.StandsAtAsync(page, $"/scenarios/{id}$");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_save_and_undo_and_those_of_one_sign_can_be_turned_off()
    {
        var page = await app.OpenAsync($"/scenarios/{await app.StoreAsync("high-volume-chat")}");
        var requests = page.GetByLabel("Requests per month");
        // Saved from within the box, with what was typed last.
        await requests.FillAsync("12345678");
        await page.Keyboard.PressAsync("Control+s");
        await Expect(page.GetByText("Saved as v2.")).ToBeVisibleAsync();
        await Expect(requests).ToHaveValueAsync("12345678");

        // A box keeps its own undo; beside it the page's counts.
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(requests).ToHaveValueAsync("10,000,000");
        await page.Keyboard.PressAsync("Control+Shift+z");
        await Expect(requests).ToHaveValueAsync("12,345,678");

        // Signs that are typed into a box are text.
        await requests.FocusAsync();
        await page.Keyboard.PressAsync("?");
        var help = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(requests).ToHaveValueAsync(new Regex(@"\?"));
        await Expect(help).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(help).ToBeVisibleAsync();
        await help.GetByLabel("Shortcuts of plain letters and signs").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");

        await RunningApp.ReloadAsync(page);
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("keyboard");
        await Expect(help).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter");
        await help.GetByLabel("Shortcuts of plain letters and signs").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("p");
        await RunningApp.StandsAtAsync(page, "/prices$");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Palette_opens_by_its_button_on_a_phone_and_shared_pages_have_none()
    {
        var page = await app.OpenAsync("/method", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 }, HasTouch = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search pages, scenarios and actions" }).TapAsync();
        await page.GetByRole(AriaRole.Combobox).FillAsync("support");
        // Scenarios of other tests may be called so, too; examples come last.
        await page.GetByRole(AriaRole.Option, new() { Name = "Support assistant" }).Last.TapAsync();
        await RunningApp.StandsAtAsync(page, "/examples/support-assistant$");
        await page.Context.CloseAsync();

        var shared = await app.OpenAsync("/s/no-such-link");
        await shared.Keyboard.PressAsync("Control+k");
        await Expect(shared.GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        await shared.Context.CloseAsync();
    }
}
