using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Prices;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>What follows from a price that changes: an alert about a saved answer, and the row's past in its drawer.</summary>
public sealed class PricesOverTimeTests(RunningApp app)
{
    [Fact]
    public async Task Answer_that_no_longer_holds_is_told_put_aside_and_opened_again()
    {
        await ImportAsync("acme/alert", "0.000001");
        await app.StoreAsync("high-volume-chat", example => new Scenario
        {
            Name = "Router or flat",
            StartMonth = "2026-12",
            Workload = example.Workload,
            Options =
            [
                new ApiOption { Id = "router", Name = "Router", PriceKey = "openrouter:acme/alert" },
                new ApiOption { Id = "flat", Name = "Flat", Price = new TokenPrices { InputUsdPerM = 2, OutputUsdPerM = 2 } },
            ],
        });
        await ImportAsync("acme/alert", "0.000005");

        var page = await app.OpenAsync("/alerts");
        var card = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Router or flat" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(card.GetByText("Router at $5,000")).ToBeVisibleAsync();
        await Expect(card.GetByText("Flat at $10,000")).ToBeVisibleAsync();
        await Expect(card.GetByText("openrouter:acme/alert").First).ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Put aside" }).ClickAsync();
        await Expect(card).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Put aside" }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Open again" }).ClickAsync();
        await Expect(card).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open", Exact = true }).ClickAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "Update to today's prices" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "/scenarios/[^/]+$");
        await Expect(page.GetByText("the cheapest would be Flat").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Drawer_draws_a_price_over_time_and_lists_what_changed()
    {
        const string key = "openrouter:acme/past";
        foreach (var price in new[] { "0.000003", "0.000002", "0.0000025" })
            await ImportAsync("acme/past", price);
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync())
        {
            // As if the first two had come months ago.
            var revisions = await context.PriceRevisions.Where(revision => revision.Key == key).OrderBy(revision => revision.Id).ToListAsync();
            Assert.Equal(3, revisions.Count);
            (revisions[0].EffectiveFrom, revisions[1].EffectiveFrom) = (new DateOnly(2026, 3, 1), new DateOnly(2026, 6, 15));
            await context.SaveChangesAsync();
        }

        var page = await app.OpenAsync(new PriceGridState { Row = key, Retired = true }.Write());
        var table = page.GetByRole(AriaRole.Region, new() { Name = "Price history, the latest first; what changed is bold" });
        await Expect(table.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(table.Locator("tbody tr").Last).ToContainTextAsync("2026-03-01");
        await Expect(table.Locator("tbody tr").Last).ToContainTextAsync("$3.00");
        // The chart is drawn once the page answers to clicks.
        var line = page.Locator("figure.chart svg path[stroke-width='2.5']").First;
        await Expect(line).ToBeVisibleAsync();

        var output = page.GetByRole(AriaRole.Group, new() { Name = "Price to draw" }).GetByRole(AriaRole.Button, new() { Name = "Output" });
        await output.ClickAsync();
        await Expect(output).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(line).ToBeVisibleAsync();
        await RunningApp.StandsAtAsync(page, "&past=outputUsdPerM$");
        await RunningApp.ReloadAsync(page);
        await Expect(output).ToHaveAttributeAsync("aria-pressed", "true");
        // It is how this row was looked at, not the list.
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await RunningApp.StandsAtAsync(page, @"/prices\?retired=1$");
        await page.Context.CloseAsync();
    }

    /// <summary>Publishes a price of a model at a router, USD per token, beside others that stay: a file that lists nothing of the one before is refused.</summary>
    private async Task ImportAsync(string model, string price)
    {
        var models = Enumerable.Range(0, 9).Select(number => ($"acme/other-{number}", "0.000001")).Append((model, price));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(
            $$"""{ "data": [ {{string.Join(", ", models.Select(listed => $$"""{ "id": "{{listed.Item1}}", "pricing": { "prompt": "{{listed.Item2}}", "completion": "{{listed.Item2}}" } }"""))}} ] }"""));
        Assert.Equal(FeedRunStatuses.Published, (await app.Services.GetRequiredService<FeedImporter>().ImportAsync("openrouter", file, FeedRunTriggers.Upload)).Status);
    }
}
