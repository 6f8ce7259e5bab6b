using System.Globalization;
using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Planner.BrowserTests;

/// <summary>Plan against actual, from the first log to a change in the editor.</summary>
public sealed class ActualsTests(RunningApp app)
{
    [Fact]
    public async Task Log_is_linked_compared_with_the_plan_and_leads_to_a_cheaper_option()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat in production", StartMonth = "2026-09" });
        await UploadAsync(app, "Chat in production");
        var page = await app.OpenAsync($"/scenarios/{id}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Actuals" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Plan against actual", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing is measured yet")).ToBeVisibleAsync();
        await CleanAsync(page);

        await page.GetByLabel("What this option really served").SelectOptionAsync("Chat in production");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();
        // 30 days of $400 in September and 9 of $496 in October, of a plan of $7,500.
        await Expect(page.GetByText("plan $7,500.00, +105 %")).ToBeVisibleAsync();
        var table = page.GetByRole(AriaRole.Region, new() { Name = "Table of months" });
        await Expect(table.GetByText("9 of 31 days, scaled")).ToBeVisibleAsync();
        await table.GetByRole(AriaRole.Button, new() { Name = "$12,000.00" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("= measured");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg'))");
        await CleanAsync(page);

        var change = page.GetByRole(AriaRole.Link, new() { Name = "Open it in the editor" });
        await Expect(change).ToHaveCountAsync(1);
        await change.ClickAsync();
        await Expect(page.GetByText("Set from what was measured:")).ToBeVisibleAsync();
        // 2,500 requests a day are 75,000 in a month of 720 hours.
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("75,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByLabel("Requests per month")).ToHaveValueAsync("10,000,000");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Fleet_is_tried_watched_changed_and_removed()
    {
        var id = await app.StoreAsync("high-volume-chat", scenario => scenario with { Name = "Chat on own machines" });
        var page = await app.OpenAsync($"/scenarios/{id}/actuals?option=self");
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch a fleet" }).ClickAsync();
        await page.GetByLabel("Name of the fleet").FillAsync("Cellar");
        await page.GetByLabel("Addresses, one replica a line").FillAsync("nowhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.GetByText("“nowhere” is no address such as")).ToBeVisibleAsync();

        await page.GetByLabel("Addresses, one replica a line").FillAsync("http://127.0.0.1:9/metrics");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.GetByText("Actuals:AllowedHosts")).ToBeVisibleAsync();
        await CleanAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Watch it" }).ClickAsync();
        await Expect(page.GetByText("http://127.0.0.1:9/metrics, as many instances as planned, every 5 min")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Cellar" }).ClickAsync();
        await page.GetByLabel("Instances that it runs on").FillAsync("3");
        await page.GetByLabel("Instances that it runs on").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("http://127.0.0.1:9/metrics, 3 instances, every 5 min")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Cellar" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No fleet of this option is watched.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>Both themes at both sizes: axe finds nothing, nothing sticks out sideways.</summary>
    private static async Task CleanAsync(IPage page)
    {
        foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var found = await page.RunAxe();
                Assert.True(found.Violations.Length == 0, $"{width} {scheme}: {string.Join("; ", found.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"))}");
            }

            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, $"The page is wider than {width}.");
        }
    }

    /// <summary>A million prompt and 100,000 generated tokens a day from September to 9 October: $400 a day, then $496.</summary>
    internal static async Task UploadAsync(RunningApp app, string name)
    {
        var log = new StringBuilder("day,model,requests,input,output,usd\n");
        for (var day = new DateOnly(2026, 9, 1); day <= new DateOnly(2026, 10, 9); day = day.AddDays(1))
            log.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},gpt-4o,2500,1000000,100000,{(day.Month == 9 ? 400 : 496)}\n");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(log.ToString())), "file", "log.csv" },
            { new StringContent(name), "name" },
            { new StringContent("""{"rowIsRequest":false,"start":"day","model":"model","requests":"requests","input":"input","output":"output","cost":"usd"}"""), "mapping" },
        };
        using var client = new HttpClient { BaseAddress = app.Address };
        using var answer = await client.PostAsync(new Uri("/api/v1/usage/imports", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
    }
}
