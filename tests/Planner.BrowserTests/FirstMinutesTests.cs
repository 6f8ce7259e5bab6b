using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>What somebody meets who has never seen the product: the guide.</summary>
public sealed class FirstMinutesTests(RunningApp app)
{
    /// <summary>Clicks, entries and choices that a new user may need after the first page.</summary>
    private const int MostInteractions = 10;

    [Fact]
    public async Task New_user_saves_a_scenario_of_own_numbers_with_a_verdict_in_ten_interactions()
    {
        var page = await app.OpenAsync("/");
        var interactions = 0;
        Task ClickAsync(ILocator what) => CountAsync(what.ClickAsync());
        Task EnterAsync(ILocator field, string text) => CountAsync(field.FillAsync(text));
        Task CountAsync(Task interaction)
        {
            interactions++;
            return interaction;
        }

        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = "New scenario" }));
        await CountAsync(page.GetByLabel("Kind of task").SelectOptionAsync("classification"));
        await EnterAsync(page.GetByLabel("API model of today"), "gpt-4o-mini");
        await ClickAsync(page.GetByRole(AriaRole.Option, new() { Name = "GPT-4o mini" }).First);
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Next" }));
        await EnterAsync(page.GetByLabel("Volume"), "2M");
        await EnterAsync(page.GetByLabel("Input tokens a request"), "1000");
        await EnterAsync(page.GetByLabel("Output tokens a request"), "100");
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Show the verdict, defaults for the rest" }));

        // 2 M × (1,000 × $0.15 + 100 × $0.60) ÷ 10⁶
        var bill = page.Locator(".side-answer .month").First;
        await Expect(bill).ToContainTextAsync("$420.00", new() { Timeout = 30_000 });
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await Expect(page.Locator(".verdict .sentence")).ToContainTextAsync("a month");
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));
        await RunningApp.StandsAtAsync(page, "/scenarios/(?!new|guide)[^/]+$");
        Assert.True(interactions <= MostInteractions, $"It took {interactions} interactions.");

        await RunningApp.ReloadAsync(page);
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await Expect(bill).ToContainTextAsync("$420.00");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Guide_keeps_answers_on_the_way_back_and_stops_at_what_cannot_be_taken()
    {
        var page = await app.OpenAsync("/scenarios/guide?step=2");
        await page.GetByLabel("Volume").FillAsync("3M");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "step=3");
        await page.GetByLabel("Hours open a day").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByText("Mend what is marked first: Hours open a day.")).ToBeVisibleAsync();
        await page.GetByLabel("Hours open a day").FillAsync("8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "step=4");

        await page.GoBackAsync();
        await Expect(page.GetByLabel("Hours open a day")).ToHaveValueAsync("8");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Volume")).ToHaveValueAsync("3,000,000");
        await RunningApp.ReloadAsync(page);
        await Expect(page.GetByLabel("Volume")).ToHaveValueAsync("3,000,000");
        await page.Context.CloseAsync();
    }
}
