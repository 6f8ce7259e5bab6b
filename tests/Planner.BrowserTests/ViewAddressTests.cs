using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The address holds how a scenario is looked at.</summary>
public sealed class ViewAddressTests(RunningApp app)
{
    [Fact]
    public async Task View_comes_back_by_the_address_and_the_unsaved_draft_and_the_place_on_the_page_stay()
    {
        var page = await app.OpenAsync("/examples/support-assistant?view=load");
        var requests = page.GetByLabel("Requests per month");
        await Expect(page.Locator("figure").First.GetByText("You: ")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await requests.FillAsync("3M");
        await Expect(page.Locator("figure").First.GetByText("You: 3 M")).ToBeVisibleAsync();
        var cash = page.GetByRole(AriaRole.Button, new() { Name = "Cash", Exact = true });

        // Three choices in quick succession: none is lost, though the browser confirms each later.
        await page.EvaluateAsync("""
            () => {
              const press = (group, name) => [...document.querySelectorAll(`[role=group][aria-label="${group}"] button`)].find(button => button.textContent === name).click();
              press('Which month', 'First month');
              press('What fleets may do', 'Capacity checked');
              [...document.querySelectorAll('button.tool')].find(button => button.textContent === 'Log').click();
            }
            """);
        await RunningApp.StandsAtAsync(page, @"\?view=load&month=first&fleets=grow&scale=log$");
        await page.GetByRole(AriaRole.Link, new() { Name = "Horizon", Exact = true }).ScrollIntoViewIfNeededAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Horizon", Exact = true }).ClickAsync();
        await cash.ScrollIntoViewIfNeededAsync();
        var at = await page.EvaluateAsync<double>("() => scrollY");
        Assert.True(at > 0);
        await cash.ClickAsync();
        await RunningApp.StandsAtAsync(page, "view=horizon.*&amounts=cash$");
        await Expect(cash).ToHaveAttributeAsync("aria-pressed", "true");
        // What lies below may be shorter than before; the page is not back at its head.
        Assert.InRange(await page.EvaluateAsync<double>("() => scrollY"), at - 300, at + 300);
        await Expect(requests).ToHaveValueAsync("3,000,000");

        // Saved, it goes on under its own address with the same view.
        await page.Keyboard.PressAsync("Control+s");
        await RunningApp.StandsAtAsync(page, @"/scenarios/\w+\?view=horizon&month=first&fleets=grow&scale=log&amounts=cash$");
        var link = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "Prices", Exact = true }).First.ClickAsync();
        await RunningApp.StandsAtAsync(page, "/prices$");
        await page.GoBackAsync();
        await RunningApp.StandsAtAsync(page, "&amounts=cash$");
        await ShowsAsync(page);
        await page.Context.CloseAsync();

        var other = await app.NewPageAsync();
        await app.GoAsync(other, new Uri(link).PathAndQuery);
        await ShowsAsync(other);
        // The usual choice needs no words.
        await other.GetByRole(AriaRole.Button, new() { Name = "Ongoing", Exact = true }).ClickAsync();
        await RunningApp.StandsAtAsync(other, @"\?view=horizon&fleets=grow&scale=log&amounts=cash$");
        await other.Context.CloseAsync();
    }

    private static async Task ShowsAsync(IPage page)
    {
        foreach (var name in new[] { "First month", "Capacity checked", "Cash" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).First).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
