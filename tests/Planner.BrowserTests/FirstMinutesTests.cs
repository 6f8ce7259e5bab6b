using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>What somebody meets who has never seen the product: the guide, the tour, the glossary.</summary>
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
        await Expect(bill).ToContainTextAsync("$420.00");
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
        // Nobody clicks sooner than what is wrong is said below the box, which moves the button.
        await page.GetByLabel("Hours open a day").FillAsync("30");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByText("Mend what is marked first: Hours open a day.")).ToBeVisibleAsync();
        await page.GetByLabel("Hours open a day").FillAsync("8");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
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

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Tour_points_at_each_part_without_covering_it_and_is_remembered(int width, int height)
    {
        var page = await app.OpenAsync("/examples/high-volume-chat?tour=1", new() { ViewportSize = new() { Width = width, Height = height } });
        var tour = page.GetByRole(AriaRole.Dialog, new() { Name = "The answer comes first" });
        await Expect(tour).ToBeVisibleAsync();
        await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync();
        foreach (var (title, target) in new[]
        {
            ("The answer comes first", "verdict"), ("Change any input", "inputs"), ("One card for each option", "options"), ("When the answer changes", "break-even"),
            ("Details for every question", "tabs"), ("Save it, then share it", "save"),
        })
        {
            await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = title })).ToBeFocusedAsync();
            await Expect(page.Locator($".tour-target[data-tour='{target}']")).ToBeInViewportAsync();
            var covered = await page.EvaluateAsync<double>("""
                () => {
                  const box = document.querySelector('.tour').getBoundingClientRect();
                  const of = document.querySelector('.tour-target').getBoundingClientRect();
                  const wide = Math.min(box.right, of.right) - Math.max(box.left, of.left);
                  const high = Math.min(box.bottom, of.bottom) - Math.max(box.top, of.top);
                  return Math.max(0, wide) * Math.max(0, high);
                }
                """);
            Assert.True(covered == 0, $"{target} is covered by {covered} px².");
            // By keyboard alone: the box has the focus, its last button leads on.
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Last.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        await Expect(page.Locator(".tour")).ToHaveCountAsync(0);
        await RunningApp.StandsAtAsync(page, "/examples/high-volume-chat$");
        await app.GoAsync(page, "/method");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Take the tour again" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Escape_ends_the_tour()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat?tour=1");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "The answer comes first" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".tour")).ToHaveCountAsync(0);
        await Expect(page.Locator(".tour-target")).ToHaveCountAsync(0);
        await RunningApp.ReloadAsync(page);
        await Expect(page.Locator(".verdict")).ToBeVisibleAsync();
        await Expect(page.Locator(".tour")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Glossary_finds_a_term_by_its_words()
    {
        var page = await app.OpenAsync("/method");
        await page.GetByRole(AriaRole.Link, new() { Name = "Glossary", Exact = true }).First.ClickAsync();
        await RunningApp.StandsAtAsync(page, "/glossary$");
        await page.GetByLabel("Find a term").FillAsync("first token");
        await Expect(page.Locator("dt").Filter(new() { HasText = "TTFT" })).ToBeVisibleAsync();
        await Expect(page.Locator("dt").Filter(new() { HasText = "PUE" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }
}
