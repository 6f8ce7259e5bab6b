using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Drafts that were not saved, where one scenario is open in several tabs.</summary>
public sealed class DraftTests(RunningApp app)
{
    [Fact]
    public async Task Tabs_keep_drafts_of_their_own_also_where_one_of_them_saves()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat in two tabs" });
        var one = await app.OpenAsync($"/scenarios/{id}");
        // It begins with a copy of the first tab's session, as a duplicated one does.
        var two = await one.RunAndWaitForPopupAsync(() => one.EvaluateAsync("() => { open('about:blank'); }"));
        await app.GoAsync(two, $"/scenarios/{id}");
        await EditAsync(one, "2M", 2_000_000, id);
        await EditAsync(two, "3M", 3_000_000, id);

        await RunningApp.ReloadAsync(one);
        await Expect(one.GetByRole(AriaRole.Button, new() { Name = "Restore it" })).ToBeVisibleAsync();
        await Expect(one.GetByLabel("Requests per month")).ToHaveValueAsync("10,000,000");
        await two.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(two.GetByText("Saved as v2.")).ToBeVisibleAsync();
        await two.WaitForFunctionAsync("() => !Object.values(localStorage).some(kept => kept.includes('3000000'))");

        await RunningApp.ReloadAsync(one);
        await one.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await Expect(one.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await one.Context.CloseAsync();
    }

    [Fact]
    public async Task Draft_is_offered_elsewhere_once_its_tab_is_gone_the_newest_first_and_is_then_of_the_tab_that_took_it()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat of a tab that goes" });
        var first = await app.OpenAsync($"/scenarios/{id}");
        var second = await first.Context.NewPageAsync();
        await app.GoAsync(second, $"/scenarios/{id}");
        await EditAsync(first, "2M", 2_000_000, id);
        await EditAsync(second, "3M", 3_000_000, id);
        var last = await first.Context.NewPageAsync();
        var restore = last.GetByRole(AriaRole.Button, new() { Name = "Restore it" });
        await app.GoAsync(last, $"/scenarios/{id}");
        await EditAsync(last, "4M", 4_000_000, id);
        await last.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(last.GetByText("Saved as v2.")).ToBeVisibleAsync();
        // Both are open, and nothing of theirs was offered.
        await Expect(restore).ToHaveCountAsync(0);

        await first.CloseAsync();
        await second.CloseAsync();
        await AloneAsync(last);
        await RunningApp.ReloadAsync(last);
        await restore.ClickAsync();
        await Expect(last.GetByLabel("Requests per month")).ToHaveValueAsync("3,000,000");
        await last.WaitForFunctionAsync("() => Object.values(localStorage).filter(kept => kept.includes('3000000')).length === 1");
        await last.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(last.GetByText("Saved as v3.")).ToBeVisibleAsync();

        await RunningApp.ReloadAsync(last);
        await restore.ClickAsync();
        await Expect(last.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await last.Context.CloseAsync();
    }

    [Fact]
    public async Task Draft_that_a_former_version_kept_is_offered()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat of a former version" });
        var page = await app.OpenAsync($"/scenarios/{id}");
        await EditAsync(page, "2M", 2_000_000, id);
        var other = await page.Context.NewPageAsync();
        await app.GoAsync(other, "/method");
        await page.CloseAsync();
        await AloneAsync(other);
        await other.EvaluateAsync("""
            id => {
              const [name] = Object.keys(localStorage).filter(name => name.startsWith(`planner.draft.${id}~`));
              localStorage.setItem(`planner.draft.${id}`, localStorage.getItem(name));
              localStorage.removeItem(name);
            }
            """, id);

        await app.GoAsync(other, $"/scenarios/{id}");
        await other.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await Expect(other.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await other.WaitForFunctionAsync("id => localStorage.getItem(`planner.draft.${id}`) === null", id);
        await other.Context.CloseAsync();
    }

    /// <summary>Waits until the browser knows that the other tabs are gone, which is a moment after they are closed.</summary>
    private static async Task AloneAsync(IPage page) => await page.WaitForFunctionAsync("async () => (await navigator.locks.query()).held.length === 1");

    /// <summary>Enters another volume and waits until it is kept.</summary>
    private static async Task EditAsync(IPage page, string text, int volume, string id)
    {
        await page.GetByLabel("Requests per month").FillAsync(text);
        await page.GetByLabel("Requests per month").PressAsync("Tab");
        await page.WaitForFunctionAsync("([id, volume]) => Object.entries(localStorage).some(([name, kept]) => name.startsWith(`planner.draft.${id}~`) && kept.includes(volume))", new object[] { id, $"{volume}" });
    }
}
