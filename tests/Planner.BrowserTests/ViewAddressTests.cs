using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>The address holds how a page is looked at.</summary>
public sealed class ViewAddressTests(RunningApp app)
{
    [Fact]
    public async Task View_comes_back_by_the_address_and_the_unsaved_draft_and_the_place_on_the_page_stay()
    {
        var page = await app.OpenAsync("/examples/support-assistant?view=load");
        var requests = page.GetByLabel("Requests per month");
        await Expect(page.Locator("figure").First.GetByText("You: ")).ToBeVisibleAsync();
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

    [Fact]
    public async Task Measured_workload_keeps_the_scenario_and_the_prices_that_are_chosen()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat held against" });
        await ActualsTests.UploadAsync(app, "Log to hold");
        var page = await app.OpenAsync("/usage");
        await page.GetByRole(AriaRole.Link, new() { Name = "Log to hold", Exact = true }).ClickAsync();
        var changes = page.GetByRole(AriaRole.Region, new() { Name = "What would change in Chat held against" });
        var days = page.GetByLabel("Counted by day");
        var sheet = page.GetByLabel("GPT-4o · openai");
        var ticked = await sheet.IsCheckedAsync();
        await sheet.ClickAsync();
        await Expect(sheet).ToBeCheckedAsync(new() { Checked = !ticked });
        await page.GetByLabel("Scenario", new() { Exact = true }).SelectOptionAsync(id);
        await Expect(changes).ToBeVisibleAsync();
        await days.ScrollIntoViewIfNeededAsync();
        var at = await page.EvaluateAsync<double>("() => scrollY");
        Assert.True(at > 0);
        await days.SelectOptionAsync("Requests");
        await RunningApp.StandsAtAsync(page, $@"/usage/\d+\?by=requests&scenario={id}&price=");
        Assert.InRange(await page.EvaluateAsync<double>("() => scrollY"), at - 300, at + 300);

        await RunningApp.ReloadAsync(page);
        await Expect(changes).ToBeVisibleAsync();
        await Expect(days).ToHaveValueAsync("Requests");
        await Expect(page.GetByLabel("Scenario", new() { Exact = true })).ToHaveValueAsync(id);
        await Expect(sheet).ToBeCheckedAsync(new() { Checked = !ticked });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Actuals_keep_the_open_working_the_log_to_link_and_the_fleet_being_watched()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat measured", StartMonth = "2026-09" });
        await ActualsTests.UploadAsync(app, "Log to link");
        var page = await app.OpenAsync($"/scenarios/{id}/actuals");
        var log = page.GetByLabel("What this option really served");
        await log.SelectOptionAsync("Log to link");
        await RunningApp.StandsAtAsync(page, @"/actuals\?usage=\d+$");
        var chosen = await log.InputValueAsync();
        await RunningApp.ReloadAsync(page);
        await Expect(log).ToHaveValueAsync(chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Region, new() { Name = "Table of months" }).GetByRole(AriaRole.Button, new() { Name = "$12,000.00" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, @"figure=2026-09\.cost$");
        await RunningApp.ReloadAsync(page);
        await Expect(dialog).ToContainTextAsync("= measured");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await RunningApp.StandsAtAsync(page, @"/actuals\?option=\w+$");

        await page.GetByLabel("Option", new() { Exact = true }).SelectOptionAsync("self");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch a fleet" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "option=self&fleet=new$");
        await RunningApp.ReloadAsync(page);
        await Expect(page.GetByLabel("Name of the fleet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "option=self$");
        await Expect(page.GetByLabel("Name of the fleet")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Feed_run_keeps_what_is_searched_among_its_changes()
    {
        // A run of no feed that others read from.
        var run = new FeedRunRow
        {
            FeedId = "vela",
            Trigger = FeedRunTriggers.Upload,
            Status = FeedRunStatuses.Published,
            Currency = "USD",
            StartedUtc = DateTime.UtcNow,
            RowsRead = 2,
            Published = 2,
            Changed = 2,
            ChangesJson = """[{"key":"vela/one","field":"inputUsdPerM","old":1,"new":2},{"key":"vela/two","field":"inputUsdPerM","old":1,"new":3}]""",
        };
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync())
        {
            context.FeedRuns.Add(run);
            await context.SaveChangesAsync();
        }

        var page = await app.OpenAsync($"/feeds/runs/{run.Id}");
        var rows = page.Locator("section[aria-labelledby=changes-title] tbody tr");
        var search = page.GetByLabel("Search key or price");
        await Expect(rows).ToHaveCountAsync(2);
        await search.FillAsync("vela/two");
        await RunningApp.StandsAtAsync(page, @"/feeds/runs/\d+\?q=vela%2Ftwo$");
        await Expect(rows).ToHaveCountAsync(1);
        await RunningApp.ReloadAsync(page);
        await Expect(search).ToHaveValueAsync("vela/two");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("vela/two");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Comparison_and_versions_are_the_same_after_a_reload()
    {
        var (one, other) = (await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "First of two" }), await app.StoreAsync("support-assistant", scenario => scenario with { Name = "Second of two" }));
        var page = await app.OpenAsync($"/compare?with={one}&with={other}");
        var only = page.GetByLabel("Only what differs");
        var rows = page.Locator("table tbody tr");
        var alike = rows.Filter(new() { HasText = "Can it serve?" });
        await Expect(alike).ToBeVisibleAsync();
        await only.ScrollIntoViewIfNeededAsync();
        await only.CheckAsync();
        await RunningApp.StandsAtAsync(page, "&differences=1$");
        await Expect(alike).ToHaveCountAsync(0);
        var differing = await rows.CountAsync();
        await RunningApp.ReloadAsync(page);
        await Expect(only).ToBeCheckedAsync();
        await Expect(rows).ToHaveCountAsync(differing);
        await Expect(alike).ToHaveCountAsync(0);

        var scenarios = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await scenarios.GetAsync(one))!;
        for (var version = 1; version < 3; version++)
            await scenarios.SaveAsync(one, version, stored.Scenario with { Notes = $"Note {version}" }, stored.Snapshot, Engine.Evaluate(stored.Scenario, stored.Snapshot));
        await app.GoAsync(page, $"/scenarios/{one}/versions");
        await page.GetByLabel("Compare from v1").CheckAsync();
        await RunningApp.StandsAtAsync(page, @"\?from=1&to=3$");
        await RunningApp.ReloadAsync(page);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "v1 → v3" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Compare from v1")).ToBeCheckedAsync();
        await page.Context.CloseAsync();
    }

    private static async Task ShowsAsync(IPage page)
    {
        foreach (var name in new[] { "First month", "Capacity checked", "Cash" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log", Exact = true }).First).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
