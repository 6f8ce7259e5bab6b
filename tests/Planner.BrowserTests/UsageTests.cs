using System.Globalization;
using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>A log of one's own, from its file to the verdict.</summary>
public sealed class UsageTests(RunningApp app)
{
    [Fact]
    public async Task Dropped_log_is_recognised_imported_looked_at_and_made_a_scenario()
    {
        var page = await app.OpenAsync("/usage");
        await DropAsync(page, Log());
        await Expect(page.GetByText("is recognised as LiteLLM spend logs")).ToBeVisibleAsync();
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "First rows as they count" });
        await Expect(preview.GetByRole(AriaRole.Cell, new() { Name = "1,000", Exact = true }).First).ToBeVisibleAsync();

        await page.GetByLabel("Name of the measured workload").FillAsync("Support chat");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(page.GetByText("log.csv: 672 rows counted, 2026-10-05 to 2026-11-01.")).ToBeVisibleAsync();
        await Expect(page.GetByText("1 row (673): no time that can be read")).ToBeVisibleAsync();
        await CleanAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "See the measured workload" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Support chat", Level = 1 })).ToBeVisibleAsync();
        // Every hour of four weeks has one request, of which nothing peaks.
        await Expect(page.GetByText("672", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(page.Locator("figure")).ToHaveCountAsync(4);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Busiest on Monday 00:00: 1 request an hour" })).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg.planner-drawing'))");
        await CleanAsync(page);

        await Expect(page.GetByLabel("GPT-4o · openai")).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a scenario of it" }).ClickAsync();
        await Expect(page.GetByText("inputs are those measured in Support chat")).ToBeVisibleAsync();
        // One request an hour is 730 a month; 1,000 × $2.50 + 100 × $10 of a million are $0.0035 each.
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("730");
        await Expect(page.GetByText("$2.56").First).ToBeVisibleAsync();
        // $5.50 × 730 is what is paid today.
        await Expect(page.GetByText("Saves $4,012 a month against today's bill")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "/scenarios/(?!new)");

        await UpdateAsync(page);
        await page.Context.CloseAsync();
    }

    /// <summary>A scenario of other figures is set to the measured ones, and one undo takes them back.</summary>
    private async Task UpdateAsync(IPage page)
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat to update" });
        await app.GoAsync(page, "/usage");
        await page.GetByRole(AriaRole.Link, new() { Name = "Support chat" }).ClickAsync();
        await page.GetByLabel("Scenario", new() { Exact = true }).SelectOptionAsync(id);
        var changes = page.GetByRole(AriaRole.Region, new() { Name = "What would change in Chat to update" });
        await Expect(changes.GetByRole(AriaRole.Row, new() { Name = "Input tokens 400 1,000" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Set them in the editor" }).ClickAsync();
        // A month of this scenario has 720 hours.
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("720");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("10,000,000");
    }

    /// <summary>Gives a file to the box that covers the zone, as the browser does with what is dropped there.</summary>
    private static async Task DropAsync(IPage page, string text)
    {
        var box = page.GetByLabel("Drop a log here or choose a file");
        await Expect(box).ToBeEnabledAsync();
        await box.SetInputFilesAsync(new FilePayload { Name = "log.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
    }

    private static async Task CleanAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")));
    }

    /// <summary>One request of 1,000 and 100 tokens in each hour of four weeks, for $5.50, and a row without a time.</summary>
    private static string Log()
    {
        var log = new StringBuilder("request_id,spend,prompt_tokens,completion_tokens,startTime,endTime,model,custom_llm_provider,status\n");
        for (var hour = 0; hour < 28 * 24; hour++)
        {
            var start = new DateTime(2026, 10, 5, 0, 0, 0, DateTimeKind.Utc).AddHours(hour);
            log.Append(CultureInfo.InvariantCulture, $"r{hour},5.5,1000,100,{start:yyyy-MM-ddTHH:mm:ssZ},{start.AddHours(1):yyyy-MM-ddTHH:mm:ssZ},gpt-4o,openai,success\n");
        }

        return log.Append("late,1,1,1,soon,,gpt-4o,openai,success\n").ToString();
    }
}
