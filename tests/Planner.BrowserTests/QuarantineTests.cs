using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Rows that a feed's checks held back, reviewed in the browser.</summary>
public sealed class QuarantineTests(RunningApp app)
{
    private static readonly string File = $$"""
        {
          {{string.Concat(Enumerable.Range(0, 3).Select(index => $$"""
        "m{{index}}": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 },
        """))}}
          "umbra/dear": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.001, "output_cost_per_token": 0.002 },
          "umbra/wrong": { "litellm_provider": "umbra", "mode": "chat", "input_cost_per_token": 0.135, "output_cost_per_token": 0.54 }
        }
        """;

    [Fact]
    public async Task Row_is_accepted_and_another_rejected_and_opened_again()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(File));
        Assert.Equal(FeedRunStatuses.Published, (await app.Services.GetRequiredService<FeedImporter>().ImportAsync(PriceFeeds.LiteLlm, file, FeedRunTriggers.Upload)).Status);
        var page = await app.OpenAsync("/feeds");
        await page.GetByRole(AriaRole.Link, new() { Name = "Quarantine (2 open)" }).ClickAsync();
        var (dear, wrong) = (page.GetByRole(AriaRole.Article, new() { Name = "umbra/dear" }), page.GetByRole(AriaRole.Article, new() { Name = "umbra/wrong" }));
        await Expect(wrong.GetByText("$135,000.00")).ToBeVisibleAsync();

        await dear.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(page.GetByText("umbra/dear is accepted: it is new in the catalog.")).ToBeVisibleAsync();
        await Expect(dear).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select umbra/wrong" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject the selected (1)" }).ClickAsync();
        await Expect(page.GetByText("Nothing is held back")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Decided" }).ClickAsync();
        await Expect(dear.GetByText("Accepted on")).ToBeVisibleAsync();
        await wrong.GetByRole(AriaRole.Button, new() { Name = "Open again" }).ClickAsync();
        await Expect(wrong).ToHaveCountAsync(0);
        await app.GoAsync(page, "/prices?q=umbra");
        await Expect(page.GetByText("$1,000.00").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
