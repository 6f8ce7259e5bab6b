using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>What a user comes for: from a worked example to a saved, shared and printed decision.</summary>
public sealed class MainJobTests(RunningApp app)
{
    [Fact]
    public async Task Example_is_changed_saved_reopened_shared_and_printed()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat");
        var verdict = page.GetByText("is cheaper by $668 a month").First;
        await Expect(verdict).ToBeVisibleAsync();
        await Expect(page.GetByText("$14,167.68").First).ToBeVisibleAsync();
        var chart = page.Locator("figure").First;
        await Expect(chart.GetByText("You: 10 M")).ToBeVisibleAsync();

        // One million requests: the two instances carry it, and the API costs 1,000,000 × 500 × $1.50 ÷ 10⁶.
        var requests = page.GetByLabel("Requests per month");
        await EnterAsync(requests, "1M");
        await Expect(chart.GetByText("You: 1 M")).ToBeVisibleAsync();
        await Expect(page.GetByText("$750.00").First).ToBeVisibleAsync();
        await Expect(page.GetByText("cannot serve")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await RunningApp.StandsAtAsync(page, "/scenarios/(?!new)[^/]+$");
        await RunningApp.ReloadAsync(page);
        await Expect(requests).ToHaveValueAsync("1,000,000");
        // The chart is drawn once the page answers to clicks.
        await Expect(chart.GetByText("You: 1 M")).ToBeVisibleAsync();
        await Expect(page.GetByText("$750.00").First).ToBeVisibleAsync();

        await AnyoneWithTheLinkReadsTheAnswerAsync(page);
        await ReportIsAPdfAsync(page);
        await page.Context.CloseAsync();
    }

    private async Task AnyoneWithTheLinkReadsTheAnswerAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();
        var address = await page.GetByLabel("The link works now").InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        var guest = await app.OpenAsync(new Uri(address).AbsolutePath);
        await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "High-volume chat" })).ToBeVisibleAsync();
        await Expect(guest.GetByText("$750.00").First).ToBeVisibleAsync();
        await Expect(guest.GetByRole(AriaRole.Link, new() { Name = "Scenarios" })).ToHaveCountAsync(0);
        await Expect(guest.GetByLabel("Requests per month")).ToHaveCountAsync(0);
        await guest.Context.CloseAsync();
    }

    private static async Task ReportIsAPdfAsync(IPage page)
    {
        await page.GetByText("Report", new() { Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download PDF" }).ClickAsync());
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        var text = await PdfText.ReadAsync(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.Contains("High-volume chat", text, StringComparison.Ordinal);
        Assert.Contains("$750.00", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_that_save_the_same_scenario_lose_nothing()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var first = await app.OpenAsync($"/scenarios/{id}");
        var second = await app.OpenAsync($"/scenarios/{id}");
        foreach (var (page, requests) in new[] { (first, "2M"), (second, "3M") })
        {
            await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("10,000,000");
            await EnterAsync(page.GetByLabel("Requests per month"), requests);
            await Expect(page.GetByText($"You: {requests[0]} M")).ToBeVisibleAsync();
        }

        await first.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(first.GetByText("v2").First).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var compared = await second.RunAndWaitForPopupAsync(() => second.GetByRole(AriaRole.Link, new() { Name = "See what changed from v1 to v2" }).ClickAsync());
        await Expect(compared.GetByText("Requests per month: 10,000,000 → 2,000,000").First).ToBeVisibleAsync();
        await compared.CloseAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "copy" }).ClickAsync();
        await RunningApp.StandsAtAsync(second, $"/scenarios/(?!{id})[^/]+$");
        await Expect(second.GetByLabel("Requests per month")).ToHaveValueAsync("3,000,000");

        await RunningApp.ReloadAsync(first);
        await Expect(first.GetByLabel("Requests per month")).ToHaveValueAsync("2,000,000");
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task Bad_input_gets_its_message_at_the_field_and_keeps_the_last_answer()
    {
        var page = await app.OpenAsync("/examples/high-volume-chat");
        await Expect(page.GetByText("You: 10 M")).ToBeVisibleAsync();
        var requests = page.GetByLabel("Requests per month");
        foreach (var text in new[] { "-5", "many", "1e99" })
        {
            await EnterAsync(requests, text);
            await Expect(requests).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(page.GetByText("is cheaper by $668 a month").First).ToBeVisibleAsync();
        }

        await EnterAsync(requests, "5M");
        await Expect(page.GetByText("You: 5 M")).ToBeVisibleAsync();
        await Expect(requests).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await page.Context.CloseAsync();
    }

    private static async Task EnterAsync(ILocator field, string text)
    {
        await field.FillAsync(text);
        await field.PressAsync("Tab");
    }
}
